"""Ask a payer whether a policy covers today, follow until it has answered, and take over what it spells otherwise."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.coverage.verdicts import Strip, strip
from frontdesk.entrypoints.desk.coverage.wording import shown
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, done, page
from frontdesk.entrypoints.desk.numbers import number
from frontdesk.entrypoints.desk.patients.frame import open_unmerged
from frontdesk.kit import clock
from frontdesk.kit.errors import Invalid
from frontdesk.office.coverage import queries
from frontdesk.office.coverage import services as coverage
from frontdesk.office.coverage.queries import PolicyLine
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.services import Chart


@desk_view(("POST",))
def verify(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Ask a policy's payer about today; answer with its verdict as it then stands."""
    chart, line = found(request, patient_id, policy_id, "insurance: verify")
    zone = request.location.zone
    coverage.ask(request.actor, policy_id=policy_id, day=clock.today(zone), zone=zone)
    if not request.is_fragment:
        return done(request, f"/patients/{patient_id}/insurance")
    return _part(request, chart, line)


@desk_view()
def verdict(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Answer with a policy's verdict once the question `asked` is settled; until then with nothing, and no look on record."""
    asked = number(request.GET.get("asked"))
    if asked and queries.still_waits(request.actor, asked):
        return HttpResponse(status=204)
    chart, line = found(request, patient_id, policy_id, "insurance: verdict")
    return _part(request, chart, line, settled=True)


@desk_view(("POST",))
def accept(request: DeskRequest, patient_id: int, policy_id: int) -> HttpResponse:
    """Take a field over as the payer spells it; its payer is asked anew."""
    chart, line = found(request, patient_id, policy_id, "insurance: accept")
    wanted = request.POST.get("field", "")
    theirs = next(
        (one for one in _strip(request, chart.patient, line).spellings if one.field == wanted), None
    )
    if theirs is None or not wanted or theirs.theirs != request.POST.get("theirs", ""):
        msg = "The payer's answer has changed meanwhile. Look at it again."
        raise Invalid(msg)
    changes, version = {wanted: theirs.value}, number(request.POST.get("version")) or 0
    coverage.change_policy(request.actor, policy_id=policy_id, changes=changes, version=version)
    return done(request, f"/patients/{patient_id}/insurance", f"{theirs.name} taken over.")


def found(request: DeskRequest, patient_id: int, policy_id: int, why: str) -> tuple[Chart, PolicyLine]:
    """Return a policy in use with its patient's chart, both looks on record. One of somebody else's is none of theirs."""
    chart = open_unmerged(request, patient_id, why)
    lines = coverage.open_coverage(request.actor, patient_id=patient_id)
    line = next((one for one in lines if one.policy.pk == policy_id), None)
    if line is None:
        raise Http404
    return chart, line


def strips(request: DeskRequest, patient: Patient, lines: Sequence[PolicyLine]) -> dict[int, Strip]:
    """Return the verdict of each policy by its row."""
    zone = request.location.zone
    ids = [one.policy.pk for one in lines]
    newest, good = queries.newest_of(ids, clock.today(zone)), queries.last_good(ids)
    return {
        pk: strip(one.policy, patient, newest.get(pk), good.get(pk), zone)
        for pk, one in zip(ids, lines, strict=True)
    }


def suggested(request: DeskRequest, patient_id: int) -> dict[str, str]:
    """Return what the form of a new policy begins with where a payer's answer named another payer; else nothing."""
    check_id, at = number(request.GET.get("check")), number(request.GET.get("task"))
    if not check_id or at is None:
        return {}
    row = coverage.open_check(request.actor, check_id=check_id)
    if row.policy.patient_id != patient_id:
        raise Http404
    told = queries.judged(row, row.policy, row.policy.patient)
    if told is None or at >= len(told.tasks):
        return {}
    data = told.tasks[at].data
    known = queries.offered(data.get("id", "")) or queries.offered(data.get("name", ""))
    payer = shown(known[0]) if len(known) == 1 else data.get("name", "")
    return {"payer": payer, "member_id": row.policy.member_id if data.get("id_kind") == "MI" else ""}


def _part(request: DeskRequest, chart: Chart, line: PolicyLine, *, settled: bool = False) -> HttpResponse:
    context = {
        "patient": chart.patient,
        "home": f"/patients/{chart.patient.pk}/insurance",
        "s": _strip(request, chart.patient, line),
        "version": line.policy.version,
        "settled": settled,
        "keys": line.policy.rank == 1,
    }
    return page(request, "desk/coverage/patient.html", context, block="verdict")


def _strip(request: DeskRequest, patient: Patient, line: PolicyLine) -> Strip:
    return strips(request, patient, [line])[line.policy.pk]
