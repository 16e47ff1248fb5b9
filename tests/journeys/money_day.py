"""A day of money as the journeys find it: an office whose visits have a copay, the practice card network, the papers read back.

The card network is a server of its own on a port of its own; where a worker would go its rounds, it goes them here.
"""

import re
from collections import Counter

from frontdesk.kit import clock
from frontdesk.kit.money import cents_of, dollars
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.ledger.models import Account, Entry, Line
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import DayLock, Deposit, DrawerSession, Payment
from frontdesk.office.payments.rules import BY_CARD, CARD, account_of, cash_in, checks_in, drawer_account
from frontdesk.office.visits import services as visits
from tests.cardnetwork import asked
from tests.factories import billing as price
from tests.factories import drawers as make
from tests.factories import scheduling as book
from tests.factories.coverage import payer
from tests.factories.patients import patient
from tests.journeys.office import TUESDAY, Office
from tests.people import mia
from tests.reading import words

COPAY = 3500
K, E = Account.Kind, Entry.Kind
MONEY = (K.DRAWER, K.CLEARING)
PLACES = (*MONEY, K.SAFE, K.BANK)
PAID = (E.PAYMENT, E.REFUND, E.RETURNED)
WAYS = {
    "cash": "Cash",
    "check": "Check",
    "card": "Card",
    "health": "Health account card",
    "order": "Money order",
}


def office_of_the_day(location, account, visits_today):
    """An office with a drawer and a price, and so many insured patients who have arrived; each owes a copay of $35."""
    office, aetna = Office(location, days=1), payer(in_network=True)
    price.fee()
    price.rate(aetna)
    price.usual(office.visit)
    make.drawer(location.pk, "Drawer 1")
    payments.set_close_rule(mia(), threshold_cents=500, float_cents=10000, bank="First National 4821")
    office.by = actor_for(account, location_id=location.pk)
    with clock.fixed(office.at(7)):
        office.rows = [_insured(office, aetna, n) for n in range(visits_today)]
    with clock.fixed(office.at(9)):
        for row in office.rows:
            visits.arrive(book.actor(), appointment_id=row.pk)
    return office


def _insured(office, aetna, n):
    row = office.book(patient(legal_first=f"Pat{n}"), 9 + n // 3, n % 3 * 20)
    price.answered(row.patient, payer=aetna, member_id=f"W{n}")
    return row


def tapped(net):
    """The worker sends the charge to the reader, the patient taps, the worker asks what became of it."""
    asked(2)
    net.tap()
    asked()


def amounts(paper):
    """Return every amount that stands on a paper, in cents, and how often."""
    found = re.findall(r"(−?)\$([\d,]+\.\d\d)", paper)
    return Counter(cents_of(text) * (-1 if minus else 1) for minus, text in found)


def receipt_agrees(page, row):
    """Every amount on a receipt is one of the ledger's: what was taken, what it is for, what was owed then."""
    paper = words(page.request.get(f"/payments/{row.pk}/receipt.pdf").body())
    lines = list(Line.objects.filter(entry_id=row.entry_id).select_related("account"))
    into = [one.amount for one in lines if one.account.kind in MONEY]
    held = [-one.amount for one in lines if one.account.kind == K.CREDIT]
    handed = [cents for one in row.tenders.all() if one.change for cents in (one.given, one.change)]
    assert sum(one.given - one.change for one in row.tenders.all() if one.change) in (0, *into)
    after = Entry.objects.filter(pk__gt=row.entry_id).exclude(kind=E.APPLICATION).order_by("pk").first()
    mine = Line.objects.filter(account__of=account_of(row.patient_id))
    if after:
        mine = mine.filter(entry_id__lt=after.pk)
    owed = sum(one.amount for one in mine.filter(account__kind=K.RECEIVABLE))
    credit = -sum(one.amount for one in mine.filter(account__kind=K.CREDIT))
    assert amounts(paper) == Counter(
        [sum(into), *into, *held, *handed, owed, *([credit] if credit else [])]
    ), paper
    assert re.search(rf"\b{row.receipt}\b", paper)


def slip_agrees(page):
    """Every amount on the deposit slip is what went out of the drawer to the bank, each check as it was taken."""
    deposit = Deposit.objects.get(close__session__day=TUESDAY)
    session = DrawerSession.objects.get(day=TUESDAY)
    paper = words(page.request.get(f"/close/done/{deposit.close_id}/deposit").body())
    banked = Line.objects.filter(entry__day=TUESDAY, account__kind=K.BANK, amount__gt=0).values("entry")
    out = Counter()
    for one in Line.objects.filter(entry__in=banked, amount__lt=0).select_related("account"):
        out[one.account.of] -= one.amount
    checks = [
        one.amount for one in Line.objects.filter(account__of=checks_in(session.pk)[1], entry__kind=E.PAYMENT)
    ]
    cash, rest = out[cash_in(session.pk)[1]], out[checks_in(session.pk)[1]]
    assert amounts(paper) == Counter([cash, cash, *checks, rest, cash + rest]), paper
    assert (sum(checks), deposit.cents) == (rest, cash + rest)
    return paper


def day_sheet_agrees(page, office):
    """Every amount on the day sheet comes out of the ledger's lines of the day, and none of them is missing."""
    lock = DayLock.objects.get(day=TUESDAY)
    paper = words(page.request.get(f"/close/days/{lock.pk}/sheet").body())
    lines = list(Line.objects.filter(entry__day=TUESDAY).select_related("account", "entry"))
    rows = [*_trial(lines), *_totals(lines, office), *_tenders(lines)]
    for name, *cents in rows:
        row = r"\s+(?:\d+\s+)?".join([re.escape(name), *(re.escape(dollars(one)) for one in cents)])
        assert re.search(rf"^\s*{row}\s*$", paper, re.MULTILINE), (row, paper)
    assert amounts(paper) == Counter([one for _, *cents in rows for one in cents] + _drawer(lines)), paper
    return lock


def _trial(lines):
    """The trial balance: what was debited and credited by kind of account, and all of it."""
    rows = [
        (
            K(kind).label,
            sum(one.amount for one in lines if one.account.kind == kind and one.amount > 0),
            -sum(one.amount for one in lines if one.account.kind == kind and one.amount < 0),
        )
        for kind in {one.account.kind for one in lines}
    ]
    debit, credit = sum(row[1] for row in rows), sum(row[2] for row in rows)
    assert debit == credit
    return [*rows, ("All", debit, credit)]


def _totals(lines, office):
    """Charges, payments and adjustments: of Dr. Lee's visits, of no visit, and in all."""
    abouts = {f"scheduling.appointment:{row.pk}" for row in office.rows}

    def figures(of):
        earned = -sum(one.amount for one in of if one.account.kind == K.REVENUE)
        paid = -sum(one.amount for one in of if one.account.kind not in PLACES and one.entry.kind in PAID)
        return earned, paid, sum(one.amount for one in of if one.account.kind == K.ADJUSTMENT)

    hers = [
        one for one in lines if {one.about, one.entry.about} & abouts or one.account.of == f"practice.provider:{office.lee.provider_id}"
    ]  # fmt: skip
    rest = figures([one for one in lines if one not in hers])
    rows = [(office.lee.provider.name, *figures(hers)), *([("No visit", *rest)] if any(rest) else [])]
    return [*rows, ("All", *figures(lines)), ("All", _moved(lines))]


def _moved(lines):
    return sum(one.amount for one in lines if one.account.kind in PLACES and one.entry.kind in PAID)


def _tenders(lines):
    """What was taken each way, as the ledger has it, and what went back."""
    found = Counter()
    for row in Payment.objects.filter(day=TUESDAY).prefetch_related("tenders"):
        for one in row.tenders.all():
            account = CARD if one.kind in BY_CARD else drawer_account(row.session_id, one.kind)
            found[WAYS[one.kind]] += sum(
                line.amount for line in lines if line.entry_id == row.entry_id and (line.account.kind, line.account.of) == account
            )  # fmt: skip
    back = _moved(lines) - sum(found.values())
    return [*found.items(), *([("Taken back, refunded, returned", back)] if back else [])]


def _drawer(lines):
    """Float, expected, counted, what stays and the deposit of the only drawer; the card batch that stands with it."""
    own = [one for one in lines if one.account.of.startswith("payments.drawersession:")]
    begun = sum(one.amount for one in own if one.entry.kind == E.MOVE and one.amount > 0)
    there = begun + sum(one.amount for one in own if one.entry.kind in PAID)
    banked = sum(one.amount for one in lines if one.account.kind == K.BANK and one.entry.kind == E.MOVE)
    batch = sum(one.amount for one in lines if (one.account.kind, one.account.of) == CARD)
    return [begun, there, there, there - banked, banked, batch]
