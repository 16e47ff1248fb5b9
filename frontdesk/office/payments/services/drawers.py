"""Drawers: named, opened with a counted float, and what moves in them besides payments."""

from collections.abc import Mapping

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound
from frontdesk.kit.fitting import must_fit
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.services import prove
from frontdesk.office.audit.services import record, service
from frontdesk.office.ledger import services as ledger
from frontdesk.office.ledger.rules import moved
from frontdesk.office.payments import rules
from frontdesk.office.payments.errors import (
    ClosedAlready,
    DrawerOpen,
    NoSuchDrawer,
    NotInTheDrawer,
    NotYours,
)
from frontdesk.office.payments.models import CloseRule, Drawer, DrawerMove, DrawerSession
from frontdesk.office.payments.queries import (
    business_day,
    close_rule,
    expected_in,
    last_close,
    session_of,
    takers,
)

SAID = {
    DrawerMove.Kind.PAY_OUT: ("Say who was paid.", "Say what for."),
    DrawerMove.Kind.PAID_IN: ("", "Say where it comes from."),
    DrawerMove.Kind.CHANGE: ("", ""),
    DrawerMove.Kind.DROP: ("", ""),
}


@service("payments.name_drawer", permission="payments.keep_drawers")
def name_drawer(
    by: Actor, /, *, location_id: int, name: str, drawer_id: int | None = None, is_active: bool = True
) -> Drawer:
    """Add a drawer of a location, or give one another name, or take it out of use. Raises `Invalid`, `DrawerOpen`, `NoSuchDrawer`."""
    words = " ".join(name.split())
    if not words:
        msg = "Give it a name."
        raise Invalid(msg, fields={"name": msg})
    must_fit(Drawer, {"name": words})
    if not by.works_at(location_id):
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    if Drawer.objects.filter(location_id=location_id, name__iexact=words).exclude(pk=drawer_id or 0).exists():
        msg = "There is a drawer of that name here."
        raise Invalid(msg, fields={"name": msg})
    if drawer_id is None:
        made = Drawer.objects.create(location_id=location_id, name=words)
        record(by, subject=made, after={"name": words})
        return made
    row = Drawer.objects.filter(pk=drawer_id, location_id=location_id).first()
    if row is None:
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    if not is_active and DrawerSession.objects.filter(drawer=row, closed_at=None).exists():
        msg = "It is open. Close it first."
        raise DrawerOpen(msg, row)
    before = save_changes(row, {"name": words, "is_active": is_active})
    record(by, subject=row, before=before, after={"name": words, "is_active": is_active})
    return row


@service("payments.set_close_rule", permission="payments.close_rules")
def set_close_rule(by: Actor, /, *, threshold_cents: int, float_cents: int, bank: str) -> CloseRule:
    """Say from what on over or short needs a reason and a second person, what stays in a drawer, and where deposits go."""
    row = close_rule()
    fields = {
        "threshold_cents": max(threshold_cents, 1),
        "float_cents": float_cents,
        "bank": " ".join(bank.split()),
    }
    must_fit(CloseRule, fields)
    before: dict[str, object] = {}
    if row.pk is None:
        row = CloseRule.objects.create(**fields)
    else:
        before = save_changes(row, fields)
    record(by, subject=row, before=before, after=fields)
    return row


@service("payments.open_drawer", permission="payments.drawer")
def open_drawer(
    by: Actor, /, *, drawer_id: int, counts: Mapping[str, int], witness: str = ""
) -> DrawerSession:
    """Open a drawer with its float counted; what the last close left in it is told only afterwards.

    A float that is not what was left is noted as over or short of the drawer, nobody's fault yet.
    Raises `NoSuchDrawer`, `DrawerOpen`, `Invalid`, `NotFound`.
    """
    rules.refuse_counts(counts)
    must_fit(DrawerSession, {"witness": witness})
    ledger.alone()
    drawer = Drawer.objects.filter(pk=drawer_id, is_active=True).first()
    if drawer is None or not by.works_at(drawer.location_id):
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    person = _person(by)
    for one in DrawerSession.objects.filter(
        drawer__location_id=drawer.location_id, closed_at=None
    ).select_related("drawer"):
        if one.drawer_id == drawer.pk:
            msg = f"{drawer.name} is open already."
            raise DrawerOpen(msg, one)
        if one.keeper_id == person.pk:
            msg = f"You have {one.drawer.name} open. Close it or hand it over first."
            raise DrawerOpen(msg, one)
    cents, last = rules.total(counts), last_close(drawer.pk)
    left = last.float_left if last else cents
    made = DrawerSession.objects.create(
        drawer=drawer, day=business_day(drawer.location_id), opened_at=clock.now(), opened_by=person,
        float_cents=cents, float_counts=dict(counts), float_over=cents - left, witness=" ".join(witness.split()),
    )  # fmt: skip
    till = rules.cash_in(made.pk)
    out_of = rules.resting(drawer.pk) if last else rules.safe(drawer.location_id)
    if left:
        ledger.post(
            by,
            draft=moved(
                key=f"float:{made.pk}", day=made.day, amount=left, out_of=out_of, into=till, reason="Float"
            ),
        )
    if made.float_over:
        draft = rules.found_over(
            key=f"floatover:{made.pk}",
            day=made.day,
            drawer_id=drawer.pk,
            place=till,
            over=made.float_over,
            reason="Float counted",
        )
        ledger.post(by, draft=draft)
    record(by, subject=made, after={"drawer": drawer.name, "float": cents, "over": made.float_over})
    return made


@service("payments.move_cash", permission="payments.drawer")
def move_cash(
    by: Actor, /, *, session_id: int, kind: str, cents: int, to: str = "", what: str = ""
) -> DrawerMove:
    """Pay out of a drawer, put cash into it, take change from the safe, or drop cash in the safe.

    Raises `NotYours`, `NotInTheDrawer`, `ClosedAlready`, `NoSuchDrawer`, `Invalid`.
    """
    wanted = SAID.get(DrawerMove.Kind(kind)) if kind in DrawerMove.Kind.values else None
    if wanted is None:
        msg = "There is no such move of cash."
        raise Invalid(msg, fields={"kind": msg})
    missing = {
        name: say
        for name, say, given in (("to", wanted[0], to), ("what", wanted[1], what))
        if say and not given.strip()
    }
    if cents <= 0:
        missing["amount"] = "An amount is more than nothing."
    if missing:
        raise Invalid(next(iter(missing.values())), fields=missing)
    must_fit(DrawerMove, {"to": to, "what": what})
    ledger.alone()
    session = own_session(by, session_id)
    out_of, into = rules.way(kind, session.pk, session.drawer.location_id)
    if out_of == rules.cash_in(session.pk) and cents > expected_in(session.pk)[0]:
        msg = "There is not so much cash in the drawer."
        raise NotInTheDrawer(msg)
    label = DrawerMove.Kind(kind).label
    entry = ledger.post(
        by,
        draft=moved(
            key=_key(session.pk), day=session.day, amount=cents, out_of=out_of, into=into, reason=label
        ),
    )
    made = _moved(session, by, kind=kind, cents=cents, to=to.strip(), what=what.strip(), entry_id=entry.pk)
    record(by, subject=made, after={"kind": label, "cents": cents, "to": made.to, "what": made.what})
    return made


def hand_over(
    by: Actor, /, *, session_id: int, to_id: int, password: str, counts: Mapping[str, int], what: str = ""
) -> DrawerMove:
    """Hand an open drawer over to a colleague who counted it too and says so with their own password.

    What was over or short is posted now, so that each has only what is theirs. Refused passwords are on record even though
    nothing else is. Raises `NotYours`, `ClosedAlready`, `NoSuchDrawer`, `Invalid`, `SignInRefused`, `TooManyTries`.
    """
    session = session_of(session_id)
    user = next((one for one in takers(session) if one.pk == to_id), None) if session else None
    if user is None:
        msg = "Choose the colleague who takes it over."
        raise Invalid(msg, fields={"to": msg})
    prove(user, password, source=by.source)
    return _hand_over(by, session_id=session_id, to=user, counts=counts, what=what)


@service("payments.hand_over", permission="payments.drawer")
def _hand_over(
    by: Actor, /, *, session_id: int, to: User, counts: Mapping[str, int], what: str
) -> DrawerMove:
    """Move a drawer on to whoever has proved to be there."""
    rules.refuse_counts(counts)
    must_fit(DrawerMove, {"what": what})
    ledger.alone()
    session = own_session(by, session_id)
    taken = DrawerSession.objects.filter(drawer__location_id=session.drawer.location_id, closed_at=None)
    if any(one.keeper_id == to.pk for one in taken):
        msg = "They have a drawer open here already."
        raise DrawerOpen(msg, session)
    cents = rules.total(counts)
    over, entry_id = cents - expected_in(session.pk)[0], None
    if over:
        draft = rules.found_over(
            key=_key(session.pk), day=session.day, drawer_id=session.drawer_id, place=rules.cash_in(session.pk),
            over=over, reason="Counted at the hand-over",
        )  # fmt: skip
        entry_id = ledger.post(by, draft=draft).pk
    made = _moved(
        session, by, kind=DrawerMove.Kind.HAND_OVER, cents=cents, to=to.display_name or to.username, to_id=to.pk,
        what=what.strip(), counts=dict(counts), over=over, entry_id=entry_id,
    )  # fmt: skip
    save_changes(session, {"holder": to, "held_since": made.at})
    record(by, subject=made, after={"to": made.to, "counted": cents, "over": over})
    return made


def own_session(by: Actor, session_id: int) -> DrawerSession:
    """Return an open drawer that is one's own, or that one may act for. Raises `NoSuchDrawer`, `ClosedAlready`, `NotYours`."""
    session = open_one(by, session_id)
    if session.keeper_id != by.id and not by.can("payments.sign_off"):
        msg = "This drawer is somebody else's. They, or a lead, move its cash."
        raise NotYours(msg, session)
    return session


def open_one(by: Actor, session_id: int) -> DrawerSession:
    """Return a drawer of one's own site that is open. Raises `NoSuchDrawer`, `ClosedAlready`."""
    session = session_of(session_id)
    if session is None or not by.works_at(session.drawer.location_id):
        msg = "There is no such drawer."
        raise NoSuchDrawer(msg)
    if session.closed_at is not None:
        msg = f"{session.drawer.name} was closed already."
        raise ClosedAlready(msg, session)
    return session


def _person(by: Actor) -> User:
    found = User.objects.filter(pk=by.id or 0).first()
    if found is None:
        msg = "A drawer is opened by somebody with an account."
        raise NotFound(msg)
    return found


def _key(session_id: int) -> str:
    """Return the key of a drawer's next move; the caller is alone with the books."""
    return f"drawer:{session_id}:{DrawerMove.objects.filter(session_id=session_id).count() + 1}"


def _moved(session: DrawerSession, by: Actor, **fields: object) -> DrawerMove:
    return DrawerMove.objects.create(session=session, at=clock.now(), by_id=by.id, by_name=by.name, **fields)
