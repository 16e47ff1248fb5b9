"""What the rules of leave need to know of patients, for many at once: seven queries, however many they are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Lower

from frontdesk.kit import clock
from frontdesk.office.messaging.models import Channel, Message, OptOut, Policy
from frontdesk.office.messaging.queries.words import policy
from frontdesk.office.messaging.rules import Ask, Decision, Facts, Reader, Way, may_send, zones_of_state
from frontdesk.office.patients.models import Address, Contact, Patient, RelatedPerson


def readers_of(patient_ids: Collection[int]) -> dict[int, Reader]:
    """Return what leave there is to write to each of these patients, as it is at this moment."""
    people = Patient.objects.filter(pk__in=patient_ids).only(
        "birth_date", "is_deceased", "deceased_on", "status", "confidential", "language"
    )
    guardians, taken = _related(patient_ids)
    ways = _ways({*patient_ids, *(pk for several in guardians.values() for pk in several)})
    zones = _zones(patient_ids)
    found = {}
    for patient in people:
        own = tuple(replace(way, shared=way.address in taken[patient.pk]) for way in ways.get(patient.pk, ()))
        found[patient.pk] = Reader(
            born=patient.birth_date,
            ways=own,
            guardians=tuple(way for pk in guardians[patient.pk] for way in ways.get(pk, ())),
            is_deceased=patient.is_deceased or patient.deceased_on is not None,
            is_active=patient.status == Patient.Status.ACTIVE,
            confidential=patient.confidential,
            language=patient.language,
            zones=zones.get(patient.pk, ()),
        )
    return found


def leave_of(
    patient_id: int,
    kind: str,
    after: Facts,
    *,
    not_after: datetime | None = None,
    rules: Policy | None = None,
    reader: Reader | None = None,
) -> Decision:
    """Return whether a message of `kind` may go to the patient now, by which way, and if not, why."""
    asked, who = rules or policy(), reader or readers_of([patient_id]).get(patient_id)
    if who is None:
        return Decision("no", why="There is no such patient.")
    ask = Ask(
        kind=kind,
        now=clock.now(),
        zone=after.zone,
        not_after=not_after,
        confidential=after.confidential,
        only=after.only,
        off=frozenset(asked.off),
        opens=asked.text_from,
        closes=asked.text_to,
    )
    return may_send(who, ask)


def ways_to(patient_id: int, kind: str, after: Facts) -> dict[str, Decision]:
    """Return for each channel whether a message of `kind` may go to the patient by it now; ten queries."""
    asked, reader = policy(), readers_of([patient_id]).get(patient_id)
    return {
        channel: leave_of(patient_id, kind, replace(after, only=channel), rules=asked, reader=reader)
        for channel in Channel.values
    }


def opt_outs_of(patient_id: int) -> list[OptOut]:
    """Return the opt-outs that stand on any of the patient's addresses, newest first; one query."""
    values = Contact.objects.filter(patient=patient_id).values("value")
    return list(OptOut.objects.filter(address__in=values, ended_at=None).order_by("-pk"))


def held_for(patient_ids: Collection[int]) -> list[int]:
    """Return for whom, of these patients and of those whose guardian or guarantor they are, messages are held.

    Waits for whoever is writing to them just now, so that nothing is overlooked that shows a moment later.
    """
    patients = Patient.objects.filter(pk__in=concerned_by(patient_ids)).order_by("pk")
    if connection.in_atomic_block:
        patients = patients.select_for_update(no_key=True)
    ids = list(patients.values_list("pk", flat=True))
    held = Message.objects.filter(patient__in=ids, state=Message.State.HELD)
    return sorted(set(held.values_list("patient_id", flat=True)))


def concerned_by(patient_ids: Collection[int]) -> set[int]:
    """Return these patients and those whose guardian or guarantor they are; one query."""
    leaning = RelatedPerson.objects.filter(person__in=patient_ids, ended_at=None)
    return {*patient_ids, *leaning.values_list("patient_id", flat=True)}


def whose_address(opt_out_id: int) -> list[int]:
    """Return the patients on whose charts the address of an opt-out stands; two queries."""
    asked = OptOut.objects.filter(pk=opt_out_id).first()
    return whose(asked.address) if asked else []


def whose(address: str) -> list[int]:
    """Return the patients on whose charts an address stands, as an opt-out keeps it; one query."""
    rows = Contact.objects.annotate(lower=Lower("value")).filter(lower=address.lower())
    return sorted(set(rows.values_list("patient_id", flat=True)))


def _ways(patient_ids: Collection[int]) -> dict[int, tuple[Way, ...]]:
    today = clock.now().date()
    holds = Q(begins=None) | Q(begins__lte=today), Q(ends=None) | Q(ends__gt=today)
    rows = list(Contact.objects.filter(*holds, patient__in=patient_ids).order_by("patient_id", "pk"))
    gone = set(
        OptOut.objects.filter(ended_at=None, address__in={address_of(row) for row in rows}).values_list(
            "channel", "address"
        )
    )
    found: dict[int, list[Way]] = defaultdict(list)
    for row in rows:
        if row.system == Contact.System.PHONE and row.use != Contact.Use.MOBILE:
            continue
        channel = Channel.EMAIL if row.system == Contact.System.EMAIL else Channel.TEXT
        found[row.patient_id].append(
            Way(
                channel=str(channel),
                address=address_of(row),
                allowed=row.may_text,
                preferred=row.is_preferred,
                private=row.is_confidential,
                opted_out=(channel, address_of(row)) in gone,
            )
        )
    return {pk: tuple(several) for pk, several in found.items()}


def address_of(row: Contact) -> str:
    """Return a contact's address as an opt-out keeps it: e-mail in small letters."""
    return row.value.lower() if row.system == Contact.System.EMAIL else row.value


def _related(patient_ids: Collection[int]) -> tuple[dict[int, list[int]], dict[int, set[str]]]:
    """Return each patient's guardians who are patients too, and the numbers others of the household have."""
    roles = (RelatedPerson.Role.GUARDIAN, RelatedPerson.Role.GUARANTOR)
    rows = list(
        RelatedPerson.objects.filter(patient__in=patient_ids, ended_at=None, role__in=roles).values_list(
            "patient_id", "role", "person_id", "phone"
        )
    )
    theirs: dict[int, set[str]] = defaultdict(set)
    people = {person for _, _, person, _ in rows if person}
    for owner, value in Contact.objects.filter(patient__in=people).values_list("patient_id", "value"):
        theirs[owner].add(value)
    guardians: dict[int, list[int]] = defaultdict(list)
    taken: dict[int, set[str]] = defaultdict(set)
    for patient, role, person, phone in rows:
        taken[patient] |= ({phone} if phone else set()) | theirs.get(person or 0, set())
        if role == RelatedPerson.Role.GUARDIAN and person and person != patient:
            guardians[patient].append(person)
        if person == patient:
            taken[patient].clear()
    return guardians, taken


def _zones(patient_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return where each patient's clock stands: at the address where they stay now, else where they live."""
    today = clock.now().date()
    holds = Q(begins=None) | Q(begins__lte=today), Q(ends=None) | Q(ends__gt=today)
    rows = Address.objects.filter(*holds, patient__in=patient_ids).exclude(state="")
    nearest = ("mail", "confidential", "home", "temp")
    found = sorted(rows.values_list("patient_id", "use", "state"), key=lambda row: nearest.index(row[1]))
    return {patient: zones_of_state(state) for patient, _, state in found}
