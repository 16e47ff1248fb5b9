"""Which notice holds, and who has not answered it."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from frontdesk.office.patients.models import Patient
from frontdesk.office.privacy.models import Acknowledgement, Notice
from frontdesk.office.privacy.rules.clocks import SETTLED

MOST = 1000


def notices() -> list[Notice]:
    """Return every version of the notice, the newest first, without their words."""
    return list(Notice.objects.defer("text", "text_es").order_by("-effective", "-id"))


def current_notice(day: date) -> Notice | None:
    """Return the notice that holds on `day`."""
    return (
        Notice.objects.defer("text", "text_es")
        .filter(effective__lte=day)
        .order_by("-effective", "-id")
        .first()
    )


def asked_about(notice: Notice) -> list[int]:
    """Return the versions whose answer is good for `notice`: itself, and those before it back to a material change."""
    if notice.is_material:
        return [notice.pk]
    earlier = Notice.objects.filter(effective__lte=notice.effective, pk__lte=notice.pk)
    found = []
    for pk, is_material in earlier.order_by("-effective", "-id").values_list("pk", "is_material"):
        found.append(pk)
        if is_material:
            break
    return found


def answer_of(patient_id: int, notice: Notice) -> Acknowledgement | None:
    """Return how a patient answered a notice, or one before it that still counts; the newest answer."""
    rows = Acknowledgement.objects.filter(patient_id=patient_id, notice_id__in=asked_about(notice))
    return (
        rows.select_related("notice").defer("notice__text", "notice__text_es").order_by("-at", "-pk").first()
    )


def lacks_notice(patient_id: int, day: date) -> bool:
    """Say whether a patient still has to be given the notice that holds; two queries, one where there is none."""
    notice = current_notice(day)
    if notice is None:
        return False
    found = answer_of(patient_id, notice)
    return found is None or found.how not in SETTLED


def missing(day: date, among: Collection[int] | None = None) -> QuerySet[Patient]:
    """Return patients who have not answered the notice that holds, newest registered first; none without a notice."""
    notice = current_notice(day)
    if notice is None:
        return Patient.objects.none()
    answered = Acknowledgement.objects.filter(
        patient=OuterRef("pk"), notice_id__in=asked_about(notice), how__in=SETTLED
    )
    rows = Patient.objects.filter(~Exists(answered), status=Patient.Status.ACTIVE, is_deceased=False)
    if among is not None:
        rows = rows.filter(pk__in=list(among))
    return rows.defer("photo").order_by("-pk")
