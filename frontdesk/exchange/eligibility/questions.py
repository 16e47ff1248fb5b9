"""Questions to a payer as X12: a 270 (005010X279A1) about one person, or a file of many such."""

from collections.abc import Sequence
from datetime import datetime

from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.formats import x12
from frontdesk.formats.x12.records import eligibility as words
from frontdesk.formats.x12.records.segments import Beginning, Dated, Demographics, Relationship, Trace
from frontdesk.office.coverage.asking import Inquiry, Insured

# INS02, from what the desk calls whose policy it is: the patient is the subscriber's …
RELATED = {"spouse": "01", "child": "19", "other": "34"}


def written(asked: Inquiry, to: Connection, at: datetime) -> bytes:
    """Return the file that asks it, with the moment `at` (UTC) on its envelope."""
    # A file sent once more is another file: some check that no number comes twice (TA1 025).
    number = (asked.id * 10 + asked.attempts) % 10**9
    return x12.write([_inquiry(asked, at)], ("ZZ", to.sender), ("ZZ", to.receiver), at, control=number)


def written_together(asked: Sequence[Inquiry], to: Connection, at: datetime, control: int) -> bytes:
    """Return one file that asks many, a set each, numbered in their order: a 999 can then refuse one and take the rest.

    CAQH CORE does not say how many go together, and the guide (X279A1) allows 99 patients in a set.
    """
    sets = [_inquiry(one, at) for one in asked]
    return x12.write(sets, ("ZZ", to.sender), ("ZZ", to.receiver), at, control=control)


def _inquiry(asked: Inquiry, at: datetime) -> words.EligibilityInquiry:
    return words.EligibilityInquiry(
        beginning=Beginning(structure="0022", purpose="13", reference=asked.trace, date=at.date(), time=f"{at:%H%M}"),
        sources=[
            words.InformationSource(
                party=words.Party(
                    entity="PR", kind="2", last=asked.payer[:60], id_qualifier="PI", identifier=asked.payer_number
                ),
                receivers=[_receiver(asked)],
            )
        ],
    )  # fmt: skip


def _receiver(asked: Inquiry) -> words.Receiver:
    party = words.Party(
        entity="1P", kind="2", last=asked.practice[:60], id_qualifier="XX", identifier=asked.npi
    )
    return words.Receiver(party=party, subscribers=[_subscriber(asked)])


def _subscriber(asked: Inquiry) -> words.Subscriber:
    person = _person("IL", asked.subscriber)
    person.id_qualifier, person.identifier = "MI", asked.member_id
    traces = [Trace(kind="1", number=asked.trace, company=f"9{asked.npi}"[:10])]
    if asked.dependent is None:
        _ask(person, asked)
        return words.Subscriber(traces=traces, person=person)
    dependent = _person("03", asked.dependent)
    dependent.related = Relationship(is_subscriber="N", relationship=RELATED.get(asked.relationship, "34"))
    _ask(dependent, asked)
    below = words.Dependent(traces=traces, person=dependent)
    return words.Subscriber(person=person, dependents=[below])


def _person(entity: str, who: Insured) -> words.Person:
    person = words.Person(entity=entity, kind="1", last=who.last[:60], first=who.first[:35])
    if who.birth_date:
        gender = {"gender": who.sex} if who.sex else {}
        person.demographics = Demographics(form="D8", birth_date=who.birth_date, **gender)
    return person


def _ask(person: words.Person, asked: Inquiry) -> None:
    person.dates = [Dated(kind="291", form="D8", text=f"{asked.day:%Y%m%d}")]
    person.inquiries = [words.Inquiry(service_types=list(asked.services))]
