"""A photo is chosen in the card, shown in the banner, and taken away."""

import io

import pytest

from frontdesk.office.audit.models import AuditEntry
from tests.factories.pictures import png
from tests.entrypoints.desk.patients.conftest import HX, text

PNG = png()


def send(desk, who, content, **more):
    file = io.BytesIO(content)
    file.name = "photo.png"
    return desk.post(f"/patients/{who.pk}/photo/set", {"photo": file, "_patient": who.pk, **more}, headers=HX)


def test_a_photo_is_added_shown_and_removed(desk, who):
    assert f"/patients/{who.pk}/sections/identity?edit=photo" in text(desk.get(f"/patients/{who.pk}/person"))
    form = text(desk.get(f"/patients/{who.pk}/sections/identity?edit=photo", headers=HX))
    assert 'type="file"' in form
    answer = send(desk, who, PNG)
    assert "kept" in answer["HX-Trigger"]
    assert text(answer).count(f"/patients/{who.pk}/photo?v=") == 2  # the card and the banner
    shown = desk.get(f"/patients/{who.pk}/photo")
    assert (shown.content, shown["Content-Type"]) == (PNG, "image/png")
    assert AuditEntry.objects.filter(action="patients.read_photo", patient_id=who.pk).exists()
    desk.post(f"/patients/{who.pk}/photo/remove", {"_patient": who.pk}, headers=HX)
    assert desk.get(f"/patients/{who.pk}/photo").status_code == 404


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"GIF89a", PNG + bytes(200_000)])
def test_what_is_no_small_picture_is_refused_in_the_form(desk, who, content):
    answer = send(desk, who, content)
    assert answer.status_code == 422
    assert "JPEG or PNG of at most 200 kB" in text(answer)
    assert 'type="file"' in text(answer)


def test_a_photo_sent_from_another_patients_tab_is_refused(desk, who, other):
    assert send(desk, who, PNG, _patient=other.pk).status_code == 409
    assert desk.get(f"/patients/{who.pk}/photo").status_code == 404


def test_who_may_only_look_keeps_no_photo(trainee, who):
    assert send(trainee, who, PNG).status_code == 403
