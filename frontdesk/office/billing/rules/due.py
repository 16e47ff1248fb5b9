"""What is to be collected for a visit: lines with a reason and a sentence to say, what is not known, and why nothing is asked."""

from dataclasses import dataclass

from frontdesk.office.payments.rules import PURPOSE

NOT_OF_VISIT = frozenset({PURPOSE.BALANCE, PURPOSE.INSTALMENT, PURPOSE.PREPAYMENT})
"""What is asked at a visit and is not its price."""


@dataclass(frozen=True, slots=True)
class Due:
    """One line to be collected. `cents` is what is still to be paid of it; `about` the visit, "" for an earlier balance.

    `words` is the reason, `script` what to say. Not `certain`: it has to be asked which, or whether.
    `by_itself`: a card is charged with it without being asked, so it is taken only where the patient wants that.
    """

    purpose: str
    cents: int
    words: str
    script: str
    about: str = ""
    certain: bool = True
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to be collected. `unknown` says what nobody knows, `nothing` why a visit costs the patient nothing.

    `paid`, `waived` and `noted` (not collected for another reason) are what is settled of it already. `share` is what the
    visit costs the patient in all, before any of that; `sure` whether that is known.
    """

    due: tuple[Due, ...] = ()
    paid: int = 0
    waived: int = 0
    noted: int = 0
    unknown: tuple[str, ...] = ()
    nothing: str = ""
    share: int = 0
    sure: bool = True

    @property
    def cents(self) -> int:
        """What is to be collected in all."""
        return sum(one.cents for one in self.due)

    def of_visit(self) -> int:
        """Return what is still to be collected of the visit itself."""
        return sum(one.cents for one in self.due if one.purpose not in NOT_OF_VISIT)


@dataclass(frozen=True, slots=True)
class Priced:
    """What the visit itself costs the patient, before what was paid."""

    due: tuple[Due, ...] = ()
    unknown: tuple[str, ...] = ()
    nothing: str = ""


def lowered(due: tuple[Due, ...], by: int) -> tuple[tuple[Due, ...], int]:
    """Take what is settled off the lines, the first ones first; return what is left of them, and of it."""
    left, nothing_settled = [], not by
    for one in due:
        taken = min(one.cents, by)
        by -= taken
        # A line of which only the least is known, and that is nothing, stays until something is settled of it.
        if one.cents > taken or (nothing_settled and not one.certain):
            left.append(Due(one.purpose, one.cents - taken, one.words, one.script, one.about, one.certain))
    return tuple(left), by
