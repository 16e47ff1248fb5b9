"""Which line of an answer is told to a clerk, and why not its neighbour. Whole answers are judged in tests/exchange."""

import re
from datetime import date
from decimal import Decimal

import pytest

from frontdesk.formats.x12.guides import eligibility
from frontdesk.formats.x12.guides.lists import LISTS
from frontdesk.office.coverage.rules import verdict
from frontdesk.office.coverage.rules.benefits import (
    Benefit,
    Dates,
    Delivery,
    Entity,
    Known,
    Place,
    Rejection,
    Told,
)
from frontdesk.office.coverage.rules.rejections import FOLLOW_UP, WHY
from frontdesk.office.coverage.rules.service_types import SERVICES

DAY = date(2026, 3, 3)
ACTIVE = Benefit("1", services=("30",), plan="GOLD")


def line(information, service="98", amount=None, **more):
    services = (service,) if isinstance(service, str) else service
    return Benefit(
        information, services=services, amount=None if amount is None else Decimal(str(amount)), **more
    )


def copay(amount, service="98", network="Y", period="27", **more):
    return line("B", service, amount, network=network, period=period, **more)


def judged(*lines, day=DAY, services=("98",), in_network=True, asked=None, **told):
    return verdict(
        Told(payer="GREAT LAKES", lines=lines, **told),
        day=day,
        services=services,
        in_network=in_network,
        asked=asked,
    )


def costs(*lines, **asked):
    return judged(ACTIVE, *lines, **asked)


def codes(made):
    return [task.code for task in made.tasks]


# Whether there is coverage


def test_no_answer_yet_is_unknown():
    made = verdict(None, day=DAY, services=("98",), in_network=True)
    assert (made.state, made.code, made.line) == (
        "unknown",
        "not_asked",
        "COULD NOT BE DETERMINED · not asked yet",
    )


@pytest.mark.parametrize("information", list("12345"))
def test_five_kinds_of_active_are_active(information):
    assert judged(line(information, "30")).state == "active"


@pytest.mark.parametrize("information", list("678"))
def test_three_kinds_of_inactive_are_inactive_and_say_what_to_do(information):
    made = judged(line(information, "30"))
    assert made.state == "inactive"
    assert "self-pay" in made.advice


@pytest.mark.parametrize("information", ["V", "B", "C", "D", "Q", "R", "", "Z9"])
def test_a_line_that_says_neither_is_never_inactive(information):
    assert judged(line(information, "30")).state == "unknown"


def test_a_service_that_is_inactive_leaves_the_plan_active():
    made = costs(line("6", "98"), copay(35))
    assert made.line == "ACTIVE · GOLD · office not covered"
    assert codes(made) == ["excluded"]
    assert made.tasks[0].data == {"service": "98"}


def test_a_service_that_is_excluded_in_the_other_network_is_nothing_to_this_visit():
    made = costs(line("I", "98", network="N"), copay(35))
    assert (codes(made), made.copay.amount) == ([], 35)
    assert codes(costs(line("I", "98", network="N"), in_network=False)) == ["excluded"]


def test_without_a_word_on_the_plan_the_service_asked_about_decides():
    assert judged(line("1", "98")).state == "active"
    assert judged(line("1", "1")).state == "active"  # medical care
    assert judged(line("6", "98"), line("1", "35")).state == "inactive"
    assert judged(line("6", "35")).state == "unknown"
    assert judged(line("1", ("35", "88"))).words == "the payer told only of dental, pharmacy"


def test_an_old_plan_beside_a_new_one_is_not_the_verdict():
    old = Benefit("6", services=("30",), plan="OLD", dates=(Dates("347", date(2025, 12, 31)),))
    assert judged(old, ACTIVE).line.startswith("ACTIVE · GOLD")


def test_a_lines_own_dates_stand_above_the_plans():
    own = Benefit("1", services=("30",), dates=(Dates("346", date(2026, 4, 1)),))
    assert judged(own, dates=(Dates("346", date(2020, 1, 1)),)).code == "not_yet"


@pytest.mark.parametrize(("begins", "ends"), [("346", "347"), ("348", "349"), ("356", "357")])
def test_first_and_last_day_are_covered_and_the_days_beside_them_are_not(begins, ends):
    told = {"dates": (Dates(begins, date(2026, 2, 1)), Dates(ends, date(2026, 12, 31)))}
    states = {
        date(2026, 1, 31): ("inactive", "not_yet"),
        date(2026, 2, 1): ("active", "active"),
        date(2026, 12, 31): ("active", "active"),
        date(2027, 1, 1): ("inactive", "over"),
    }
    for day, expected in states.items():
        made = judged(ACTIVE, day=day, **told)
        assert (made.state, made.code) == expected


@pytest.mark.parametrize("kind", ["291", "307", "292"])
def test_a_period_covers_its_days(kind):
    told = {"dates": (Dates(kind, date(2026, 1, 1), date(2026, 12, 31)),)}
    assert [judged(ACTIVE, day=day, **told).code for day in (date(2025, 12, 31), DAY, date(2027, 1, 1))] == [
        "not_yet",
        "active",
        "over",
    ]


def test_a_payers_forever_is_no_end():
    made = judged(ACTIVE, dates=(Dates("347", date(9999, 12, 31)),))
    assert (made.state, made.ends) == ("active", None)


@pytest.mark.parametrize(
    ("ends", "soon"), [(date(2026, 3, 3), True), (date(2026, 4, 2), True), (date(2026, 4, 3), False)]
)
def test_an_end_within_thirty_days_is_a_task_and_in_the_line(ends, soon):
    made = judged(ACTIVE, dates=(Dates("346", date(2025, 1, 1)), Dates("347", ends)))
    assert ("ends_soon" in codes(made)) == soon
    assert (f"ends {ends.month}/{ends.day}/{ends.year}" in made.words) == soon
    assert made.ends == ends


def test_a_date_of_death_asks_whether_it_is_the_right_person():
    made = judged(ACTIVE, dates=(Dates("442", date(2026, 1, 9)),))
    assert (codes(made), made.tasks[0].data) == (["death"], {"day": "2026-01-09"})


# Why a payer did not answer


def _guide(pattern):
    found = re.findall(pattern, "\n".join(eligibility.TABLES))
    return {code for codes in found for code in codes.split(",")}


def test_every_reason_and_follow_up_of_the_guide_has_its_words():
    reasons = _guide(r"AAA S 9 .*? 3!([0-9A-Z,]+)")
    assert len(reasons) > 50
    assert reasons <= set(WHY)
    assert set(LISTS["follow"]) == set(FOLLOW_UP)


@pytest.mark.parametrize("reason", [*WHY, "", "ZZ"])
@pytest.mark.parametrize("where", ["payer", "provider", "subscriber", "dependent"])
def test_no_reason_is_ever_inactive_or_without_advice(reason, where):
    made = judged(Benefit("6", services=("30",)), rejections=(Rejection(where, reason, "C"),))
    assert made.state == "unknown"
    assert made.words
    assert made.advice
    assert (made.code == "try_again") == (reason in {"42", "80"})


def test_a_rejection_names_the_field_to_fix():
    fixes = {
        "72": "member_id",
        "73": "name",
        "71": "birth_date",
        "58": "birth_date",
        "43": "provider",
        "57": "day",
    }
    for reason, fix in fixes.items():
        assert judged(rejections=(Rejection("subscriber", reason),)).fix == fix


def test_what_the_payer_wants_next_is_said():
    made = judged(rejections=(Rejection("subscriber", "72", "N"),))
    assert made.advice.endswith("The payer does not want it asked again.")


def test_a_line_the_payer_could_not_answer_is_not_used():
    refused = line("B", "98", 35, period="27", network="Y", rejections=(Rejection("subscriber", "33", "C"),))
    made = costs(refused)
    assert (made.copay, codes(made)) == (None, ["unanswered"])


# The copay


def test_the_exact_service_wins_over_broader_ones_in_their_order():
    lines = [copay(30, "30"), copay(1, "1"), copay(96, "96"), copay(98, "98")]
    for expected in (98, 96, 1, 30):
        assert costs(*lines).copay.amount == expected
        lines.pop()
    assert costs(*lines).copay is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("98", "UC"),
        ("UC", "98"),
        ("UC", "96"),
        ("98", "86"),
        ("98", "A0"),
        ("BZ", "98"),
        ("81", "98"),
        ("MH", "98"),
    ]
    + [("PT", "98"), ("33", "98"), ("AL", "30"), ("35", "30"), ("88", "30"), ("AE", "PT"), ("96", "98")],
)
def test_no_service_takes_the_copay_of_another(asked, told):
    made = costs(copay(35, told), services=(asked,))
    assert made.copay is None
    assert "copay not told" in made.words


@pytest.mark.parametrize(
    ("asked", "told"), [("BY", "98"), ("PT", "AE"), ("34", "33"), ("48", "47"), ("A6", "MH"), ("98", "96")]
)
def test_a_broader_service_stands_in_and_is_named(asked, told):
    made = costs(copay(35, told), services=(asked,))
    assert made.line == f"ACTIVE · GOLD · $35 copay ({SERVICES[told]}, in network)"


def test_of_two_services_asked_the_first_is_meant_most():
    lines = [copay(35, "98"), copay(50, "UC")]
    assert costs(*lines, services=("UC", "98")).copay.amount == 50
    assert costs(*lines, services=("98", "UC")).copay.amount == 35
    assert costs(lines[1], services=("98", "UC")).copay.amount == 50


def test_a_visit_without_a_kind_of_service_is_the_whole_plans():
    made = costs(copay(35), copay(20, "30"), sums("C", 1500, "23"), services=())
    assert (made.copay.amount, made.deductible.individual.total) == (20, 1500)


def test_a_line_for_many_services_counts_for_the_nearest():
    made = costs(copay(40, ("30", "UC", "98")), copay(30, "96"))
    assert (made.copay.amount, made.copay.service) == (40, "98")


def test_the_network_asked_wins_then_both_then_unsaid_then_the_other_marked():
    lines = [copay(4, network="N"), copay(3, network=""), copay(2, network="W"), copay(1, network="Y")]
    words = [
        "$1 copay (office, in network)",
        "$2 copay (office)",
        "$3 copay (office)",
        "$4 copay (office, out of network)",
    ]
    for expected in words:
        assert costs(*lines).line == f"ACTIVE · GOLD · {expected}"
        lines.pop()


def test_out_of_network_is_the_same_the_other_way_round():
    lines = [copay(4, network="Y"), copay(1, network="N")]
    assert costs(*lines, in_network=False).words.endswith("$1 copay (office, out of network)")
    assert costs(lines[0], in_network=False).words.endswith("$4 copay (office, in network)")


def test_where_the_network_is_not_known_it_is_an_if():
    assert costs(copay(35), copay(60, network="N"), in_network=None).words.endswith(
        "$35 copay (office, if in network)"
    )
    assert costs(copay(60, network="N"), in_network=None).words.endswith(
        "$60 copay (office, if out of network)"
    )


def test_a_broader_line_of_the_network_goes_before_an_exact_one_of_the_other():
    made = costs(copay(60, network="N"), copay(25, "30", network="Y"))
    assert made.line == "ACTIVE · GOLD · $25 copay (whole plan, in network)"


def test_an_unknown_network_is_as_good_as_none():
    made = costs(copay(20, network="U"))
    assert (made.copay.network, made.words) == ("", "GOLD · $20 copay (office)")


def test_a_visits_copay_goes_before_one_of_no_period_before_others():
    lines = [copay(3, period="26"), copay(2, period=""), copay(1, period="27")]
    for expected in (1, 2, 3):
        assert costs(*lines).copay.amount == expected
        lines.pop()
    assert costs(copay(3, period="26")).words.endswith("(office, in network, an episode)")


@pytest.mark.parametrize("period", ["24", "29", "30", "31", "33"])
def test_what_was_spent_or_remains_is_no_copay(period):
    assert costs(copay(35, period=period)).copay is None


def test_the_persons_own_level_goes_before_none_before_the_familys():
    lines = [copay(3, level="FAM"), copay(2, level=""), copay(1, level="IND")]
    for expected in (1, 2, 3):
        assert costs(*lines).copay.amount == expected
        lines.pop()


def test_what_holds_for_somebody_else_of_the_family_is_not_taken():
    assert costs(copay(15, level="CHD")).copay is None
    child = {"dependent": Known(last="ITO", relationship="19")}
    assert costs(copay(15, level="CHD"), **child).copay.amount == 15
    assert costs(copay(15, level="SPO"), **child).copay is None
    assert costs(copay(15, level="EMP"), **child).copay is None


def test_lines_that_agree_are_one_and_lines_that_differ_are_to_be_asked():
    same = costs(copay(25, messages=("PCP",)), copay("25.00", messages=("SPECIALIST",)))
    assert (same.copay.amount, same.copay.choices, same.copay.lines) == (25, (), (1, 2))
    made = costs(copay(40, messages=("SPECIALIST",)), copay(25, messages=("PCP",)))
    assert made.line == "ACTIVE · GOLD · $25 to $40 copay (office, in network), ask which"
    assert made.copay.amount is None
    assert [(each.amount, each.words, each.line) for each in made.copay.choices] == [
        (40, "SPECIALIST", 1),
        (25, "PCP", 2),
    ]


def test_a_copay_of_nothing_is_told_and_none_is_not_nothing():
    assert costs(copay(0)).words == "GOLD · $0 copay (office, in network)"
    assert costs(line("B", "98", network="Y", messages=("25 DOLLARS",))).words == "GOLD · copay not told"
    assert costs(copay(-5)).copay is None


def test_a_line_for_a_procedure_a_diagnosis_or_another_place_is_passed_over():
    for more in (
        {"procedure": "99213"},
        {"places": (Place("ABK", "E119"),)},
        {"places": (Place("ZZ", "22"),)},
        {"places": (Place("ZZ", "02"),)},
    ):
        assert costs(copay(35, **more)).copay is None
    assert costs(copay(35, places=(Place("ZZ", "11"),))).copay.amount == 35
    assert costs(copay(35, "UC", places=(Place("ZZ", "20"),)), services=("UC",)).copay.amount == 35
    assert costs(copay(35, places=(Place(words="WITH REFERRAL"),))).copay.amount == 35


def test_a_line_of_another_year_is_passed_over():
    past = copay(35, dates=(Dates("292", date(2025, 1, 1), date(2025, 12, 31)),))
    assert costs(past).copay is None
    assert costs(past, day=date(2025, 6, 1)).copay.amount == 35
    assert costs(copay(35, dates=(Dates("348", date(2026, 3, 4)),))).copay is None


def test_cents_and_thousands_are_written_as_money():
    assert "$12.50 copay" in costs(copay("12.5")).words
    assert "$1,200 copay" in costs(copay(1200)).words


# Coinsurance


@pytest.mark.parametrize(
    ("percent", "words"), [(".2", "20 %"), ("0.125", "12.5 %"), ("20", "20 %"), ("1", "100 %"), ("0", "0 %")]
)
def test_a_share_is_told_in_percent(percent, words):
    made = costs(line("A", "98", percent=Decimal(percent), network="Y", period="27"))
    assert made.words == f"GOLD · copay not told · {words} coinsurance (office, in network)"


def test_a_share_of_the_whole_plan_is_not_put_beside_a_visits_own_copay():
    share = line("A", "30", percent=Decimal(".3"), network="Y")
    assert costs(copay(35), share).coinsurance is None
    assert "30 % coinsurance (whole plan, in network)" in costs(share).words


def test_a_share_beside_its_copay_says_only_how_much():
    assert costs(copay(35), line("A", "98", percent=Decimal(".1"), network="Y")).words.endswith(
        "$35 copay (office, in network) · 10 % coinsurance"
    )


# Deductible and out of pocket


def sums(information, amount, period, network="Y", level="IND", service="30", **more):
    return line(information, service, amount, period=period, network=network, level=level, **more)


def test_what_is_left_is_told_of_the_total():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29"))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, 410)
    assert made.words.endswith("deductible $410 of $1,500 left")


@pytest.mark.parametrize("period", ["23", "22", "25", "21", ""])
def test_any_years_total_will_do(period):
    assert costs(sums("C", 1500, period), sums("C", 410, "29")).deductible.individual.total == 1500


def test_what_was_spent_is_subtracted_where_what_is_left_is_not_told():
    assert costs(sums("C", 1500, "23"), sums("C", 400, "24")).deductible.individual.left == 1100
    assert costs(sums("C", 1500, "23"), sums("C", 1600, "24")).deductible.individual.left == 0
    made = costs(sums("C", 1500, "23"), sums("C", 400, "24"), sums("C", 900, "29"))
    assert made.deductible.individual.left == 900


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([("1500", "23"), ("0", "29")], "deductible $1,500 met"),
        ([("0", "23")], "no deductible"),
        ([("1500", "23")], "deductible $1,500, what is left not told"),
        ([("410", "29")], "deductible $410 left"),
        ([("1500", "23"), ("2500", "23"), ("10", "29")], "deductible told in two ways, look at the lines"),
        ([("1500", "23"), ("1500", "23"), ("10", "29")], "deductible $10 of $1,500 left"),
    ],
)
def test_a_deductible_is_said_as_far_as_it_was_told(lines, words):
    made = costs(*(sums("C", amount, period) for amount, period in lines))
    assert made.words == f"GOLD · copay not told · {words}"


def test_a_total_of_one_network_is_not_put_to_a_remainder_of_another():
    made = costs(sums("C", 1500, "23", "Y"), sums("C", 410, "29", "N"))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, None)


def test_the_other_networks_deductible_is_marked():
    made = costs(sums("C", 1500, "23", "N"), sums("C", 410, "29", "N"))
    assert made.words.endswith("deductible $410 of $1,500 left (out of network)")
    assert made.deductible.individual.network == "N"


def test_the_familys_is_kept_beside_the_persons_and_told_where_it_matters():
    own = [sums("C", 1500, "23"), sums("C", 410, "29")]
    more = costs(*own, sums("C", 3000, "23", level="FAM"), sums("C", 2000, "29", level="FAM"))
    assert (more.deductible.family.total, more.deductible.family.left) == (3000, 2000)
    assert "family" not in more.words
    less = costs(*own, sums("C", 3000, "23", level="FAM"), sums("C", 0, "29", level="FAM"))
    assert less.words.endswith("deductible $410 of $1,500 left · family deductible $3,000 met")
    only = costs(sums("C", 3000, "23", level="FAM"), sums("C", 100, "29", level="FAM"))
    assert (only.deductible.individual, only.words) == (
        None,
        "GOLD · copay not told · family deductible $100 of $3,000 left",
    )


def test_a_deductible_of_none_for_just_this_service_means_it_does_not_apply():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29"), sums("C", 0, "23", service="98"))
    assert made.words.endswith("no deductible")
    assert made.deductible.individual.service == "98"


def test_a_remainder_told_for_the_plan_and_the_service_finds_the_plans_total():
    made = costs(sums("C", 1500, "23"), sums("C", 410, "29", service=("30", "98")))
    assert (made.deductible.individual.total, made.deductible.individual.left) == (1500, 410)


def test_the_most_a_patient_pays_is_kept_and_told_once_it_is_reached():
    made = costs(sums("G", 5000, "23"), sums("G", 2950, "29"))
    assert (made.out_of_pocket.individual.total, made.out_of_pocket.individual.left) == (5000, 2950)
    assert "out-of-pocket" not in made.words
    assert costs(sums("G", 5000, "23"), sums("G", 0, "29")).words.endswith("out-of-pocket maximum met")


# Limits


def test_visits_left_are_told_of_visits_allowed():
    total = line("F", "PT", period="23", quantity_kind="VS", quantity=Decimal(20))
    left = line("F", "PT", period="29", quantity_kind="VS", quantity=Decimal(12))
    [limit] = costs(total, left, services=("PT",)).limits
    assert (limit.unit, limit.total, limit.left, limit.lines) == ("VS", 20, 12, (1, 2))
    assert costs(total, left, services=("PT",)).words.endswith("physical therapy 12 of 20 visits left")
    assert costs(total, services=("PT",)).words.endswith("physical therapy at most 20 visits (year)")
    assert costs(total, left).limits == ()


def test_a_delivery_says_its_own_period_and_money_is_a_limit_too():
    both = line(
        "F", "PT", limits=(Delivery("VS", Decimal(30), period="23"), Delivery("VS", Decimal(0), period="29"))
    )
    made = costs(both, services=("PT",))
    assert codes(made) == ["limit_used"]
    assert made.words.endswith("physical therapy 0 of 30 visits left")
    dollars = costs(line("F", "PT", 2000, period="23"), line("F", "PT", 500, period="29"), services=("PT",))
    assert dollars.words.endswith("physical therapy $500 of $2,000 left")


# Permissions, and whom to go through


@pytest.mark.parametrize(("said", "needed"), [("Y", True), ("N", False), ("U", None), ("", None)])
def test_an_authorization_is_needed_only_where_the_payer_says_so(said, needed):
    made = costs(copay(35, authorization=said))
    assert made.needs_authorization is needed
    assert ("authorization needed" in made.words, codes(made)) == (
        needed is True,
        ["authorization"] if needed else [],
    )


def test_an_authorization_of_the_whole_plan_or_another_service_says_nothing_of_this_one():
    assert (
        costs(copay(35, "30", authorization="Y"), copay(35, "UC", authorization="Y")).needs_authorization
        is None
    )
    assert costs(copay(35, network="N", authorization="Y")).needs_authorization is None


@pytest.mark.parametrize(
    ("message", "needed"),
    [
        ("REFERRAL REQUIRED", True),
        ("Referral is required.", True),
        ("PLAN REQUIRES A REFERRAL", True),
        ("REFERRAL REQ: Y", True),
        ("NO REFERRAL REQUIRED", False),
        ("REFERRAL NOT REQUIRED", False),
        ("DOES NOT REQUIRE A REFERRAL", False),
        ("REFERRAL REQUIRED: NO", False),
        ("REFERRAL REQUIRED FOR SPECIALISTS", None),
        ("REFERRAL MAY BE REQUIRED", None),
        ("CALL FOR BENEFITS", None),
    ],
)
def test_a_referral_is_read_from_messages_and_only_where_they_are_plain(message, needed):
    assert costs(copay(35, messages=(message,))).needs_referral is needed


def test_two_messages_that_contradict_each_other_say_nothing():
    made = costs(
        copay(35, messages=("REFERRAL REQUIRED",)), copay(35, "30", messages=("NO REFERRAL REQUIRED",))
    )
    assert made.needs_referral is None


def test_the_primary_care_provider_on_file_is_a_task():
    doctor = Entity("P3", "REYES", "DANA", "XX", "1993999998", "6175550155")
    made = costs(line("L", "98", entities=(doctor,)))
    assert made.pcp == doctor
    assert made.tasks[0].data == {
        "name": "REYES",
        "first": "DANA",
        "id_kind": "XX",
        "id": "1993999998",
        "phone": "6175550155",
    }
    past = line("L", "98", entities=(doctor,), dates=(Dates("349", date(2025, 12, 31)),))
    assert costs(past).pcp is None


# Other payers


def other(insurance="", role="PRP", name="HUMANA", service="30", **more):
    return line(
        "R",
        service,
        insurance=insurance,
        entities=(Entity(role, name, "", "PI", "61101", "8005550142"),),
        **more,
    )


MEDICARE = Benefit("1", services=("30",), insurance="MB")
MEDICAID = Benefit("1", services=("30",), insurance="MC", plan="STATE PLAN")


@pytest.mark.parametrize("insurance", ["HN", "HM", "PR", "PS", "IN"])
def test_medicare_advantage_pays_in_medicares_place(insurance):
    made = judged(MEDICARE, sums("C", 283, "23", network=""), other(insurance))
    assert made.words == "GREAT LAKES Medicare Part B · HUMANA pays instead (Medicare Advantage)"
    assert (made.copay, made.deductible.individual) == (None, None)
    [task] = made.tasks
    assert (task.code, task.data["id"], task.data["id_kind"], task.data["phone"]) == (
        "managed_payer",
        "61101",
        "PI",
        "8005550142",
    )


def test_an_employers_plan_before_medicare_is_another_payer():
    made = judged(MEDICARE, other("12", name="BAY SHIPYARD"))
    [task] = made.tasks
    assert (task.code, task.data["order"]) == ("other_payer", "primary")
    assert (
        task.words
        == "The payer reports other insurance: BAY SHIPYARD (primary, Medicare secondary, working aged)."
    )


def test_a_managed_care_organization_pays_in_medicaids_place():
    made = judged(MEDICAID, copay(3, network=""), other("HM", "Y2", "HARBOR CARE"))
    assert made.words == "STATE PLAN · HARBOR CARE pays instead (Medicaid managed care)"
    assert codes(judged(MEDICAID, other("HM", "PRP", "BLUE"))) == ["other_payer"]


def test_a_plan_that_is_over_or_pays_for_drugs_only_is_nobodys_task():
    past = other("HN", dates=(Dates("290", date(2024, 1, 1), date(2025, 12, 31)),))
    assert codes(judged(MEDICARE, past)) == []
    assert codes(judged(MEDICARE, other("OT", service="88"))) == []


def test_the_same_payer_told_twice_is_one_task():
    assert codes(costs(other(), other(service="98"))) == ["other_payer"]


# Spelling

OURS = Known("O'Brien-Smith", "María", member_id="W12-34 5", birth_date=date(1962, 3, 14))


def spelled(ours=OURS, **theirs):
    made = judged(ACTIVE, asked=ours, subscriber=Known(**theirs))
    return [(task.data["field"], task.data["ours"], task.data["theirs"]) for task in made.tasks]


def test_what_the_payer_writes_otherwise_is_a_task_with_both_spellings():
    assert spelled(last="OBRYEN", first="MARIE", member_id="W99", birth_date=date(1962, 4, 13)) == [
        ("last", "O'Brien-Smith", "OBRYEN"),
        ("first", "María", "MARIE"),
        ("birth_date", "1962-03-14", "1962-04-13"),
        ("member_id", "W12-34 5", "W99"),
    ]


def test_capitals_accents_hyphens_and_signs_are_no_correction():
    assert (
        spelled(last="OBRIEN SMITH JR", first="MARIA", member_id="W12345", birth_date=date(1962, 3, 14)) == []
    )


def test_what_the_payer_did_not_tell_is_no_correction():
    assert spelled() == []
    assert spelled(ours=Known(), last="ITO", member_id="W1", birth_date=DAY) == []


def test_a_name_cut_short_by_the_payer_is_no_correction():
    assert spelled(ours=Known(last="Wolfeschlegelstein"), last="WOLFESCHLEGEL") == []


def test_a_dependents_member_id_is_the_subscribers():
    made = judged(ACTIVE, asked=OURS, subscriber=Known(member_id="W77"), dependent=Known(first="MARIA"))
    assert [task.data["theirs"] for task in made.tasks] == ["W77"]


def test_somebody_the_payer_rejected_is_not_compared():
    made = judged(asked=OURS, subscriber=Known(last="ECHO"), rejections=(Rejection("subscriber", "73"),))
    assert made.tasks == ()


# Which lines were used


def test_the_lines_the_verdict_stands_on_are_named():
    made = costs(
        copay(60, network="N"), copay(35), sums("C", 1500, "23"), sums("C", 410, "29"), copay(75, "UC")
    )
    assert made.chosen == (0, 2, 3, 4)
