"""Coverage: payers as cards name them, and policies of patients."""

from django.test import override_settings

from frontdesk.office.coverage import services
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
