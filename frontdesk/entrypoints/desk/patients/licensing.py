"""A driver's license fills the register form: out of a picture of its back, or the keys a scanner types. Nothing of it is kept."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view
from frontdesk.entrypoints.desk.patients import register_form as forms
from frontdesk.entrypoints.desk.patients.registering import Scan, draw_form, place_of, safe_back
from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.exchange.cards import licenses, pictures
from frontdesk.formats import aamva
from frontdesk.kit import clock

# What a license fills, as the form calls it: told to whoever scanned it, in this order.
_TOLD = (
    ("name", ("legal_first", "legal_middle", "legal_last", "suffix")),
    ("date of birth", ("birth_date",)),
    ("sex", ("sex",)),
    ("address", ("line", "line2", "city", "state", "zip")),
)


@desk_view(("POST",))
def read_license(request: DeskRequest) -> HttpResponse:
    """Answer the form with what a license says filled in; what else is typed stays. The person checks, and registers."""
    values, back = forms.typed(request.POST), safe_back(request.POST.get("back", ""))
    today = clock.today(request.location.zone)
    sent, payload = request.FILES.get("license"), request.POST.get("payload", "")
    try:
        if isinstance(sent, UploadedFile):
            found = licenses.seen(sent.read(pictures.LARGEST + 1), today)
        elif payload.strip():
            found = licenses.typed(payload, today)
        else:
            raise aamva.NoLicense("Choose a picture of the back, or scan it into the field.")
    except (pictures.CannotBeUsed, aamva.NoLicense) as wrong:
        form = forms.begun(values, back, place_of(request))
        return draw_form(request, form, scan=Scan(problem=str(wrong)), status=422)
    said = found.fields | ({"birth_date": us_date(found.birth_date)} if found.birth_date else {})
    filled = ", ".join(words for words, names in _TOLD if any(name in said for name in names))
    form = forms.begun({**values, **said}, back, place_of(request))
    return draw_form(request, form, scan=Scan(filled=filled, notes=found.notes))
