"""How an address is asked: every way the table has for it, with what belongs to a site."""

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.kit.permissions import stand_of

FRAGMENT = {"HTTP_HX_REQUEST": "true"}


def _asked():
    return [(name, route, stand_of(name)) for name, route, _ in routes()]


ROWS = [(name, route, stands_on) for name, route, stands_on in _asked() if not stands_on.open_to]
OPEN = [(name, route) for name, route, stands_on in _asked() if stands_on.open_to]
# Addresses that name a thing of a site: asked from another site, there is no such thing.
OF_A_SITE = (
    "appointment_id",
    "entry_id",
    "stranded_id",
    "item_id",
    "follow_up_id",
    "visitor_id",
    "form_id",
    "message_id",
    "location_id",
    "resource_id",
)
# No pack is written in this practice, nobody has a photo, no provider runs late, and second factors and sessions are
# each one's own: let in, one is told so.
NOT_THERE = {
    *("downtime_pack", "patient_photo", "running_late", "running_late_write", "running_late_answer"),
    *("remove_factor", "end_session"),
    "privacy_row",  # a deed is asked of it by name
    *("fee_code", "card_seen", "link_qr"),  # nor is there a price, a dispute or a link of these numbers
}
# Every word an address may end in, where only some have a permission of their own.
WORDS = {"tomorrow_work": ("confirmed", "unchanged", "interpreter", "accept", "remind")}
# What is sent, where nothing would be refused before anybody asked what it is about.
BODY = {
    "waitlist_answer": {"answer": "decline"},
    "running_late_answer": {"answer": "keep"},
    "order_follow_up": {"weeks": "4", "visit_type": "1"},
}
QUERY = {
    "report": "period=days&from=3/3/2026&to=3/3/2026",
    "report_rows": "period=days&from=3/3/2026&to=3/3/2026",
    "tomorrow": "day=2026-03-10",
    "huddle": "day=2026-03-10",
}


def name_of(row):
    return row[0]


def ways(name, stands_on, route):
    """Every way an address may be asked: method, further words of the address, and what it then stands on."""
    if stands_on.look:
        yield "get", {}, stands_on.look
    if stands_on.deed and not stands_on.by:
        yield "post", {}, stands_on.deed
    word = "name" if "<slug:name>" in route else "verb"
    for one in WORDS.get(name, stands_on.by):
        yield "post", {word: one}, stands_on.by.get(one, stands_on.deed)


def ask(world, browser, name, route, method, more, site, **headers):
    path = world.path(name, route, site, more)
    query = QUERY.get(name, "")
    if name in {"slot", "waitlist_offer"}:
        query = f"offer={site.offer}"
    if method == "get":
        return browser.get(path + (f"?{query}" if query else ""), **headers)
    return browser.post(path, BODY.get(name, {}), **headers)
