"""Invented people and times for the catalogue. Nothing here comes from a database."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.coverage.figures import Figure


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line of the desk's list. `wait` is in words; `chips` are pairs of tone and words."""

    id: int
    clock: str
    half: str
    name: str
    about: str
    kind: str
    provider: str
    status: str
    verb: str = ""
    wait: str = ""
    late: bool = False
    chips: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A thing in a column of the day: `row` and `cells` count five minutes from seven in the morning."""

    what: str
    row: int
    cells: int
    words: str
    time: str = ""
    status: str = "scheduled"
    kind: str = ""
    flags: tuple[tuple[str, str], ...] = ()
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """A provider's day."""

    id: int
    name: str
    note: str
    load: str
    blocks: tuple[Block, ...]
    out: str = ""


TODAY: tuple[tuple[str, tuple[Arrival, ...]], ...] = (
    (
        "Now",
        (
            Arrival(
                11,
                "9:00",
                "am",
                "Ana Ito",
                "63 · 3/14/1962",
                "Follow-up",
                "Dr. Lee",
                "arrived",
                "Check in",
                "waiting 6 min",
                chips=(("warn", "Insurance"), ("good", "ID")),
            ),
            Arrival(
                12,
                "9:00",
                "am",
                "José Núñez-Ortega",
                "41 · 7/2/1984",
                "New patient",
                "Dr. Okafor",
                "confirmed",
                "Arrive",
                "8 min late",
                late=True,
                chips=(("bad", "Forms"), ("quiet", "Interpreter: Spanish")),
            ),
            Arrival(
                13,
                "9:10",
                "am",
                "Grace Whitfield",
                "8 · 11/30/2017",
                "Well child",
                "Dr. Patel",
                "checked_in",
                "Room",
                "waiting 3 min",
                chips=(("good", "Guardian here"),),
            ),
        ),
    ),
    (
        "Next hour",
        (
            Arrival(
                14,
                "9:30",
                "am",
                "Thuy Nguyễn",
                "29 · 5/9/1996",
                "Physical",
                "Dr. Lee",
                "confirmed",
                "Arrive",
                chips=(("good", "Ready"),),
            ),
            Arrival(
                15,
                "9:40",
                "am",
                "Marcus O'Brien",
                "55 · 1/22/1971",
                "Blood pressure check",
                "Nurse Kim",
                "scheduled",
                "Arrive",
                chips=(("warn", "Phone not confirmed"),),
            ),
            Arrival(
                16,
                "9:50",
                "am",
                "Eleanor Vance-Baptiste",
                "77 · 8/17/1948",
                "Follow-up",
                "Dr. Okafor",
                "confirmed",
                "Arrive",
                chips=(("quiet", "Wheelchair"), ("good", "Ready")),
            ),
        ),
    ),
    (
        "In office",
        (
            Arrival(
                17,
                "8:20",
                "am",
                "Priya Raman",
                "34 · 2/4/1992",
                "Physical",
                "Dr. Patel",
                "with_provider",
                "",
                "room 3, 12 min",
            ),
            Arrival(
                18,
                "8:30",
                "am",
                "Tom Delacroix",
                "49 · 6/6/1976",
                "Follow-up",
                "Dr. Lee",
                "roomed",
                "",
                "room 1, 21 min",
            ),
            Arrival(
                19,
                "8:00",
                "am",
                "Ruth Adeyemi",
                "68 · 10/3/1957",
                "Diabetes visit",
                "Dr. Lee",
                "checkout",
                "Check out",
            ),
        ),
    ),
    (
        "Earlier",
        (
            Arrival(20, "8:00", "am", "Noah Feld", "17 · 4/19/2008", "Sports physical", "Dr. Okafor", "done"),
            Arrival(
                21, "8:10", "am", "Lena Park", "38 · 9/9/1987", "Follow-up", "Dr. Patel", "no_show", "Call"
            ),
            Arrival(22, "8:40", "am", "Bo Brandt", "59 · 12/1/1966", "Follow-up", "Dr. Lee", "cancelled"),
        ),
    ),
)

DAY: tuple[Column, ...] = (
    Column(
        1,
        "Dr. Dana Lee",
        "Family medicine",
        "11 of 16",
        (
            Block("tint", 12, 36, "Follow-ups"),
            Block("tint", 48, 12, "Physicals"),
            Block("closed", 60, 12, "Lunch"),
            Block("tint", 72, 36, "Any visit"),
            Block("closed", 0, 12, ""),
            Block("closed", 120, 12, ""),
            Block("visit", 12, 4, "Ruth Adeyemi", "8:00", "checkout", "Diabetes"),
            Block("visit", 16, 2, "Ines Cole", "8:20", "done", "Shot"),
            Block("visit", 18, 6, "Tom Delacroix", "8:30", "roomed", "Follow-up"),
            Block("visit", 24, 4, "Ana Ito", "9:00", "arrived", "Follow-up", (("warn", "6 min"),)),
            Block("slot", 28, 2, "", "9:20 am"),
            Block("visit", 30, 8, "Thuy Nguyễn", "9:30", "confirmed", "Physical"),
            Block("visit", 38, 4, "Bo Brandt", "10:10", "cancelled", "Follow-up"),
            Block("slot", 42, 6, "", "10:30 am"),
            Block("visit", 48, 6, "Hector Ruiz", "11:00", "scheduled", "Physical"),
            Block("slot", 54, 6, "", "11:30 am"),
            Block("visit", 72, 4, "Amy Chen", "1:00", "confirmed", "Follow-up", (), 0, 2),
            Block("visit", 72, 4, "Joel Chen", "1:00", "confirmed", "Follow-up", (), 1, 2),
            Block("held", 76, 4, "Held by Lena, 3 min"),
            Block("slot", 80, 4, "", "1:40 pm"),
            Block("visit", 84, 8, "Sara Lindqvist", "2:00", "scheduled", "New patient", (("accent", "new"),)),
            Block("slot", 92, 28, "", "2:40 pm"),
        ),
    ),
    Column(
        2,
        "Dr. Chidi Okafor",
        "Internal medicine",
        "9 of 14",
        (
            Block("closed", 0, 12, ""),
            Block("tint", 12, 48, "Any visit"),
            Block("closed", 60, 12, "Lunch"),
            Block("tint", 72, 48, "New patients"),
            Block("closed", 120, 12, ""),
            Block("visit", 12, 6, "Noah Feld", "8:00", "done", "Sports physical"),
            Block("slot", 18, 6, "", "8:30 am"),
            Block(
                "visit", 24, 8, "José Núñez-Ortega", "9:00", "confirmed", "New patient", (("bad", "late"),)
            ),
            Block("slot", 32, 2, "", "9:40 am"),
            Block("visit", 34, 6, "Eleanor Vance-Baptiste", "9:50", "confirmed", "Follow-up"),
            Block("visit", 40, 4, "Omar Haddad", "10:20", "scheduled", "Follow-up"),
            Block("slot", 44, 16, "", "10:40 am"),
            Block("visit", 72, 8, "Wanda Kowalski", "1:00", "confirmed", "New patient"),
            Block("slot", 80, 8, "", "1:40 pm"),
            Block("visit", 88, 8, "Ike Turner-Bell", "2:20", "scheduled", "New patient"),
            Block("slot", 96, 24, "", "3:00 pm"),
        ),
    ),
    Column(
        3,
        "Dr. Mira Patel",
        "Pediatrics",
        "8 of 15",
        (
            Block("closed", 0, 12, ""),
            Block("tint", 12, 48, "Well child"),
            Block("closed", 60, 12, "Lunch"),
            Block("tint", 72, 36, "Sick child"),
            Block("closed", 108, 24, "Hospital round"),
            Block("visit", 14, 4, "Lena Park", "8:10", "no_show", "Follow-up"),
            Block("visit", 18, 8, "Priya Raman", "8:20", "with_provider", "Physical"),
            Block("visit", 26, 6, "Grace Whitfield", "9:10", "checked_in", "Well child"),
            Block("slot", 32, 4, "", "9:40 am"),
            Block("visit", 36, 4, "Leo Whitfield", "10:00", "confirmed", "Well child"),
            Block("visit", 40, 4, "Ada Whitfield", "10:20", "confirmed", "Well child"),
            Block("slot", 44, 16, "", "10:40 am"),
            Block("slot", 72, 36, "", "1:00 pm"),
        ),
    ),
    Column(
        4,
        "Nurse Kim",
        "Procedures",
        "5 of 20",
        (
            Block("closed", 0, 12, ""),
            Block("tint", 12, 108, "Nurse visits"),
            Block("closed", 120, 12, ""),
            Block("visit", 20, 2, "Ines Cole", "8:40", "done", "Shot"),
            Block("visit", 32, 3, "Marcus O'Brien", "9:40", "scheduled", "Blood pressure"),
            Block("slot", 36, 12, "", "10:00 am"),
            Block("visit", 50, 4, "Fay Morrow", "11:10", "scheduled", "Wound check"),
            Block("slot", 54, 66, "", "11:30 am"),
        ),
    ),
    Column(5, "Dr. Sol Weiss", "Cardiology", "", (Block("closed", 0, 132, "Out today"),), "Out, 7 to move"),
    Column(
        6,
        "Ultrasound",
        "Room 4, GE Logiq",
        "3 of 10",
        (
            Block("closed", 0, 24, ""),
            Block("slot", 24, 12, "", "9:00 am"),
            Block("visit", 36, 9, "Mei Tanaka", "10:00", "confirmed", "Ultrasound"),
            Block("visit", 48, 9, "Paul Ekström", "11:00", "scheduled", "Ultrasound"),
            Block("slot", 72, 36, "", "1:00 pm"),
            Block("closed", 108, 24, ""),
        ),
    ),
)

OFFERS = (
    (
        "Tuesday, March 3rd at 9:20 in the morning with Dr. Lee",
        "9:20 am",
        "Tue, Mar 3",
        "Dr. Lee",
        "Elm Street",
    ),
    (
        "Wednesday, March 4th at 2:20 in the afternoon with Dr. Lee",
        "2:20 pm",
        "Wed, Mar 4",
        "Dr. Lee",
        "Elm Street",
    ),
    (
        "Thursday, March 5th at 8 in the morning with Dr. Okafor",
        "8:00 am",
        "Thu, Mar 5",
        "Dr. Okafor",
        "Harbor",
    ),
)

HITS = (
    (
        31,
        "Maria Smith",
        "",
        "3/14/1962",
        63,
        "Female",
        "0134",
        "Quincy",
        "100042",
        frozenset({"birth_date", "phone"}),
        "",
    ),
    (
        32,
        "Maria Smith-Alvarez",
        "Mia",
        "3/4/1962",
        63,
        "Female",
        "7781",
        "Quincy",
        "100977",
        frozenset({"birth_date", "phone", "preferred"}),
        "was Maria Smith until 2019",
    ),
    (
        33,
        "Marianne Smythe",
        "",
        "3/14/1982",
        43,
        "Female",
        "0134",
        "Milton",
        "104310",
        frozenset({"birth_date", "town"}),
        "sounds alike",
    ),
)

QUEUE = (("Unconfirmed tomorrow", 7), ("Waitlist matches", 3), ("Recalls due", 24), ("Likely duplicates", 5))

FIGURES = [
    Figure("Copay", "$35", "office, in network"),
    Figure("Deductible", "$410 left", "of $1,500, in network", used="1090", whole="1500"),
    Figure("Limit, physical therapy", "0 visits left", "of 20 visits", tone="bad"),
    Figure("Authorization", "Needed", tone="warn"),
]
