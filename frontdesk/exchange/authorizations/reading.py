"""What came back to a request, in the office's words: a decision (278), a refusal (999, TA1), or something nobody can read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from frontdesk.exchange.eligibility.acknowledged import acknowledged
from frontdesk.formats import x12
from frontdesk.formats.x12.records import authorization as records
from frontdesk.formats.x12.records.segments import Dated, Rejection
from frontdesk.office.coverage.rules import benefits
from frontdesk.office.referrals.rules import Told

# DTP01 in the order in which they speak of the days a decision is for: effective, event, service.
_PERIODS = ("007", "AAH", "472", "435")
_EXPIRES = "036"
_MOST = 999


@dataclass(frozen=True, slots=True)
class Reading:
    """What came back. `kind`: answer (`told`, one for each request), rejected (`why` in words) or unreadable.

    `parts` are, for each that is told, the part of the file that says it: a file speaks of many patients, and what is
    kept of one of them shows nothing of another.
    """

    kind: str
    told: tuple[Told, ...] = ()
    why: str = ""
    parts: tuple[str, ...] = ()


def read(raw: bytes) -> Reading:
    """Say what came back. Nothing is raised; a file that is cut off decides nothing."""
    heard: list[x12.Finding] = []
    sets = [found for found in x12.parse_278(raw, heard.append) if found.is_answer]
    read_out = [(one, part) for found in sets for one, part in _told(found)]
    told = tuple(one for one, _ in read_out)
    if told and not any(
        each.code == "trailer-missing" or each.segment_id == "SE" for each in heard if not each.note
    ):
        # Where it speaks of one alone, it is kept as it came.
        whole = [raw.decode("utf-8", "replace")] if len(read_out) == 1 else [part for _, part in read_out]
        return Reading("answer", told, parts=tuple(whole))
    if told:
        return Reading("unreadable", why="The answer (278) is cut off.")
    answer = acknowledged(raw)
    if answer is not None and not answer.accepted:
        return Reading("rejected", why=answer.findings[0])
    return Reading("unreadable", why="There is no answer (278) in what came back.")


def _told(found: records.Authorization) -> Iterable[tuple[Told, str]]:
    """Return what is said of each event, and the part that says it; where nobody was looked for, what refused the whole request."""
    events = found.all(records.PatientEvent)
    if not events:
        stray = found.all(Rejection)
        reference = found.beginning.reference if found.beginning else ""
        return (
            [
                (
                    Told(traces=(reference,) if reference else (), rejections=tuple(map(_rejection, stray))),
                    _text(found),
                )
            ]
            if stray
            else []
        )
    above = _above(found, events)
    return [
        (_event(one, above.get(id(one), [])), _text(found if len(events) == 1 else _parted(found, one)))
        for one in events
    ]


def _text(found: records.Authorization) -> str:
    return x12.build(found).decode("utf-8", "replace")


def _parted(found: records.Authorization, event: records.PatientEvent) -> records.Authorization:
    """Return a set with nothing in it but one event, and the levels it lies under."""
    made = records.Authorization.of(list(found.elements))
    made.parts = [kept for part in found.parts if (kept := _towards(part, event)) is not None]
    return made


def _towards(part: Any, event: records.PatientEvent) -> Any | None:
    """Return what is kept of a part of a set: of a level above the event what leads there, nothing of one beside it."""
    if part is event or not isinstance(part, (records.Concerned, records.PatientEvent)):
        return part
    if isinstance(part, records.PatientEvent) or not any(
        each is event for each in part.all(records.PatientEvent)
    ):
        return None
    made = type(part).of(list(part.elements))
    made.parts = [kept for each in part.parts if (kept := _towards(each, event)) is not None]
    return made


def _above(found: records.Authorization, events: list[records.PatientEvent]) -> dict[int, list[Rejection]]:
    """Return, for each event, what refuses the levels it lies under."""
    refused: dict[int, list[Rejection]] = {}
    for top in found.organizations:
        for asker in top.requesters:
            for holder in asker.subscribers:
                upper = [*_refusals(top), *_refusals(asker), *_refusals(holder)]
                for event in holder.events:
                    refused[id(event)] = upper
                for child in holder.dependents:
                    for event in child.events:
                        refused[id(event)] = [*upper, *_refusals(child)]
    return {id(event): refused.get(id(event), []) for event in events}


def _refusals(level: records.Concerned) -> list[Rejection]:
    return [*level.rejections, *(each for party in level.parties for each in party.rejections)]


def _event(event: records.PatientEvent, above: list[Rejection]) -> Told:
    """Return what is said of an event; of its services where the event itself is not decided."""
    levels: list[records.Request] = [event, *event.services]
    decided = next((one.decision for one in levels if one.decision and one.decision.action), None)
    begins, ends = _days([day for one in levels for day in one.dates])
    return Told(
        traces=tuple(dict.fromkeys(trace.number for one in levels for trace in one.traces if trace.number)),
        action=decided.action if decided else "",
        number=next((one.decision.number for one in levels if one.decision and one.decision.number), ""),
        reason=decided.reason if decided else "",
        reference=next((ref.number for one in levels for ref in one.references if ref.qualifier == "NT"), ""),
        visits=_visits(levels),
        begins=begins,
        ends=ends,
        rejections=tuple(map(_rejection, [*above, *(each for one in levels for each in one.rejections)])),
        messages=tuple(words.text[:160] for one in levels for words in one.messages if words.text)[:3],
    )


def _visits(levels: list[records.Request]) -> int | None:
    """Return for how many visits (HSD VS) it is; other counts are days or units, and none of ours."""
    for one in levels:
        for count in one.deliveries:
            if count.qualifier == "VS" and count.quantity is not None and 0 <= count.quantity <= _MOST:
                return int(count.quantity)
    return None


def _days(dates: list[Dated]) -> tuple[date | None, date | None]:
    begins = ends = None
    for kind in _PERIODS:
        span = next((each for each in dates if each.kind == kind and each.start), None)
        if span is not None:
            begins, ends = span.start, span.end if span.form == "RD8" else None
            break
    expires = next((each.start for each in dates if each.kind == _EXPIRES and each.start), None)
    return begins, expires or ends


def _rejection(found: Rejection) -> benefits.Rejection:
    return benefits.Rejection("request", found.reason, found.follow_up)
