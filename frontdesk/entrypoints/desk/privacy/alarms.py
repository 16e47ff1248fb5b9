"""Verifications that failed too often: which they were, and what somebody says was behind it."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.forms import Field, Form, Panel, draw
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.wording import moment
from frontdesk.entrypoints.desk.privacy import wording
from frontdesk.kit.errors import NotFound, NotPermitted, Refusal
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.privacy import queries
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Alarm, Verification
from frontdesk.office.privacy.rules import identity


@desk_view(("GET", "POST"))
def alarm(request: DeskRequest, alarm_id: int) -> HttpResponse:
    """Show which verifications failed, and say what was behind it."""
    if not request.actor.can("privacy.settle_alarm"):
        msg = "Your role does not see this. Ask a lead or the privacy officer."
        raise NotPermitted(msg, "privacy.settle_alarm")
    found = queries.alarm_of(alarm_id)
    if found is None:
        msg = "There is no such line."
        raise NotFound(msg)
    patients = [one.patient_id for one in found.failed]
    privacy.open_desk(request.actor, patient_ids=patients)
    if request.method == "GET":
        return draw(request, _about(found, request.location.zone), version=found.alarm.version)
    try:
        privacy.settle_alarm(
            request.actor,
            alarm_id=alarm_id,
            version=number(request.POST.get("version")) or 0,
            note=request.POST.get("note", ""),
        )
    except Refusal as refusal:
        if isinstance(refusal, NotPermitted | NotFound | Restricted):
            raise
        return draw(
            request, _about(found, request.location.zone), version=found.alarm.version, refusal=refusal
        )
    return done(request, "/privacy", "Looked at, and on record. Verification goes on.")


def line(one: Alarm, zone: str) -> dict[str, str]:
    """Return an alarm as a line of the privacy desk."""
    name = one.patient.name if one.patient else f"Callers of {one.user_name}"
    what = "failed verifications of one patient" if one.patient else "failed for several patients"
    return {"href": f"/privacy/alarms/{one.pk}", "name": name, "what": what, "at": moment(one.at, zone)}


def _about(found: queries.Failed, zone: str) -> Panel:
    """Return the panel of an alarm: each failure by when, whose, by whom asked, and what was wrong."""
    facts = [(moment(one.at, zone), _said(one)) for one in found.failed]
    note = Field(
        "note", "What was behind it", "area", needed=True, hint="Whom you asked, what they said, what is done"
    )
    form = Form("settle", "", "Settle it, and let them go on", (note,))
    title = "Failed verifications"
    return Panel(title, (form,) if found.alarm.settled_at is None else (), _stands(found.alarm), tuple(facts))


def _said(one: Verification) -> str:
    """Say whose verification it was, who asked, who was said to speak, and what was wrong."""
    who = "" if one.patient.is_hidden else f" {wording.speaker(one)}"
    return f"{one.patient.name}, asked by {one.by_name}:{who} {_wrong(one)}"


def _wrong(one: Verification) -> str:
    said = ", ".join(identity.IDENTIFIERS[name].lower() for name in one.wrong if name in identity.IDENTIFIERS)
    return f"(wrong: {said})" if said else "(too little was stated)"


def _stands(one: Alarm) -> str:
    return f"Settled by {one.settled_by}: {one.note}" if one.settled_at else "Nobody has looked at it yet"
