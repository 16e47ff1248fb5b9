"""What a payer sent back, in the office's words: a 271, a refusal (999, TA1), or something nobody can read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from frontdesk.exchange.eligibility.acknowledged import acknowledged
from frontdesk.formats import x12
from frontdesk.formats.x12.records import eligibility as records
from frontdesk.formats.x12.records import segments
from frontdesk.formats.x12.records.eligibility import EligibilityAnswer
from frontdesk.office.coverage.rules import benefits
from frontdesk.office.coverage.rules.benefits import Benefit, Dates, Entity, Known, Rejection, Told

_GROUPS = ("6P", "1L")  # group number, group or policy number


@dataclass(frozen=True, slots=True)
class Reading:
    """What came back.

    `kind`: answer (`told`, one for each person; what of the file could not be used stands in `findings`), rejected (a
    999 or TA1 refuses the question: `findings` in words), accepted (it was taken in, no answer yet) or unreadable
    (`why`, in words).
    """

    kind: str
    told: tuple[Told, ...] = ()
    findings: tuple[str, ...] = ()
    why: str = ""


def read(raw: bytes) -> Reading:
    """Say what came back. Nothing is raised; half a 271 is unreadable, never a coverage that has ended."""
    heard: list[x12.Finding] = []
    whole: list[Told] = []
    broken: list[str] = []
    others: set[str] = set()
    for found in x12.parse(raw, heard.append):
        lost_part = cut(heard)
        heard.clear()
        if not isinstance(found, EligibilityAnswer):
            others.add(found.transaction)
            continue
        people = [] if lost_part else told(found)
        whole += people
        if not people:
            broken.append(lost_part or "The answer (271) names nobody and gives no reason.")
    if whole and not (lost := _lost(heard)):
        return Reading("answer", tuple(whole), tuple(broken))
    if whole:
        return Reading("unreadable", why=lost)
    if broken:
        return Reading("unreadable", why=broken[0])
    return _other(raw, others - {"999"}, heard)


def _other(raw: bytes, others: set[str], heard: Iterable[x12.Finding]) -> Reading:
    """Say what it is where it is no 271."""
    answer = acknowledged(raw)
    if answer is not None:
        return Reading("accepted" if answer.accepted else "rejected", findings=answer.findings)
    if others:
        return Reading("unreadable", why=f"What came back is no answer (271) but a {min(others)}.")
    if not raw.strip():
        return Reading("unreadable", why="What came back is empty.")
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:3] != b"ISA":
        return Reading("unreadable", why="What came back is not X12: it does not begin with an ISA.")
    unknown = next((each.sentence for each in heard if each.code == "guide-unknown"), "")
    return Reading("unreadable", why=unknown or "There is no answer (271) in what came back.")


def _lost(heard: Iterable[x12.Finding]) -> str:
    """Say that the file ends before its interchange does: what came may not be all that was sent."""
    ends = [each for each in heard if each.code == "trailer-missing"]
    return f"The answer (271) is cut off. {ends[0].sentence}" if ends else ""


def cut(heard: Iterable[x12.Finding]) -> str:
    """Say that a set is not whole: its trailer is missing or damaged, or counts other segments than came."""
    for finding in heard:
        if finding.segment_id == "SE" and not finding.note:
            return f"The answer (271) is not whole. {finding.sentence}"
    return ""


def parted(answer: EligibilityAnswer, traces: Iterable[str]) -> EligibilityAnswer:
    """Return the part of a 271 that answers these traces (TRN02), under the same payer and provider."""
    wanted = set(traces)
    made = EligibilityAnswer(beginning=answer.beginning)
    for source in answer.sources:
        for receiver in source.receivers:
            people = [part for one in receiver.subscribers if (part := _part(one, wanted)) is not None]
            if people:
                above = records.Receiver(party=receiver.party, subscribers=people)
                made.put(
                    records.InformationSource(
                        party=source.party, rejections=source.rejections, receivers=[above]
                    )
                )
    return made


def _part(one: records.Subscriber, wanted: set[str]) -> records.Subscriber | None:
    """Return a subscriber with those of their dependents who are meant, None where neither is."""
    below = [each for each in one.dependents if wanted & {trace.number for trace in each.traces}]
    if not below and not wanted & {trace.number for trace in one.traces}:
        return None
    made = records.Subscriber.of(list(one.elements))
    made.parts = [part for part in one.parts if not isinstance(part, records.Dependent) or part in below]
    return made


def told(answer: EligibilityAnswer) -> list[Told]:
    """Return what a 271 says of each person it answers for: each dependent, and each subscriber asked about alone."""
    made: list[Told] = []
    placed: set[int] = set()
    for source in answer.sources:
        for receiver, subscriber, dependent in _people(source):
            made.append(_told(source, receiver, subscriber, dependent, placed))
    if len(answer.sources) == 1 and not made and answer.rejections:
        made.append(_told(answer.sources[0], None, None, None, placed))
    stray = tuple(_rejection("payer", each) for each in answer.rejections if id(each) not in placed)
    if stray and not made:
        return [Told(rejections=stray)]
    reference = answer.beginning.reference if answer.beginning else ""
    return [_with(each, stray, reference) for each in made]


_Level = tuple[records.Receiver, records.Subscriber | None, records.Dependent | None]


def _people(source: records.InformationSource) -> Iterator[_Level]:
    for receiver in source.receivers:
        if not receiver.subscribers and receiver.party and receiver.party.rejections:
            yield receiver, None, None
        for subscriber in receiver.subscribers:
            if not subscriber.dependents or (subscriber.person and subscriber.person.benefits):
                yield receiver, subscriber, None
            for dependent in subscriber.dependents:
                yield receiver, subscriber, dependent


def _told(
    source: records.InformationSource,
    receiver: records.Receiver | None,
    subscriber: records.Subscriber | None,
    dependent: records.Dependent | None,
    placed: set[int],
) -> Told:
    payer = source.party
    holder = subscriber.person if subscriber else None
    person = dependent.person if dependent else holder
    where: list[tuple[str, list[segments.Rejection]]] = [("payer", source.rejections)]
    where += [("payer", payer.rejections)] if payer else []
    where += [("provider", receiver.party.rejections)] if receiver and receiver.party else []
    where += [("subscriber", holder.rejections)] if holder else []
    where += [("dependent", dependent.person.rejections)] if dependent and dependent.person else []
    own = person.benefits if person else []
    placed.update(id(each) for _, found in where for each in found)
    placed.update(id(each) for line in own for each in line.rejections)
    traces = [*(dependent.traces if dependent else []), *(subscriber.traces if subscriber else [])]
    return Told(
        payer=payer.last if payer else "",
        payer_id=payer.identifier if payer else "",
        payer_phone=_phone(payer.contacts) if payer else "",
        subscriber=_known(holder) if holder else Known(),
        dependent=_known(dependent.person) if dependent and dependent.person else None,
        rejections=tuple(_rejection(level, each) for level, found in where for each in found),
        dates=_dates(person.dates) if person else (),
        lines=tuple(_benefit(line, "dependent" if dependent else "subscriber") for line in own),
        traces=tuple(trace.number for trace in traces if trace.kind == "2" and trace.number),
    )


def _with(each: Told, stray: tuple[Rejection, ...], reference: str) -> Told:
    """Add what holds for the whole answer: its number, and rejections that stand where none belongs."""
    return replace(each, rejections=(*stray, *each.rejections), reference=reference)


def _rejection(where: str, found: segments.Rejection) -> Rejection:
    return Rejection(where, found.reason, found.follow_up)


def _known(person: records.Person) -> Known:
    group = next((ref for kind in _GROUPS for ref in person.references if ref.qualifier == kind), None)
    told_of, related = person.demographics, person.related
    return Known(
        last=person.last,
        first=person.first,
        middle=person.middle,
        member_id=person.identifier,
        birth_date=told_of.birth_date if told_of else None,
        gender=told_of.gender if told_of else "",
        group_number=group.number if group else "",
        group_name=group.description if group else "",
        relationship=related.relationship if related else "",
        corrected=bool(related and related.maintenance == "001"),
    )


def _benefit(line: records.Benefit, where: str) -> Benefit:
    procedure = line.procedure
    return Benefit(
        information=line.information,
        level=line.coverage_level,
        services=tuple(filter(None, line.service_types)),
        insurance=line.insurance_type,
        plan=line.plan,
        period=line.period,
        amount=_number(line.amount),
        percent=_number(line.percent),
        quantity_kind=line.quantity_qualifier,
        quantity=_number(line.quantity),
        authorization=line.authorization,
        network=line.in_network,
        procedure_kind=procedure.qualifier if procedure else "",
        procedure=procedure.code if procedure else "",
        modifiers=procedure.modifiers if procedure else (),
        dates=_dates(line.dates),
        messages=tuple(message.text for message in line.messages if message.text),
        places=tuple(benefits.Place(each.qualifier, each.code, each.text) for each in line.more),
        entities=tuple(_entity(each) for each in line.related),
        limits=tuple(_delivery(each) for each in line.deliveries),
        references=tuple(
            benefits.Reference(ref.qualifier, ref.number, ref.description) for ref in line.references
        ),
        rejections=tuple(_rejection(where, each) for each in line.rejections),
    )


def _entity(found: records.RelatedEntity) -> Entity:
    phone = _phone(found.contacts)
    return Entity(found.entity, found.last, found.first, found.id_qualifier, found.identifier, phone)


def _delivery(found: segments.Equipment) -> benefits.Delivery:
    return benefits.Delivery(
        kind=found.qualifier,
        quantity=_number(found.quantity),
        unit=found.unit,
        sampling=_number(found.sampling),
        period=found.period,
        periods=found.periods,
        pattern=found.pattern,
        time=found.time,
    )


def _phone(contacts: Iterable[segments.Contact]) -> str:
    numbers = (number for contact in contacts for kind, number in contact.numbers if kind == "TE")
    return next(numbers, "")


def _dates(found: Iterable[segments.Dated]) -> tuple[Dates, ...]:
    return tuple(Dates(each.kind, each.start, each.end if each.form == "RD8" else None) for each in found)


def _number(value: Decimal | None) -> Decimal | None:
    """Let only numbers through that a payer can mean: `NaN` and `1E+99999` are decimals too."""
    return value if value is not None and value.is_finite() and -8 < value.adjusted() < 12 else None
