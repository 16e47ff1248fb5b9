"""Where the practice's own cash lies in the books, and each of its ways as a draft of an entry.

The safe of a location begins at nothing: what it held before the books began comes out of it as less than nothing. What a
close leaves in a drawer lies in an account of that drawer until the next opening. What is paid out for the practice, and
what is over or short, goes to DIFFERENCE: under "petty cash", and under the drawer it was found in.
"""

from datetime import date

from frontdesk.office.ledger.models import Account
from frontdesk.office.ledger.rules import Draft, moved
from frontdesk.office.payments.models import DrawerMove
from frontdesk.office.payments.rules.posting import drawer_account
from frontdesk.office.payments.rules.sheet import KIND

PETTY = (str(Account.Kind.DIFFERENCE), "petty cash")
_M = DrawerMove.Kind


def safe(location_id: int) -> tuple[str, str]:
    """Return the account of a location's safe."""
    return Account.Kind.SAFE, f"safe:{location_id}"


def resting(drawer_id: int) -> tuple[str, str]:
    """Return the account of what lies in a drawer while it is closed."""
    return Account.Kind.SAFE, f"payments.drawer:{drawer_id}"


def difference(drawer_id: int) -> tuple[str, str]:
    """Return the account of what was over or short in a drawer."""
    return Account.Kind.DIFFERENCE, f"payments.drawer:{drawer_id}"


def cash_in(session_id: int) -> tuple[str, str]:
    """Return the account of the cash of an open drawer."""
    return drawer_account(session_id, KIND.CASH)


def checks_in(session_id: int) -> tuple[str, str]:
    """Return the account of its checks and money orders."""
    return drawer_account(session_id, KIND.CHECK)


def way(kind: str, session_id: int, location_id: int) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return out of which account, and into which, a move of cash goes."""
    till, vault = cash_in(session_id), safe(location_id)
    return {
        _M.PAY_OUT: (till, PETTY),
        _M.PAID_IN: (PETTY, till),
        _M.CHANGE: (vault, till),
        _M.DROP: (till, vault),
    }[_M(kind)]


def found_over(
    *, key: str, day: date, drawer_id: int, place: tuple[str, str], over: int, reason: str = ""
) -> Draft:
    """Post what was over or short in a place, so that the books have what was counted."""
    other = difference(drawer_id)
    out_of, into = (other, place) if over > 0 else (place, other)
    return moved(key=key, day=day, amount=abs(over), out_of=out_of, into=into, reason=reason)
