"""Advance Beneficiary Notices: of a visit, of a patient, and what they decide."""

from datetime import date

from frontdesk.office.billing import rules
from frontdesk.office.billing.models import Abn
from frontdesk.office.coverage.models import Policy
from frontdesk.office.coverage.queries import policies_in_force

ORIGINAL = "medicare"
"""The kind of payer that is Original Medicare: of a Medicare Advantage plan its organization is asked beforehand instead."""


def abn_of(appointment_id: int) -> rules.Decision | None:
    """Return what the notice of a visit decided about its bill; None where there is none, or nobody has chosen yet. One query.

    Of several the newest that was decided counts; one that was ended does not.
    """
    rows = Abn.objects.filter(appointment_id=appointment_id, ended_at=None).exclude(choice="")
    row = rows.order_by("-pk").first()
    return decided(row) if row else None


def decided(row: Abn) -> rules.Decision | None:
    """Return what one notice decided."""
    return rules.decision(row.choice, is_voluntary=row.is_voluntary, wants_it=row.wants_it)


def abns_of_visit(appointment_id: int) -> list[Abn]:
    """Return the notices of a visit, the newest first; one query."""
    return list(Abn.objects.filter(appointment_id=appointment_id).order_by("-pk"))


def abns_of(patient_id: int) -> list[Abn]:
    """Return a patient's notices with their visits, the newest first; one query."""
    rows = Abn.objects.filter(patient_id=patient_id).select_related(
        "appointment__visit_type", "appointment__location", "appointment__provider"
    )
    return list(rows.order_by("-pk"))


def has_original_medicare(patient_id: int, day: date) -> bool:
    """Say whether Original Medicare covers a patient on a day; two queries at the most."""
    ids = policies_in_force(patient_id, day)
    return bool(ids) and Policy.objects.filter(pk__in=ids, payer__kind=ORIGINAL).exists()
