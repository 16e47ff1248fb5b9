"""The one way to write: `@service` checks the permission, opens the transaction, and puts the deed on record."""

import json
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Model

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Conflict, NotPermitted
from frontdesk.kit.refs import Ref
from frontdesk.kit.rows import insert
from frontdesk.kit.rows import run as run_statement
from frontdesk.office.audit.models import FormKey
from frontdesk.office.audit.services.entries import Line, line, write
from frontdesk.office.audit.services.pages import page_of_looks

P = ParamSpec("P")
R = TypeVar("R")


class FormKeyReused(Conflict):
    """A form was sent again with other contents than the first time."""


class AnotherPatient(Exception):
    """The page a form was sent from shows one patient, the deed or look is about another: a tab left open.

    No `Refusal`, which a screen answers with the form as it was typed: the words of one patient's page must not come
    to stand in a form about another, one key from being written.
    """


@dataclass(slots=True)
class _Deed:
    """The verb now running: what it is called, and whether it has said what it was about."""

    action: str
    is_read: bool
    recorded: bool = False
    left: list[Line] | None = None  # where looks wait for the end of their page


_running: ContextVar[_Deed | None] = ContextVar("running_verb", default=None)


def service(
    action: str, *, permission: str | None = None, reads: bool = False
) -> Callable[[Callable[Concatenate[Actor, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a verb of the office: permitted, all-or-nothing, on record, and done once per form.

    `permission` is the action's own name unless another is given. A verb called inside another joins its
    transaction. With `reads` the deed is a look: recorded, but without an idempotency key.
    Raises `NotPermitted`, `FormKeyReused`, and whatever the verb refuses.
    """

    def decorate(verb: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(verb)
        def run(by: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            around = _running.get()
            outermost = around is None
            page = page_of_looks() if outermost else None
            _must_hold(by, permission or action, action)
            left = ([] if page else around.left if around else None) if reads else None
            with transaction.atomic():
                if outermost and by.key and not reads:
                    done = _seen_before(by, by.key, action)
                    if done is not None:
                        return _recall(done)  # type: ignore[no-any-return]  # what the verb returned, read again
                deed = _Deed(action, reads, left=left)
                outcome = _perform(by, deed, lambda: verb(by, *args, **kwargs))
                if outermost and by.key and not reads:
                    run_statement(
                        "UPDATE audit_formkey SET outcome = %s WHERE key = %s AND action = %s",
                        [json.dumps(_refs(outcome)), by.key, action],
                    )
            if page is not None and left:
                page.looks.extend(left)
            return outcome

        run.action = action  # type: ignore[attr-defined]  # a mark that house tests and the reference read
        run.permission = permission or action  # type: ignore[attr-defined]  # as above
        return run

    return decorate


def record(
    by: Actor,
    *,
    subject: Ref | Model | None = None,
    patient_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    extra: Mapping[str, Any] | None = None,
) -> None:
    """Say, from inside a verb, what its deed was about; a verb may say several such things.

    Raises `AnotherPatient` when it was asked from a page that shows somebody else; nothing of the verb is kept then.
    """
    same_patient(by, patient_id)
    deed = _running.get()
    if deed is None:
        msg = "record() is called from inside a verb"
        raise RuntimeError(msg)
    deed.recorded = True
    _write(
        by,
        deed,
        subject=subject,
        patient_id=patient_id,
        before=before,
        after=after,
        reason=reason,
        extra=extra,
    )


def same_patient(by: Actor, patient_id: int | None) -> None:
    """Raise `AnotherPatient` unless this is the patient, if any, whose page was shown to who asks."""
    if None not in (by.shown, patient_id) and by.shown != patient_id:
        msg = "This page shows another patient than the one this is for. Nothing was changed; open the chart again."
        raise AnotherPatient(msg)


def _must_hold(by: Actor, permission: str, action: str) -> None:
    if by.can(permission):
        return
    _write(by, _Deed(action, is_read=False), outcome="refused")
    msg = "Your role does not allow this. Ask a lead or the practice manager."
    raise NotPermitted(msg, permission)


def _perform(by: Actor, deed: _Deed, verb: Callable[[], R]) -> R:
    token = _running.set(deed)
    try:
        outcome = verb()
        if not deed.recorded:
            subject = outcome if isinstance(outcome, Model) and outcome.pk else None
            _write(by, deed, subject=subject)
        return outcome
    finally:
        _running.reset(token)


def _write(by: Actor, deed: _Deed, **told: Any) -> None:
    """Put a deed on record; a look of a page that is still being made is left with the page."""
    written = line(by, deed.action, is_read=deed.is_read, **told)
    if deed.left is None:
        write(written)
    else:
        deed.left.append(written)


def _seen_before(by: Actor, key: str, action: str) -> FormKey | None:
    """Claim this form's key; return the earlier claim when there is one, waiting for it to be settled."""
    try:
        with transaction.atomic():
            insert(FormKey(key=key, action=action, actor_id=by.id, body=by.body, at=clock.now()))
    except IntegrityError:
        earlier = FormKey.objects.get(key=key, action=action)
        if (earlier.body, earlier.actor_id) != (by.body, by.id):
            msg = "This form was already sent with other contents. Open it again to make another change."
            raise FormKeyReused(msg) from None
        return earlier
    return None


def _refs(outcome: object) -> list[Any]:
    """Write an outcome down as references; `["one", ref]` for a row, `["many", …]` for a list, also an empty one.

    A number or a truth is kept as `["plain", …]`; of the rest nothing is, for a text may be a secret told once.
    """
    if isinstance(outcome, Model) and outcome.pk:
        return ["one", str(Ref.to(outcome))]
    if isinstance(outcome, list) and all(isinstance(row, Model) for row in outcome):
        return ["many", *(str(Ref.to(row)) for row in outcome)]
    if isinstance(outcome, bool | int):
        return ["plain", outcome]
    return []


def _recall(earlier: FormKey) -> Any:
    if not earlier.outcome:
        return None
    how, *told = earlier.outcome
    if how == "plain":
        return told[0]
    rows = [row for row in (_row(Ref.parse(ref)) for ref in told) if row is not None]
    if how == "one" and not rows:
        msg = "This was done already, and what came of it is not there any more."
        raise FormKeyReused(msg)
    return rows[0] if how == "one" else rows


def _row(ref: Ref) -> Model | None:
    found: Model | None = apps.get_model(ref.kind)._default_manager.filter(pk=ref.id).first()
    return found
