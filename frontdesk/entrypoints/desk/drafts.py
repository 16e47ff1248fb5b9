"""What is typed and not sent yet is kept, form by form, for the person who typed it."""

import json

from django.http import HttpResponse, JsonResponse

from frontdesk.entrypoints.desk.http import DeskRequest, desk_view, is_covered
from frontdesk.kit.errors import Invalid
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.queries import drafts_of


@desk_view(("POST",), before_opening=True, while_covered=True)
def drafts(request: DeskRequest) -> HttpResponse:
    """Keep a form's values (`values`: JSON, name to list of strings) under its `name`; with `forget`, drop them.

    With `load` answer them again; with `list` answer the names of all that this person left, and when. Under a cover
    something typed may still be kept, and nothing is told.
    """
    covered = is_covered(request)
    if covered and not request.POST.get("values"):
        return HttpResponse(status=401)
    if request.POST.get("list"):
        return JsonResponse(drafts_of(request.actor))
    name = _storable(request.POST.get("name", "")).strip()
    if not name:
        msg = "A draft needs the name of its form."
        raise Invalid(msg)
    if request.POST.get("load"):
        return JsonResponse(patients.load_draft(request.actor, name=name))
    if request.POST.get("forget"):
        patients.discard_draft(request.actor, name=name)
        return HttpResponse()
    patients.save_draft(request.actor, name=name, values=_values(request.POST.get("values", "")))
    return HttpResponse(status=401 if covered else 204)


def _values(text: str) -> dict[str, list[str]]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        msg = "That is not what a form holds."
        raise Invalid(msg)
    return {
        _storable(name): [_storable(value) for value in values]
        for name, values in read.items()
        if isinstance(values, list)
    }


def _storable(value: object) -> str:
    """Return a text without the signs that no text in a database may hold: NUL, half of a pair."""
    return str(value).replace("\0", "").encode("utf-8", "ignore").decode()
