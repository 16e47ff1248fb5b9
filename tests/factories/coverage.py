"""Coverage: payers as cards name them, and policies of patients."""

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
