"""Which visits use which referral: what fits is taken by itself, and given back by itself."""

from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import NotFound
from frontdesk.kit.scope import must_work_at
from frontdesk.office.audit.services import record, service
from frontdesk.office.patients.queries import refuse_hidden
from frontdesk.office.referrals import rules
from frontdesk.office.referrals.errors import DoesNotFit, NoSuchAuthorization, NothingLeft
from frontdesk.office.referrals.models import Use
from frontdesk.office.referrals.queries.paying import paid_otherwise
from frontdesk.office.referrals.rules.saying import WORDS, named
from frontdesk.office.referrals.services._charts import set_right
from frontdesk.office.referrals.services._uses import GONE, PAID, Fitting, ahead_of
from frontdesk.office.scheduling.models import Appointment

NO_SUCH = "There is no such appointment."
_WHY = {
    "kind": "is not for visits of this kind",
    "ended": "is no longer used",
    "policy": "is of an insurance that does not cover this visit",
    "pending": "is not decided yet",
    "draft": "was never asked for",
    "denied": "was denied",
    "not_yet": "begins after this visit",
    "over": "ends before this visit",
    PAID: "is of an insurance that is not billed for this visit",
}


@service("referrals.fit_visit", permission="referrals.fit")
def fit_visit(by: Actor, /, *, appointment_id: int) -> int:
    """Have a visit use the referral and the authorization that fit it; return how much changed. Doing it twice changes nothing.

    One that was cancelled or missed gives back what it used; one that was moved hands on what it used, unless the new
    day lies outside of it. What comes free goes to the patient's next visit that lacks one. Of two visits that want the last one, the second gets none. Raises `NotFound`, `Restricted`.
    """
    row = _visit(by, appointment_id)
    chain = [row]
    if row.replaces_id:
        chain += Appointment.objects.select_related("visit_type").filter(pk=row.replaces_id)
    fitting = Fitting(by, row.patient_id)
    changed = fitting.fit(chain)
    if fitting.freed:  # what came free is another visit's
        changed += fitting.fit(ahead_of(row.patient_id))
    # Not with the visit as its subject: what was done to the visit itself last is what can be undone.
    record(by, patient_id=row.patient_id, after={"changed": changed}, extra={"appointment": row.pk})
    return changed


@service("referrals.fit_patient", permission="referrals.fit")
def fit_patient(by: Actor, /, *, patient_id: int) -> int:
    """Fit all visits that lie ahead of a patient, after something about their referrals, insurance or chart has changed."""
    set_right(by, patient_id)
    changed = Fitting(by, patient_id).fit(ahead_of(patient_id))
    record(by, patient_id=patient_id, after={"changed": changed})
    return changed


@service("referrals.use", permission="referrals.change")
def use(by: Actor, /, *, appointment_id: int, authorization_id: int) -> Use:
    """Have a visit use this very one, instead of what it uses now.

    Raises `NothingLeft` where somebody was quicker, `DoesNotFit`, `NoSuchAuthorization`, `NotFound`, `Restricted`.
    """
    row = _visit(by, appointment_id)
    fitting = Fitting(by, row.patient_id)
    one = fitting.held.get(authorization_id)
    if one is None:
        msg = "There is no such referral on this patient's record."
        raise NoSuchAuthorization(msg)
    now = Use.objects.filter(appointment=row, kind=one.kind, back_at=None).first()
    if now is not None and now.authorization_id == one.id:
        return now
    paid = PAID if paid_otherwise([row.pk]) else ""
    why = "cancelled" if row.status in GONE else paid or rules.hindrance(one, fitting.visit(row))
    if why == "used_up":
        msg = f"{named(one)} has no visit left: somebody has just taken the last one."
        raise NothingLeft(msg, fitting.rows[one.id])
    if why:
        msg = f"{named(one)} {_WHY.get(why, 'cannot be used for a visit that is cancelled')}."
        raise DoesNotFit(msg)
    if now is not None:
        fitting.give_back(now, f"another {WORDS[one.kind]}")
    fitting.take(row, one.id)
    return Use.objects.get(appointment=row, kind=one.kind, back_at=None)


def _visit(by: Actor, pk: int) -> Appointment:
    rows = Appointment.objects.select_related("visit_type", "patient", "location", "provider").defer(
        "patient__photo"
    )
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound(NO_SUCH)
    must_work_at(by, row.location_id, NO_SUCH)
    provider = row.provider.labels if row.provider else ""
    refuse_hidden(
        by, row.patient_id, row.patient.labels, row.visit_type.labels, row.location.labels, provider
    )
    return row
