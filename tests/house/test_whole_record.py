"""A table that is added tomorrow is in a patient's exported record, or somebody has said why it is not."""

from django.apps import apps

from frontdesk.office.privacy.queries import tables, unaccounted
from frontdesk.office.privacy.queries.collecting import LEFT_OUT, NOBODYS


def test_every_table_is_a_patients_or_is_said_to_be_nobodys():
    assert not unaccounted(), "name them in privacy.queries.collecting, or point them at a patient"


def test_nobody_is_named_who_is_not_there():
    known = {model._meta.label_lower for model in apps.get_models()}
    assert LEFT_OUT.keys() | NOBODYS.keys() <= known


def test_what_points_at_a_patient_is_never_called_nobodys():
    assert not {table.label for table in tables()} & NOBODYS.keys()
