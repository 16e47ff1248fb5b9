"""Server and network are gone from half past seven to six: sixty patients are worked from the pack, and entered after.

Everything the clerk knows during the day is read out of the opened pack; the database is asked again only at the end.
"""

import random
import re
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from frontdesk.entrypoints.commands import checking
from frontdesk.exchange.downtime import sealing, writing
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.walltime import to_wall
from frontdesk.office.audit import seals
from frontdesk.office.downtime.models import PaperForm
from frontdesk.office.patients.models import Patient
from frontdesk.office.patients.services import search
from frontdesk.office.scheduling.models import Appointment
from frontdesk.office.visits.models import Step, Visit
from tests.exchange.downtime.reading import open_page
from tests.factories import practice as make
from tests.factories.patients import patient as register
from tests.factories.visits import Day
from tests.people import rosa

PASSPHRASE = "lantern paper pencil clock"
# Of the eight who walk in, two have never been here.
BOOKED, WALK_INS, KNOWN = 52, 8, 6


@dataclass
class Sheet:
    """What stands on one paper form at the end of the day, as it was written."""

    number: str
    who: str
    born: str
    outcome: str
    times: dict = field(default_factory=dict)
    is_walk_in: bool = False

    @property
    def fields(self):
        written = {name: f"{at:%-I%M}{at:%p}".lower() for name, at in self.times.items()}
        return {"outcome": self.outcome, **written}


@pytest.fixture
def the(db, settings, tmp_path):
    settings.FRONTDESK_DATA = tmp_path
    make.practice()
    return Day()


def _names():
    firsts = ("Ana", "Bo", "Chloé", "Dmitri", "Esther", "Femi", "Grace", "Hana")
    lasts = ("Abbott", "Brandt", "Cruz", "Dietz", "Evans", "Fields", "Garza", "Huang", "Ito")
    return [(first, last) for last in lasts for first in firsts]


def _register(at, first, last):
    """Register somebody with a birth date and phone of their own."""
    born = date(1930 + at, 1 + at % 12, 1 + at % 28)
    return register(legal_first=first, legal_last=last, birth_date=born, phone=f"(617) 555-{100 + at:04}")


def _fill(the):
    """Fifty-two booked patients with two providers, and six more the practice knows, who will walk in."""
    with clock.fixed(the.at(6)):
        people = [_register(at, *name) for at, name in enumerate(_names()[: BOOKED + KNOWN])]
    for at, who in enumerate(people[:BOOKED]):
        minutes = 20 * (at // 2)
        the.booked(8 + minutes // 60, minutes % 60, patient=who, resource=(the.lee, the.ruiz)[at % 2])


def _read(page):
    """Return what a person sees in the pack: its visits of today, and the numbers of the forms without a name."""
    visits = []
    for line in page.query_selector_all("[data-part='list-0'] .visit"):
        words = line.inner_text()
        visits.append(
            {
                "number": line.query_selector(".number").inner_text(),
                "time": re.search(r"(\d+):(\d\d) ([ap]m)", words),
                "who": line.query_selector(".name").inner_text(),
                "born": re.search(r"born (\S+)", words)[1],
                "phone": re.search(r"\(617\) 555-\d{4}", words)[0],
            }
        )
    page.click("[data-show='forms-0']")
    blanks = page.query_selector_all("[data-part='forms-0'] [data-form='blank'] .head .number")
    return visits, [one.inner_text() for one in blanks]


def _work(the, rng, visits, blanks):
    """Work the day on paper, and return the forms as they lie on the pile in the evening."""
    pile = []
    for visit in visits:
        hour, minute, half = visit["time"].groups()
        begins = the.at(int(hour) % 12 + (12 if half == "pm" else 0), int(minute))
        fate = rng.choices(("seen", "left", "no_show"), (80, 8, 12))[0]
        sheet = Sheet(visit["number"], visit["who"], visit["born"], fate)
        sheet.times = _times(the, rng, begins, fate)
        pile.append(sheet)
    walked_in = _names()[BOOKED : BOOKED + WALK_INS]
    for number, (first, last) in zip(blanks, walked_in, strict=False):
        sheet = Sheet(number, f"{first} {last}", "", "seen", is_walk_in=True)
        sheet.times = _times(the, rng, the.at(9) + timedelta(minutes=rng.randrange(420)), "seen")
        pile.append(sheet)
    rng.shuffle(pile)
    return pile


def _times(the, rng, begins, fate):
    if fate == "no_show":
        return {}
    arrived = begins + timedelta(minutes=rng.randrange(-20, 25))
    names = ("checked_in", "roomed", "with_provider", "out")
    moments, at = {"arrived": arrived}, arrived
    for name in names if fate == "seen" else ("out",):
        at += timedelta(minutes=rng.randrange(1, 15))
        if name not in {"roomed", "with_provider"} or rng.random() < 0.85:
            moments[name] = at
    return {name: to_wall(at, the.location.zone) for name, at in moments.items()}


def _misread(number):
    digits = number.replace("-", "")
    return digits[:5] + digits[6] + digits[5] + digits[7] if digits[5] != digits[6] else digits[:7] + "x"


def _open(desk, number):
    answer = desk.post("/downtime/find", {"number": number})
    return answer["Location"] if answer.status_code == 302 else None


def _enter(desk, the, sheet):
    """Enter one form through the pages, and return the answer."""
    address = _open(desk, sheet.number)
    fields = dict(sheet.fields)
    if sheet.is_walk_in:
        hits = search(rosa(), text=sheet.who)
        found = hits[0].id if hits else _register(90 + len(sheet.times), *sheet.who.split()).pk
        fields |= {"patient": found, "type": the.visit.pk}
    return desk.post(address, {**fields, "_key": f"render-{sheet.number}"})


def test_a_day_of_sixty_patients_without_the_system_is_in_the_book_by_evening_once(
    the, client, chromium, tmp_path, capsys
):
    rng = random.Random(60)
    _fill(the)
    sealing.keep(sealing.make_keys(PASSPHRASE), tmp_path / "downtime")
    with clock.fixed(the.at(7, 30)):
        pack = writing.write(SYSTEM, the.location.pk, tmp_path / "downtime")
        seals.seal(seals.Anchor.of_installation())

    page = open_page(chromium, pack.file("html"), PASSPHRASE)
    visits, blanks = _read(page)
    page.context.close()
    assert len(visits) == BOOKED
    pile = _work(the, rng, visits, blanks)
    assert len(pile) == BOOKED + WALK_INS

    make.user()
    refused, begun = {"misread": 0, "again": 0, "other_form": 0}, time.perf_counter()
    with clock.fixed(the.at(18)):
        client.post("/sign-in", {"username": "rosa", "password": "a long enough password"})
        for at, sheet in enumerate(pile):
            if at % 6 == 0:
                assert _open(client, _misread(sheet.number)) is None
                refused["misread"] += 1
            assert _enter(client, the, sheet).status_code == 302
            if at % 5 == 0:
                assert (
                    _enter(client, the, sheet).status_code == 302
                )  # the same render, sent twice: one effect
                address = _open(client, sheet.number)
                assert client.post(address, sheet.fields | {"outcome": "seen"}).status_code == 409
                refused["again"] += 1
            if at % 7 == 0 and not sheet.is_walk_in:
                row = PaperForm.objects.get(number=sheet.number.replace("-", "")).appointment_id
                spare = _open(client, blanks[-1])
                answer = client.post(spare, {"outcome": "no_show", "appointment": row})
                assert answer.status_code == 409
                assert sheet.number in answer.content.decode()
                refused["other_form"] += 1
        spent = time.perf_counter() - begun
        progress = client.get("/downtime").content.decode()
        seals.seal(seals.Anchor.of_installation())
        breaches = {name: found for name, proof in checking.invariants().items() if (found := proof())}

    assert f"{BOOKED} of {BOOKED} entered" in progress
    right = sum(_is_in_the_book(the, sheet) for sheet in pile)
    assert right == len(pile)
    assert Appointment.objects.count() == len(pile)
    assert PaperForm.objects.filter(state="entered").count() == len(pile)
    assert Visit.objects.count() == sum(sheet.outcome != "no_show" for sheet in pile)
    assert Step.objects.count() == sum(len(sheet.times) for sheet in pile)
    assert Patient.objects.count() == BOOKED + WALK_INS
    assert breaches == {}
    with capsys.disabled():
        print(
            f"\nok   downtime: {BOOKED} booked and {WALK_INS} walk-ins worked from the pack of 7:30; {right} of {len(pile)} "
            f"visits entered, once, in {spent:.0f} s; refused: {refused['misread']} misread numbers, {refused['again']} "
            f"forms again, {refused['other_form']} second forms for a visit; check clean"
        )


def _is_in_the_book(the, sheet):
    """Say whether a form's visit ended as it says, for whom it says, at the minutes it says."""
    form = PaperForm.objects.get(number=sheet.number.replace("-", ""))
    row = form.appointment
    if row.patient.name != sheet.who or (sheet.outcome == "no_show") != (row.status == "no_show"):
        return False
    if sheet.outcome == "no_show":
        return not Visit.objects.filter(appointment=row).exists()
    visit = Visit.objects.get(appointment=row)
    held = {"out": "done_at"} | {
        name: f"{name}_at" for name in ("arrived", "checked_in", "roomed", "with_provider")
    }
    found = {
        name: to_wall(at, the.location.zone)
        for name, column in held.items()
        if (at := getattr(visit, column)) is not None
    }
    return (
        row.status == "done"
        and found == sheet.times
        and visit.left_unseen == (sheet.outcome == "left")
        and visit.is_walk_in == sheet.is_walk_in
    )
