"""Consents to disclose what Part 2 protects, and which records it protects."""

from functools import reduce
from operator import or_

from django.db.models import ForeignKey, Q

from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models import Consent
from frontdesk.office.privacy.queries.collecting import charts_of, tables
from frontdesk.office.privacy.rules import part_two
from frontdesk.office.privacy.rules.part_two import Given

MOST = 200


def consents_of(patient_id: int) -> list[Consent]:
    """Return a patient's consents, newest first, those that ended too; one query."""
    return list(Consent.objects.filter(patient_id=patient_id).order_by("-signed_on", "-id")[:MOST])


def given_by(patient_id: int) -> list[Given]:
    """Return a patient's consents as the rules see them; two queries, charts merged into theirs included."""
    rows = Consent.objects.filter(patient_id__in=charts_of(patient_id))
    names = ("id", "recipient", "purpose", "signed_on", "expires", "revoked_on")
    return [Given(*row) for row in rows.values_list(*names)]


def is_under_part_two(patient_id: int) -> bool:
    """Say whether a record as a whole is under Part 2: by its own label, or by that of anything it points at.

    One visit to a labelled provider, site or kind of visit puts the whole record under it, since the whole shows it.
    """
    charts = charts_of(patient_id)
    own = Patient.objects.filter(pk__in=charts, labels__contains=part_two.LABEL)
    if own.exists():
        return True
    for table in tables():
        labelled = [
            field.name
            for field in table.model._meta.concrete_fields
            if isinstance(field, ForeignKey) and field.related_model is not Patient and _bears_labels(field)
        ]
        if labelled:
            whose = reduce(or_, (Q(**{f"{path}__in": charts}) for path in table.lookups))
            about = reduce(or_, (Q(**{f"{name}__labels__contains": part_two.LABEL}) for name in labelled))
            if table.model._default_manager.filter(whose, about).exists():
                return True
    return False


def _bears_labels(field: ForeignKey) -> bool:  # type: ignore[type-arg]  # not subscriptable at run time
    there = field.related_model
    return not isinstance(there, str) and any(one.name == "labels" for one in there._meta.concrete_fields)
