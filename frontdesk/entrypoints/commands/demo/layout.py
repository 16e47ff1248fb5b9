"""What the synthetic practice is: sizes, sites, the people who work there, visit types, sign-ins."""

from dataclasses import dataclass

from frontdesk.kit.permissions import ADMIN, BILLER, LEAD, MANAGER, PRIVACY, PSR, SCHEDULER, TRAINEE

# What opens the downtime packs of a demo.
PACK_WORDS = "lantern-paper-pencil-clock"


@dataclass(frozen=True, slots=True)
class Size:
    """How large the practice is, and how many days of its book there are."""

    name: str
    locations: int
    providers: int
    patients: int
    days_back: int
    days_ahead: int
    fill_ahead: float
    appointments: int | None = None


SIZES = {
    "clinic": Size("clinic", 1, 6, 4_000, 60, 60, 0.0),
    "group": Size("group", 8, 60, 100_000, 60, 90, 0.0),
    "system": Size("system", 25, 200, 1_000_000, 1_020, 90, 0.8, 3_000_000),
}


@dataclass(frozen=True, slots=True)
class Site:
    """A location: where it is, and its number."""

    name: str
    short: str
    line: str
    city: str
    zip: str
    phone: str
    directions: str = ""


SITES = (
    Site("Elm Street Family Medicine", "Elm Street", "12 Elm Street", "Northampton", "01060", "+14135550100",
         "Parking behind the building, entrance from Center Street. The bus stops across the road."),
    Site("Riverside Health Center", "Riverside", "480 Riverdale Street", "West Springfield", "01089", "+14135550110"),
    Site("Holyoke Canal Practice", "Canal", "75 Canal Street", "Holyoke", "01040", "+14135550120"),
    Site("Forest Park Pediatrics & Family", "Forest Park", "300 Sumner Avenue", "Springfield", "01108", "+14135550130"),
    Site("Amherst Common Clinic", "Amherst", "31 Main Street", "Amherst", "01002", "+14135550140"),
    Site("Westfield Medical Group", "Westfield", "140 Elm Street", "Westfield", "01085", "+14135550150"),
    Site("Chicopee Women's & Family Care", "Chicopee", "601 Memorial Drive", "Chicopee", "01020", "+14135550160"),
    Site("Greenfield Family Practice", "Greenfield", "48 Federal Street", "Greenfield", "01301", "+14135550170"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Staff:
    """A provider of the first site, where faces repeat from demo to demo; others are drawn."""

    first: str
    last: str
    credential: str
    specialty: str
    gender: str
    languages: tuple[str, ...] = ("en",)


PROVIDERS = (
    Staff("Dana", "Lee", "MD", "Family medicine", "female"),
    Staff("Rafael", "Ortiz", "MD", "Family medicine", "male", ("en", "es")),
    Staff("Priya", "Nair", "MD", "Internal medicine", "female", ("en", "hi")),
    Staff("Thomas", "O'Shea", "DO", "Family medicine", "male"),
    Staff("Mei", "Chen", "NP", "Women's health", "female", ("en", "zh")),
    Staff("Jordan", "Wojcik", "PA", "Family medicine", "nonbinary", ("en", "pl")),
)
CREDENTIALS = ("MD", "MD", "MD", "DO", "NP", "NP", "PA")
SPECIALTIES = ("Family medicine", "Family medicine", "Internal medicine", "Pediatrics", "Women's health")
COLORS = ("teal", "indigo", "amber", "rose", "lime", "violet", "sky", "orange")


@dataclass(frozen=True, slots=True)
class Step:
    """Part of a visit: who or what is needed, from when (minutes after the start), how long."""

    needs: str
    offset: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit type. `share` is how often it is booked; what a step needs is a pool of the book.

    `missed` is how many of them nobody comes to; `ahead` within how many days it is booked, mostly.
    """

    code: str
    name: str
    minutes: int
    share: float
    steps: tuple[Step, ...]
    color: str
    instructions: str = ""
    new_patients: bool | None = None
    by_patients: bool = True
    min_age: int | None = None
    max_age: int | None = None
    sex: str = ""
    telehealth: bool = False
    early: int = 10
    words: tuple[str, ...] = ()
    missed: float = 0.05
    ahead: int = 30


def _provider(minutes: int) -> tuple[Step, ...]:
    return (Step("provider", 0, minutes),)


VISITS = (
    Visit("new", "New patient", 40, 8, _provider(40), "indigo", "Bring photo ID, your insurance card and a list of "
          "your medicines. Come 15 minutes early.", new_patients=True, early=15, missed=0.10, ahead=50),
    Visit("follow-up", "Follow-up", 20, 38, _provider(20), "teal", "Bring a list of your medicines.", new_patients=False, missed=0.06, ahead=42),
    Visit("physical", "Physical", 40, 14, _provider(40), "sky", "Do not eat or drink anything but water for eight hours "
          "before, if your doctor ordered blood tests.", new_patients=False, missed=0.075, ahead=60),
    Visit("sick", "Sick visit", 15, 20, _provider(15), "rose", "Wear a mask if you cough or have a fever.", missed=0.025, ahead=2),
    Visit("telehealth", "Telehealth", 20, 9, _provider(20), "violet", "We send a link. Be in Massachusetts, in a quiet "
          "place, five minutes before.", new_patients=False, telehealth=True, missed=0.04, ahead=14),
    Visit("ultrasound", "Ultrasound", 30, 4, (Step("ultrasound-room", 0, 30), Step("ultrasound", 0, 30)), "amber",
          "Drink 32 ounces of water one hour before and do not empty your bladder.", by_patients=False, missed=0.055, ahead=21),
    Visit("nurse", "Nurse visit", 10, 5, (Step("nurse", 0, 10),), "lime", "", by_patients=True, missed=0.035, ahead=14),
    Visit("procedure", "Procedure", 30, 4, (Step("nurse", 0, 10), Step("provider", 10, 20)), "orange",
          "Someone must take you home afterwards.", by_patients=False, missed=0.03, ahead=30),
)  # fmt: skip
BY_CODE = {visit.code: visit for visit in VISITS}

NOTES = (
    "Asked for the first slot of the day", "Daughter will come along", "Bring last lab results up", "Prefers a text",
    "Running late last two times: remind", "Wants to talk about knee", "Refill due", "Needs school form signed",
    "Interpreter booked", "Blood pressure log", "Ask about flu shot", "Was on hold a long time: be kind",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account of the demo. Its password is printed; no other installation has such accounts."""

    username: str
    name: str
    role: str
    password: str
    who: str


SIGN_INS = (
    SignIn("rosa", "Rosa Diaz", PSR, "correct horse at the desk", "at the desk"),
    SignIn("lena", "Lena Park", LEAD, "correct horse leads the desk", "leads the desk"),
    SignIn("sol", "Sol Rivera", SCHEDULER, "correct horse keeps the book", "schedules"),
    SignIn("dev", "Dev Shah", BILLER, "correct horse sends the bills", "bills"),
    SignIn("mia", "Mia Novak", MANAGER, "correct horse runs the place", "manages the practice"),
    SignIn("pia", "Pia Lund", PRIVACY, "correct horse keeps it private", "answers for privacy"),
    SignIn("gus", "Gus Adler", ADMIN, "correct horse keeps it running", "keeps the system"),
    SignIn("sam", "Sam Wu", TRAINEE, "correct horse learns the ropes", "is in training"),
)
