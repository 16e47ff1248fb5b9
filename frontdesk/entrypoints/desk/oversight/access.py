"""The review of access: everybody with an account, what it lets them do, and whose seems to live on; for paper."""

from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.oversight import wording
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit import clock
from frontdesk.kit.walltime import to_wall
from frontdesk.office.oversight import services as oversight


@desk_view()
def review(request: DeskRequest) -> HttpResponse:
    """Show who may come in, and what as."""
    rows, rights = oversight.review_access(request.actor)
    zone = request.location.zone
    lines = [
        {
            "id": one.user_id,
            "name": one.name,
            "username": one.username,
            "role": one.role,
            "since": us_date(to_wall(one.since, zone).date()),
            "seen": wording.stamp(one.last_seen, zone) if one.last_seen else "Never",
            "doubts": one.doubts,
        }
        for one in rows
    ]
    context = {
        "lines": lines,
        "doubtful": [line for line in lines if line["doubts"]],
        "rights": rights,
        "stamp": wording.stamp(clock.now(), zone),
    }
    return page(request, "desk/oversight/access.html", context)
