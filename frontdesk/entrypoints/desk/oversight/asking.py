"""A question to the record as it stands in an address, and back: ids, codes and days."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import QueryDict

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.oversight import wording
from frontdesk.entrypoints.desk.reports.asking import read_past_day
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.walltime import midnight_utc
from frontdesk.office.accounts.models import User
from frontdesk.office.audit.queries import Ask
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.queries import charts_of

USUAL = timedelta(days=7)
# Of one patient everything is asked for unless somebody says otherwise: the law keeps six years.
ALL_OF_A_PATIENT = timedelta(days=6 * 365 + 2)
CHOICES = ("action", "outcome", "source", "kind")


@dataclass(slots=True)
class Question:
    """What is asked, what may be chosen, and what could not be read."""

    first: date
    last: date
    zone: str
    from_text: str = ""
    to_text: str = ""
    patient: int | None = None
    shown: str = ""
    person: int | None = None
    action: str = ""
    outcome: str = ""
    source: str = ""
    kind: str = ""
    people: list[tuple[int, str]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ask(self) -> Ask:
        """Return the question to the office, in moments."""
        return Ask(
            first=midnight_utc(self.first, self.zone),
            last=midnight_utc(self.last + timedelta(days=1), self.zone),
            patients=tuple(sorted(charts_of(self.patient))) if self.patient else (),
            actor_id=self.person,
            action=self.action,
            outcome=self.outcome,
            source=self.source,
            kind=self.kind,
        )

    @property
    def words(self) -> str:
        """Say what is shown."""
        parts = (
            f"{us_date(self.first)} to {us_date(self.last)}"
            if self.first != self.last
            else us_date(self.first),
            dict(self.people).get(self.person or 0, ""),
            wording.deed(self.action) if self.action else "",
            wording.KINDS.get(self.kind, ""),
            wording.OUTCOMES.get(self.outcome, ""),
            wording.source(self.source),
        )
        return " · ".join(part for part in parts if part)

    def query(self, **more: object) -> str:
        """Return the question as the query of an address."""
        given = {
            "patient": self.patient,
            "person": self.person,
            "from": self.from_text,
            "to": self.to_text,
            **{name: getattr(self, name) for name in CHOICES},
            **more,
        }
        return urlencode({key: value for key, value in given.items() if value})


def read_question(request: DeskRequest, data: QueryDict) -> Question:
    """Read the question of an address; what is not known is left out, so that an old link still opens."""
    today = clock.today(request.location.zone)
    patient = Patient.objects.filter(pk=number(data.get("patient")) or 0).defer("photo").first()
    usual = ALL_OF_A_PATIENT if patient else USUAL
    made = Question(today - usual, today, request.location.zone)
    if patient:
        shown = (patient.legal_name, "" if patient.is_hidden else us_date(patient.birth_date))
        made.patient, made.shown = patient.pk, " · ".join(filter(None, shown))
    made.people = list(User.objects.order_by("display_name").values_list("pk", "display_name"))
    made.person = _one_of(number(data.get("person")), made.people)
    known = {
        "action": wording.DEEDS,
        "outcome": wording.OUTCOMES,
        "source": wording.SOURCES,
        "kind": wording.KINDS,
    }
    for name, words in known.items():
        asked = data.get(name, "")
        setattr(made, name, asked if asked in words else "")
    made.from_text, made.to_text = data.get("from", "")[:20], data.get("to", "")[:20]
    _days(made, today)
    return made


def _days(made: Question, today: date) -> None:
    for name, text, which in (("from", made.from_text, "first"), ("to", made.to_text, "last")):
        day = read_past_day(text, today)
        if day is None and text.strip():
            made.errors[name] = "Type a day: 3/14, mon, -2w."
        elif day is not None:
            setattr(made, which, day)
    if made.first > made.last:
        made.errors.setdefault("to", "The last day lies before the first.")
        made.first = made.last


def _one_of(value: int | None, known: list[tuple[int, str]]) -> int | None:
    return value if value in dict(known) else None
