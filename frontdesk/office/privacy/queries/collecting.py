"""Everything there is about one patient, found by walking the tables: one that is added tomorrow is in it by itself.

A table is the patient's when a column of it points at a patient, when it has a plain `patient_id`, or when a column
points at a table that is the patient's. A table that is neither, and is not named here with its reason, fails a house test.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from frontdesk.kit import sealed
from frontdesk.kit.refs import Ref
from frontdesk.kit.sealed import CannotBeOpened
from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models import Disclosure

# What points at a patient, or at what is theirs, and is none of their record.
LEFT_OUT = {
    "patients.searchname": "made anew from the names",
    "patients.searchphone": "made anew from the telephone numbers",
    "patients.suspectedpair": "speaks of another person's chart, which may be nobody of theirs",
    "scheduling.claim": "five-minute cells of the book; the appointment says when it is",
}
# Tables of rooms that know patients, yet speak of no one patient.
NOBODYS = {
    "audit.auditseal": "proves the record whole",
    "audit.formkey": "keys of forms already sent; forgotten after a while",
    "billing.balancerule": "the practice's rules",
    "billing.contractrate": "the practice's list",
    "billing.fee": "the practice's list",
    "billing.slidingscale": "the practice's rules",
    "billing.papernumbers": "the practice's numbers",
    "billing.usualservice": "the practice's list",
    "coverage.answerfile": "answers about many; each question keeps the part that is its patient's",
    "coverage.networkrow": "the practice's list",
    "coverage.payer": "the practice's list",
    "coverage.payername": "the practice's list",
    "coverage.payernumber": "the practice's list",
    "coverage.questionfile": "which questions of a night went together",
    "jobs.job": "work to be done, by row ids; done, it is thrown away",
    "ledger.account": "names whose money it is; what stands on it are its lines",
    "ledger.series": "running numbers",
    "ledger.sum": "sums of lines, made anew from them",
    "messaging.policy": "the practice's rules",
    "messaging.tally": "how often a link was opened; forgotten within hours",
    "messaging.template": "the practice's words",
    "payments.deskrules": "the practice's rules",
    "patients.draft": "what a colleague typed and did not send",
    "patients.mrncounter": "one number",
    "patients.nametoken": "every name there is, once",
    "patients.tokenkey": "spellings of names",
    "payments.closerule": "the practice's rules",
    "payments.daylock": "a day's sums",
    "payments.deposit": "money on its way to the bank",
    "payments.drawer": "the practice's list",
    "payments.drawerclose": "who closed a drawer",
    "payments.drawercount": "what lay in a drawer",
    "payments.drawermove": "the practice's own cash",
    "payments.processorevent": "what the card processor told, by its own references",
    "payments.drawersession": "who had a drawer open",
    "payments.monthlock": "a month's sums",
    "privacy.notice": "the practice's words",
    "referrals.requirement": "the practice's rules",
    "scheduling.cancelreason": "the practice's list",
    "scheduling.daysheet": "a provider's day",
    "scheduling.hold": "a time held for five minutes, for nobody yet",
    "scheduling.lane": "the practice's list",
    "scheduling.rescuesheet": "a provider's day",
    "scheduling.resource": "providers and rooms",
    "scheduling.template": "a provider's week",
    "scheduling.templateblock": "a provider's week",
    "scheduling.timeoff": "a provider's time off",
    "scheduling.visitlength": "the practice's list",
    "scheduling.visitstep": "the practice's list",
    "scheduling.visittype": "the practice's list",
    "visits.visitor": "people who are no patients",
}
# Rooms below the patients cannot know one.
BELOW = frozenset({"accounts", "practice", "audit", "jobs"})
# A row that stands in somebody else's record, where this patient is only named: theirs to ask for, not this one's.
OTHERS_COLUMNS = {"patients.relatedperson.person"}
# Secrets are no part of a record: with them its holder could pass for somebody.
SECRETS = {
    ("privacy.passphrase", "hash"),
    ("messaging.link", "digest"),
    ("patients.socialsecuritynumber", "blind_index"),
}
Column = Any  # one of Django's fields, which cannot be subscripted at run time
NAMES = ("display_name", "name", "label", "words")


@dataclass(frozen=True, slots=True)
class Table:
    """One table that holds something about a patient: its model, and how its rows are found from patients' numbers."""

    model: type[Model]
    lookups: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return "room.table"."""
        return self.model._meta.label_lower


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table about a patient, oldest first, as plain values by column."""

    label: str
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Record:
    """A patient's whole record: who it is about, on which day, and every table.

    `part_two` says that it shows substance use and bears the statement that goes with it; `consent` by what it left.
    """

    patient_id: int
    mrn: str
    name: str
    birth_date: date
    day: date
    tables: list[Rows]
    disagreements: list[tuple[str, str]]
    part_two: bool = False
    consent: str = ""

    @property
    def count(self) -> int:
        """Return the number of rows."""
        return sum(len(table.rows) for table in self.tables)


def tables() -> list[Table]:
    """Return every table that holds something about a patient, the patient's own first."""
    found = {Patient: ("pk",)} | {model: paths for model in _ours() if (paths := _direct(model))}
    while True:
        more = {
            model: paths for model in _ours() if model not in found and (paths := _by_way_of(model, found))
        }
        if not more:
            break
        found |= more
    return [Table(model, paths) for model, paths in found.items()]


def unaccounted() -> list[str]:
    """Return the tables nobody has thought about: neither a patient's nor named as nobody's."""
    reached = {table.label for table in tables()}
    return sorted(
        label
        for model in apps.get_models()
        if model.__module__.startswith("frontdesk.")
        and (label := model._meta.label_lower) not in reached | NOBODYS.keys() | LEFT_OUT.keys()
        and not (model._meta.app_label in BELOW and not _speaks_of_patients(model))
    )


def charts_of(patient_id: int) -> set[int]:
    """Return a chart and all that were merged into it, and into those: what was recorded then bears their numbers."""
    found, new = {patient_id}, {patient_id}
    while new:
        new = set(Patient.objects.filter(merged_into_id__in=new).values_list("id", flat=True)) - found
        found |= new
    return found


def collect(patient_id: int, day: date) -> list[Rows]:
    """Return every row about a patient: a query a table, and one for each list of names they point at."""
    charts, names = charts_of(patient_id), _Names()
    found = []
    for table in tables():
        which = reduce(or_, (Q(**{f"{path}__in": charts}) for path in table.lookups))
        rows = table.model._default_manager.filter(which).exclude(_hidden(table, charts, day))
        columns = [field for field in table.model._meta.concrete_fields if not _is_secret(table, field)]
        values = list(rows.order_by("pk").values(*(field.attname for field in columns)))
        _unseal(table, values)
        found.append(Rows(table.label, tuple(f.attname for f in columns), names.put(columns, values)))
    return found


def _unseal(table: Table, rows: list[dict[str, Any]]) -> None:
    """Open what is sealed: the record is the patient's own, and their copy of it is whole."""
    for column in sealed.columns() if rows else ():
        if column.table != table.label:
            continue
        for row in rows:
            try:
                row[column.name] = column.open(row[column.owner], row[column.name])
            except CannotBeOpened as shut:
                row[column.name] = shut.sentence


class _Names:
    """Names of what rows point at, where that is not the patient's: a provider's number says nothing to a reader."""

    def __init__(self) -> None:
        self._known: dict[type[Model], dict[int, str]] = {}

    def put(self, columns: Iterable[Column], rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for field in columns:
            names = self._of(field)
            for row in rows if names else ():
                number = row[field.attname]
                if number in names:
                    row[field.name] = names[number]
        return rows

    def _of(self, field: Column) -> dict[int, str]:
        there = field.related_model if isinstance(field, ForeignKey) else None
        if not isinstance(there, type) or there._meta.label_lower == "patients.patient":
            return {}
        if there not in self._known:
            fields = {one.name for one in there._meta.concrete_fields}
            column = next((name for name in NAMES if name in fields), None)
            rows = (
                there._default_manager.values_list("pk", column)[:5000]
                if column and _is_a_list(there)
                else ()
            )
            self._known[there] = {int(pk): str(name) for pk, name in rows}
        return self._known[there]


def _is_a_list(model: type[Model]) -> bool:
    """Say whether a table is one of the practice's own lists, and not about patients."""
    return model._meta.app_label in BELOW or model._meta.label_lower in NOBODYS


def _ours() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("frontdesk.")
        and model is not Patient
        and model._meta.label_lower not in LEFT_OUT
    ]


def _direct(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of a table that hold a patient's number."""
    label = model._meta.label_lower
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if ((isinstance(field, ForeignKey) and field.related_model is Patient) or field.name == "patient_id")
        and f"{label}.{field.name}" not in OTHERS_COLUMNS
    )


def _by_way_of(model: type[Model], found: dict[type[Model], tuple[str, ...]]) -> tuple[str, ...]:
    """Return how a table is reached over one that is a patient's."""
    return tuple(
        f"{field.name}__{path}"
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and (there := field.related_model) in found
        for path in found[there]
    )


def _speaks_of_patients(model: type[Model]) -> bool:
    return any("patient" in field.name for field in model._meta.concrete_fields)


def _is_secret(table: Table, field: Column) -> bool:
    return (table.label, field.name) in SECRETS


def _hidden(table: Table, charts: set[int], day: date) -> Q:
    """Return the rows nobody may hand out yet: a disclosure an agency had suspended, and the record of it."""
    if table.label not in {"privacy.disclosure", "audit.auditentry"}:
        return Q(pk__in=[])
    hidden = Disclosure.objects.filter(patient_id__in=charts, suspended_until__gte=day)
    numbers = list(hidden.values_list("pk", flat=True))
    if table.label == "privacy.disclosure":
        return Q(pk__in=numbers)
    return Q(subject__in=[str(Ref("privacy.disclosure", pk)) for pk in numbers])
