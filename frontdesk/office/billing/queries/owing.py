"""What a patient may be asked for where no visit says it: parts of a plan that are due, and what is owed beside."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from frontdesk.kit.money import dollars
from frontdesk.kit.refs import Ref
from frontdesk.office.billing.rules import Due
from frontdesk.office.payments.models import Plan
from frontdesk.office.payments.queries import balance_of, owed_items, plans_of
from frontdesk.office.payments.rules import PURPOSE


def owing(patient_id: int, day: date, asked: Collection[Due] = ()) -> list[Due]:
    """Return what is due of a patient's running plans on `day`, and the balance beside, without what is `asked` already.

    What was agreed to be paid in parts is not asked for as a whole, nor a visit's charge that stands among `asked`.
    """
    purposes = {one.purpose for one in asked}
    running = [one for one in plans_of(patient_id, day) if one.plan.state == Plan.State.RUNNING]
    found = []
    for plan in running if PURPOSE.INSTALMENT not in purposes else ():
        if plan.due:
            since = next(one.due for one in plan.parts if one.left)
            words = f"Payment plan, due {since.month}/{since.day}/{since.year}"
            script = f"Your payment of {dollars(plan.due)} is due. Shall I take it now?"
            if plan.by_itself:
                words, script = (
                    f"{words}: the card on file is charged",
                    "It goes to your card today, as agreed.",
                )
            found.append(
                Due(
                    PURPOSE.INSTALMENT, plan.due, words, script, str(Ref.to(plan.plan)), by_itself=plan.by_itself
                )
            )  # fmt: skip
    left = (
        balance_of(patient_id).left - sum(one.left for one in running) - _asked_of_charges(patient_id, asked)
    )
    if left > 0 and PURPOSE.BALANCE not in purposes:
        script = (
            f"There is a balance of {dollars(left)} from before. Would you like to take care of it today?"
        )
        found.append(Due(PURPOSE.BALANCE, left, "Balance on the account", script))
    return found


def _asked_of_charges(patient_id: int, asked: Collection[Due]) -> int:
    """Return how much of what is owed is asked for already, as a line of the visit it was charged for."""
    of_visits: Sequence[Due] = [one for one in asked if one.about]
    if not of_visits:
        return 0
    owed, sums = Counter[str](), Counter[str]()
    for item in owed_items(patient_id):
        owed[item.about] += item.left
    for one in of_visits:
        sums[one.about] += one.cents
    return sum(min(cents, owed[about]) for about, cents in sums.items())
