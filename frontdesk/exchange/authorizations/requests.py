"""A request to a payer as X12: one 278 (005010X217) about one authorization."""

from datetime import datetime

from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.questions import RELATED
from frontdesk.formats import x12
from frontdesk.formats.x12.records.authorization import SERVICES, SPECIALTY, Wanted, Who
from frontdesk.office.coverage.asking import Insured
from frontdesk.office.referrals.asking import Request
from frontdesk.office.referrals.rules import REFERRAL

PAYLOAD = "X12_278_Request_005010X217E1_2"


def written(asked: Request, to: Connection, at: datetime) -> bytes:
    """Return the file that asks it, with the moment `at` (UTC) on its envelope."""
    dependent = None
    if asked.dependent is not None:
        dependent = _person(asked.dependent, related=RELATED.get(asked.relationship, "34"))
    wanted = Wanted(
        reference=asked.trace,
        trace=asked.trace,
        organization=Who(asked.payer, number=asked.payer_number),
        requester=Who(asked.practice, number=asked.npi),
        subscriber=_person(asked.subscriber, asked.member_id),
        dependent=dependent,
        category=SPECIALTY if asked.kind == REFERRAL else SERVICES,
        service_type=asked.service,
        begins=asked.begins or at.date(),
        ends=asked.ends,
        visits=asked.visits,
        message=asked.message,
        phone=asked.phone,
        referrer=_named(asked.referred_by, asked.referred_npi),
        sees_them=Who(asked.provider_last, asked.provider_first, asked.provider_npi)
        if asked.provider_last
        else None,
    )
    made = x12.build_278(wanted, at)
    # A file sent once more is another file: some check that no number comes twice (TA1 025).
    number = (asked.id * 10 + asked.attempts + 500_000_000) % 10**9
    return x12.write([made], ("ZZ", to.sender), ("ZZ", to.receiver), at, control=number)


def _person(who: Insured, number: str = "", related: str = "") -> Who:
    return Who(who.last, who.first, number, who.birth_date, who.sex if who.birth_date else "", related)


def _named(name: str, npi: str) -> Who | None:
    """Return who sends the patient: a person's last name is the last word, where a title does not follow it."""
    words = name.replace("Dr. ", "").split(",")[0].split()
    if not words:
        return None
    return Who(words[-1], " ".join(words[:-1]), npi)
