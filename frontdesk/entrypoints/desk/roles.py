"""What each role may do, in words: the same table the program asks, told by room."""

from dataclasses import dataclass

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.kit.errors import NotFound
from frontdesk.kit.permissions import ABOUT, ROLES, declared, held_by
from frontdesk.office.accounts import queries

ROOMS = {
    "patients": "Patients",
    "scheduling": "The appointment book",
    "visits": "The visit day",
    "messaging": "Messages to patients",
    "downtime": "Downtime",
    "practice": "The practice",
    "accounts": "Accounts",
    "audit": "The record of who did what",
    "jobs": "Work that runs by itself",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One room of the office: what the role may do in it, and what others may."""

    words: str
    may: list[str]
    may_not: list[str]


@desk_view()
def index(request: DeskRequest) -> HttpResponse:
    """Show every role, and how many people have it."""
    counts = queries.people_by_role() if request.actor.can("accounts.view") else {}
    rows = [
        (code, words, ABOUT[code], counts.get(code, 0), len(held_by(code))) for code, words in ROLES.items()
    ]
    return page(request, "desk/people/roles.html", {"rows": rows, "counted": bool(counts)})


@desk_view()
def role(request: DeskRequest, code: str) -> HttpResponse:
    """Show what one role may do, and what it may not."""
    if code not in ROLES:
        msg = "There is no such role."
        raise NotFound(msg)
    context = {
        "code": code,
        "words": ROLES[code],
        "about": ABOUT[code],
        "parts": parts_of(code),
        "own": code == request.person.role,
    }
    return page(request, "desk/people/role.html", context)


def parts_of(code: str) -> list[Part]:
    """Return what a role may and may not do, room by room; what no role holds is not told."""
    held, parts = held_by(code), []
    for room, words in ROOMS.items():
        here = [one for one in declared().values() if one.roles and one.name.startswith(f"{room}.")]
        may = [one.words for one in here if one.name in held]
        may_not = [one.words for one in here if one.name not in held]
        if here:
            parts.append(Part(words, may, may_not))
    return parts
