"""The tray: visits parked for moving and times kept for callers, whatever day is shown."""

from datetime import timedelta

from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import Appointment
from tests.entrypoints.desk.scheduling.conftest import HX, hidden
from tests.factories import practice as make
from tests.factories.scheduling import actor


def tray(desk):
    return desk.get("/schedule/tray", headers=HX).content.decode()


def park(desk, visit, **more):
    return desk.post(f"/appointments/{visit.pk}/park", {"_patient": visit.patient_id, **more}, headers=HX)


def test_a_time_kept_on_another_day_stands_in_the_tray(desk, office, token):
    later = office.day + timedelta(days=1)
    desk.post("/openings/hold", {"type": office.visit.pk, "offer": token(9, day=later)}, headers=HX)
    html = tray(desk)
    assert "Wed, Mar 11 at 9:00 am" in html
    assert "Let go" in html


def test_a_time_a_colleague_keeps_is_seen_and_not_mine_to_let_go(desk, office):
    services.hold(actor(id=99, name="Lena Park"), **office.ask(office.at(9)))
    html = tray(desk)
    assert "Lena Park" in html
    assert "Let go" not in html


def test_a_visit_taken_in_hand_is_moved_from_a_free_time_of_any_day(desk, office, visit, token):
    answer = park(desk, visit)
    assert "In hand" in answer["HX-Trigger"]
    html = tray(desk)
    assert "Ana Ito" in html and "now Tue, Mar 10 at 9:00 am" in html
    offer = token(11, day=office.day + timedelta(days=1))
    html = desk.get(f"/openings/slot?offer={offer}", headers=HX).content.decode()
    assert "Move Ana Ito here" in html and 'data-key="m"' in html
    moving = desk.get(f"/appointments/{visit.pk}/move?href=%3Foffer%3D{offer}", headers=HX).content.decode()
    assert "Why does it move?" in moving
    fields = {"offer": offer, "reason_code": "patient_asked", "hold": hidden(moving, "hold")}
    desk.post(f"/appointments/{visit.pk}/reschedule", fields, headers=HX)
    assert Appointment.objects.get(status="scheduled").wall == "2026-03-11T11:00"
    assert "Ana Ito" not in tray(desk)


def test_put_back_it_stays_where_it_was(desk, visit):
    park(desk, visit)
    park(desk, visit, back="1")
    assert "Ana Ito" not in tray(desk)
    assert Appointment.objects.get().status == "scheduled"


def test_a_look_at_who_is_in_hand_is_on_record(desk, visit):
    park(desk, visit)
    tray(desk)
    looks = AuditEntry.objects.filter(action="scheduling.open_list").values_list("extra", flat=True)
    assert any(look["list"] == "in hand" for look in looks)


def test_a_week_by_room_shows_rooms(desk, office):
    from tests.factories.scheduling import room_at

    first, second = room_at(office.location), room_at(office.location)
    html = desk.get("/schedule/week?by=room").content.decode()
    assert f">{first.name}</a>" in html and f">{second.name}</a>" in html
    assert "Lee" not in html.split('aria-label="Whose week"')[1].split("</nav>")[0]
    html = desk.get(f"/schedule/week?by=room&room={second.pk}").content.decode()
    assert f', {second.name}"' in html


def test_the_day_of_all_locations_names_the_place_of_each_column(desk, office):
    from tests.factories.scheduling import open_day, provider_at

    other = make.location(name="Riverside", short_name="Riverside")
    far = make.location(name="West", short_name="West", zone="America/Los_Angeles")
    for site in (other, far):
        open_day(provider_at(site, make.provider(last_name=f"At{site.short_name}")), office.lane)
    html = desk.get("/schedule?location=all&day=2026-03-10").content.decode()
    assert "All locations" in html
    assert "AtRiverside" in html and "AtWest" not in html
    assert f"-{other.pk}&amp;minutes" in html or f"-{other.pk}&minutes" in html
    assert "AtRiverside" not in desk.get("/schedule?day=2026-03-10").content.decode()


def test_a_saved_view_is_there_after_signing_out_and_in(desk, office):
    desk.post("/schedule/views", {"name": "Rooms", "query": "by=room&view=week&day=2026-03-10"}, headers=HX)
    desk.post("/sign-out")
    desk.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
    html = desk.get("/schedule").content.decode()
    assert "Rooms</a>" in html and "/schedule/week?by=room" in html
    desk.post("/schedule/views", {"drop": "Rooms", "query": ""}, headers=HX)
    assert "Rooms</a>" not in desk.get("/schedule").content.decode()
