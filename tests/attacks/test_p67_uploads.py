"""P67, P68, P69, P70, P72, P73: what can be sent in as a file, how much of it, and what can be fetched by guessing.

What can be sent in is a patient's photo, an insurance card, and a license that is read and not kept. Lists of patients, backups and packs are read on the command line alone.
"""

import gzip
import io
import struct
import time
import zlib

import pytest
from PIL import Image
from django.conf import settings
from django.urls import get_resolver

from frontdesk.entrypoints.desk.middleware import LARGEST
from frontdesk.formats import pictures
from frontdesk.office.coverage.models import CardPicture
from frontdesk.office.patients.models import Patient
from tests.attacks.practice import browser
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.factories.pictures import chunk, jpeg, part, png

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<script>alert(1)</script>"
PLACE = b"Exif\0\0GPS 42.3876 N 71.0995 W, taken 2026:03:01, Ana's telephone"


@pytest.fixture
def desk(db):
    make.practice()
    make.location()
    return browser(make.user("lead", "lena", "Lena Park"))


@pytest.fixture
def who(desk):
    return ana()


def send(desk, who, content, name="photo.png", kind="image/png"):
    file = io.BytesIO(content)
    file.name, file.content_type = name, kind
    answer = desk.post(f"/patients/{who.pk}/photo/set", {"photo": file, "_patient": who.pk})
    kept = Patient.objects.get(pk=who.pk).photo
    return answer.status_code, None if kept is None else bytes(kept)


NO_PICTURES = {
    "svg with a script": b"<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
    "html under another name": b"<!doctype html>" + SCRIPT,
    "gif that is a script": b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1);",
    "pdf with a script": b"%PDF-1.7\n<< /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
    "the virus scanners' test": EICAR,
    "a zip": b"PK\x03\x04" + b"\0" * 60,
    "a program": b"\x7fELF" + b"\0" * 60,
    "the first bytes of a JPEG, then a page": b"\xff\xd8\xff" + SCRIPT,
    "the first bytes of a PNG, then a page": b"\x89PNG\r\n\x1a\n" + SCRIPT,
    "a JPEG that breaks off": jpeg()[:-2],
    "a PNG that breaks off": png()[:-12],
    "a PNG without a picture": b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    + chunk(b"IEND"),
    "a JPEG of no frame": b"\xff\xd8" + part(0xE0, b"JFIF") + b"\xff\xd9",
    "a length beyond the end": b"\xff\xd8\xff\xe1\xff\xff" + b"x" * 50,
    "a length of nothing": b"\xff\xd8\xff\xe1\0\0" + b"x" * 50,
    "nothing": b"",
    "sixty thousand pixels a side": png(60_000, 60_000, rows=b"\0"),
    "a JPEG of sixty thousand pixels": jpeg(width=60_000, height=60_000),
    "no pixels": png(0, 5, rows=b""),
    "more than 200 kB": png(2, 2, chunk(b"tEXt", b"x" * 250_000)),
}


@pytest.mark.parametrize("what", NO_PICTURES)
def test_p67_what_is_no_picture_is_not_kept_whatever_it_is_called(desk, who, what):
    for name in ("photo.png", "photo.jpg", "photo.svg", "../../etc/x", "a.pdf.html", ".htaccess"):
        assert send(desk, who, NO_PICTURES[what], name) == (422, None)


@pytest.mark.parametrize("what", NO_PICTURES)
def test_p67_what_is_no_picture_is_no_card_and_no_license(desk, who, what):
    content = NO_PICTURES[what]
    for path, field in (
        (f"/patients/{who.pk}/insurance/cards/scan", "front"),
        ("/patients/register/license", "license"),
    ):
        file = io.BytesIO(content)
        file.name, file.content_type = "../../card.png", "image/png"
        answer = desk.post(path, {field: file, "_patient": who.pk} if field == "front" else {field: file})
        assert answer.status_code == 422, path
    assert not CardPicture.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["../../etc/x", "/etc/passwd", "C:\\x.png", "a\0.png", ".htaccess", "$(id).png", "<b>.png"],
)
def test_p67_the_name_of_a_file_goes_nowhere(desk, who, name, tmp_path):
    status, kept = send(desk, who, png(), name)
    assert (status, kept) == (302, png())
    answer = desk.get(f"/patients/{who.pk}/photo")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == png()


def test_p67_a_sender_does_not_say_what_kind_it_is(desk, who):
    send(desk, who, jpeg(), "photo.html", "text/html")
    assert desk.get(f"/patients/{who.pk}/photo")["Content-Type"] == "image/jpeg"


def test_p73_where_and_when_it_was_taken_is_not_kept(desk, who):
    riders = (
        part(0xE1, PLACE),
        part(0xE2, b"ICC" + PLACE),
        part(0xED, PLACE),
        part(0xFE, PLACE),
        part(0xE1, SCRIPT),
    )
    assert send(desk, who, jpeg(*riders) + SCRIPT + PLACE)[1] == jpeg()
    chunks = (
        chunk(b"eXIf", PLACE),
        chunk(b"tEXt", PLACE),
        chunk(b"iTXt", SCRIPT),
        chunk(b"zTXt", PLACE),
        chunk(b"tIME", b"1234567"),
    )
    assert send(desk, who, png(2, 2, *chunks) + SCRIPT + EICAR)[1] == png()


def test_p73_a_real_camera_s_picture_is_still_drawn(desk, who):
    """Written with its place by a library of pictures, and read by it again."""
    made, whole = io.BytesIO(), Image.new("RGB", (40, 30), (200, 30, 30))
    exif = whole.getexif()
    exif[0x010E], exif[0x8825] = "Ana at home", {1: "N", 2: (42.0, 23.0, 0.0)}
    for form, more in (("JPEG", {"progressive": True}), ("JPEG", {}), ("PNG", {})):
        made = io.BytesIO()
        whole.save(made, form, exif=exif, **more)
        assert b"Ana at home" in made.getvalue()
        kept = send(desk, who, made.getvalue())[1]
        assert b"Ana at home" not in kept
        again = Image.open(io.BytesIO(kept))
        again.load()
        assert (again.size, dict(again.getexif())) == ((40, 30), {})


@pytest.mark.parametrize("seed", range(3))
def test_p68_no_bytes_at_all_make_it_raise_or_take_long(seed):
    import random

    draw = random.Random(seed)
    begun = time.process_time()
    for _ in range(300):
        whole = bytearray(draw.choice((jpeg(part(0xE1, PLACE)), png(2, 2, chunk(b"tEXt", PLACE)))))
        for _ in range(draw.randrange(1, 6)):
            whole[draw.randrange(2, len(whole))] = draw.randrange(256)
        try:
            assert pictures.kind_of(pictures.bare(bytes(whole[: draw.randrange(3, len(whole) + 1)])))
        except pictures.NoPicture:
            pass
    for flood in (
        b"\xff\xd8" + b"\xff\xe1\0\2" * 50_000,
        jpeg()[:-2] + b"\xff\0" * 90_000,
        jpeg()[:-2] + b"\xff" * 190_000,
    ):
        with pytest.raises(pictures.NoPicture):
            pictures.bare(flood)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize(
    "length", [str(LARGEST + 1), str(5 * 1024**3), "9" * 30, "-1", "1e9", "\u00b2", "0x10"]
)
@pytest.mark.parametrize("path", ["/sign-in", "/patients/1/photo/set", "/find", "/a/x", "/carrier/texts"])
def test_p68_a_body_too_large_is_refused_before_it_is_read(client, desk, path, length):
    class Unread(io.BytesIO):
        def read(self, *_):
            raise AssertionError

    answer = client.generic("POST", path, b"", "multipart/form-data; boundary=x")
    assert answer.status_code != 413
    answer = client.post(path, CONTENT_LENGTH=length, **{"wsgi.input": Unread()})
    assert answer.status_code in ({413} if path != "/carrier/texts" else {413, 403})


def test_p72_what_comes_packed_is_not_unpacked(client, desk):
    bomb = gzip.compress(b"username=rosa&password=" + b"x" * 50_000_000)
    assert len(bomb) < 100_000
    begun = time.process_time()
    answer = client.post(
        "/sign-in",
        bomb,
        content_type="application/x-www-form-urlencoded",
        headers={"Content-Encoding": "gzip"},
    )
    assert answer.status_code in {400, 422}
    assert time.process_time() - begun < 2
    zlib.decompressobj(31).decompress(bomb, 10)


def test_p72_a_form_of_endless_fields_is_refused(client, desk):
    many = "&".join(f"f{n}=1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))
    assert client.post("/sign-in", many, content_type="application/x-www-form-urlencoded").status_code == 400


GUESSES = (
    "../../secret_key",
    "..%2f..%2fsecret_key",
    "%2e%2e/secret_key",
    "x",
    "0",
    "20260303-140000",
    "/etc/passwd",
    "a\0b",
)


@pytest.mark.parametrize("guess", GUESSES)
def test_p69_nothing_is_fetched_by_a_guessed_name(desk, who, guess):
    site = Patient.objects.count() and 1
    for path in (
        f"/downtime/packs/{site}/{guess}/html",
        f"/downtime/packs/{site}/20260303-140000/{guess}",
        f"/patients/{who.pk}/photo/{guess}",
        f"/static/{guess}",
        f"/media/{guess}",
        f"/uploads/{guess}",
        f"/backups/{guess}",
    ):
        for end in ("", f"?file={guess}&path={guess}&name={guess}"):
            assert desk.get(path + end).status_code == 404, path


def test_p69_no_address_takes_a_path():
    """What is fetched is a row, by its number, or one of a few words; no address holds a name with slashes."""

    def walk(patterns):
        for one in patterns:
            yield from walk(one.url_patterns) if hasattr(one, "url_patterns") else [str(one.pattern)]

    assert not [pattern for pattern in walk(get_resolver().url_patterns) if "<path:" in pattern]
