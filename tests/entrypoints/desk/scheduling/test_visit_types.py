"""The screens on which a lead says what kinds of visit there are."""

from frontdesk.office.scheduling.models import VisitLength, VisitStep, VisitType
from tests.entrypoints.desk.scheduling.conftest import hidden


def form(desk, path="/visit-types/new"):
    return desk.get(path).content.decode()


def typed(html, **changes):
    return {
        "_key": hidden(html, "_key"),
        "name": "Procedure",
        "minutes": "30",
        "start_every": "10",
        "service_types": "98",
        "arrive_early_minutes": "10",
        "late_cancel_hours": "24",
        "is_active": "on",
        "pool": ["nurse", "provider", ""],
        "offset": ["0", "10", ""],
        "length": ["10", "20", ""],
        **changes,
    }


def test_a_new_kind_of_visit_is_kept_with_its_steps(lead, office):
    lee = office.lee.provider_id
    answer = lead.post("/visit-types/new", typed(form(lead), provider=[lee], own=["45"], who="new"))
    assert answer.status_code == 302, answer.content.decode()
    made = VisitType.objects.get(name="Procedure")
    assert made.new_patients is True
    steps = VisitStep.objects.filter(visit_type=made).order_by("order")
    assert list(steps.values_list("pool", "offset", "minutes")) == [("nurse", 0, 10), ("provider", 10, 20)]
    assert VisitLength.objects.get(visit_type=made).minutes == 45


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(lead, office):
    answer = lead.post("/visit-types/new", typed(form(lead), minutes="half an hour", max_age="200000"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="half an hour"' in html
    assert html.count("A whole number, please.") >= 2
    assert not VisitType.objects.filter(name="Procedure").exists()


def test_the_stored_one_comes_back_as_it_was_saved(lead, office):
    lead.post("/visit-types/new", typed(form(lead)))
    made = VisitType.objects.get(name="Procedure")
    html = form(lead, f"/visit-types/{made.pk}")
    lead.post(
        f"/visit-types/{made.pk}", typed(html, version=hidden(html, "version"), minutes="40", is_active="")
    )
    made.refresh_from_db()
    assert (made.minutes, made.is_active) == (40, False)
    assert "Not offered" in form(lead, "/visit-types")


def test_who_works_the_desk_is_told_whom_to_ask(desk, office):
    answer = desk.get("/visit-types")
    assert answer.status_code == 403
    assert "Ask a lead" in answer.content.decode()


def test_the_list_asks_the_same_few_questions_however_many_there_are(
    lead, office, django_assert_max_num_queries
):
    for n in range(30):
        VisitType.objects.create(code=f"k{n}", name=f"Kind {n}", minutes=10)
    with django_assert_max_num_queries(9):
        lead.get("/visit-types")


def test_a_lane_is_added_for_some_kinds_and_several_at_once(lead, office):
    html = form(lead, "/visit-types")
    fields = {"_key": hidden(html, "_key"), "name": "Same-day sick", "seats": "2", "kinds": [office.visit.pk]}
    assert lead.post("/lanes", fields).status_code == 302
    html = form(lead, "/visit-types")
    assert "Same-day sick" in html
    assert "× 2" in html


def test_a_lane_without_seats_is_refused_in_words(lead, office):
    html = form(lead, "/visit-types")
    answer = lead.post("/lanes", {"_key": hidden(html, "_key"), "name": "Nobody", "seats": "0"})
    assert answer.status_code == 422
    assert "From 1 to 20" in answer.content.decode()


def test_extra_hours_open_a_day_the_rules_leave_closed(lead, office):
    from frontdesk.office.scheduling.models import DaySheet

    html = form(lead, f"/templates/{office.lee.pk}")
    fields = {
        "_key": hidden(html, "_key"), "what": "here", "off_from": "3/21/2026", "off_begins": "9:00",
        "off_ends": "noon", "off_lane": office.lane.pk,
    }  # fmt: skip
    assert lead.post(f"/templates/{office.lee.pk}/time-off", fields).status_code == 302
    sheet = DaySheet.objects.get(resource=office.lee, day="2026-03-21")
    assert int(sheet.open[str(office.lane.pk)], 16).bit_count() == 36


def test_a_time_that_cannot_be_read_is_never_taken_for_all_day(lead, office):
    from frontdesk.office.scheduling.models import TimeOff

    html = form(lead, f"/templates/{office.lee.pk}")
    fields = {
        "_key": hidden(html, "_key"),
        "off_from": "3/21/2026",
        "off_begins": "half past",
        "off_ends": "5:00",
    }
    answer = lead.post(f"/templates/{office.lee.pk}/time-off", fields)
    assert answer.status_code == 422
    assert "half past" in answer.content.decode()
    assert not TimeOff.objects.exists()


def test_the_templates_of_forty_resources_take_as_many_questions_as_those_of_two(
    lead, office, django_assert_max_num_queries
):
    from tests.factories.scheduling import open_week, room_at

    for _ in range(38):
        open_week(room_at(office.location), office.lane)
    with django_assert_max_num_queries(10):
        assert b"Mo 8" in lead.get("/templates").content
