"""Where somebody is signed in: a row for each session, and the ways it ends."""

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.office.accounts.models import SignIn, User
from frontdesk.office.audit.services import record, service


@service("accounts.begin_session", permission="accounts.sign_in")
def begin_session(by: Actor, /, *, session_key: str, how: str, address: str = "", agent: str = "") -> SignIn:
    """Note the session somebody has just signed in to."""
    return SignIn.objects.create(
        user_id=by.id or 0,
        session_key=session_key,
        how=how[:40],
        address=address[:45],
        agent=agent[:60],
        location_id=by.location_id,
        began_at=clock.now(),
    )


@service("accounts.sign_out", permission="accounts.sign_in")
def sign_out(by: Actor, /, *, session_key: str, why: str = "signed out") -> None:
    """End the session of somebody who leaves, or whose place somebody else takes."""
    end_sessions(
        SignIn.objects.filter(user_id=by.id or 0, session_key=session_key).exclude(session_key=""), why
    )
    record(by, extra={"why": why})


@service("accounts.end_session", permission="accounts.sign_in")
def end_session(by: Actor, /, *, sign_in_id: int) -> SignIn:
    """End one of one's own sessions, here or elsewhere. Raises `NotFound`."""
    found = SignIn.objects.filter(pk=sign_in_id, user_id=by.id or 0, ended_at=None).first()
    if found is None:
        msg = "That has ended already."
        raise NotFound(msg)
    end_sessions(SignIn.objects.filter(pk=found.pk), "ended from elsewhere")
    record(by, subject=found)
    return found


@service("accounts.end_other_sessions", permission="accounts.sign_in")
def end_other_sessions(by: Actor, /, *, session_key: str) -> int:
    """End all of one's own sessions but this one; return how many."""
    mine = SignIn.objects.filter(user_id=by.id or 0, ended_at=None).exclude(session_key=session_key)
    gone = end_sessions(mine, "ended from elsewhere")
    record(by, extra={"sessions": gone})
    return gone


def end_all_of(user: User, why: str) -> int:
    """End every session of a person, from inside a verb; return how many."""
    return end_sessions(SignIn.objects.filter(user=user, ended_at=None), why)


def end_sessions(found: QuerySet[SignIn], why: str) -> int:
    """Take the sessions' rows away, so that the next request of each, in whichever process, finds none."""
    keys = [key for key in found.values_list("session_key", flat=True) if key]
    Session.objects.filter(pk__in=keys).delete()
    return found.filter(ended_at=None).update(ended_at=clock.now(), ended_why=why[:40], session_key="")
