"""How what a link is about stands now: which page it makes, and what may be answered."""

from dataclasses import dataclass

from frontdesk.entrypoints.portal.offers import Near
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.messaging.queries import at_place, facts_of
from frontdesk.office.messaging.rules import Facts
from frontdesk.office.messaging.services import LinkFacts
from frontdesk.office.practice import queries as practice
from frontdesk.office.scheduling import queries as book

APPOINTMENT, WAITING, RECALL = "scheduling.appointment", "scheduling.waitlistentry", "scheduling.recall"


@dataclass(frozen=True, slots=True)
class Standing:
    """`code` names the page's words; `facts` is what may be shown (None: nothing), `near` where to look for times."""

    code: str
    facts: Facts | None = None
    near: Near | None = None
    patient_id: int = 0
    actions: tuple[str, ...] = ()


def standing(link: LinkFacts) -> Standing:
    """Return how it stands. A link that is over tells nothing but what was answered by it."""
    found = {APPOINTMENT: _visit, WAITING: _offer, RECALL: _recall}.get(link.about.kind)
    return found(link) if found else Standing("over")


def _visit(link: LinkFacts) -> Standing:
    if link.is_over:
        return _answered(link)
    stands = book.outlook(link.about.id)
    if stands is None or not stands.ahead or stands.starts <= clock.now():
        return Standing("changed")
    near = Near(
        stands.visit_type_id,
        stands.patient_id,
        stands.starts,
        stands.zone,
        stands.provider_id,
        stands.location.pk,
    )
    code = "confirmed" if link.done else "open_late" if link.kind == "running_late" else "open"
    return Standing(code, facts_of(stands), near, stands.patient_id, link.actions)


def _answered(link: LinkFacts) -> Standing:
    if link.done == "reschedule":
        after = book.outlook_after(link.about.id)
        return Standing("moved", facts_of(after) if after and after.ahead else None)
    if link.done == "cancel":
        return Standing("cancelled")
    return Standing("calling" if link.done == "call" else "over")


def _offer(link: LinkFacts) -> Standing:
    if link.is_over:
        return Standing({"accept": "booked", "decline": "declined"}.get(link.done, "over"), _booked(link))
    entry = book.waiting_entry(SYSTEM, link.about.id)
    starts = link.facts.starts
    if entry is None or starts is None or entry.status != "offered" or entry.offered_starts != starts:
        return Standing("changed")
    near = Near(
        entry.visit_type_id,
        entry.patient_id,
        starts,
        link.facts.zone,
        entry.provider_id,
        link.facts.location_id,
    )
    return Standing("open_offer", link.facts, near, entry.patient_id, link.actions)


def _booked(link: LinkFacts) -> Facts | None:
    return link.facts if link.done == "accept" else None


def _recall(link: LinkFacts) -> Standing:
    if link.is_over:
        return Standing({"reschedule": "booked", "call": "calling_recall"}.get(link.done, "over"))
    recall = book.recall_of(link.about.id)
    if recall is None or recall.closed_at is not None:
        return Standing("changed")
    sites = practice.locations()
    zone = sites[0].zone if sites else "UTC"
    near = Near(recall.visit_type_id, recall.patient_id, clock.now(), zone, recall.provider_id, None)
    facts = at_place(Facts(), sites[0] if len(sites) == 1 else None)
    return Standing("open_recall", facts, near, recall.patient_id, link.actions)
