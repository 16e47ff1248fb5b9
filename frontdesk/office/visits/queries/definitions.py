"""What the reports are: one definition each, which the pages show and docs/reference/reports.md is written from."""

from dataclasses import dataclass

from frontdesk.office.scheduling.rules import LEADS

RATE, MINUTES, DAYS, USE, EFFECT = "rate", "minutes", "days", "use", "effect"

CUT_WORDS = {
    "stage": "Stage",
    "week": "Weekday and hour",
    "hour": "Hour of the day",
    "weekday": "Weekday",
    "day": "Day",
    "provider": "Provider",
    "type": "Visit type",
    "lead": "Booked ahead",
    "reason": "Reason",
    "initiator": "Whose side",
    "minutes": "Minutes",
    "providers": "Provider and weekday",
    "reminded": "Booked ahead",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
REMINDED = {1: "reminded", 0: "not reminded"}
INITIATORS = {"patient": "The patient", "provider": "The provider", "organization": "The practice"}

# (code, words, from which stamp, to which). "seen" is the wait that counts for a patient; the others are its parts.
STAGES = (
    ("seen", "Waiting to be seen", "due", "with_provider_at"),
    ("check_in", "Waiting to check in", "arrived_at", "checked_in_at"),
    ("front", "In the waiting room", "checked_in_at", "roomed_at"),
    ("room", "Alone in the room", "roomed_at", "with_provider_at"),
    ("provider", "With the provider", "with_provider_at", "checkout_at"),
    ("checkout", "Checking out", "checkout_at", "done_at"),
    ("whole", "Whole visit", "arrived_at", "done_at"),
)
STAGE_WORDS = {code: words for code, words, _, _ in STAGES}
# Minutes after the appointment's time at which somebody came; negative is early.
ARRIVALS: tuple[tuple[str, int | None, int | None], ...] = (
    ("Over 30 early", None, -31),
    ("16–30 early", -30, -16),
    ("6–15 early", -15, -6),
    ("Within 5", -5, 5),
    ("6–10 late", 6, 10),
    ("11–15 late", 11, 15),
    ("16–30 late", 16, 30),
    ("Over 30 late", 31, None),
)
LATE_FROM = 10
LONGEST = 480


@dataclass(frozen=True, slots=True)
class Report:
    """One report: what it says in a sentence, of which visits, and what is left out.

    `cuts` are the ways it can be cut, the first is what a page opens with. `shares` are those cuts that say what the
    hits consist of, instead of how often there is one. `mind` is what its reader should bear in mind.
    """

    code: str
    title: str
    asks: str
    defined: str
    counted: str
    left_out: str
    kind: str
    cuts: tuple[str, ...]
    shares: tuple[str, ...] = ()
    hit_words: str = ""
    of_words: str = "visits"
    less_is_better: bool = True
    by_visit_type: bool = True
    by_period: bool = True
    mind: str = ""


REPORTS: dict[str, Report] = {
    one.code: one
    for one in (
        Report(
            code="waits",
            title="Waits by stage",
            asks="How long do patients wait, and where?",
            defined="Minutes from the appointment's time, or from arrival if the patient came later, until the provider is "
            "with them. The median is the wait of the patient in the middle; nine of ten wait no longer than the second figure.",
            counted="Visits that reached both ends of the stage.",
            left_out="Stages that lasted more than eight hours: somebody forgot a key. Stages that were taken back.",
            kind=MINUTES,
            cuts=("stage", "week", "hour", "weekday", "provider", "type"),
        ),
        Report(
            code="no-shows",
            title="No-shows",
            asks="Who does not come, and is it because they booked long ago?",
            defined="Of the visits whose end is known, those whose patient did not come.",
            counted="Visits that took place or were missed.",
            left_out="Cancelled and moved visits, walk-ins, and visits nobody has said anything about yet.",
            kind=RATE,
            cuts=("lead", "type", "provider", "weekday", "hour"),
            hit_words="were missed",
        ),
        Report(
            code="late-cancellations",
            title="Late cancellations",
            asks="How much time is given back too late to be used?",
            defined="Of all visits booked for these days, those cancelled closer to their time than their visit type allows "
            "(usually 24 hours).",
            counted="Visits booked for these days, cancelled ones included.",
            left_out="Visits that were moved to another time.",
            kind=RATE,
            cuts=("reason", "initiator", "type", "provider", "weekday", "lead"),
            shares=("reason", "initiator"),
            hit_words="were cancelled late",
        ),
        Report(
            code="moved",
            title="Rescheduled visits",
            asks="How many visits are moved, and on whose account?",
            defined="Of all visits booked for these days, those that were moved to another time.",
            counted="Visits booked for these days; a visit moved twice counts twice, for the day it was moved from.",
            left_out="Nothing.",
            kind=RATE,
            cuts=("reason", "initiator", "type", "provider", "weekday", "lead"),
            shares=("reason", "initiator"),
            hit_words="were moved",
        ),
        Report(
            code="patient-lateness",
            title="Patients’ lateness",
            asks="Do patients come on time?",
            defined=f"Of the patients who came, those who came more than {LATE_FROM} minutes after their time.",
            counted="Visits with an arrival.",
            left_out="Walk-ins: they had no time to be late for.",
            kind=RATE,
            cuts=("minutes", "hour", "weekday", "provider", "type"),
            shares=("minutes",),
            hit_words="came late",
            of_words="arrivals",
        ),
        Report(
            code="provider-lateness",
            title="Providers’ lateness",
            asks="When does the day run behind?",
            defined="Minutes from the appointment's time until the provider is with the patient. Sooner counts as 0.",
            counted="Visits whose patient had come by their time.",
            left_out="Visits whose patient came late, walk-ins, and more than eight hours.",
            kind=MINUTES,
            cuts=("hour", "provider", "week", "weekday", "type"),
        ),
        Report(
            code="left-unseen",
            title="Left without being seen",
            asks="Who gives up waiting?",
            defined="Of the patients who came, those who left before a provider saw them.",
            counted="Visits with an arrival.",
            left_out="Patients who are still here.",
            kind=RATE,
            cuts=("hour", "weekday", "provider", "type"),
            hit_words="left",
            of_words="arrivals",
        ),
        Report(
            code="utilisation",
            title="Utilisation",
            asks="How much of the open time is booked?",
            defined="Minutes booked with providers ÷ minutes they were open by their templates. Over 100 % means that more "
            "was booked than was open.",
            counted="Providers' open time, and all visits in it that were not cancelled; missed visits are shown apart.",
            left_out="Rooms, devices and nurses; time off and closed days.",
            kind=USE,
            cuts=("provider", "weekday", "providers", "day"),
            hit_words="booked",
            of_words="open minutes",
            less_is_better=False,
            by_visit_type=False,
        ),
        Report(
            code="third-next",
            title="Third next available",
            asks="How long until somebody can be seen?",
            defined="Days from today until the third time that is free. The very next is often a cancellation of this "
            "morning and says little. The figure in large is the visit type in the middle.",
            counted="What is open and free now, for each visit type, with anyone and with each provider.",
            left_out="Times that would overlap one already counted; days more than 90 ahead.",
            kind=DAYS,
            cuts=("provider", "type"),
            by_period=False,
        ),
        Report(
            code="reminder-effect",
            title="Reminder effect",
            asks="Do reminders keep visits from being lost?",
            defined="Of the visits whose patient was sent a reminder, and of those whose patient was not, how many were "
            "lost: missed, or cancelled too late to be given to somebody else (usually 24 hours). Each is held against "
            "visits booked as far ahead.",
            counted="Visits that took place, were missed, or were cancelled late. Reminded: a reminder went out by e-mail or "
            "text before the visit's time, or before it was cancelled. One that failed, or may not have gone out, is none.",
            left_out="Visits cancelled in time or moved, walk-ins, and visits nobody has said anything about yet.",
            kind=EFFECT,
            cuts=("reminded",),
            hit_words="were lost",
            mind="A plain comparison would mislead: who books for today gets no reminder, and rarely forgets. So the figure in large "
            "weighs those without a reminder as if they had booked as far ahead as those with one. It is no proof: who agrees "
            "to be written to may keep visits better anyway.",
        ),
    )
}


def lead_words(place: int) -> str:
    """Return the words of a bucket of days ahead."""
    return LEADS[place][0]


def hour_words(hour: int) -> str:
    """Write an hour of the day: 9 am."""
    return f"{hour % 12 or 12} {'am' if hour < 12 else 'pm'}"
