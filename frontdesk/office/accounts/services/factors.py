"""Second factors: an authenticator app, recovery codes on paper, and who must have one."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, NotFound, Refused
from frontdesk.kit.permissions import ROLES
from frontdesk.kit.sealed import CannotBeOpened
from frontdesk.kit.versioned import save_changes
from frontdesk.office.accounts.errors import SecondFactorRefused
from frontdesk.office.accounts.models import APP_SECRET, Factor, RecoveryCode, SignIn, SignInPolicy, User
from frontdesk.office.accounts.rules import (
    RECOVERY_CODES,
    app_secret,
    as_typed,
    recovery_code,
    step_of,
)
from frontdesk.office.accounts.services import tallies
from frontdesk.office.accounts.services.passwords import has_factor
from frontdesk.office.accounts.services.sealing import digest
from frontdesk.office.accounts.services.sessions import end_sessions
from frontdesk.office.audit.services import record, service

log = logging.getLogger(__name__)

CODES, CODE_PAUSE = 5, timedelta(minutes=5)
MOST_FACTORS = 8


def count_try(key: str) -> None:
    """Count a try at a code; raise `TooManyTries` for the sixth within five minutes."""
    tallies.take(
        key, most=CODES, within=CODE_PAUSE, sentence="Too many tries. Wait five minutes, or ask a manager."
    )


def taken(user: User, code: str) -> str:
    """Take a code; return "app" or "recovery code" for what it was of, "" for none. Each is taken once, ever."""
    typed = as_typed(code)
    app = Factor.objects.filter(user=user, kind=Factor.APP).exclude(confirmed_at=None).first()
    if app and (step := _step_shown(app, typed)):
        # Two who show the same code at once meet here: only one of them moves the row on.
        fresh = Factor.objects.filter(pk=app.pk, last_step__lt=step)
        return "app" if fresh.update(last_step=step, used_at=clock.now()) else ""
    unused = RecoveryCode.objects.filter(user=user, digest=_on_paper(typed), used_at=None)
    return "recovery code" if has_factor(user) and unused.update(used_at=clock.now()) else ""


@service("accounts.begin_app", permission="accounts.second_factor")
def begin_app(by: Actor, /) -> str:
    """Draw a shared secret for one's authenticator app and return it; it counts once a code of it was shown.

    Raises `Refused` when there is an app already.
    """
    user = myself(by)
    _free_of_an_app(user)
    Factor.objects.filter(user=user, kind=Factor.APP).delete()
    secret = app_secret()
    made = Factor.objects.create(
        user=user,
        kind=Factor.APP,
        name="Authenticator app",
        secret=APP_SECRET.seal(user.pk, secret),
        created_at=clock.now(),
    )
    record(by, subject=made)
    return secret


def begun_app(by: Actor) -> str:
    """Return the secret of an app that is being added, "" when none is."""
    begun = Factor.objects.filter(user_id=by.id or 0, kind=Factor.APP, confirmed_at=None).first()
    return APP_SECRET.open(begun.user_id, begun.secret) if begun else ""


def confirm_app(by: Actor, /, *, code: str) -> Factor:
    """Add one's authenticator app, by a code it shows. Raises `SecondFactorRefused`, `TooManyTries`, `NotFound`."""
    count_try(f"new:{by.id}")
    made = _confirm_app(by, code=code)
    tallies.forget(f"new:{by.id}")
    return made


@service("accounts.add_app", permission="accounts.second_factor")
def _confirm_app(by: Actor, /, *, code: str) -> Factor:
    """Add one's authenticator app, by a code it shows."""
    user = myself(by)
    app = Factor.objects.filter(user=user, kind=Factor.APP, confirmed_at=None).first()
    if app is None:
        msg = "Begin again: there is no app waiting to be added."
        raise NotFound(msg)
    step = step_of(
        APP_SECRET.open(user.pk, app.secret), as_typed(code), clock.now().timestamp(), after=app.last_step
    )
    if step is None:
        msg = "That is not the code the app shows now. Look again, and check that the telephone’s clock is right."
        raise SecondFactorRefused(msg)
    app.last_step, app.confirmed_at = step, clock.now()
    app.save(update_fields=["last_step", "confirmed_at"])
    record(by, subject=app, after={"kind": app.kind})
    return app


@service("accounts.new_recovery_codes", permission="accounts.second_factor")
def new_recovery_codes(by: Actor, /) -> tuple[str, ...]:
    """Draw ten recovery codes and return them, once; those before no longer work. Raises `Refused` without a factor."""
    user = myself(by)
    if not has_factor(user):
        msg = "Add an authenticator app or a passkey first."
        raise Refused(msg)
    RecoveryCode.objects.filter(user=user).delete()
    codes = tuple(recovery_code() for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=_on_paper(as_typed(code))) for code in codes
    )
    record(by, subject=user, extra={"codes": len(codes)})
    return codes


@service("accounts.remove_factor", permission="accounts.second_factor")
def remove_factor(by: Actor, /, *, factor_id: int) -> User:
    """Take one of one's factors away.

    Raises `NotFound`; `Refused` for the last one while the role asks for it, or the password is too short by itself.
    """
    user = myself(by)
    found = Factor.objects.filter(pk=factor_id, user=user).first()
    if found is None:
        msg = "There is no such factor of yours."
        raise NotFound(msg)
    others = Factor.objects.filter(user=user).exclude(confirmed_at=None).exclude(pk=found.pk)
    if not others.exists():
        if asked_of(user):
            msg = "Your role needs a second factor. Add another one first."
            raise Refused(msg)
        if user.short_password:
            msg = "Your password is too short to stand alone. Choose one of fifteen characters or more first."
            raise Refused(msg)
        RecoveryCode.objects.filter(user=user).delete()
    record(by, subject=found, before={"kind": found.kind, "name": found.name})
    found.delete()
    return user


@service("accounts.change_policy", permission="accounts.policy")
def change_policy(by: Actor, /, *, second_factor_roles: Iterable[str]) -> SignInPolicy:
    """Say which roles must have a second factor; whoever lacks one signs in anew and adds it. Raises `Invalid`."""
    roles = sorted(set(second_factor_roles))
    if unknown := [role for role in roles if role not in ROLES]:
        msg = f"There is no such role: {', '.join(unknown)}."
        raise Invalid(msg, fields={"roles": msg})
    kept = SignInPolicy.objects.order_by("pk").first()
    if kept is None:
        kept = SignInPolicy.objects.create(second_factor_roles=list(settings.FRONTDESK_SECOND_FACTOR))
    before = save_changes(kept, {"second_factor_roles": roles})
    record(by, subject=kept, before=before, after={"second_factor_roles": roles})
    with_one = Factor.objects.exclude(confirmed_at=None).values("user_id")
    owing = SignIn.objects.filter(user__role__in=roles, ended_at=None).exclude(user_id__in=with_one)
    end_sessions(owing.exclude(user_id=by.id or 0), "second factor asked for")
    return kept


def asking_roles() -> list[str]:
    """Return the roles that must have a second factor: what the practice decided, else what the installation says."""
    kept = SignInPolicy.objects.order_by("pk").values_list("second_factor_roles", flat=True).first()
    return list(settings.FRONTDESK_SECOND_FACTOR) if kept is None else list(kept)


def asked_of(user: User) -> bool:
    """Say whether a person's role must have a second factor."""
    return user.role in asking_roles()


def myself(by: Actor) -> User:
    """Return the account of who asks. Raises `NotFound`."""
    user = User.objects.filter(pk=by.id or 0, is_active=True).first() if by.kind == "staff" else None
    if user is None:
        msg = "There is no such account."
        raise NotFound(msg)
    return user


def _step_shown(app: Factor, typed: str) -> int | None:
    """Return the half minute a code of an app is of. A secret that does not open shows none: paper still lets in."""
    try:
        secret = APP_SECRET.open(app.user_id, app.secret)
    except CannotBeOpened:
        log.exception("a second factor does not open", extra={"facts": {"factor": app.pk}})
        return None
    return step_of(secret, typed, clock.now().timestamp(), after=app.last_step)


def _free_of_an_app(user: User) -> None:
    if Factor.objects.filter(user=user, kind=Factor.APP).exclude(confirmed_at=None).exists():
        msg = "You have an authenticator app already. Remove it first to add another."
        raise Refused(msg)


def _on_paper(typed: str) -> str:
    return digest(typed, "recovery")
