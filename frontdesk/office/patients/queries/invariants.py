"""What must always be true of patients; `frontdesk check` proves it."""

from collections.abc import Callable, Mapping

from django.db.models import Count, Exists, F, Min, OuterRef

from frontdesk.office.patients.models import (
    OLD_MRN,
    Contact,
    Identifier,
    MergeRecord,
    NameToken,
    Patient,
    SearchName,
    SearchPhone,
)

MOST = 100


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return each invariant with the function that lists its breaches by row id."""
    return {
        "every_patient_can_be_found_by_name": _not_indexed,
        "merged_patients_point_at_a_living_chart": _merged_into_nothing,
        "merged_patients_are_not_found_by_themselves": _found_though_merged,
        "every_telephone_finds_its_patient": _phones_not_indexed,
        "every_name_is_known_to_the_spelling_index": _unknown_tokens,
        "record_numbers_are_unique": _numbers_twice,
        "merges_fit_the_charts_they_joined": _merges_astray,
        "birthdays_agree_with_dates_of_birth": _wrong_birthdays,
    }


def _not_indexed() -> list[str]:
    indexed = Exists(SearchName.objects.filter(patient=OuterRef("pk")))
    missing = Patient.objects.exclude(status=Patient.Status.MERGED).filter(~indexed)
    return [f"patient {pk} is not in the search" for pk in missing.values_list("id", flat=True)[:MOST]]


def _found_though_merged() -> list[str]:
    merged = {"patient__status": Patient.Status.MERGED}
    names = SearchName.objects.filter(**merged).values_list("patient_id", flat=True)
    phones = SearchPhone.objects.filter(**merged).values_list("patient_id", flat=True)
    found = sorted({*names[: MOST * 20], *phones[: MOST * 20]})[:MOST]
    return [f"patient {pk} was merged and is still in the search" for pk in found]


def _phones_not_indexed() -> list[str]:
    living = Patient.objects.filter(pk=OuterRef("patient_id")).exclude(status=Patient.Status.MERGED)
    held = Contact.objects.filter(Exists(living), system=Contact.System.PHONE, ends=None)
    indexed = Exists(SearchPhone.objects.filter(patient_id=OuterRef("patient_id")))
    missing = held.filter(~indexed).values_list("id", flat=True)[:MOST]
    return [f"contact {pk} does not find its patient" for pk in missing]


def _unknown_tokens() -> list[str]:
    missing: set[int] = set()
    for side in ("family", "given"):
        known = Exists(NameToken.objects.filter(token=OuterRef(side)))
        rows = SearchName.objects.exclude(**{side: ""}).filter(~known)
        missing |= set(rows.values_list("patient_id", flat=True)[:MOST])
    return [f"patient {pk} has a name without spellings" for pk in sorted(missing)[:MOST]]


def _numbers_twice() -> list[str]:
    twice = Patient.objects.values("mrn").annotate(first=Min("id"), times=Count("id")).filter(times__gt=1)
    old = Identifier.objects.filter(system=OLD_MRN)
    lost = old.exclude(value__in=Patient.objects.filter(status=Patient.Status.MERGED).values("mrn"))
    found = [f"patient {row['first']} shares a record number" for row in twice[:MOST]]
    return found + [
        f"identifier {pk} names no merged chart" for pk in lost.values_list("id", flat=True)[:MOST]
    ]


def _merges_astray() -> list[str]:
    standing = MergeRecord.objects.filter(undone_at=None)
    astray = standing.exclude(duplicate__merged_into=F("survivor"), duplicate__status=Patient.Status.MERGED)
    merged = Patient.objects.filter(status=Patient.Status.MERGED)
    unexplained = merged.filter(~Exists(standing.filter(duplicate=OuterRef("pk"))))
    return [
        *(f"merge {pk} is not what its charts say" for pk in astray.values_list("id", flat=True)[:MOST]),
        *(
            f"patient {pk} is merged without a merge"
            for pk in unexplained.values_list("id", flat=True)[:MOST]
        ),
    ]


def _merged_into_nothing() -> list[str]:
    parents = dict(Patient.objects.filter(status=Patient.Status.MERGED).values_list("id", "merged_into_id"))
    astray = [pk for pk in parents if _ends_nowhere(pk, parents)]
    return [f"patient {pk} was merged round in a circle" for pk in astray[:MOST]]


def _ends_nowhere(pk: int, parents: Mapping[int, int | None]) -> bool:
    seen: set[int] = set()
    here: int | None = pk
    while here in parents:
        if here is None or here in seen:
            return True
        seen.add(here)
        here = parents[here]
    return False


def _wrong_birthdays() -> list[str]:
    rows = Patient.objects.values_list("id", "birth_date", "birthday").iterator(chunk_size=20_000)
    return [f"patient {pk} has birthday {kept}" for pk, born, kept in rows if kept != f"{born:%m%d}"][:MOST]
