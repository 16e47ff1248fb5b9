"""What the card of a visit says of its estimate and its Medicare notices: in a block of its own, so that visits know nothing of them."""

from dataclasses import dataclass

from frontdesk.entrypoints.desk.billing.notice_words import Notice, line
from frontdesk.entrypoints.desk.http import DeskRequest
from frontdesk.kit import clock
from frontdesk.kit.money import dollars
from frontdesk.office.billing import queries, rules
from frontdesk.office.billing.models import EstimateGiven
from frontdesk.office.visits.queries import Line


@dataclass(frozen=True, slots=True)
class Papers:
    """The block: a sentence about the estimate with its tone, where it is opened, what went beyond it, and the notices."""

    words: str = ""
    tone: str = ""
    opens: str = ""
    over: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    may_notice: bool = False


def papers(request: DeskRequest, visit: Line) -> Papers | None:
    """Return the block of a visit; None where there is nothing to say and nothing to do; nine queries at the most."""
    if not request.actor.can("billing.view_papers"):
        return None
    words, tone, opens = _estimate(visit)
    overs = queries.over_estimate([visit.id]).get(visit.id, []) if tone == "good" else []
    over = tuple(
        f"{one.name} charges {dollars(one.by)} more than was estimated{'; the bill may be disputed' if one.may_dispute else ''}."
        for one in overs
    )
    notices = tuple(line(one) for one in queries.abns_of_visit(visit.id) if not one.ended_at)
    may = (
        request.actor.can("billing.write_papers")
        and visit.medicare is not None
        and visit.status not in {"done", "no_show", "cancelled", "checkout"}
    )
    found = Papers(words, tone, opens, over, notices, may)
    return found if words or over or notices or may else None


def _estimate(visit: Line) -> tuple[str, str, str]:
    row = queries.estimate_of(visit.id)
    if row is None or row.state == "ended":
        return "", "", ""
    opens = f"/estimates/{row.pk}"
    newest = queries.newest_versions([row.pk]).get(row.pk)
    if row.state == "given" and newest is not None:
        given = EstimateGiven.objects.filter(version=newest).order_by("-id").first()
        how = EstimateGiven.How(given.how).label.lower() if given else ""
        return f"Good Faith Estimate given {how}: {dollars(newest.cents)}", "good", opens
    stands = rules.clock_of(row.due_at, clock.now(), visit.zone)
    return f"Good Faith Estimate {stands.words}", "bad" if stands.tone == "bad" else "warn", opens
