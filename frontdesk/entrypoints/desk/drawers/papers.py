"""The papers of a close as PDF and as files: each is drawn from rows that are kept, so that it comes out the same again."""

from django.http import Http404, HttpResponse

from frontdesk.entrypoints.desk.drawers import drawn, files
from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.visits.papers import pdf
from frontdesk.kit.errors import NotPermitted
from frontdesk.office.payments import queries
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.models import MonthLock
from frontdesk.office.practice.queries import practice


@desk_view()
def deposit_slip(request: DeskRequest, close_id: int) -> HttpResponse:
    """Print the deposit slip of a close."""
    made = payments.print_close(request.actor, close_id=close_id, name="deposit slip")
    deposit = queries.deposit_of(close_id)
    if deposit is None:
        raise Http404
    checks = queries.deposited_checks(made.count)
    return pdf("deposit-slip", drawn.deposit_slip(made, deposit, checks, _practice()))


@desk_view()
def day_sheet(request: DeskRequest, lock_id: int) -> HttpResponse:
    """Print the day sheet of a closed day."""
    lock = payments.print_day(request.actor, lock_id=lock_id, name="day sheet")
    return pdf("day-sheet", drawn.day_sheet(lock, _practice()))


@desk_view()
def day_file(request: DeskRequest, lock_id: int) -> HttpResponse:
    """Answer with the day sheet as a file."""
    lock = payments.print_day(request.actor, lock_id=lock_id, name="file")
    return files.day_file(lock)


@desk_view()
def month_paper(request: DeskRequest, month_id: int) -> HttpResponse:
    """Print the sheet of a closed month."""
    return pdf("month", drawn.month_sheet(_month(request, month_id), _practice()))


@desk_view()
def month_file(request: DeskRequest, month_id: int) -> HttpResponse:
    """Answer with a closed month as a file."""
    return files.month_file(_month(request, month_id))


def _month(request: DeskRequest, month_id: int) -> MonthLock:
    if not request.actor.can("payments.close_month"):
        msg = "Your role does not close months. Ask the practice manager."
        raise NotPermitted(msg, "payments.close_month")
    found = MonthLock.objects.filter(pk=month_id).first()
    if found is None:
        raise Http404
    return found


def _practice() -> str:
    found = practice()
    return found.name if found else ""
