"""Money facts: a visit is charged, somebody pays at the desk, what they paid is put against what they owe."""

from datetime import date
from itertools import count

from frontdesk.office.ledger import queries, rules
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.rules import Leg
from tests.people import lena, rosa

DAY = date(2026, 3, 3)
ANA, BO, AETNA, LEE = "patients.patient:1", "patients.patient:2", "coverage.payer:1", "practice.provider:1"
TILL, CARD, BANK = ("drawer", "cash"), ("clearing", "card"), ("bank", "checking")
_keys = count(1)


def key():
    return f"test-{next(_keys)}"


def charged(cents, who=ANA, *, payer=0, about="scheduling.appointment:1", day=DAY):
    """A visit is charged: so much the patient owes, so much the payer."""
    owed = {("receivable", who): cents, ("payer", AETNA): payer}
    draft = rules.charge(
        key=key(),
        day=day,
        owed=owed,
        earned={LEE: cents + payer},
        about=about,
        patient_id=int(who.rpartition(":")[2]),
    )
    return ledger.post(rosa(), draft=draft)


def paid(cents, who=ANA, *, into=TILL, about="", day=DAY):
    return ledger.post(
        rosa(), draft=rules.payment(key=key(), day=day, into={into: cents}, payer=who, about=about)
    )


def legs(who, parts):
    return [
        (Leg("credit", who, part.amount, part.source), Leg("receivable", who, -part.amount, part.target))
        for part in parts
    ]


def applied(who=ANA, *, first="", day=DAY):
    """Whatever is paid and not applied yet goes to what is owed: the visit `first`, then the oldest."""
    parts = rules.allot(
        queries.open_lines("credit", [who]), queries.open_lines("receivable", [who]), first=first
    )
    return (
        ledger.post(rosa(), draft=rules.application(key=key(), day=day, parts=legs(who, parts)))
        if parts
        else None
    )


def taken_back(entry, *, whole=False, by=None):
    return ledger.reverse(
        by or lena(), entry_id=entry.pk, reason="typed wrong", key=key(), day=DAY, whole=whole
    )
