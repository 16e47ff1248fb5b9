"""What an answer brings about: one verb of the book, done together with the marking of the link, or not at all."""

from collections.abc import Callable
from dataclasses import replace

from frontdesk.entrypoints.portal.http import PATIENT
from frontdesk.entrypoints.portal.offers import Chosen
from frontdesk.entrypoints.portal.standing import RECALL, WAITING, Standing, standing
from frontdesk.kit.errors import Invalid, Refused
from frontdesk.office.messaging import services as messaging
from frontdesk.office.messaging.services import LinkFacts
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling

CALL = "Asked by link to be called about a time."
# Where a practice has such a reason it is the one; else the first of the patient's own.
REASONS = ("patient_asked", "pt-busy")


def give(token: str, action: str, chosen: Chosen | None = None) -> None:
    """Give an answer by a link. Raises what the verb of the book raises, and what `messaging.use_link` does."""
    deed = DEEDS.get(action)
    if deed is None:
        msg = "That cannot be answered here."
        raise Invalid(msg)
    messaging.use_link(
        PATIENT, token=token, action=action, deed=lambda link: deed(link, standing(_opened(link)), chosen)
    )


def _opened(link: LinkFacts) -> LinkFacts:
    """Return the link as it was before this answer closed it."""
    return replace(link, is_over=False, done="")


def _confirm(link: LinkFacts, at: Standing, _chosen: Chosen | None) -> object:
    return scheduling.confirm(replace(PATIENT, id=at.patient_id or None), appointment_id=link.about.id)


def _cancel(link: LinkFacts, at: Standing, _chosen: Chosen | None) -> object:
    by = replace(PATIENT, id=at.patient_id or None)
    return scheduling.cancel(by, appointment_id=link.about.id, reason_code=_reason(), note="by link")


def _move(link: LinkFacts, at: Standing, chosen: Chosen | None) -> object:
    if chosen is None:
        msg = "Choose one of the times that are offered."
        raise Invalid(msg)
    by, near = replace(PATIENT, id=at.patient_id or None), at.near
    if near is None:
        msg = "This appointment has changed."
        raise Refused(msg)
    if link.about.kind == RECALL:
        return scheduling.book(
            by,
            patient_id=near.patient_id,
            visit_type_id=near.visit_type_id,
            location_id=chosen.location_id,
            starts=chosen.starts,
            provider_id=chosen.provider_id,
        )
    return scheduling.reschedule(
        by,
        appointment_id=link.about.id,
        starts=chosen.starts,
        provider_id=chosen.provider_id,
        location_id=chosen.location_id,
        reason_code=_reason(),
    )


def _call(link: LinkFacts, at: Standing, _chosen: Chosen | None) -> object:
    near = at.near
    if near is None:
        msg = "This appointment has changed."
        raise Refused(msg)
    return scheduling.add_to_waitlist(
        replace(PATIENT, id=at.patient_id),
        patient_id=near.patient_id,
        visit_type_id=near.visit_type_id,
        location_id=near.location_id,
        provider_id=None,
        appointment_id=None if link.about.kind == RECALL else link.about.id,
        urgency=1,
        note=CALL,
    )


def _accept(link: LinkFacts, at: Standing, _chosen: Chosen | None) -> object:
    near = at.near
    if near is None or near.location_id is None:
        msg = "This time is no longer offered."
        raise Refused(msg)
    return scheduling.accept_offer(
        replace(PATIENT, id=at.patient_id),
        entry_id=link.about.id,
        starts=near.moment,
        location_id=near.location_id,
        provider_id=near.provider_id,
        reason_code=_reason(),
    )


def _decline(link: LinkFacts, at: Standing, _chosen: Chosen | None) -> object:
    if link.about.kind != WAITING or at.near is None:
        msg = "This time is no longer offered."
        raise Refused(msg)
    return scheduling.decline_offer(
        replace(PATIENT, id=at.patient_id), entry_id=link.about.id, note="by link"
    )


def _reason() -> str:
    theirs = [one.code for one in book.cancel_reasons() if one.initiator == "patient"]
    return next((code for code in REASONS if code in theirs), theirs[0] if theirs else "")


DEEDS: dict[str, Callable[[LinkFacts, Standing, Chosen | None], object]] = {
    "confirm": _confirm,
    "keep": _confirm,
    "cancel": _cancel,
    "reschedule": _move,
    "call": _call,
    "accept": _accept,
    "decline": _decline,
}
