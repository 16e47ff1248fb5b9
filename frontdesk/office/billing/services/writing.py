"""Write an estimate, give it, note that somebody asked for one, or that none is needed."""

from datetime import date
from typing import Any

from frontdesk.formats.x12 import is_npi
from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.scope import must_work_at
from frontdesk.kit.versioned import save_changes
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit.services import record, service
from frontdesk.office.billing import rules
from frontdesk.office.billing.errors import NoSuchPaper
from frontdesk.office.billing.models import (
    Estimate,
    EstimateGiven,
    EstimateItem,
    EstimateProvider,
    EstimateVersion,
    PaperNumbers,
)
from frontdesk.office.billing.queries.estimates import labels_of, paper_numbers
from frontdesk.office.billing.queries.prices import prices
from frontdesk.office.billing.rules.business_days import ends_at
from frontdesk.office.billing.rules.drafts import Other, Service, Written
from frontdesk.office.ledger import services as ledger
from frontdesk.office.patients.fields import refuse, tidy
from frontdesk.office.patients.models import Address, Contact
from frontdesk.office.patients.queries import find_patient, refuse_hidden
from frontdesk.office.practice.models import Location, Provider
from frontdesk.office.practice.queries import practice
from frontdesk.office.scheduling.models import Appointment

How, State, Why = EstimateGiven.How, Estimate.State, Estimate.Why
MOST_CENTS = 1_000_000_00
NONE = "There is no such estimate."


@service("billing.note_question", permission="billing.write_papers")
def note_question(
    by: Actor, /, *, patient_id: int, location_id: int, appointment_id: int | None = None, visit_type_id: int | None = None, words: str = ""
) -> Estimate:  # fmt: skip
    """Note that somebody asked what it costs: an estimate is due three business days after (149.610(b)(1)(vi)(C)).

    Of a visit that has one due already the earlier day stays. Raises `NoSuchPatient`, `Restricted`, `NoSuchPaper`.
    """
    patient, now = find_patient(by, patient_id), clock.now()
    place = Location.objects.filter(pk=location_id).first()
    if place is None or not by.works_at(location_id):
        raise NoSuchPaper("There is no such location.")
    visit = None
    if appointment_id is not None:
        visit = Appointment.objects.filter(pk=appointment_id, patient_id=patient.pk).first()
        if visit is None:
            raise NoSuchPaper("There is no such visit of this patient.")
    due_at = ends_at(rules.asked(to_wall(now, place.zone).date()), place.zone)
    said: dict[str, Any] = {"asked_at": now, "asked_words": tidy(words)}
    known = Estimate.objects.select_for_update().filter(appointment=visit).first() if visit else None
    if known is not None:
        is_open = known.state in {State.DUE, State.DRAFTED}
        earlier = min(known.due_at, due_at) if is_open and known.due_at else due_at
        changes = said | {"due_at": earlier, "since": now, "ended_why": ""}
        changes["state"] = known.state if is_open else State.DUE
        before = save_changes(known, changes)
        record(by, subject=known, patient_id=patient.pk, before=before, after=changes)
        return known
    made = Estimate.objects.create(
        patient=patient, location=place, appointment=visit, visit_type_id=visit.visit_type_id if visit else visit_type_id,
        why=Why.ASKED, since=now, due_at=due_at, noted_by=by.name, **said,
    )  # fmt: skip
    record(by, subject=made, patient_id=patient.pk, after={"why": made.why, "due_at": due_at})
    return made


@service("billing.end_estimate", permission="billing.write_papers")
def end_estimate(by: Actor, /, *, estimate_id: int, version: int, reason: str) -> Estimate:
    """Say that no estimate is needed after all, and why. Raises `NoSuchPaper`, `StaleVersion`, `Invalid`."""
    row = locked(by, estimate_id)
    if not tidy(reason):
        refuse({"reason": "Say why none is needed."})
    changes = {"state": State.ENDED, "ended_why": tidy(reason)}
    before = save_changes(row, changes, expected=version)
    record(by, subject=row, patient_id=row.patient_id, before=before, after=changes)
    return row


@service("billing.make_estimate", permission="billing.write_papers")
def make_estimate(by: Actor, /, *, estimate_id: int, version: int, written: Written) -> EstimateVersion:
    """Write an estimate as its next version, with a number of its own; what is without an amount costs what the fee schedule says.

    Raises `Invalid` with a sentence for each field, `StaleVersion`, `NoSuchPaper`.
    """
    row = locked(by, estimate_id)
    day = _day_of(row)
    good, wrong = _priced(written, day)
    last = EstimateVersion.objects.filter(estimate=row).order_by("-version").first()
    if last is not None and not tidy(written.reason):
        wrong["reason"] = "Say what has changed since the last one."
    refuse(wrong)
    before = save_changes(row, {"state": State.DRAFTED, "ended_why": ""}, expected=version)
    numbers, place = paper_numbers(), row.location
    made = EstimateVersion.objects.create(
        estimate=row, version=(last.version if last else 0) + 1, number=ledger.next_number(by, name="estimate"),
        language=written.language if written.language in {"en", "es"} else "en", primary=tidy(written.primary),
        scheduled_on=day if row.appointment_id else None, diagnoses=[rules.diagnosis(one) for one in written.diagnoses],
        apart=[tidy(one) for one in written.apart if tidy(one)], facts=_facts(row), reason=tidy(written.reason),
        cents=sum(one.cents or 0 for one in good) + sum(one.service.cents or 0 for one in written.others if one.answered),
        made_at=clock.now(), made_by=by.name,
    )  # fmt: skip
    ours = _ours(row, written.provider_id)
    head = EstimateProvider.objects.create(
        version=made, order=0, provider=ours, name=ours.name if ours else made.facts["practice"],
        npi=(ours.npi if ours else "") or made.facts["npi"], tin=numbers.tin, place=made.facts["place"], state=place.state,
    )  # fmt: skip
    for at, one in enumerate(good):
        _item(head, at, one)
    for at, other in enumerate(written.others, 1):
        theirs = EstimateProvider.objects.create(
            version=made, order=at, name=tidy(other.name), npi=other.npi, tin=_digits(other.tin), place=tidy(other.place),
            answered=other.answered,
        )  # fmt: skip
        _item(theirs, 0, other.service)
    after = {"state": row.state, "version": made.version, "number": made.number, "cents": made.cents}
    record(by, subject=row, patient_id=row.patient_id, before=before, after=after, reason=made.reason)
    return made


@service("billing.give_estimate", permission="billing.write_papers")
def give_estimate(by: Actor, /, *, version_id: int, how: str) -> EstimateGiven:
    """Note how a version was given, and to which address as it is on file; spoken alone the paper is due still (149.610(e)).

    Raises `Invalid` where there is no such address on file, `NoSuchPaper`.
    """
    known = EstimateVersion.objects.filter(pk=version_id).first()
    if known is None:
        raise NoSuchPaper(NONE)
    row = locked(by, known.estimate_id)
    if how not in How.values:
        refuse({"how": "Say how it was given."})
    made = EstimateGiven.objects.create(
        version=known, how=how, to=_address(row.patient_id, how), at=clock.now(), by_name=by.name
    )
    if EstimateVersion.objects.filter(estimate=row, version__gt=known.version).exists() or how == How.SPOKEN:
        record(by, subject=row, patient_id=row.patient_id, after={"given": known.number, "how": how})
        return made
    before = save_changes(row, {"state": State.GIVEN})
    after = {"state": row.state, "given": known.number, "how": how}
    record(by, subject=row, patient_id=row.patient_id, before=before, after=after)
    return made


@service("billing.set_paper_numbers")
def set_paper_numbers(by: Actor, /, *, tin: str, abn_expires: str = "") -> PaperNumbers:
    """Set what papers say: the practice's tax number (nine digits), and the day printed on the form of the ABN. Raises `Invalid`."""
    bare = _digits(tin)
    if bare and len(bare) != 9:
        refuse({"tin": "A tax number has nine digits: 12-3456789."})
    given = {"tin": bare, "abn_expires": tidy(abn_expires), "set_at": clock.now(), "set_by": by.name}
    must_fit(PaperNumbers, given)
    row = PaperNumbers.objects.order_by("pk").select_for_update().first() or PaperNumbers()
    before = {"tin": row.tin, "abn_expires": row.abn_expires}
    for name, value in given.items():
        setattr(row, name, value)
    row.save()
    record(by, subject=row, before=before, after={"tin": bare, "abn_expires": row.abn_expires})
    return row


def locked(by: Actor, estimate_id: int) -> Estimate:
    """Return an estimate, locked until the verb ends. Raises `NoSuchPaper`, `NoSuchPatient`, `Restricted`."""
    related = ("patient", "location", "visit_type", "appointment__visit_type", "appointment__provider")
    row = (
        Estimate.objects.select_for_update(of=("self",))
        .select_related(*related)
        .filter(pk=estimate_id)
        .first()
    )
    if row is None:
        raise NoSuchPaper(NONE)
    must_work_at(by, row.location_id, NONE)
    find_patient(by, row.patient_id)
    refuse_hidden(by, row.patient_id, *filter(None, labels_of(row)))
    return row


def _day_of(row: Estimate) -> date:
    if row.appointment is not None:
        return to_wall(row.appointment.starts, row.appointment.zone).date()
    return clock.today(row.location.zone)


def _priced(written: Written, day: date) -> tuple[list[Service], dict[str, str]]:
    """Return the services with their words and amounts, by the fee schedule of the day where none was typed; and what is wrong."""
    wrong: dict[str, str] = {}
    if not tidy(written.primary):
        wrong["primary"] = "Say in plain words what it is for."
    if not written.services:
        wrong["code-0"] = "Write at least one service."
    at_hand = prices(codes={one.code for one in written.services})
    good = []
    for at, one in enumerate(written.services):
        fee = at_hand.fee(one.code, one.modifier, day)
        cents = one.cents if one.cents is not None else fee.cents * one.units if fee else None
        priced = Service(
            one.code, one.modifier, one.units, tidy(one.words) or (fee.words if fee else ""), cents
        )
        wrong |= _wrong_service(at, priced)
        good.append(priced)
    for text in written.diagnoses:
        if not rules.diagnosis(text):
            wrong["diagnoses"] = f"“{text}” is no ICD-10 code: a letter and digits, like E11.9."
    for at, other in enumerate(written.others):
        wrong |= _wrong_other(at, other)
    return good, wrong


def _wrong_service(at: int, one: Service) -> dict[str, str]:
    wrong = {}
    if one.code and not rules.is_service_code(one.code):
        wrong[f"code-{at}"] = f"“{one.code}” is no CPT or HCPCS code: five signs, like 99213."
    elif one.cents is None:
        said = one.code or "this"
        wrong[f"amount-{at}"] = f"The fee schedule has no fee for {said} on that day: write the amount."
    elif not 0 <= one.cents <= MOST_CENTS or not 1 <= one.units <= 999:
        wrong[f"amount-{at}"] = "That cannot be the amount."
    if not one.words:
        wrong[f"words-{at}"] = "Say what it is."
    return wrong


def _wrong_other(at: int, other: Other) -> dict[str, str]:
    wrong = {}
    if not tidy(other.name):
        wrong[f"other-{at}"] = "Say who it is."
    if not tidy(other.service.words):
        wrong[f"other-words-{at}"] = "Say what they do."
    if other.npi and not is_npi(other.npi):
        wrong[f"other-npi-{at}"] = "An NPI has ten digits, the last one a check digit. Read it again."
    if other.tin and len(_digits(other.tin)) != 9:
        wrong[f"other-tin-{at}"] = "A tax number has nine digits: 12-3456789."
    if other.answered and other.service.cents is None:
        wrong[f"other-amount-{at}"] = "Write what they charge, or say that they have not answered."
    return wrong


def _facts(row: Estimate) -> dict[str, str]:
    """Return who and where, as it is on the day an estimate is written."""
    ours, place, patient = practice(), row.location, row.patient
    town = f"{place.city}, {place.state} {place.zip}".strip(", ")
    return {
        "patient": patient.legal_name,
        "birth_date": patient.birth_date.isoformat(),
        "mrn": patient.mrn,
        "practice": ours.name if ours else "",
        "npi": ours.npi if ours else "",
        "phone": place.phone or (ours.phone if ours else ""),
        "place": ", ".join(filter(None, [place.line, town])) or place.name,
        "day": clock.today(place.zone).isoformat(),
    }


def _ours(row: Estimate, provider_id: int | None) -> Provider | None:
    wanted = provider_id or (row.appointment.provider_id if row.appointment else None)
    found = Provider.objects.filter(pk=wanted or 0).first()
    if wanted and found is None:
        refuse({"provider_id": "Choose a provider from the list."})
    return found


def _item(provider: EstimateProvider, at: int, one: Service) -> None:
    EstimateItem.objects.create(
        provider=provider, order=at, code=one.code, modifier=one.modifier, words=tidy(one.words), units=one.units,
        cents=(one.cents or 0) if provider.answered else 0,
    )  # fmt: skip


def _address(patient_id: int, how: str) -> str:
    """Return the address on file that something given so goes to: a confidential one before all others (45 CFR 164.522(b))."""
    if how == How.EMAIL:
        rows = Contact.objects.filter(patient_id=patient_id, system=Contact.System.EMAIL, ends=None)
        found = rows.order_by("-is_confidential", "-is_preferred", "id").first()
        if found is None:
            msg = "No e-mail address is on file. Add it to the record first."
            raise Invalid(msg, fields={"how": msg})
        return found.value
    if how == How.MAIL:
        order = ("confidential", "temp", "mail", "home")
        rows_ = Address.objects.filter(patient_id=patient_id, ends=None).exclude(line="")
        kept = sorted(rows_, key=lambda one: order.index(one.use))
        if not kept:
            msg = "No postal address is on file. Add it to the record first."
            raise Invalid(msg, fields={"how": msg})
        one = kept[0]
        return ", ".join(
            filter(None, [one.line, one.line2, f"{one.city}, {one.state} {one.zip}".strip(", ")])
        )
    return ""


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdecimal() and sign.isascii())
