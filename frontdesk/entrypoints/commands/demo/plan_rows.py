"""What is owed in the demo and not simply paid: plans that are charged by themselves, one that is missed, copays that were waived.

Done by the verbs, on the days it would have been done. The cards were charged before the demo's card network was there, so
what became of them is said here.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.entrypoints.commands.demo.drawer_rows import Deed, moment, worked
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.models import VisitCharge
from frontdesk.office.billing.queries import expected_of
from frontdesk.office.patients.models import Patient
from frontdesk.office.payments import queries, rules, services
from frontdesk.office.payments.models import CardCharge
from frontdesk.office.payments.rules import Outcome

AGREED_ON, WAIVED_ON = 7, (12, 16)
"""Which of the days that were worked in the month."""
LEAST, PARTS = 2_000, 3
ADULT, RECENT = 18 * 366, 80
VISA, NO_MONEY = "pm_card_visa", "pm_card_chargeDeclinedInsufficientFunds"
SHOWN = {VISA: ("visa", "4242"), NO_MONEY: ("visa", "9995")}
WAIVED = (
    (2_500, "Waited more than an hour for the doctor"),
    (3_000, "Hardship form on file, income checked in January"),
)


class _Owing:
    """Three who agreed to pay in parts: one whose card is charged, one who comes to the desk and did not, one whose card is empty."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.site = plan, plan.locations[0]
        users = {one.username: one for one in User.objects.filter(username__in=("rosa", "mia"))}
        self.rosa, self.mia = (actor_for(users[name], location_id=self.site) for name in ("rosa", "mia"))
        self.plans: dict[str, int] = {}

    def agree(self, name: str, first: date, method: str) -> None:
        owing = self._owing()
        if not owing:
            return
        who, left = owing[0]
        card_id = None
        if method:
            brand, last4 = SHOWN[method]
            card_id = services.keep_card(
                self.rosa, patient_id=who, customer="", method=method, brand=brand, last4=last4, words=rules.CONSENT
            ).pk  # fmt: skip
        self.plans[name] = services.agree_plan(
            self.rosa, patient_id=who, location_id=self.site, total=left, count=PARTS, every="two_weeks",
            first=first, key=f"demo-plan-{name}", card_id=card_id, agreed=True,
        ).pk  # fmt: skip

    def _owing(self) -> list[tuple[int, int]]:
        """Return who owes most and how much: grown up, open to all at the desk, alive, and without a plan."""
        grown, planned = self.plan.today - timedelta(days=ADULT), self._planned()
        who = Patient.objects.filter(
            pk__in=VisitCharge.objects.values("appointment__patient"), birth_date__lte=grown, labels="",
            is_deceased=False, language="en",
        ).order_by("pk")  # fmt: skip
        left = [
            (pk, queries.balance_of(pk).left) for pk in who.values_list("pk", flat=True) if pk not in planned
        ]
        return sorted((one for one in left if one[1] >= LEAST), key=lambda one: -one[1])

    def _planned(self) -> set[int]:
        lines = (queries.watched_plans(self.site, self.plan.today, missed=missed) for missed in (True, False))
        return {one.plan.patient_id for found in lines for one in found}

    def charge(self, name: str, code: str = "") -> None:
        """Charge what is due of a plan, and say what the processor said: a `code` is a decline."""
        row = services.charge_part(SYSTEM, plan_id=self.plans[name]) if name in self.plans else None
        if row is None or row.on_file is None:
            return
        state = CardCharge.State.DECLINED if code else CardCharge.State.SUCCEEDED
        said = Outcome(
            state, f"pi_demo_{row.pk}", code, row.cents, row.on_file.brand, row.on_file.last4, "" if code else "A4S917"
        )  # fmt: skip
        services.settle_card(SYSTEM, charge_id=row.pk, worker=row.leased_by, outcome=said)

    def note_missed(self) -> None:
        services.note_missed(SYSTEM, location_id=self.site)

    def waive(self, cents: int, reason: str) -> None:
        """Waive of the newest visit that was charged and is not all paid, where no plan was agreed on."""
        charges = VisitCharge.objects.filter(appointment__location=self.site, taken_back_at=None)
        rows = charges.exclude(appointment__patient__in=self._planned()).order_by("-appointment__starts")
        ids = list(rows.values_list("appointment_id", flat=True)[:RECENT])
        left = {pk: told.of_visit() for pk, told in expected_of(ids).items()}
        chosen = next((pk for pk in ids if left[pk] > 0), None)
        if chosen is not None:
            billing.waive(
                self.mia, appointment_id=chosen, cents=min(cents, left[chosen]), reason=reason, key=f"demo-waived-{chosen}"
            )  # fmt: skip


def owing(plan: Plan) -> Iterator[tuple[datetime, Deed]]:
    """Yield what was agreed, charged, missed and waived in the month, each deed with its moment."""
    days = worked(plan)
    them, agreed, last = _Owing(plan), days[AGREED_ON], days[-1]
    due = next(day for day in days if day >= agreed + timedelta(days=7))
    for number, (name, first, method) in enumerate(
        (("charged", due, VISA), ("missed", due, ""), ("declined", last, NO_MONEY))
    ):
        yield moment(plan, agreed, time(16, 57, number)), partial(them.agree, name, first, method)
    yield moment(plan, due, time(10, 4)), partial(them.charge, "charged")
    yield moment(plan, last, time(10, 4)), partial(them.charge, "declined", "insufficient_funds")
    yield moment(plan, last, time(19, 0)), them.note_missed
    for which, (cents, reason) in zip(WAIVED_ON, WAIVED, strict=True):
        yield moment(plan, days[which], time(16, 58)), partial(them.waive, cents, reason)
