"""Fifty-eight looks that ask to be explained, each done in a practice and each found; and what an ordinary week raises."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from frontdesk.entrypoints.commands.demo import people
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.oversight import queries, rules, services
from frontdesk.office.oversight.models import Look
from frontdesk.office.oversight.rules import Business, Chart, Looker, Looks, Staff
from frontdesk.office.patients import services as patients
from frontdesk.office.scheduling.models import Appointment
from tests.factories import practice as make
from tests.factories import scheduling as book
from tests.factories.patients import patient
from tests.office.oversight.cases import CASES, OWN, STAFF
from tests.people import gus, mia

WEEK = date(2026, 2, 23)  # a Monday; the tests stand on Tuesday of the week after
TUESDAY = datetime(2026, 2, 24, 15, 0, tzinfo=UTC)


class Seeded:
    """A practice of six, in which every case has happened."""

    def __init__(self):
        self.place = make.location()
        self.provider = make.provider()
        self.kind = book.visit_type()
        self.users = {
            name: make.user(role=role, username=name, display_name=shown)
            for name, (shown, role) in STAFF.items()
        }
        self.numbers = iter(range(300, 10_000))
        with clock.fixed(datetime(2026, 1, 5, 15, 0, tzinfo=UTC)):
            self.own = {name: self.patient(facts) for name, facts in OWN.items()}
            self.charts = [
                self.own[case.own] if case.own else self.patient(dict(case.facts)) for case in CASES
            ]
            self.crowd = [book.patient().pk for _ in range(301)]
        pending = [
            row for case, chart in zip(CASES, self.charts, strict=True) for row in self.happened(case, chart)
        ]
        AuditEntry.objects.bulk_create(sorted(pending, key=lambda row: row.at))

    def patient(self, facts):
        names = ("before", "related", "relates", "labels")
        before, related, relates, labels = (facts.pop(name, "") for name in names)
        number = next(self.numbers)
        given = {
            "legal_first": "Pat",
            "line": f"{number} Far Road",
            "phone": f"(857) 555-{number:04}",
            **facts,
        }
        made = patient(**given)
        if labels:
            patients.label_patient(SYSTEM, patient_id=made.pk, labels=labels.split(","))
        if before:
            patients.add_name(mia(), patient_id=made.pk, use="previous", last=before)
        if related:
            self.relate(made, self.own[related])
        if relates:
            self.relate(self.own[relates], made)
        return made

    def relate(self, one, other):
        patients.add_related(
            mia(), patient_id=one.pk, role="emergency", person_id=other.pk, relationship="spouse"
        )

    def happened(self, case, chart):
        who = self.users[case.who]
        if "301 charts" in case.behind:
            return [
                self.look(who, pk, at=TUESDAY + timedelta(hours=6, seconds=n * 10))
                for n, pk in enumerate(self.crowd)
            ]
        rows = [self.look(who, chart.pk)]
        if "looks for days" in case.behind:
            rows += [self.look(who, chart.pk, at=TUESDAY + timedelta(days=n)) for n in (1, 2)]
        for what, by, at in (
            ("worked", who.pk, TUESDAY + timedelta(minutes=3)),
            ("deed by another", 99, TUESDAY - timedelta(hours=3)),
            ("deed long before", 99, TUESDAY - timedelta(days=3)),
            ("deed days after", 99, TUESDAY + timedelta(days=2)),
        ):
            if what in case.behind:
                rows.append(
                    self.look(
                        who, chart.pk, at=at, actor_id=by, action="patients.change_contact", is_read=False
                    )
                )
        if "glass" in case.behind:
            opened = TUESDAY - timedelta(minutes=1)
            rows.append(self.look(who, chart.pk, at=opened, action="patients.break_glass", is_read=False))
        for what, days in (
            ("visit", 1),
            ("visit long ago", -20),
            ("visit far ahead", 45),
            ("visit last summer", -220),
        ):
            if what in case.behind:
                self.visit(chart, TUESDAY + timedelta(days=days))
        return rows

    def look(self, who, patient_id, at=TUESDAY, **fields):
        given = {"action": "patients.open_chart", "is_read": True, "actor_id": who.pk, **fields}
        return AuditEntry(
            at=at, actor_kind="staff", actor_name=who.display_name, patient_id=patient_id, **given
        )

    def visit(self, chart, starts):
        Appointment.objects.create(
            location=self.place, visit_type=self.kind, patient=chart, provider=self.provider, zone=self.place.zone,
            starts=starts, ends=starts + timedelta(minutes=20), wall=f"{starts:%Y-%m-%dT%H:%M:%S}", booked_at=starts,
        )  # fmt: skip


def test_there_are_fifty_cases_and_more_of_every_kind():
    assert len(CASES) == 58
    assert {case.reason for case in CASES} == rules.REASONS.keys()


@pytest.mark.django_db
def test_every_one_of_them_is_found(django_assert_max_num_queries):
    seeded = Seeded()
    with django_assert_max_num_queries(40):
        services.find_snooping(gus_with_rights(), week=WEEK)
    missed = []
    for case, chart in zip(CASES, seeded.charts, strict=True):
        about = Look.objects.filter(week=WEEK, user=seeded.users[case.who])
        about = about.filter(patient=None) if case.reason == "many" else about.filter(patient=chart)
        if not any(case.reason in row.reasons for row in about):
            missed.append((case, [row.reasons for row in about]))
    assert not missed
    assert Look.objects.count() < 80  # 602 charts opened in two bursts are two lines, not 602


@pytest.mark.django_db
def test_found_again_a_line_keeps_what_was_said_to_it():
    seeded = Seeded()
    by = gus_with_rights()
    new = services.find_snooping(by, week=WEEK)
    row = Look.objects.filter(user=seeded.users["rosa"]).first()
    services.settle_look(by, look_id=row.pk, state="explained", note="Her own request.", version=1)
    assert services.find_snooping(by, week=WEEK) == 0
    assert Look.objects.count() == new
    row.refresh_from_db()
    assert row.state == "explained"


@pytest.mark.django_db
def test_the_lines_come_weightiest_first_and_a_page_is_two_queries(django_assert_num_queries):
    Seeded()
    services.find_snooping(gus_with_rights(), week=WEEK)
    with django_assert_num_queries(2):
        found, total = queries.lines(WEEK)
    weights = [one.weight for one in found]
    assert weights == sorted(weights, reverse=True)
    assert total == Look.objects.count() >= len(found) > 40


def gus_with_rights():
    from dataclasses import replace

    return replace(gus(), permissions=gus().permissions | {"oversight.snooping"})


# The rules by themselves.
ROSA = Looker(1, "rosa", "diaz", role="psr")
LOOK = Looks(1, 7, (TUESDAY,))
STRANGER = Chart(7, frozenset({"bo"}), frozenset({"brandt"}))
NEAR = TUESDAY + timedelta(hours=2)


def said(chart=STRANGER, business=Business(), looker=ROSA, look=LOOK, staff=Staff()):
    return rules.reasons(looker, chart, look, business, staff)


@pytest.mark.parametrize(
    ("business", "expected"),
    [
        (Business(), ["nothing"]),
        (Business(visits=(NEAR,)), []),
        (Business(visits=(TUESDAY - timedelta(days=14),)), []),
        (Business(visits=(TUESDAY - timedelta(days=15),)), ["nothing"]),
        (Business(visits=(TUESDAY + timedelta(days=30),)), []),
        (Business(visits=(TUESDAY + timedelta(days=31),)), ["nothing"]),
        (Business(deeds=((NEAR, None),)), []),
        (Business(deeds=((TUESDAY + timedelta(days=1), 5),)), []),
        (Business(deeds=((TUESDAY + timedelta(days=1, seconds=1), 5),)), ["nothing"]),
        (Business(waiting=True), []),
    ],
)
def test_what_counts_as_a_reason_to_look(business, expected):
    assert said(business=business) == expected


def test_a_biller_looks_weeks_after_the_visit():
    dev = Looker(1, "dev", "rao", role="biller")
    assert said(business=Business(visits=(TUESDAY - timedelta(days=90),)), looker=dev) == []


@pytest.mark.parametrize(("worked", "expected"), [(True, []), (False, ["vip"])])
def test_a_protected_record_is_only_for_who_works_on_it(worked, expected):
    vip = Chart(7, frozenset({"bo"}), frozenset({"brandt"}), vip=True)
    business = Business(visits=(NEAR,), deeds=((NEAR, 1 if worked else 2),))
    assert said(chart=vip, business=business) == expected


@pytest.mark.parametrize(("worked", "expected"), [(True, []), (False, ["colleague"])])
def test_the_record_of_somebody_who_works_here_is_only_for_who_works_on_it(worked, expected):
    here = Chart(7, frozenset({"bo"}), frozenset({"brandt"}), employee=True)
    business = Business(visits=(NEAR,), deeds=((NEAR, 1 if worked else 2),))
    assert said(chart=here, business=business) == expected


def test_ones_own_record_is_said_to_be_ones_own_whatever_its_label():
    mine = Chart(7, frozenset({"rosa"}), frozenset({"diaz"}), employee=True)
    assert said(chart=mine)[0] == "own"
    assert "colleague" not in said(chart=mine)


def test_a_common_last_name_with_a_visit_behind_it_says_nothing():
    many = Chart(7, frozenset({"bo"}), frozenset({"diaz"}), namesakes=21)
    few = Chart(7, frozenset({"bo"}), frozenset({"diaz"}), namesakes=20)
    visit = Business(visits=(NEAR,))
    assert (said(chart=many, business=visit), said(chart=few, business=visit)) == ([], ["surname"])
    assert "surname" in said(chart=many)


@pytest.mark.parametrize(
    ("charts", "seconds", "expected"),
    [(300, 1, 0), (301, 1, 1), (301, 12, 0), (301, 11, 1), (1_000, 3, 1)],
)
def test_three_hundred_charts_an_hour_is_the_line(charts, seconds, expected):
    opened = [(TUESDAY + timedelta(seconds=n * seconds), n) for n in range(charts)]
    assert len(rules.breadths(opened)) == expected


def test_the_same_chart_opened_over_and_over_is_one():
    assert rules.breadths([(TUESDAY + timedelta(seconds=n), n % 300) for n in range(3_000)]) == []


def test_two_bursts_are_two_lines():
    bursts = [(TUESDAY + timedelta(hours=h, seconds=n), n) for h in (0, 5) for n in range(310)]
    assert len(rules.breadths(bursts)) == 2


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("Rosa Diaz", ("rosa", "diaz")),
        ("Dr. Lena Park, MD", ("lena", "park")),
        ("José Núñez", ("jose", "nunez")),
        ("Mary Ann van Dyke", ("mary", "dyke")),
        ("Desk", ("", "desk")),
        ("", ("", "")),
    ],
)
def test_a_display_name_is_read_as_first_and_last(shown, expected):
    assert rules.split(shown) == expected


def test_an_ordinary_week_raises_few_lines_and_all_of_them_for_a_reason():
    """2,500 looks by ten people with names like their patients': visits, calls, bookings, and one enquiry in a hundred."""
    rng = Random(4)
    crowd = [one for number in range(3) for one in people.block(1, number, 1000, date(2026, 3, 3))]
    lasts = {}
    for one in crowd:
        lasts[rules.plain(one.last)] = lasts.get(rules.plain(one.last), 0) + 1
    charts = [
        Chart(n, frozenset({rules.plain(one.first)}), frozenset({rules.plain(one.last)}),
              frozenset({rules.plain(one.line + one.line2)}), frozenset({one.mobile or one.home} - {""}),
              namesakes=lasts[rules.plain(one.last)])
        for n, one in enumerate(crowd)
    ]  # fmt: skip
    staff = [
        Looker(n, rules.plain(one.first), rules.plain(one.last), role="psr")
        for n, one in enumerate(rng.sample(crowd, 10))
    ]
    names, raised, enquiries = Staff.of(staff), [], 0
    for _ in range(2_500):
        looker, chart = rng.choice(staff), rng.choice(charts)
        at = TUESDAY + timedelta(minutes=rng.randint(0, 7_000))
        kind = rng.random()
        if kind < 0.01:
            business, enquiries = Business(), enquiries + 1
        elif kind < 0.5:  # checked in, roomed: by the one who looks
            business = Business((at,), ((at, looker.user_id),))
        elif kind < 0.8:  # somebody calls about a visit that is ahead
            business = Business((at + timedelta(days=rng.randint(1, 28)),))
        else:  # a booking or a change made while they are on the phone
            business = Business((), ((at, looker.user_id),))
        if why := rules.reasons(
            looker, chart, Looks(looker.user_id, chart.patient_id, (at,)), business, names
        ):
            raised.append(why)
    only_enquiries = [why for why in raised if why == ["nothing"]]
    assert len(only_enquiries) <= enquiries
    assert (
        len(raised) - len(only_enquiries) <= 12
    )  # namesakes and relatives by chance: half a line in a hundred looks
    assert len(raised) <= 50
