"""Keep what the search looks up in step with the records; called by every verb that touches a name or a number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from frontdesk.kit import clock
from frontdesk.office.patients.models import (
    Contact,
    NameToken,
    Patient,
    PatientName,
    RelatedPerson,
    SearchName,
    SearchPhone,
    TokenKey,
)
from frontdesk.office.patients.names import slips, sound, tokens

MOST = 24  # rows a patient; a name of many words is found by its first ones


def reindex(patient_ids: Iterable[int]) -> None:
    """Write the search rows of these patients anew, in the transaction of the change; a merged chart has none."""
    ids = sorted(set(patient_ids))
    # The patients first, in order: search rows point at them, and whoever changes a patient holds it before its rows.
    list(Patient.objects.select_for_update().filter(id__in=ids).order_by("id").values_list("id", flat=True))
    SearchName.objects.filter(patient_id__in=ids).delete()
    SearchPhone.objects.filter(patient_id__in=ids).delete()
    ids = list(
        Patient.objects.filter(id__in=ids).exclude(status=Patient.Status.MERGED).values_list("id", flat=True)
    )
    pairs = list(_name_pairs(ids))
    SearchName.objects.bulk_create([SearchName(patient_id=p, family=f, given=g) for p, f, g in pairs])
    SearchPhone.objects.bulk_create([SearchPhone(patient_id=p, backwards=b) for p, b in _phones(ids)])
    learn({token for _, family, given in pairs for token in (family, given)})


def who_lean_on(patient_id: int) -> list[int]:
    """Return the patients whose guardian, guarantor or contact this patient is: their number finds those too."""
    leaning = RelatedPerson.objects.filter(person_id=patient_id, ended_at=None)
    return list(leaning.values_list("patient_id", flat=True))


def learn(words: Iterable[str]) -> None:
    """Make name tokens known to the misspelling index; those known already stay as they are."""
    wanted = {word for word in words if word}
    known = set(NameToken.objects.filter(token__in=wanted).values_list("token", flat=True))
    NameToken.objects.bulk_create([NameToken(token=t) for t in sorted(wanted - known)], ignore_conflicts=True)
    fresh = NameToken.objects.filter(token__in=wanted - known)
    TokenKey.objects.bulk_create(
        [TokenKey(key=key, token=row) for row in fresh for key in token_keys(row.token)]
    )


def token_keys(token: str) -> set[str]:
    """Return the keys under which a token is found in spite of a slip."""
    return (slips(token) | {sound(token)}) - {""}


def name_rows(firsts: Iterable[str], lasts: Iterable[str]) -> set[tuple[str, str]]:
    """Return the (family, given) tokens of the names somebody goes by, at most `MOST`."""
    given = list(dict.fromkeys(t for name in firsts for t in tokens(name))) or [""]
    family = list(dict.fromkeys(t for name in lasts for t in tokens(name))) or [""]
    return set([(f, g) for f in family for g in given][:MOST])


def backwards(number: str) -> str:
    """Return a number's digits from the last to the first, without the US country code."""
    digits = "".join(c for c in number if c.isdigit())
    return (digits[1:] if len(digits) == 11 and digits[0] == "1" else digits)[::-1][:16]


def bulk_index_rows(
    people: Iterable[tuple[int, Iterable[str], Iterable[str], Iterable[str]]],
) -> Iterator[tuple[int, set[tuple[str, str]], set[str]]]:
    """For loaders of millions: yield (patient id, name rows, phone rows) of (id, firsts, lasts, phones)."""
    for patient_id, firsts, lasts, phones in people:
        yield patient_id, name_rows(firsts, lasts), {backwards(p) for p in phones if p}


def _name_pairs(ids: list[int]) -> Iterator[tuple[int, str, str]]:
    firsts: dict[int, list[str]] = defaultdict(list)
    lasts: dict[int, list[str]] = defaultdict(list)
    legal = ("id", "legal_first", "preferred_name", "legal_middle", "legal_last")
    for pk, first, preferred, middle, last in Patient.objects.filter(id__in=ids).values_list(*legal):
        firsts[pk] += [first, preferred, middle]
        lasts[pk].append(last)
    for pk, first, last in PatientName.objects.filter(patient_id__in=ids).values_list(
        "patient_id", "first", "last"
    ):
        firsts[pk].append(first)
        lasts[pk].append(last)
    for pk, first_names in firsts.items():
        for family, given in sorted(name_rows(first_names, lasts[pk])):
            yield pk, family, given


def _phones(ids: list[int]) -> set[tuple[int, str]]:
    people = RelatedPerson.objects.filter(patient_id__in=ids, ended_at=None)
    leaning: dict[int, set[int]] = defaultdict(set)
    for pk, person in people.exclude(person=None).values_list("patient_id", "person_id"):
        leaning[person or 0].add(pk)
    rows = {(pk, backwards(v)) for pk, v in people.exclude(phone="").values_list("patient_id", "phone")}
    held = Q(ends=None) | Q(ends__gt=clock.now().date())
    numbers = Contact.objects.filter(held, patient_id__in=[*ids, *leaning], system=Contact.System.PHONE)
    wanted = set(ids)
    for owner, number in numbers.values_list("patient_id", "value"):
        rows |= {(pk, backwards(number)) for pk in {owner, *leaning.get(owner, ())} & wanted}
    return {row for row in rows if row[1]}
