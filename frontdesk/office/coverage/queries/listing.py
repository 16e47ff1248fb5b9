"""Reads for the screens about who pays. What names a patient is asked through `services.open_coverage`."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from frontdesk.office.coverage import rules
from frontdesk.office.coverage.models import Payer, PayerName, PayerNumber, Policy
from frontdesk.office.patients.fields import tidy

PAGE = 50
OFFERED = 8
FURTHEST = 10_000


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One policy with its payer's name, as a screen shows it."""

    policy: Policy
    payer: str
    kind: str

    def stands(self, day: date) -> str:
        """Return how it stands on a day: ended, not_yet, over or holds."""
        if self.policy.ended_at is not None:
            return "ended"
        return rules.holds_on(self.policy.begins, self.policy.ends, day)


def policies_of(patient_id: int) -> list[PolicyLine]:
    """Return all policies of a patient: those in use by their order, then those that ended, newest first."""
    rows = list(Policy.objects.filter(patient_id=patient_id).select_related("payer").order_by("rank", "id"))
    current = [row for row in rows if row.ended_at is None]
    ended = sorted((row for row in rows if row.ended_at), key=lambda row: row.ended_at or 0, reverse=True)
    return [PolicyLine(row, row.payer.name, Payer.Kind(row.payer.kind).label) for row in current + ended]


def offered(typed: str, *, limit: int = OFFERED) -> list[Payer]:
    """Return payers, with their numbers, that fit what was typed, best first: a number given in full, then names that begin with it.

    Every word typed must begin a word of the name; the order of words does not matter.
    """
    text = tidy(typed)
    if not text:
        return []
    by_number = PayerNumber.objects.filter(number__iexact=text[:80]).values_list("payer_id", flat=True)
    found = list(_in_use().filter(pk__in=list(by_number[:limit])).order_by("name", "id"))
    words = rules.search_key(text).split()
    names = PayerName.objects.filter(payer__ended_at=None, payer__merged_into=None)
    for word in words:
        names = names.filter(search__contains=f" {word}")
    if words:
        hits = names.order_by("search", "payer_id").values_list("payer_id", "search")[: limit * 4]
        ranked = sorted(
            hits, key=lambda hit: (not hit[1].startswith(f" {words[0]}"), len(hit[1]), hit[1], hit[0])
        )
        ids = list(dict.fromkeys(pk for pk, _ in ranked if pk not in {payer.pk for payer in found}))
        rows = _in_use().in_bulk(ids[: limit - len(found)])
        found += [rows[pk] for pk in ids if pk in rows]
    return found[:limit]


def may_mean(text: str, payer_id: int) -> bool:
    """Say whether words that name a payer may mean this one: by a name or number of it, or where they name none we know."""
    key = rules.search_key(text)
    if not key:
        return True
    named = set(PayerName.objects.filter(search=f" {key}").values_list("payer_id", flat=True))
    named |= set(
        PayerNumber.objects.filter(number__iexact=text.strip()[:80]).values_list("payer_id", flat=True)
    )
    return not named or payer_id in named


def payers(typed: str = "", *, page: int = 1) -> tuple[list[Payer], bool]:
    """Return a page of the payers in use, with their numbers, and whether there is a next one."""
    if tidy(typed):
        return offered(typed, limit=PAGE), False
    start = (min(max(page, 1), FURTHEST) - 1) * PAGE
    rows = list(_in_use().order_by("name", "id")[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE


def payer_page(payer_id: int) -> Payer | None:
    """Return a payer with its names and numbers, also one that is no longer in use."""
    return Payer.objects.filter(pk=payer_id).prefetch_related("names", "numbers").first()


def _in_use() -> QuerySet[Payer]:
    numbers = Prefetch("numbers", PayerNumber.objects.order_by("transaction"))
    return Payer.objects.filter(ended_at=None, merged_into=None).prefetch_related(numbers)
