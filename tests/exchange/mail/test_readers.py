"""Who is written to, in which language and under which name; the link is theirs alone."""

import pytest

from frontdesk.kit import clock
from frontdesk.office.messaging import services
from frontdesk.office.messaging.models import Link, Message
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Patient
from frontdesk.office.visits.services import walk_in
from tests.exchange.mail.conftest import ROSA, booked, post, states
from tests.factories.messaging import reachable, react
from tests.people import lena, mia, rosa

pytestmark = pytest.mark.django_db


def test_who_walked_in_is_not_written_to(the, box):
    who = reachable()
    with clock.fixed(the.at(10)):
        walk_in(ROSA, patient_id=who.pk, visit_type_id=the.visit.pk, location_id=the.location.pk)
        post()
    assert box.taken == []
    assert not Message.objects.filter(state="queued").exists()


def test_nothing_goes_to_who_took_their_leave_back_or_asked_for_another_address(the, box):
    quiet, secret = reachable(), reachable(email="home@example.org", confidential=True)
    private = patients.add_contact(
        lena(),
        patient_id=secret.pk,
        system="email",
        use="work",
        value="own@example.org",
        is_confidential=True,
    )
    booked(the, quiet)
    booked(the, secret, 10)
    react()
    services.opt_out(rosa(), channel="email", address="ana@example.org", said="no more, please")
    post()
    assert [to for to, _ in box.taken] == ["own@example.org"]
    patients.end_contact(lena(), contact_id=private.pk, version=private.version)
    booked(the, secret, 11)
    post()
    assert len(box.taken) == 1
    assert "private address only" in Message.objects.filter(patient=secret, state="held").last().why


def test_nobody_writes_to_the_dead(the, box):
    who = reachable()
    booked(the, who)
    react()
    Patient.objects.filter(pk=who.pk).update(is_deceased=True)
    post()
    assert (box.taken, states("confirmation")) == ([], ["held"])


def test_a_spanish_speaker_reads_spanish(the, box):
    booked(the, reachable(language="es"))
    post()
    mail = box.taken[0][1]
    assert (mail["Subject"], mail["Content-Language"]) == ("Su cita con Elm Street Family Medicine", "es")
    assert "martes 10 de marzo, a las 9:00 a. m." in mail.get_body(("plain",)).get_content()


def test_a_visit_whose_name_would_tell_is_told_of_neutrally(the, box):
    services.set_policy(mia(), changes={"neutral_visit_types": [the.visit.pk]})
    booked(the, reachable())
    post()
    mail = box.taken[0][1]
    assert "Elm Street" not in mail.as_string() and "Lee" not in mail.as_string()
    assert mail["Subject"] == "Your appointment with your clinic"


def test_the_link_that_works_is_in_the_message_and_not_on_record(the, box, settings):
    settings.PUBLIC_URL = "https://desk.example.org"
    booked(the, reachable())
    post()
    sent = box.taken[0][1].get_body(("plain",)).get_content()
    token = sent.split("https://desk.example.org/a/")[1].split()[0]
    row = Message.objects.get(kind="confirmation")
    assert token not in row.words and "https://desk.example.org/a/…" in row.words
    assert not Link.objects.filter(digest__contains=token).exists()
    assert Link.objects.get().message_id == row.pk
