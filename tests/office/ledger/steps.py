"""Random deeds on the books, and beside them a model of a few lines that says what must come of each.

The model knows nothing of the tables: it adds up legs. `python -m tests.soak ledger` takes a million steps, by several
clerks at once; `test_steps.py` ten thousand.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import transaction

from frontdesk.office.ledger import queries, rules
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.errors import BeyondWhatIsOpen, CannotReverse
from frontdesk.office.ledger.models import Entry, Line
from frontdesk.office.ledger.rules import Draft, Leg
from tests.people import dev

FIRST = date(2026, 3, 3)
TILLS = [("drawer", "till-1 cash"), ("drawer", "till-1 check"), ("clearing", "card")]
BANK = ("bank", "checking")


@dataclass
class Clerk:
    """Somebody who works with some patients and payers; `books` is what must stand in theirs."""

    seed: str
    people: int = 6
    books: Counter = field(default_factory=Counter)
    entries: dict = field(default_factory=dict)  # number: its legs with their lines' numbers
    back: set = field(default_factory=set)  # what was taken back
    reversals: set = field(default_factory=set)  # what took it back
    users: dict = field(default_factory=lambda: defaultdict(set))  # line: the entries that use it up
    done: Counter = field(default_factory=Counter)
    drafts: list = field(default_factory=list)

    def __post_init__(self):
        self.lot, self.at, self.turn = Random(self.seed), 0, 0
        self.shared = Counter()  # what this one did to accounts that others use too
        self.go_on()

    def go_on(self):
        """Begin with other people: the books of those before are compared, and nothing of theirs is done any more."""
        self.turn += 1
        mine = f"{self.seed}{self.turn}."
        self.who = [f"patients.patient:{mine}{one}" for one in range(self.people)]
        self.payers = [f"coverage.payer:{mine}{one}" for one in range(2)]
        for one in (self.books, self.entries, self.back, self.reversals, self.users, self.drafts):
            one.clear()

    def step(self):
        """Do something. What the books refuse must be what the model would refuse."""
        self.at += 1
        way = self.lot.choices(WAYS, WEIGHTS)[0]
        way(self)
        self.done[way.__name__.strip("_")] += 1

    def key(self):
        return f"{self.seed}-{self.at}"

    def day(self):
        return FIRST + timedelta(days=self.at // 50)

    def post(self, draft):
        made = ledger.post(dev(), draft=draft)
        self.drafts = [*self.drafts[-20:], (draft, made.pk)]
        self.entered(made.pk, draft.legs)
        return made

    def entered(self, number, legs):
        lines = list(Line.objects.filter(entry=number).order_by("id").values_list("pk", flat=True))
        assert len(lines) == len(legs)
        self.entries[number] = list(zip(lines, legs, strict=True))
        for leg in legs:
            mine = leg.of in self.who or leg.of in self.payers
            (self.books if mine else self.shared)[leg.kind, leg.of] += leg.amount
            if leg.settles:
                self.users[leg.settles].add(number)

    def left(self):
        """What the model says is open: account -> line -> cents, none below zero."""
        lines, used = defaultdict(dict), Counter()
        for number, leg in (one for legs in self.entries.values() for one in legs):
            if leg.settles is None:
                lines[leg.kind, leg.of][number] = leg.amount
            else:
                used[leg.settles] += leg.amount
        return {
            account: {number: abs(rest) for number, amount in own.items() if (rest := amount + used[number])}
            for account, own in lines.items()
        }

    def resting(self, number):
        """The entries that use up something of this one and stand, newest first."""
        users = {other for line, _ in self.entries[number] for other in self.users[line]}
        return sorted(users - self.back - self.reversals, reverse=True)

    def compare(self):
        """Hold the books against the model: each balance, and each line that is open."""
        found, left = queries.balances(list(self.books)), self.left()
        assert found == dict(self.books), {k: (v, found[k]) for k, v in self.books.items() if found[k] != v}
        for kind, names in (("receivable", self.who), ("payer", self.payers), ("credit", self.who)):
            wanted = {number: cents for of in names for number, cents in left.get((kind, of), {}).items()}
            assert {one.line_id: one.left for one in queries.open_lines(kind, names)} == wanted


def _charge(self):
    owed = {("receivable", self.lot.choice(self.who)): self.lot.randint(1, 300_00)}
    if self.lot.random() < 0.5:
        owed["payer", self.lot.choice(self.payers)] = self.lot.randint(1, 900_00)
    total = sum(owed.values())
    split = self.lot.randint(0, total)
    earned = {"practice.provider:1": split, "practice.provider:2": total - split}
    self.post(
        rules.charge(
            key=self.key(),
            day=self.day(),
            owed=owed,
            earned=earned,
            about=f"visit:{self.at}",
            patient_id=None,
        )
    )


def _pay(self):
    into = {till: self.lot.randint(1, 200_00) for till in self.lot.sample(TILLS, self.lot.randint(1, 3))}
    self.post(rules.payment(key=self.key(), day=self.day(), into=into, payer=self.lot.choice(self.who)))


def _apply(self):
    who = self.lot.choice(self.who)
    parts = rules.allot(queries.open_lines("credit", [who]), queries.open_lines("receivable", [who]))
    legs = [
        (Leg("credit", who, one.amount, one.source), Leg("receivable", who, -one.amount, one.target))
        for one in parts
    ]
    if legs:
        self.post(rules.application(key=self.key(), day=self.day(), parts=legs))


def _apply_too_much(self):
    who = self.lot.choice(self.who)
    sources, targets = queries.open_lines("credit", [who]), queries.open_lines("receivable", [who])
    if not (sources and targets):
        return
    amount = min(sources[0].left, targets[0].left) + self.lot.randint(1, 500)
    legs = Leg("credit", who, amount, sources[0].line_id), Leg("receivable", who, -amount, targets[0].line_id)
    try:
        with transaction.atomic():
            ledger.post(dev(), draft=rules.application(key=self.key(), day=self.day(), parts=[legs]))
    except BeyondWhatIsOpen:
        return
    raise AssertionError("more was applied than was open")


def _one_open(self, kind, names):
    found = queries.open_lines(kind, [self.lot.choice(names)])
    if not found:
        return None
    one = self.lot.choice(found)
    of = next(leg.of for line, leg in self.entries[one.entry_id] if line == one.line_id)
    return of, one, self.lot.randint(1, one.left)


def _transfer(self):
    kinds = [("receivable", self.who), ("payer", self.payers)]
    if self.lot.random() < 0.5:
        kinds.reverse()
    found = _one_open(self, *kinds[0])
    if found:
        of, one, amount = found
        away, to = Leg(kinds[0][0], of, 0, one.line_id), (kinds[1][0], self.lot.choice(kinds[1][1]))
        words = {"reason": "secondary", "about": one.about, "patient_id": None}
        self.post(rules.transfer(key=self.key(), day=self.day(), amount=amount, away=away, to=to, **words))


def _adjust(self):
    kind, names = self.lot.choice([("receivable", self.who), ("payer", self.payers)])
    found = _one_open(self, kind, names)
    if found:
        of, one, amount = found
        words = {"why": "contractual", "reason": "contract", "about": one.about, "patient_id": None}
        owed = Leg(kind, of, 0, one.line_id)
        self.post(rules.adjustment(key=self.key(), day=self.day(), amount=amount, owed=owed, **words))


def _refund(self):
    found = _one_open(self, "credit", self.who)
    if found:
        of, one, amount = found
        credit = Leg("credit", of, amount, one.line_id)
        till = self.lot.choice(TILLS)
        self.post(rules.refund(key=self.key(), day=self.day(), held=[credit], out_of=till, reason="overpaid"))


def _return_check(self):
    found = _one_open(self, "credit", self.who)
    if found:
        of, one, amount = found
        credit = Leg("credit", of, 0, one.line_id)
        words = {"bank": BANK, "reason": "no funds"}
        self.post(rules.returned_check(key=self.key(), day=self.day(), amount=amount, credit=credit, **words))


def _deposit(self):
    amount, till = self.lot.randint(1, 900_00), self.lot.choice(TILLS)
    self.post(rules.moved(key=self.key(), day=self.day(), amount=amount, out_of=till, into=BANK))


def _again(self):
    if self.drafts:
        draft, number = self.lot.choice(self.drafts)
        assert ledger.post(dev(), draft=draft).pk == number


def _take_back(self):
    if not self.entries:
        return
    recent = list(self.entries)[-60:]
    number, whole = self.lot.choice(recent), self.lot.random() < 0.7
    may = number not in self.back and number not in self.reversals and (whole or not self.resting(number))
    try:
        with transaction.atomic():
            ledger.reverse(
                dev(), entry_id=number, reason="typed wrong", key=self.key(), day=self.day(), whole=whole
            )
    except CannotReverse:
        assert not may, f"entry {number} could have been taken back"
        return
    assert may, f"entry {number} was taken back"
    _back(self, number)


def _back(self, number):
    for other in self.resting(number):
        if other not in self.back:
            _back(self, other)
    self.back.add(number)
    legs = [
        Leg(leg.kind, leg.of, -leg.amount, line if leg.settles is None else leg.settles, leg.about)
        for line, leg in self.entries[number]
    ]
    made = Entry.objects.values_list("pk", flat=True).get(reverses=number)
    self.reversals.add(made)
    self.entered(made, legs)


WAYS = [
    *(_charge, _pay, _apply, _apply_too_much, _transfer, _adjust),
    *(_refund, _return_check, _deposit, _again, _take_back),
]
WEIGHTS = [20, 18, 18, 3, 6, 5, 4, 3, 5, 6, 12]
