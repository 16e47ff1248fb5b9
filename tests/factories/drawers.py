"""A drawer whose float was counted, and one that is counted and closed."""

from itertools import count

from frontdesk.kit import clock
from frontdesk.office.accounts.models import User
from frontdesk.office.payments import queries, rules
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import Drawer
from frontdesk.office.payments.services import Ending
from tests.people import rosa

_names = count(1)
PASSWORD = "a long enough password"


def in_bills(cents):
    """So many cents as somebody would count them, the largest first."""
    found = {}
    for one in rules.DENOMINATIONS:
        many, cents = divmod(cents, one)
        if many:
            found[str(one)] = many
    return found


def account(by, role="psr", password=""):
    """The account of one of the cast."""
    made, is_new = User.objects.get_or_create(
        pk=by.id,
        defaults={
            "username": by.name.lower(),
            "display_name": by.name,
            "role": role,
            "created_at": clock.now(),
        },
    )
    if password or is_new:
        made.set_password(password or PASSWORD)
        made.save()
    return made


def drawer(location_id, name=""):
    return Drawer.objects.create(location_id=location_id, name=name or f"Drawer {next(_names)}")


def opened(location_id, *, by=None, float_cents=10000, where=None, witness=""):
    """A drawer of a location, opened with its float; Rosa's, unless somebody else opens it."""
    actor = by or rosa()
    account(actor)
    kept = where or drawer(location_id)
    return payments.open_drawer(actor, drawer_id=kept.pk, counts=in_bills(float_cents), witness=witness)


def counted(session, *, by=None, over=0, found=None, card=None):
    """A drawer counted: what the books have, or so much more; every check found, unless it is said which."""
    cash, _ = queries.expected_in(session.pk)
    there = [one.pk for one in queries.checks_of(session.pk)]
    return payments.count_drawer(
        by or rosa(),
        session_id=session.pk,
        counts=in_bills(cash + over),
        found=there if found is None else found,
        card=card,
    )


def closed(session, count=None, *, by=None, left=0, **more):
    """A drawer closed by its count; what does not stay goes to the bank."""
    count = count or counted(session, by=by)
    ending = Ending(
        float_left=left, bank=more.pop("bank", "Checking 4821"), bag=more.pop("bag", "B-7"),
        reason=more.pop("reason", ""), goes_on=more.pop("goes_on", False),
    )  # fmt: skip
    return payments.close_drawer(
        by or rosa(), session_id=session.pk, count_id=count.pk, ending=ending, **more
    )
