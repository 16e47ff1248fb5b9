"""How patients' accounts stand, as far as visits are concerned: owed, paid for a visit, paid for nothing yet."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.queries import open_of_kinds
from frontdesk.office.ledger.rules import Open
from frontdesk.office.patients.queries import owners_of
from frontdesk.office.payments.rules import account_of


@dataclass(slots=True)
class Standing:
    """What is open of a patient, over all charts that were merged into theirs; credits with the name of their account."""

    owed: list[Open] = field(default_factory=list)
    credits: list[tuple[str, Open]] = field(default_factory=list)

    def owed_of(self, about: str) -> int:
        """Return what is open of a visit's charge."""
        return sum(one.left for one in self.owed if one.about == about)

    def paid_for(self, about: str) -> int:
        """Return what was paid for a visit and is not applied yet."""
        return sum(one.left for _, one in self.credits if one.about == about)

    def earlier(self, but: str) -> list[Open]:
        """Return what is open of all else, the oldest first."""
        return [one for one in self.owed if one.about != but]

    @property
    def free(self) -> int:
        """What was paid and is about nothing."""
        return sum(one.left for _, one in self.credits if not one.about)


def standings(patient_ids: Collection[int], merged: Collection[int] | None = None) -> dict[int, Standing]:
    """Return how the accounts of patients stand; one query, and one for each step of merges.

    `merged` are those into whose charts others were merged, where that is known already.
    """
    owner = {pk: pk for pk in patient_ids} | owners_of(patient_ids if merged is None else merged)
    accounts = {account_of(pk): patient for pk, patient in owner.items()}
    found: dict[int, Standing] = defaultdict(Standing)
    for kind, account, one in open_of_kinds((Account.Kind.RECEIVABLE, Account.Kind.CREDIT), accounts):
        if kind == Account.Kind.RECEIVABLE:
            found[accounts[account]].owed.append(one)
        else:
            found[accounts[account]].credits.append((account, one))
    return found
