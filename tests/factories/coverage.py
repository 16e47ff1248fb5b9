"""Coverage: payers as cards name them, and policies of patients."""

from datetime import date

from django.test import override_settings

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import scanning, services
from frontdesk.office.coverage.rules import Proposed
from tests.factories.pictures import jpeg
from tests.people import mia, rosa


def payer(name="Aetna", number="60054", **fields):
    """A payer that answers eligibility questions under `number`."""
    made = services.add_payer(mia(), name=name, **fields)
    if number:
        services.number_payer(mia(), payer_id=made.pk, transaction="eligibility", number=number)
    return made


def policy(patient, by=None, payer_id=None, **fields):
    """A policy of the patient's own with Aetna, unless told otherwise; its payer has not been asked."""
    given = {"member_id": "W123456789", **fields}
    with override_settings(CONNECTIONS={}):
        return services.add_policy(
            by or rosa(), patient_id=patient.pk, payer_id=payer_id or payer().pk, **given
        )


def scanned(patient, held=None, by=None, **sides):
    """A card held out at the desk: of a policy, or of none yet. It waits to be read."""
    given = sides or {"front": jpeg(), "back": jpeg()}
    return services.scan_card(
        by or rosa(), patient_id=patient.pk, policy_id=held.pk if held else None, **given
    )


def read(card, *told, outcome="read"):
    """A card as the worker settles it; `told` are (field, value, sure), printed as they are."""
    while (taken := scanning.lease("a worker")) and taken.id != card.pk:
        pass
    proposed = [Proposed(name, value, value, sure) for name, value, sure in told]
    assert services.settle_card(
        SYSTEM, card_id=card.pk, worker="a worker", outcome=outcome, proposed=proposed
    )
    card.refresh_from_db()
    return card


def case(patient, by=None, **fields):
    """A cut hand at work, of February 27th: Pioneer's claim WC-1, Kim Lee its adjuster; other facts where told."""
    given = {
        "kind": "workers_comp",
        "injury": "Cut left hand",
        "happened_on": date(2026, 2, 27),
        "claim_number": "WC-1",
        "adjuster": "Kim Lee",
        "adjuster_phone": "(413) 555-0101",
        "state": "MA",
        **fields,
    }
    if "payer_id" not in given:
        given["payer_id"] = payer("Pioneer Comp", "", kind="workers_comp").pk
    return services.open_case(by or rosa(), patient_id=patient.pk, **given)


RETIRED = {
    **dict.fromkeys(("black_lung", "research", "va", "work_injury", "accident"), "no"),
    "reason": "age",
    "employed": "no",
    "retired_on": "",
    "spouse_employed": "no",
}
"""Answers of somebody retired, whose spouse does not work: Medicare pays first."""
AT_WORK = {**RETIRED, "employed": "yes", "plan_own": "yes", "own_20": "yes"}
del AT_WORK["retired_on"]


def medicare(patient, **fields):
    """A policy of Medicare."""
    return policy(
        patient, payer_id=payer("Medicare Part B", "MEDB1", kind="medicare").pk, member_id="1EG4", **fields
    )
