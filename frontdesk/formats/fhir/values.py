"""What a FHIR R4 Patient says, as frozen values. Missing text is "", a missing date is None, a missing list is ()."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where (a FHIRPath-like path from the file's root) and why.

    A fatal one leaves the patient unusable; any other means that this element was left out and the rest stands.
    """

    path: str
    why: str
    fatal: bool = False

    def __str__(self) -> str:
        return f"{self.path}: {self.why}"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included; None is open. A partial date stands for its first or last day."""

    start: date | None = None
    end: date | None = None


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class HumanName:
    """A name; `use` is usual, official, temp, nickname, anonymous, old, maiden or ""."""

    use: str = ""
    family: str = ""
    given: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    suffix: tuple[str, ...] = ()
    text: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Telecom:
    """A way to reach someone; `system` is phone, fax, email, pager, url, sms or other; a low `rank` is preferred."""

    system: str
    value: str
    use: str = ""
    rank: int | None = None
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address; `use` is home, work, temp, old, billing or ""."""

    use: str = ""
    lines: tuple[str, ...] = ()
    city: str = ""
    district: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number someone gave the patient. `type` is the HL7 v2 table 0203 code: MR, SS, DL, PPN, … or ""."""

    system: str
    value: str
    type: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A coded answer, of race or ethnicity for instance. `code` may be a null flavor: UNK, ASKU."""

    code: str
    display: str = ""
    system: str = ""


@dataclass(frozen=True, slots=True)
class Communication:
    """A language the patient can be spoken to in (BCP 47), and whether they prefer it."""

    language: str
    display: str = ""
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """A guardian, partner, friend; `relationship` holds HL7 v2 table 0131 codes or role codes."""

    relationship: tuple[str, ...]
    name: HumanName | None
    telecom: tuple[Telecom, ...]
    address: Address | None
    gender: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Another Patient resource about the same person; `type` is replaced-by, replaces, refer or seealso."""

    other: str
    type: str


@dataclass(frozen=True, slots=True)
class Patient:
    """A FHIR R4 Patient with its US Core extensions."""

    id: str
    active: bool
    identifiers: tuple[Identifier, ...]
    names: tuple[HumanName, ...]
    telecom: tuple[Telecom, ...]
    addresses: tuple[Address, ...]
    gender: str
    birth_date: date | None
    deceased: bool
    deceased_at: date | None
    marital_status: str
    birth_sex: str
    race: tuple[Category, ...]
    ethnicity: tuple[Category, ...]
    gender_identity: str
    pronouns: str
    interpreter_needed: bool | None
    communication: tuple[Communication, ...]
    contacts: tuple[Contact, ...]
    links: tuple[Link, ...]
    multiple_birth: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A patient at `path` in the file and what is wrong with them; `line` is 1 but for NDJSON."""

    path: str
    patient: Patient | None
    problems: tuple[Problem, ...]
    line: int = 1

    @property
    def usable(self) -> bool:
        """Say whether nothing fatal is wrong."""
        return self.patient is not None and not any(problem.fatal for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: its patients, what is wrong with the file itself, and how many other resources it holds."""

    found: tuple[Found, ...]
    problems: tuple[Problem, ...] = ()
    others: int = 0
