"""What must always be true of privacy; `frontdesk check` proves it."""

from collections.abc import Callable

from django.db.models import F, Q, QuerySet

from frontdesk.office.privacy.models import Disclosure, RecordRequest, Verification
from frontdesk.office.privacy.rules import clocks, part_two, telling

SHOWN = 100


def invariants() -> dict[str, Callable[[], list[str]]]:
    """Return the proofs by name; each returns its breaches, none when all is well."""
    return {
        "privacy.what_must_be_accounted_for_is": _accountable,
        "privacy.due_days_are_those_of_the_law": _due,
        "privacy.nobody_was_verified_by_less_than_two": _verified,
        "privacy.what_was_told_had_an_identity": _identified,
        "privacy.what_part_two_protects_left_by_a_consent": _consented,
    }


def _accountable() -> list[str]:
    must = [code for code, basis in telling.BASES.items() if basis.accountable]
    rows = Disclosure.objects.filter(Q(basis__in=must) ^ Q(accountable=True))
    return [f"disclosure {pk} is accounted for otherwise than its ground says" for pk in _ids(rows)]


def _due() -> list[str]:
    rows = RecordRequest.objects.values_list("id", "kind", "asked_on", "due", "extended_on")
    return [
        f"request {pk} is due on another day than the law says"
        for pk, kind, asked_on, due, extended in rows.iterator()
        if clocks.due(kind, asked_on, extended=extended is not None) != due
    ][:SHOWN]


def _verified() -> list[str]:
    rows = Verification.objects.filter(outcome=Verification.Outcome.VERIFIED).values_list("id", "matched")
    return [f"verification {pk} had fewer than two" for pk, matched in rows.iterator() if len(matched) < 2][
        :SHOWN
    ]


def _identified() -> list[str]:
    rows = Disclosure.objects.filter(verification=None, seen="")
    return [f"disclosure {pk} went to nobody in particular" for pk in _ids(rows)]


def _consented() -> list[str]:
    rows = Disclosure.objects.filter(part_two=True).exclude(basis__in=part_two.WITHOUT)
    wrong = rows.filter(
        Q(consent=None) | Q(consent__signed_on__gt=F("on")) | Q(consent__revoked_on__lt=F("on"))
        | Q(consent__expires__lt=F("on"))
    )  # fmt: skip
    return [f"disclosure {pk} told of substance use without a consent that held" for pk in _ids(wrong)]


def _ids(rows: QuerySet[Disclosure]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:SHOWN])
