"""Two charts that became one, or two again: each authorization stays with its insurance, and each visit with its own patient's."""

from typing import Any

from frontdesk.kit.actor import Actor
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record
from frontdesk.office.coverage.models import Policy
from frontdesk.office.patients.models import Patient
from frontdesk.office.referrals.models import Authorization, Use
from frontdesk.office.referrals.services._uses import Fitting


def set_right(by: Actor, patient_id: int) -> None:
    """See that what a patient has is of a policy of theirs, and that their visits use nothing of anybody else's.

    A merge leaves the duplicate's policy where the survivor has the very same one; its authorizations go over to that one.
    What was noted while the two were one stays, after they are two again, with whoever has the policy.
    """
    rows = Authorization.objects.filter(patient_id=patient_id).select_related("policy__patient")
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        if row.policy.patient_id != patient_id and (changes := _changes(row)):
            before = save_changes(row, changes)
            for whose in {patient_id, row.patient_id}:
                record(by, subject=row, patient_id=whose, before=before, after=changes)
    strays = Use.objects.filter(appointment__patient=patient_id, back_at=None)
    fitting = Fitting(by, patient_id)
    for used in strays.exclude(authorization__patient=patient_id).order_by("pk"):
        fitting.give_back(used, "another patient's")


def _changes(row: Authorization) -> dict[str, Any]:
    same = {"payer_id": row.policy.payer_id, "member_id": row.policy.member_id, "ended_at": None}
    twin = Policy.objects.filter(patient_id=row.patient_id, **same).first()
    if twin is None:
        merged = row.policy.patient.status == Patient.Status.MERGED
        return {} if merged else {"patient_id": row.policy.patient_id}
    taken = Authorization.objects.filter(policy=twin, kind=row.kind, number=row.number).exclude(state="ended")
    # Noted in both charts: that of the survivor is used.
    return {} if row.number and row.state != "ended" and taken.exists() else {"policy_id": twin.pk}
