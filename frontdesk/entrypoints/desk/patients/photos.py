"""A patient's photo: shown, kept, taken away."""

from django.http import HttpResponse, HttpResponseRedirect

from frontdesk.entrypoints.desk.http import STATUS, DeskRequest, desk_view
from frontdesk.entrypoints.desk.patients.frame import open_unmerged, with_banner
from frontdesk.entrypoints.desk.patients.section_form import SectionForm
from frontdesk.entrypoints.desk.patients.sections import draw, say
from frontdesk.kit.errors import Invalid
from frontdesk.office.patients import services as patients


@desk_view()
def photo(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Answer the patient's picture; its address changes with it."""
    image, kind = patients.read_photo(request.actor, patient_id=patient_id)
    alone = "default-src 'none'; frame-ancestors 'none'; sandbox"  # opened by itself it is a picture and nothing else
    return HttpResponse(
        image,
        content_type=kind,
        headers={"Cache-Control": "private, max-age=300", "Content-Security-Policy": alone},
    )


@desk_view(("POST",))
def keep(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Keep the photo that was chosen."""
    open_unmerged(request, patient_id, "change: photo")
    sent = request.FILES.get("photo")
    # A byte more than fits is enough to see that it is too large.
    content = sent.read(patients.LARGEST_PHOTO + 1) if sent else b""
    try:
        patients.set_photo(request.actor, patient_id=patient_id, content=content)
    except Invalid as refusal:
        form = SectionForm(values={}).wrong(refusal.fields, refusal.sentence)
        chart = patients.open_chart(request.actor, patient_id, purpose="section: identity")
        return draw(request, chart, "identity", edit="photo", form=form, status=STATUS[refusal.kind])
    return _done(request, patient_id, "The photo is kept.")


@desk_view(("POST",))
def remove(request: DeskRequest, patient_id: int) -> HttpResponse:
    """Take the photo away."""
    open_unmerged(request, patient_id, "change: photo")
    patients.remove_photo(request.actor, patient_id=patient_id)
    return _done(request, patient_id, "The photo is gone.")


def _done(request: DeskRequest, patient_id: int, words: str) -> HttpResponse:
    if not request.is_fragment:
        return HttpResponseRedirect(f"/patients/{patient_id}/person")
    chart = patients.open_chart(request.actor, patient_id, purpose="section: identity")
    return say(with_banner(request, chart, draw(request, chart, "identity", focus=True)), words)
