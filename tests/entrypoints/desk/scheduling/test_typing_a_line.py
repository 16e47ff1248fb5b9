"""One line: visit type, provider, day, part of the day, in any order."""

from datetime import date, time

from frontdesk.entrypoints.desk.scheduling.line import Words, read_clock, read_line

TUESDAY = date(2026, 3, 3)
WORDS = Words(
    types=((1, "New patient"), (2, "Follow-up"), (3, "Physical"), (4, "Sick visit"), (5, "Ultrasound")),
    providers=((1, "Dana Lee"), (2, "Rafael Ortiz"), (3, "Thomas O'Shea")),
    locations=((1, "Elm Street"), (2, "Riverside")),
)


def read(text):
    return read_line(text, WORDS, TUESDAY)


def test_est_lee_fri_am_is_a_follow_up_with_dr_lee_on_a_friday_morning():
    line = read("est lee fri am")
    assert (line.visit_type_id, line.provider_ids, line.weekdays) == (2, (1,), {4})
    assert (line.time_from, line.time_to, line.unknown) == (None, time(12), ())


def test_the_order_of_the_words_does_not_matter():
    assert read("am fri lee est") == read("est lee fri am")


def test_a_day_is_that_day_and_a_step_is_from_then_on():
    assert (read("phys 3/14").from_day, read("phys 3/14").to_day) == (date(2026, 3, 14), date(2026, 3, 14))
    assert (read("phys +2w").from_day, read("phys +2w").to_day) == (date(2026, 3, 17), None)


def test_times_can_be_bounded():
    line = read("sick after 2 before 4:30")
    assert (line.time_from, line.time_to) == (time(14), time(16, 30))


def test_dates_can_be_bounded():
    line = read("sick after 3/10 before 3/20")
    assert (line.from_day, line.to_day) == (date(2026, 3, 10), date(2026, 3, 20))


def test_language_gender_site_and_several_people_are_understood():
    line = read("follow spanish female river x3")
    assert (line.language, line.provider_gender, line.location_ids, line.people) == ("es", "female", (2,), 3)


def test_what_is_not_understood_is_kept_and_shown():
    assert read("est zebra").unknown == ("zebra",)


def test_small_words_are_skipped():
    assert read("physical with dr lee on friday").unknown == ()


def test_a_bare_afternoon_hour_is_in_the_afternoon():
    assert (read_clock("3"), read_clock("9"), read_clock("9p"), read_clock("25")) == (
        time(15),
        time(9),
        time(21),
        None,
    )


def test_any_provider_is_nobody_in_particular():
    assert read("est any").provider_ids == ()


def test_a_time_by_the_clock_is_a_wish():
    assert read("follow lee 3/10 12:15pm").at == time(12, 15)
    line = read("est lee 2 pm fri")
    assert (line.at, line.weekdays, line.time_from, line.unknown) == (time(14), {4}, None, ())
    assert read("est noon").at == time(12)
    assert read("est 2").unknown == ("2",)
