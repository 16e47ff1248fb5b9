"""Words that would like to be more than words, and every place where somebody types some."""

from django.apps import apps

MARK = "zq9x"
WORDS = (
    f"<script>window.{MARK}=1</script>",
    f'"><img src=x onerror=window.{MARK}=1>',
    f"'><svg/onload=window.{MARK}=1>",
    f"</textarea><b {MARK}>",
    f"</title></script><b {MARK}>",
    f"<a hx-get=/sign-out hx-trigger=load {MARK}>",
    f'" hx-get="/{MARK}" hx-trigger="load" x="',
    f"' hx-on:click='window.{MARK}=1",
    f"<meta http-equiv=refresh content=0;url=/{MARK}>",
    f"<base href=//{MARK}>",
    f"<style>@import '//{MARK}'</style>",
    f"<iframe src=file:///{MARK}>",
    f"javascript:window.{MARK}=1",
    "{{ 133337*7919 }}",
    "{% debug %}${133337*7919}",
    "=HYPERLINK(1)",
    "+1|cmd",
    "@SUM(1)",
    "-2+3",
    "\u202egnp.exe\u202c",
    "a\u0301" * 20,
    "\u200b\u200bzero",
    "x" * 500,
    "DOE*JANE~NM1*IL^:",
)

# What patients, staff and those who answer a message can type. Codes, keys and numbers are not words.
TYPED = {
    "practice.Practice": ["name"],
    "practice.Location": ["name", "short_name", "line", "city", "directions"],
    "practice.Department": ["name"],
    "practice.Provider": ["first_name", "last_name", "credential", "specialty"],
    "practice.Room": ["name"],
    "practice.Holiday": ["name"],
    "accounts.User": ["display_name"],
    "patients.Patient": [
        *("legal_first", "legal_middle", "legal_last", "suffix", "preferred_name", "gender_identity"),
        *("pronouns", "confidential_note"),
    ],
    "patients.PatientName": ["first", "last"],
    "patients.Identifier": ["value"],
    "patients.MergeRecord": ["reason", "by_name"],
    "patients.Address": ["line", "line2", "city", "zip"],
    "patients.Contact": ["value"],
    "patients.RelatedPerson": ["first", "last", "relationship", "note"],
    "patients.Alert": ["words", "made_by"],
    "patients.Confirmation": ["by_name"],
    "scheduling.Resource": ["name"],
    "scheduling.VisitType": ["name", "patient_instructions", "internal_note"],
    "scheduling.Lane": ["name"],
    "scheduling.Template": ["name"],
    "scheduling.TimeOff": ["reason"],
    "scheduling.CancelReason": ["words"],
    "scheduling.Appointment": [
        *("internal_note", "patient_instructions", "override_reason", "cancel_note", "booked_by"),
    ],
    "scheduling.Hold": ["held_by"],
    "scheduling.WaitlistEntry": ["note"],
    "scheduling.Recall": ["reason"],
    "scheduling.RescueSheet": ["reason"],
    "scheduling.ContactAttempt": ["note", "by_name"],
    "messaging.Message": ["address", "subject", "words", "why", "made_by"],
    "messaging.Template": ["subject", "body", "changed_by"],
    "messaging.Policy": ["neutral_name"],
    "visits.Visit": ["companion", "note"],
    "visits.Step": ["reason", "by_name"],
    "visits.Check": ["answer", "by_name"],
    "visits.FollowUp": ["note", "ordered_by"],
    "visits.Visitor": ["name", "organization", "purpose", "host"],
}


# What makes a word as long as its column: each turns the writing round, stacks marks, or opens once more.
PADS = ("\u202e", "\u0301", "\u2067x", "<b>", "=", "W")


def stretched(word: str, longest: int, turn: int) -> str:
    """Return a word as long as its column lets it be."""
    return (word + PADS[turn % len(PADS)] * longest)[:longest]


def fill(turn: int, only: tuple[str, ...] = ()) -> None:
    """Put a hostile word into every typed field, another one each turn; as if someone had got past the forms.

    Every other turn each is as long as its column.
    """
    place = 0
    for label, names in TYPED.items():
        if only and label not in only:
            continue
        model = apps.get_model(label)
        for name in names:
            longest = model._meta.get_field(name).max_length or 2000
            fit = [word for word in WORDS if len(word) <= longest] or ["<b>"[:longest]]
            word = fit[(place + turn) % len(fit)]
            model.objects.update(**{name: stretched(word, longest, place) if turn % 2 else word})
            place += 1
