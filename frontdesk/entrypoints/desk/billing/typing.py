"""The form of an estimate: what it begins with, what its codes cost, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.billing.money import WRONG, typed
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.visits.paper_words import LANGUAGES
from frontdesk.kit.money import dollars, plain
from frontdesk.office.billing import queries
from frontdesk.office.billing.models import Estimate
from frontdesk.office.billing.rules.drafts import Other, Service, Written

LINES, OTHERS = 6, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the form: what was typed, and what the fee schedule says of it."""

    at: int
    fee: str
    tone: str = "quiet"


def read(data: Mapping[str, str]) -> Written:
    """Return the estimate that was typed; rows that are blank are none."""
    services = tuple(_service(data, at) for at in range(LINES) if _is_filled(data, at))
    others = tuple(_other(data, at) for at in range(OTHERS) if _said(data, f"other-{at}"))
    return Written(
        primary=data.get("primary", ""),
        services=services,
        provider_id=number(data.get("provider_id")),
        diagnoses=tuple(data.get("diagnoses", "").replace(",", " ").replace(";", " ").split()),
        others=others,
        apart=tuple(filter(None, (one.strip() for one in data.get("apart", "").splitlines()))),
        language=data.get("language", "en"),
        reason=data.get("reason", ""),
    )


def begun(row: Estimate, newest: queries.Whole | None) -> dict[str, str]:
    """Return what the form begins with: the newest version, else what such a visit usually is made of."""
    if newest is not None:
        return _as_written(newest)
    visit = row.appointment
    kind = visit.visit_type if visit else row.visit_type
    spoken = row.patient.language if row.patient.language in LANGUAGES else "en"
    data = {
        "primary": kind.name if kind else "",
        "language": spoken,
        "provider_id": str(visit.provider_id or "") if visit else "",
    }
    for at, one in enumerate(queries.usual_services(kind.pk if kind else None)[:LINES]):
        data |= {f"code-{at}": one.code, f"modifier-{at}": one.modifier, f"units-{at}": str(one.units)}
    return data


def priced(data: Mapping[str, str], day: date) -> tuple[list[Line], str]:
    """Return the rows with what the fee schedule of the day says, and what all comes to; one query."""
    rows = {at: _service(data, at) for at in range(LINES) if _is_filled(data, at)}
    at_hand = queries.prices(codes={one.code for one in rows.values()})
    lines, total = [], 0
    for at in range(LINES):
        one = rows.get(at)
        fee = at_hand.fee(one.code, one.modifier, day) if one else None
        if one is None:
            lines.append(Line(at, ""))
        elif one.cents is not None:
            total += max(one.cents, 0)
            lines.append(Line(at, fee.words if fee else ""))
        elif fee is None:
            lines.append(Line(at, "No fee: write the amount", "bad"))
        else:
            total += fee.cents * one.units
            lines.append(Line(at, f"{dollars(fee.cents * one.units)} · {fee.words}"))
    for at in range(OTHERS):
        if _said(data, f"other-{at}") and data.get(f"other-answered-{at}") != "no":
            total += max(typed(data.get(f"other-amount-{at}", "")) or 0, 0)
    return lines, dollars(total)


def _is_filled(data: Mapping[str, str], at: int) -> bool:
    return any(_said(data, f"{name}-{at}") for name in ("code", "words", "amount"))


def _service(data: Mapping[str, str], at: int) -> Service:
    code, _, after = _said(data, f"code-{at}").upper().partition("-")
    modifier = _said(data, f"modifier-{at}").upper() or after
    units = number(_said(data, f"units-{at}") or "1") or 0
    return Service(code, modifier[:2], units, _said(data, f"words-{at}"), typed(data.get(f"amount-{at}", "")))


def _other(data: Mapping[str, str], at: int) -> Other:
    code = _said(data, f"other-code-{at}").upper()
    cents = typed(data.get(f"other-amount-{at}", ""))
    service = Service(code[:5], "", 1, _said(data, f"other-words-{at}"), None if cents == WRONG else cents)
    return Other(
        _said(data, f"other-{at}"), _said(data, f"other-npi-{at}"), _said(data, f"other-tin-{at}"), _said(data, f"other-place-{at}"),
        service, answered=data.get(f"other-answered-{at}", "yes") != "no",
    )  # fmt: skip


def _said(data: Mapping[str, str], name: str) -> str:
    return data.get(name, "").strip()


def _as_written(newest: queries.Whole) -> dict[str, str]:
    row = newest.version
    data = {
        "primary": row.primary,
        "language": row.language,
        "diagnoses": ", ".join(row.diagnoses),
        "apart": "\n".join(row.apart),
        "provider_id": str(newest.providers[0][0].provider_id or ""),
    }
    for at, item in enumerate(newest.providers[0][1][:LINES]):
        data |= {
            f"code-{at}": item.code,
            f"modifier-{at}": item.modifier,
            f"units-{at}": str(item.units),
            f"words-{at}": item.words,
            f"amount-{at}": plain(item.cents),
        }
    for at, (one, items) in enumerate(newest.providers[1 : OTHERS + 1]):
        data |= {
            f"other-{at}": one.name,
            f"other-npi-{at}": one.npi,
            f"other-tin-{at}": one.tin,
            f"other-place-{at}": one.place,
            f"other-answered-{at}": "yes" if one.answered else "no",
            f"other-words-{at}": items[0].words,
            f"other-code-{at}": items[0].code,
            f"other-amount-{at}": plain(items[0].cents) if one.answered else "",
        }
    return data
