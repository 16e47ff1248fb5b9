"""What went to a payer about an authorization, and what came back, word for word; and answers that come later, in a file."""

from collections.abc import Iterator
from itertools import islice

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage.answers import LONGEST, readable
from frontdesk.entrypoints.desk.coverage.verdicts import age
from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view, page
from frontdesk.entrypoints.desk.patients.frame import frame, open_unmerged
from frontdesk.entrypoints.desk.referrals.wording import TONES
from frontdesk.entrypoints.desk.scheduling.panels import panel
from frontdesk.exchange.authorizations.incoming import LARGEST, Taken, take_in
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.models import PayerReply
from frontdesk.office.referrals.queries import replies_of
from frontdesk.office.referrals.queries.lines import held
from frontdesk.office.referrals.rules import OUTCOMES, named


@desk_view()
def request_page(request: DeskRequest, patient_id: int, request_id: int) -> HttpResponse:
    """Show one request: what was sent, and every answer to it as it came."""
    chart = open_unmerged(request, patient_id, "referrals: request")
    row = referrals.open_request(request.actor, request_id=request_id)
    if row.authorization.patient_id != patient_id:
        raise Http404
    zone = request.location.zone
    facts = [
        ("Asked", f"{age(row.asked_at, zone)}, by {row.asked_by}"),
        ("Under our number", row.trace),
        ("A word to them", row.message),
        ("Sent", "twice, under the same number" if row.attempts > 1 else ""),
    ]
    context = frame(request, chart, "/insurance") | {
        "title": f"{named(held(row.authorization))}: {row.authorization.policy.payer.name}",
        "home": f"/patients/{patient_id}/insurance#referrals",
        "row": row,
        "outcome": OUTCOMES.get(row.outcome, "Being asked…"),
        "tone": TONES.get(row.outcome, "warn") if row.outcome else "accent",
        "facts": [(name, words) for name, words in facts if words],
        "question": list(islice(readable(row.question), LONGEST)),
        "replies": [_reply(one, zone) for one in replies_of(row)],
    }
    return page(request, "desk/referrals/request.html", context)


@desk_view(("GET", "POST"))
def answers(request: DeskRequest) -> HttpResponse:
    """Take in a file with what payers decided later (278), and say what became of each answer in it."""
    if request.method == "GET":
        return panel(request, "desk/referrals/answers_panel.html", {"problem": "", "taken": None})
    file = request.FILES.get("file")
    try:
        if file is None or not file.size or file.size > LARGEST:
            raise Invalid("Choose a file of at most 4 MB.", fields={"file": "Choose a file of at most 4 MB."})
        taken: list[Taken] | None = list(take_in(request.actor.keyless(), file.read()))
    except Refusal as refusal:
        context = {"problem": refusal.sentence, "taken": None}
        return panel(request, "desk/referrals/answers_panel.html", context, status=STATUS[refusal.kind])
    return panel(request, "desk/referrals/answers_panel.html", {"problem": "", "taken": taken})


def _reply(one: PayerReply, zone: str) -> dict[str, object]:
    return {
        "outcome": OUTCOMES.get(one.outcome, one.outcome),
        "tone": TONES.get(one.outcome, "warn"),
        "when": f"{age(one.at, zone)}, {PayerReply.Way(one.way).label.lower()}",
        "words": one.words,
        "raw": list(islice(_lines(one.raw), LONGEST)),
    }


def _lines(raw: str) -> Iterator[str]:
    return readable(raw)
