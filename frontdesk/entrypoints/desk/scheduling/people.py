"""Whom a booking is for, as the screens of the book name them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.entrypoints.desk.scheduling.wording import age
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.errors import NotFound
from frontdesk.office.audit.services import same_patient
from frontdesk.office.patients.queries import Banner, read_banner, read_banners

ADULT = 18


@dataclass(frozen=True, slots=True)
class Person:
    """A patient in few words. `call` is how they are spoken to; `alerts` are said before a time is chosen."""

    id: int
    name: str
    call: str
    birth: str
    age: str
    mrn: str
    phone: str
    about: str
    alerts: tuple[str, ...]
    deceased: bool
    minor: bool

    @property
    def to(self) -> str:
        """How a sentence to the caller begins: to the patient, or about a child."""
        return f"For {self.call}: I" if self.minor else f"{self.call}, I"

    @property
    def you_are(self) -> str:
        return f"{self.call} is" if self.minor else f"{self.call}, you are"

    @property
    def your(self) -> str:
        return f"{self.call}'s" if self.minor else f"{self.call}, your"

    @property
    def shown(self) -> str:
        return f"{self.name} · {self.birth}"


def person(request: DeskRequest, patient_id: int) -> Person:
    """Return the patient a booking is for; raise `NotFound`, `AnotherPatient`."""
    same_patient(request.actor, patient_id)  # before anything is said of them on another's page
    banner = read_banner(patient_id)
    if banner is None:
        msg = "There is no such patient."
        raise NotFound(msg)
    return _person(banner, clock.today(request.location.zone))


def persons(request: DeskRequest, patient_ids: Collection[int]) -> dict[int, Person]:
    """Return several patients by their id; three queries for all of them."""
    today = clock.today(request.location.zone)
    return {pk: _person(banner, today) for pk, banner in read_banners(patient_ids).items()}


def _person(banner: Banner, today: date) -> Person:
    about = [
        age(banner.birth_date, today),
        f"speaks {banner.language}" if banner.interpreter else "",
        "interpreter" if banner.interpreter else "",
    ]
    return Person(
        id=banner.id,
        name=banner.name,
        call=banner.preferred or banner.name.split(" ", 1)[0],
        birth=us_date(banner.birth_date),
        age=age(banner.birth_date, today),
        mrn=banner.mrn,
        phone=banner.phone,
        about=", ".join(words for words in about if words),
        alerts=tuple(words for _, _, words, _ in banner.alerts),
        deceased=banner.is_deceased,
        minor=banner.age < ADULT,
    )
