"""P4, P12, P51, P52: a patient's link against everybody else's things, and against the question whether somebody is here."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.entrypoints.portal import offers
from frontdesk.entrypoints.portal.http import PATIENT
from frontdesk.kit.errors import NotPermitted
from frontdesk.kit.permissions import declared, stand_of
from frontdesk.office.accounts.models import User
from frontdesk.office.messaging import bounds
from frontdesk.office.messaging.models import Link
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Patient
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.models import Appointment
from tests.attacks.asking import FRAGMENT
from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db
ENDS = ("", "/times", "/cancel")
OPEN = [(name, route) for name, route, _ in routes() if stand_of(name).open_to]
THEIRS = ("Brandt", "Bo ", "555-0177", "5550177", "Oak")
SLIPPED = (
    "id",
    "pk",
    "patient",
    "patient_id",
    "appointment",
    "appointment_id",
    "about",
    "about_id",
    "token",
    "location",
)


def test_p4_a_link_shows_nothing_of_anybody_else(world, client):
    for end in ENDS:
        for name in ("", *SLIPPED):
            query = (
                {name: str(world.oak.visit.pk if "app" in name or "about" in name else world.bo.pk)}
                if name
                else {}
            )
            with undone():
                html = client.get(f"/a/{world.elm.word}{end}", query, follow=True).content.decode()
            assert not [word for word in (*THEIRS, world.bo.mrn) if word in html], (end, name)


def test_p4_nor_of_who_it_is_for_more_than_when_and_where(world, client):
    """Whoever finds the telephone learns no name, number, date of birth or record number of its owner."""
    for end in ENDS:
        html = client.get(f"/a/{world.elm.word}{end}", follow=True).content.decode()
        assert not [w for w in ("Ito", "1962", "555-0134", "5550134", world.ana.mrn) if w in html], end


@pytest.mark.parametrize("answer", ["confirm", "keep", "cancel", "reschedule", "accept", "decline", "call"])
def test_p4_what_stands_beside_the_link_moves_nobody_elses_visit(world, client, answer):
    offer = offers.sign(_offer(world), world.elm.word)
    with undone():
        before = list(Appointment.objects.exclude(pk=world.elm.visit.pk).order_by("pk").values_list())
        client.post(
            f"/a/{world.elm.word}",
            {
                **{name: str(world.oak.visit.pk) for name in SLIPPED},
                "patient": str(world.bo.pk),
                "answer": answer,
                "offer": offer,
            },
        )
        after = Appointment.objects.filter(pk__in=[row[0] for row in before]).order_by("pk").values_list()
        assert list(after) == before
        assert (
            not Appointment.objects.filter(patient=world.bo)
            .exclude(pk__in=[row[0] for row in before])
            .exists()
        )


def _offer(world):
    near = offers.Near(
        world.elm.office.visit.pk, world.ana.pk, world.elm.office.at(9), "America/New_York", None, None
    )
    return offers.near(PATIENT, near)[0]


def test_p4_a_link_opens_no_page_of_the_desk(world):
    """Neither as a cookie, a header, nor in the address."""
    with_word = Client(headers={"Authorization": f"Bearer {world.elm.word}", "X-Token": world.elm.word})
    for name in ("session", "sessionid", "screen", "token", "link"):
        with_word.cookies[name] = "".join(c for c in world.elm.word if c.isalnum())
    for path in (
        "/",
        "/patients",
        f"/patients/{world.ana.pk}",
        f"/appointments/{world.elm.visit.pk}",
        "/audit",
    ):
        with changing_nothing():
            assert with_word.get(f"{path}?token={world.elm.word}")["Location"] == "/sign-in"


def test_p4_the_deeds_a_link_may_do_are_few_and_none_of_them_looks_for_anybody():
    assert PATIENT.permissions == {
        "messaging.use_link",
        "scheduling.view",
        "scheduling.confirm",
        "scheduling.cancel",
        "scheduling.reschedule",
        "scheduling.book",
        "scheduling.waitlist",
    }
    assert not [name for name in PATIENT.permissions if name.startswith(("patients.", "privacy.", "audit."))]
    assert set(PATIENT.permissions) <= set(declared())


@pytest.mark.parametrize(
    ("verb", "asked"),
    [
        (patients.open_chart, {"patient_id": 1, "purpose": "x"}),
        (patients.search, {"text": "ito"}),
        (patients.read_photo, {"patient_id": 1}),
        (book.hold, {"visit_type_id": 1, "location_id": 1, "starts": None}),
    ],
)
def test_p12_the_verbs_that_tell_whether_somebody_is_here_are_closed_to_patients(world, verb, asked):
    with undone(), pytest.raises(NotPermitted):
        verb(PATIENT, **asked)


def test_p12_whether_somebody_is_a_patient_here_is_told_to_nobody_outside(world):
    """Every open address, asked about somebody who is here and somebody who is not, answers alike."""
    here = {
        "q": "Ana Ito",
        "text": "Ana Ito",
        "name": "Ana Ito",
        "email": "ana@example.org",
        "phone": "(617) 555-0134",
    }
    nobody = {
        "q": "Zed Quux",
        "text": "Zed Quux",
        "name": "Zed Quux",
        "email": "zed@example.org",
        "phone": "(617) 555-9999",
    }
    for path in (
        *(
            world.path(name, route, world.elm)
            for name, route in OPEN
            if not name.startswith(("link", "sign_out"))
        ),
        *("/find", "/patients", "/patients/register/check", "/patients/register"),
    ):
        told = []
        for asked in (here, nobody):
            with undone():
                got, sent = Client().get(path, asked), Client().post(path, asked, **FRAGMENT)
                told.append([_bare(one, asked) for one in (got, sent)])
        assert told[0] == told[1], path


def _bare(answer, asked):
    text = answer.content.decode(errors="ignore")
    text = re.sub(r'"challenge": "[^"]+"', "", text)
    for word in asked.values():
        text = text.replace(word, "·")
    return answer.status_code, answer.headers.get("Location"), len(text) if "csrf" in text else text


def test_p12_a_word_nobody_was_given_and_one_that_is_over_say_nothing_apart(world, client):
    with undone():
        other = client.get(f"/a/{'x' * len(world.elm.word)}")
        Link.objects.update(expires_at="2020-01-01T00:00:00Z")
        over = client.get(f"/a/{world.elm.word}")
    for answer in (other, over):
        assert not [
            word for word in ("Ito", "Lee", "Mar 10", "10:", "Exam") if word in answer.content.decode()
        ]


def test_p51_there_is_no_way_to_make_oneself_known_here(world, client):
    """No registration, no reset by name and birth date, no change of e-mail: a link comes in a message, or not at all."""
    before = (User.objects.count(), Patient.objects.count())
    facts = {"email": "ana@example.org", "mrn": world.ana.mrn, "birth_date": "3/14/1962", "last_name": "Ito"}
    for path in (
        "/register",
        "/portal",
        "/portal/register",
        "/a",
        "/a/",
        "/invite",
        "/reset",
        "/forgot",
        "/account/email",
    ):
        for answer in (client.get(path, facts), client.post(path, facts)):
            assert answer.status_code in {404, 405}, path
    assert (User.objects.count(), Patient.objects.count()) == before
    assert not Link.objects.exclude(pk__in=Link.objects.values("pk")[:0]).filter(patient=None).exists()


def test_p51_guessing_words_is_slowed_down(world, client):
    """A word that was never one of ours is known for that without a look into the database; one that is, is counted."""
    word = world.elm.word
    for forged in (
        word[:-1] + ("A" if word[-1] != "A" else "B"),
        word[::-1],
        word.upper(),
        "x" * len(word),
        word[:-1],
    ):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/a/{forged}").status_code == 404, forged
        assert not [one for one in asked if "messaging_link" in one["sql"]], forged
    with undone():
        answers = [client.get(f"/a/{word}").status_code for _ in range(bounds.MOST + 1)]
    assert (answers[0], answers[-1]) == (200, 429)


def test_p52_who_one_is_comes_from_the_session_and_from_nothing_sent_along(world):
    """Fields and headers that name somebody else, on the way in and later."""
    psr = world.browsers["psr"]
    manager = world.people["manager"]
    names = (
        "user_id",
        "user",
        "actor",
        "actor_id",
        "role",
        "permissions",
        "sub",
        "impersonate",
        "as",
        "REMOTE_USER",
    )
    sent = dict.fromkeys(names, str(manager.pk))
    heads = {f"HTTP_X_{name.upper()}": str(manager.pk) for name in names} | {"REMOTE_USER": manager.username}
    with undone():
        assert psr.get("/people/policy", sent, **heads).status_code == 403
        assert psr.post("/people/policy", sent, **heads).status_code == 403
        page = psr.get("/my/sign-in", sent, **heads).content.decode()
        assert "A psr" in page
        assert "A manager" not in page
