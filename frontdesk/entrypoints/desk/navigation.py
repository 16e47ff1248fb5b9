"""The rail of places at the left of every page: what is there, and what this person may open."""

from dataclasses import dataclass, replace

from frontdesk.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the rail; `key` is pressed after `g`."""

    label: str
    href: str
    icon: str
    key: str
    permission: str
    current: bool = False
    also: tuple[str, ...] = ()
    """Other beginnings of addresses that belong to this place."""


PLACES = (
    Place("Desk", "/", "home", "d", "accounts.sign_in"),
    Place("Board", "/board", "layout-grid", "b", "visits.view"),
    Place("Tomorrow", "/tomorrow", "clipboard-check", "n", "visits.plan_day"),
    Place("Schedule", "/schedule", "calendar", "s", "scheduling.view"),
    Place("Find a time", "/openings", "search", "o", "scheduling.view"),
    Place("Patients", "/patients", "users", "p", "patients.search"),
    Place("Waitlist", "/waitlist", "clock", "w", "scheduling.view"),
    Place("Recalls", "/recalls", "bell", "r", "scheduling.view"),
    Place("Messages", "/messages", "mail", "e", "messaging.view"),
    Place("Referrals", "/referrals", "clipboard-list", "q", "referrals.worklist"),
    Place("Estimates", "/estimates", "receipt", "j", "billing.view_papers"),
    Place("Payers", "/payers", "credit-card", "v", "coverage.see_payers"),
    Place("Fees", "/fees", "receipt", "f", "billing.view_fees"),
    Place("Payment plans", "/payments/plans", "calendar-days", "h", "payments.view"),
    Place("Drawer", "/drawer", "banknote", "u", "payments.drawer", also=("/close",)),
    Place("Cards", "/payments/cards", "credit-card", "z", "payments.watch_cards"),
    Place("Reports", "/reports", "chart-column", "i", "visits.reports"),
    Place("Merge queue", "/patients/merge-queue", "merge", "m", "patients.merge"),
    Place("Privacy", "/privacy", "shield", "y", "privacy.desk"),
    Place("Downtime", "/downtime", "printer", "x", "downtime.take_pack"),
    Place(
        "Templates",
        "/templates",
        "layout",
        "t",
        "scheduling.change_templates",
        also=("/visit-types", "/hours", "/resources", "/locations"),
    ),
    Place("Audit", "/audit", "shield", "a", "audit.read"),
    Place("Broken glass", "/privacy/glass", "eye", "k", "patients.review_glass"),
    Place("Labels", "/privacy/labels", "lock", "l", "patients.label"),
    Place("People", "/people", "user-check", "c", "accounts.view"),
)


def rail(actor: Actor, path: str) -> list[Place]:
    """Return the places `actor` may open, the one that `path` is in marked as current."""
    open_to = [place for place in PLACES if actor.can(place.permission)]
    inside = [p for p in open_to if _is_inside(path, p)]
    here = max(inside, key=lambda p: len(p.href), default=None)
    return [replace(place, current=place is here) for place in open_to]


def _is_inside(path: str, place: Place) -> bool:
    if path == place.href or path.startswith(place.also):
        return True
    return place.href != "/" and path.startswith(place.href)
