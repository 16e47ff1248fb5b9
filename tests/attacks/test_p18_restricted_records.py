"""P18: a restricted record by its id, by search, on the day, the board, the wall, in reports, on paper, in files: masked.

The canary is what nobody may read who does not see the label: it must stand in no byte of any answer.
"""

import io
from datetime import timedelta

import pytest

from frontdesk.entrypoints.commands.permissions import routes
from frontdesk.exchange import events
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Invalid, NotPermitted, Refused
from frontdesk.kit.permissions import held_by, stand_of
from frontdesk.kit.sensitivity import HIDDEN, LABELS, permission_for
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.audit.queries import Ask
from frontdesk.office.downtime.services import open_pack
from frontdesk.office.messaging.models import Message, Policy
from frontdesk.office.messaging.queries import sender_for
from frontdesk.office.messaging.queries.standing import facts_of
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.errors import Restricted
from frontdesk.office.patients.models import BrokenGlass, Patient
from frontdesk.office.privacy import services as privacy
from frontdesk.office.scheduling import services as book
from frontdesk.office.scheduling.models import VisitType
from frontdesk.office.scheduling.queries import outlook
from tests.attacks.asking import FRAGMENT, ask
from tests.attacks.canary import NAMES, canary  # noqa: F401 - a fixture is asked for by its name
from tests.attacks.practice import browser, undone
from tests.factories import practice as make
from tests.factories.patients import ana
from tests.factories.privacy import asked, consented, disclosed
from tests.reading import words

pytestmark = pytest.mark.django_db
OTHERS = {"psr", "scheduler", "biller", "trainee", "admin"}


def surfaces(world, role):
    """Every page a role may look at, as a page and as a part: name, whether it is a part, the answer."""
    for name, route, _ in routes():
        stands_on = stand_of(name)
        if stands_on.open_to or not stands_on.look or stands_on.look not in held_by(role):
            continue
        for headers in ({}, FRAGMENT):
            with undone():
                yield name, ask(world, world.browsers[role], name, route, "get", {}, world.elm, **headers)


def bytes_of(answer):
    if answer["Content-Type"].startswith("application/pdf"):
        return words(answer.content)
    return answer.content.decode(errors="ignore")


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_the_canary_stands_on_no_page_part_or_paper(world, canary, role):
    for name, answer in surfaces(world, role):
        text = bytes_of(answer)
        for bird in NAMES:
            assert bird not in text, f"{role} reads {bird} at {name}"


def test_who_sees_the_label_reads_the_canary(world, canary):
    assert "Canarywood" in world.browsers["clinical"].get("/").content.decode()
    assert "Zephyrine" in world.browsers["clinical"].get(f"/patients/{canary.pk}").content.decode()


@pytest.mark.parametrize("typed", ["canarywood", "zeph can", "4/9/1971", "0142", "canarywood 4/9/71"])
@pytest.mark.parametrize("path", ["/find", "/patients"])
def test_search_says_only_that_there_is_one(world, canary, typed, path):
    with undone():
        text = world.browsers["psr"].post(path, {"q": typed}, **FRAGMENT).content.decode()
    assert HIDDEN in text
    assert canary.mrn not in text
    for bird in {"Zephyrine", "Canarywood-Oak", "4/9/1971"} - {typed}:
        assert bird not in text


@pytest.mark.parametrize(
    "end", ["", "/person", "/contacts", "/alerts", "/visits", "/history", "/photo", "/messages", "/book"]
)
def test_by_its_id_it_is_refused_and_that_is_on_record(world, canary, end):
    with undone():
        answer = world.browsers["psr"].get(f"/patients/{canary.pk}{end}")
        assert answer.status_code == 403
        assert "Open it with a reason" in answer.content.decode()
        assert AuditEntry.objects.filter(action="patients.note_restricted", patient_id=canary.pk).exists()


def test_the_verbs_refuse_it_too(world, canary):
    by = actor_for(world.people["psr"])
    for verb, asked in (
        (patients.open_chart, {"patient_id": canary.pk, "purpose": "x"}),
        (patients.read_photo, {"patient_id": canary.pk}),
        (patients.confirm_section, {"patient_id": canary.pk, "section": "contact"}),
        (book.open_appointment, {"appointment_id": world.elm.next.pk}),
    ):
        with undone(), pytest.raises(Restricted):
            verb(by, **asked)


def test_reports_and_their_files_show_it_masked(world, canary):
    query = "period=days&from=3/3/2026&to=3/11/2026"
    for role in ("lead", "manager"):
        text = world.browsers[role].get(f"/reports/utilisation/rows?{query}").content.decode()
        assert "Canarywood" not in text, role
    answer = world.browsers["manager"].post(
        "/reports/utilisation/rows/export", dict(p.split("=") for p in query.split("&"))
    )
    assert "Canarywood" not in answer.content.decode(errors="ignore")


def test_the_wall_shows_not_even_initials(world, canary):
    for role in ("kiosk", "psr", "clinical"):
        text = world.browsers[role].get("/board/wall").content.decode()
        assert ">ZC<" not in text
        assert "•" in text, role


def test_a_downtime_pack_shows_it_masked_whoever_has_the_passphrase(world, canary):
    with undone():
        pack = open_pack(SYSTEM, location_id=world.elm.location.pk, days=9)
        told = repr(pack)
    assert HIDDEN in told
    for bird in NAMES:
        assert bird not in told


def test_a_labelled_kind_of_visit_hides_whose_it_is_and_on_the_record_what_it_is(world):
    with undone():
        VisitType.objects.filter(pk=world.elm.office.visit.pk).update(
            labels="hiv", name="Viral load CANARYKIND"
        )
        lists = (
            "/",
            "/board",
            "/schedule?day=2026-03-10",
            "/schedule/agenda?day=2026-03-10",
            "/tomorrow?day=2026-03-10",
        )
        for path in lists:
            text = world.browsers["psr"].get(path).content.decode()
            assert "Ana Ito" not in text, path
        record = world.browsers["psr"].get(f"/patients/{world.ana.pk}/visits").content.decode()
        assert "Restricted" in record
        assert "CANARYKIND" not in record
        assert world.browsers["psr"].get(f"/appointments/{world.elm.visit.pk}").status_code == 403
        assert world.browsers["psr"].get(f"/visits/{world.elm.today.pk}").status_code == 403
        assert world.browsers["clinical"].get(f"/appointments/{world.elm.visit.pk}").status_code == 200


@pytest.mark.parametrize("what", ["visit_type", "provider", "location"])
def test_a_message_about_a_labelled_visit_bears_the_neutral_name(world, what):
    with undone():
        visit = world.elm.visit
        thing = getattr(visit, what)
        type(thing).objects.filter(pk=thing.pk).update(labels="substance")
        Policy.objects.update_or_create(defaults={"neutral_name": "your clinic"})
        sender = sender_for(facts_of(outlook(visit.pk)))
        assert sender.neutral
        assert sender.clinic == "your clinic"


def test_a_message_to_it_is_masked_in_the_outbox(world, canary):
    message = Message.objects.get(pk=world.oak.message.pk)
    assert message.patient_id == canary.pk
    with undone():
        Message.objects.filter(pk=message.pk).update(
            location=world.elm.location, words="CANARYNOTE", address="z@canary.example"
        )
        text = world.browsers["psr"].get("/messages").content.decode()
        assert HIDDEN in text
        assert "canary.example" not in text
        assert world.browsers["psr"].get(f"/messages/{message.pk}").status_code == 403


# Breaking the glass.


def test_with_a_reason_it_is_open_for_sixty_minutes_to_that_person_alone(world, canary):
    with undone():
        path = f"/patients/{canary.pk}"
        here = world.browsers["psr"]
        assert here.get(f"{path}/glass").status_code == 200
        assert "Canarywood" not in here.get(f"{path}/glass").content.decode()
        answer = here.post(f"{path}/glass", {"reason": "caller", "words": "They called about the visit"})
        assert answer.headers["Location"] == path
        assert "Canarywood" in here.get(path).content.decode()
        assert world.browsers["scheduler"].get(path).status_code == 403
        with clock.fixed(clock.now() + timedelta(minutes=61)):
            with pytest.raises(Restricted):
                patients.open_chart(actor_for(world.people["psr"]), canary.pk, purpose="x")


@pytest.mark.parametrize(
    "given", [{}, {"reason": "caller"}, {"words": "because of it"}, {"reason": "x", "words": "because"}]
)
def test_without_a_reason_it_stays_shut(world, canary, given):
    with undone():
        answer = world.browsers["psr"].post(f"/patients/{canary.pk}/glass", given)
        assert answer.status_code == 422
        assert not BrokenGlass.objects.filter(patient=canary).exists()
        assert world.browsers["psr"].get(f"/patients/{canary.pk}").status_code == 403


def test_one_key_puts_it_back(world, canary):
    with undone():
        by = actor_for(world.people["psr"])
        patients.break_glass(by, patient_id=canary.pk, reason="caller", words="They called")
        patients.open_chart(by, canary.pk, purpose="x")
        assert 'data-key="g"' in world.browsers["psr"].get(f"/patients/{canary.pk}").content.decode()
        world.browsers["psr"].post(f"/patients/{canary.pk}/glass/end")
        with pytest.raises(Restricted):
            patients.open_chart(by, canary.pk, purpose="x")


def test_it_is_on_record_and_waits_for_a_privacy_officer(world, canary):
    with undone():
        by = actor_for(world.people["psr"])
        made = patients.break_glass(by, patient_id=canary.pk, reason="caller", words="They called")
        entry = AuditEntry.objects.get(action="patients.break_glass", patient_id=canary.pk)
        assert (entry.actor_id, entry.reason) == (by.id, "They called")
        privacy = world.browsers["privacy"]
        assert "Broken glass to look at" in privacy.get("/desk/strip", **FRAGMENT).content.decode()
        page = privacy.get("/privacy/glass").content.decode()
        assert "They called" in page
        assert by.name in page
        privacy.post(f"/privacy/glass/{made.pk}", {"verdict": "right"})
        assert not BrokenGlass.objects.filter(patient=canary, reviewed_at=None).exists()
        assert "They called" in privacy.get("/privacy/glass?show=reviewed").content.decode()


def test_nobody_looks_at_their_own_and_a_doubt_is_put_into_words(world, canary):
    with undone():
        officer = actor_for(make.user("privacy", "pri", "Pri Vance"))
        made = patients.break_glass(
            actor_for(world.people["privacy"]), patient_id=canary.pk, reason="other", words="A test of it"
        )
        with pytest.raises(Refused):
            patients.review_glass(actor_for(world.people["privacy"]), glass_id=made.pk, verdict="right")
        with pytest.raises(Invalid):
            patients.review_glass(officer, glass_id=made.pk, verdict="follow_up")
        kept = patients.review_glass(officer, glass_id=made.pk, verdict="follow_up", note="No call that day")
        assert kept.verdict == "follow_up"


def test_a_trainee_and_a_kiosk_break_no_glass(world, canary):
    for role in ("trainee", "kiosk"):
        with undone(), pytest.raises(NotPermitted):
            patients.break_glass(
                actor_for(world.people[role]), patient_id=canary.pk, reason="caller", words="They called"
            )


def test_every_label_is_seen_by_somebody_and_not_by_everybody():
    from frontdesk.kit.permissions import EVERYONE, declared

    for code in LABELS:
        roles = declared()[permission_for(code)].roles
        assert "privacy" in roles
        assert not set(EVERYONE) <= roles


def test_a_label_is_set_by_who_may_and_holds_from_the_next_click(world):
    with undone():
        assert world.browsers["psr"].get(f"/patients/{world.ana.pk}").status_code == 200
        assert (
            world.browsers["psr"].post(f"/patients/{world.ana.pk}/labels", {"label": "vip"}).status_code
            == 403
        )
        answer = browser(make.user("manager", "max", "Max M")).post(
            f"/patients/{world.ana.pk}/labels", {"label": ["vip", "employee"]}
        )
        assert answer.status_code == 302
        assert Patient.objects.get(pk=world.ana.pk).labels == "employee,vip"
        assert world.browsers["psr"].get(f"/patients/{world.ana.pk}").status_code == 403
