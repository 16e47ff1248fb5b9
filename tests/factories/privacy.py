"""Privacy: somebody verified on the telephone, and what the rules compare an answer with."""

from datetime import date

from frontdesk.kit.actor import SYSTEM
from frontdesk.office.patients import services as patients
from frontdesk.office.privacy import services
from frontdesk.office.privacy.rules.identity import Known
from tests.people import mia, rosa

RIGHT = {"name": "Ana Ito", "birth_date": "3/14/1962"}


def known(**fields):
    """What is known of Ana, unless other fields are given."""
    return Known(
        **{
            "firsts": ("Ana", "Annie"),
            "lasts": ("Ito",),
            "birth_date": date(1962, 3, 14),
            "mrn": "100042",
            "phones": ("+16175550134",),
            "addresses": ("8 Elm Street",),
            **fields,
        }
    )


def verified(patient, by=None, said=None, **fields):
    """Verify the patient themselves on the telephone, as Rosa."""
    return services.verify(
        by or rosa(), patient_id=patient.pk, speaker="patient", said=said or RIGHT, **fields
    )


def related(patient, by=None, **fields):
    """Somebody on the patient's record: a sister who may be told of appointments, unless told otherwise."""
    given = {
        "role": "authorized",
        "first": "Mika",
        "last": "Ito",
        "relationship": "sister",
        "scope": "schedule",
    }
    return patients.add_related(by or mia(), patient_id=patient.pk, **{**given, **fields})


def disclosed(patient, by=None, **fields):
    """A disclosure to the health department, unless told otherwise."""
    given = {
        "on": date(2026, 3, 2),
        "recipient": "City Health Department",
        "address": "1 Main Street, Boston",
        "what": "Measles report",
        "purpose": "Reportable disease",
        "basis": "public_health",
        "seen": "Letterhead",
    }
    return services.disclose(by or mia(), patient_id=patient.pk, **{**given, **fields})


def consented(patient, by=None, **fields):
    """A consent to tell Oak Recovery about treatment, until the end of the year; signed yesterday."""
    given = {
        "recipient": "Oak Recovery",
        "what": "Treatment summary and medication list",
        "purpose": "other",
        "about": "Going on with treatment there",
        "signed_on": date(2026, 3, 2),
        "signed_by": "Ana Ito",
        "expires": date(2026, 12, 31),
    }
    return services.give_consent(by or SYSTEM, patient_id=patient.pk, **{**given, **fields})


def asked(patient, kind="access", by=None, **fields):
    """A request for a copy of everything, asked today."""
    given = {"what": "Everything from 2025", "asked_on": date(2026, 3, 3)}
    return services.take_request(by or rosa(), patient_id=patient.pk, kind=kind, **{**given, **fields})


def published(label="2026-01", **fields):
    """A privacy notice that holds since January."""
    given = {"effective": date(2026, 1, 1), "text": "How we use what we know of you."}
    return services.publish_notice(mia(), label=label, **{**given, **fields})
