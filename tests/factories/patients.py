"""Patients. Ana Ito is the patient; Bo Brandt is the wrong one."""

from datetime import date

from frontdesk.office.patients import services
from frontdesk.office.patients.services import NewPatient
from tests.people import mia

ANA = {
    "legal_first": "Ana",
    "legal_last": "Ito",
    "birth_date": date(1962, 3, 14),
    "sex": "female",
    "phone": "(617) 555-0134",
    "language": "ja",
    "zip": "02143",
    "city": "Somerville",
    "state": "MA",
    "line": "8 Elm Street",
    "guardian_to_be_asked": True,
}
BO = {
    **ANA,
    "legal_first": "Bo",
    "legal_last": "Brandt",
    "birth_date": date(1980, 7, 1),
    "sex": "male",
    "phone": "(617) 555-0177",
    "language": "en",
    "line": "3 Oak Road",
}


def details(**fields):
    return NewPatient(**{**ANA, **fields})


def patient(**fields):
    """Register somebody through the verb, as Mia; ANA's facts unless others are given."""
    return services.register(mia(), details=details(**fields), confirmed_distinct=True)


def ana(**fields):
    return patient(**fields)


def bo(**fields):
    return patient(**{**BO, **fields})
