"""A month of confidentiality in the demo: labels, papers, requests with clocks running, disclosures, looks to be explained.

Everything is done by the verbs, by whoever would do it, on the day it would have been done; only the answers to the
privacy notice are poured in. The deeds come in the order of their days, so that the record's numbers and moments agree.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from frontdesk.entrypoints.commands.demo.book_rows import Plan
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM, Actor
from frontdesk.kit.walltime import to_utc
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import BrokenGlass, Patient, RelatedPerson
from frontdesk.office.privacy import services as privacy
from frontdesk.office.privacy.models import Acknowledgement, Notice
from frontdesk.office.scheduling.models import Appointment

SINCE = timedelta(days=30)
"""How long the practice of the demo has been kept with this program."""
DRAWN = 24
NOTICE = (
    "This notice describes how health information about you may be used and disclosed, and how you can get access to it.\n"
    "We use it to treat you, to be paid for it, and to run this practice. We tell others only where the law requires or "
    "allows it, or where you agree.\n"
    "You may see and copy your record, ask for corrections, ask whom we told, ask us to reach you elsewhere, and ask us "
    "to keep from your health plan what you paid for yourself."
)
NOTICE_ES = (
    "Este aviso describe cómo puede usarse y divulgarse su información de salud, y cómo puede usted obtenerla.\n"
    "La usamos para atenderle, para cobrar por ello y para el funcionamiento de esta clínica.\n"
    "Usted puede ver y copiar su expediente, pedir correcciones y preguntar a quién se ha informado."
)
UNSIGNED = (
    ("refused", "Read it at the desk and would not sign"),
    ("unable", "Left before it could be explained"),
)
Deed = Callable[[], object]


@dataclass(slots=True)
class Cast:
    """Who works there, and whom it is about: one patient a story."""

    by: dict[str, Actor]
    behavioural: list[int]
    vip: int
    employee: int
    substance: int
    child: int | None
    others: list[int]
    unseen: list[int]


def add_privacy(plan: Plan, seed: int, beside: Iterable[tuple[datetime, Deed]] = ()) -> None:
    """Plant the month before `plan.now`, with what else was done then; for a practice of some thousands, never for a million."""
    rng = Random(f"privacy-{seed}")
    cast = _cast(plan, rng)
    for at, deed in sorted([*_month(plan, cast), *beside], key=lambda one: one[0]):
        with clock.fixed(at):
            deed()
    _answer_notice(plan, rng)
    monday = plan.today - timedelta(days=plan.today.weekday() + 7)
    oversight.find_snooping(SYSTEM, week=monday)
    _settle_one(cast, monday)


def _cast(plan: Plan, rng: Random) -> Cast:
    by = {user.username: actor_for(user, location_id=plan.locations[0]) for user in User.objects.all()}
    around = (plan.now - timedelta(days=60), plan.now + timedelta(days=60))
    here = set(range(plan.first_patient, plan.first_patient + plan.patients))
    here -= {plan.first_patient + number for number in plan.absent}
    busy = set(Appointment.objects.filter(starts__range=around).values_list("patient_id", flat=True))
    quiet, rest = sorted(here - busy), sorted(here & busy)
    today = Appointment.objects.filter(starts__gt=plan.now, starts__lt=plan.now + timedelta(hours=9))
    coming = today.order_by("starts", "pk").values_list("patient_id", flat=True).first()
    # Whoever has a guardian is a child; those nobody had a reason to look at are drawn last and told of first.
    children = (
        RelatedPerson.objects.filter(role="guardian").order_by("pk").values_list("patient_id", flat=True)
    )
    drawn = rng.sample(rest, DRAWN - min(len(quiet), DRAWN)) + rng.sample(quiet, min(len(quiet), DRAWN))
    child = next((pk for pk in children if pk in here and pk not in drawn), None)
    first = [coming] if coming is not None and coming not in drawn else []
    return Cast(
        by=by,
        behavioural=[*first, drawn.pop()],
        vip=drawn.pop(),
        employee=drawn.pop(),
        substance=drawn.pop(),
        child=child,
        unseen=drawn[:4],
        others=drawn[4:],
    )


def _month(plan: Plan, cast: Cast) -> Iterator[tuple[datetime, Deed]]:
    """Yield every deed with the moment it was done."""

    def at(days: int, hour: int, minute: int = 0) -> datetime:
        wall = datetime.combine(plan.today - timedelta(days=days), datetime.min.time())
        return min(
            to_utc(wall + timedelta(hours=hour, minutes=minute), plan.zone), plan.now - timedelta(minutes=5)
        )

    yield from _labels(cast, at)
    yield from _asked(plan, cast, at)
    yield from _told(plan, cast, at)
    yield from _speaking(plan, cast, at)
    yield from _looks(plan, cast, at)


At = Callable[..., datetime]


def _labels(cast: Cast, at: At) -> Iterator[tuple[datetime, Deed]]:
    pia = cast.by["pia"]

    def label(pk: int, *labels: str) -> Deed:
        return lambda: patients.label_patient(pia, patient_id=pk, labels=labels)

    for number, pk in enumerate(cast.behavioural):
        yield at(27, 9, number), label(pk, "behavioural")
    yield at(27, 9, 10), label(cast.vip, "vip")
    yield at(27, 9, 11), label(cast.employee, "employee")
    yield at(27, 9, 12), label(cast.substance, "substance")


def _asked(plan: Plan, cast: Cast, at: At) -> Iterator[tuple[datetime, Deed]]:
    """What patients asked: one overdue, one soon due, one with time, restrictions, a place of their own to be reached at."""
    rosa, lena, first = cast.by["rosa"], cast.by["lena"], cast.others
    year = plan.today.year

    def ago(days: int) -> date:
        return plan.today - timedelta(days=days)

    def take(by: Actor, pk: int, kind: str, what: str, asked_on: date, **more: str) -> Deed:
        return lambda: privacy.take_request(
            by, patient_id=pk, kind=kind, what=what, asked_on=asked_on, **more
        )

    yield (
        at(28, 8, 5),
        lambda: privacy.publish_notice(
            cast.by["pia"], label=f"{year}-1", effective=ago(28), text=NOTICE, text_es=NOTICE_ES
        ),
    )
    yield (
        at(28, 10),
        take(rosa, first[0], "access", "Everything since last year, for the new doctor", ago(34)),
    )
    yield at(24, 11), take(rosa, first[1], "access", "Laboratory results of this year", ago(24), form="PDF")
    yield (
        at(20, 14),
        take(lena, first[2], "amendment", "I never smoked", ago(20), about="Social history"),
    )
    yield (
        at(18, 9, 30),
        lambda: privacy.ask_restriction(
            rosa, patient_id=first[3], kind="paid_in_full", what="Visit on travel vaccines, paid by card",
            payer="Any health plan", asked_on=ago(18),
        ),
    )  # fmt: skip
    yield (
        at(3, 15),
        lambda: privacy.ask_restriction(
            rosa, patient_id=first[4], kind="other", what="Nothing to my employer’s clinic", asked_on=ago(3)
        ),
    )
    yield (
        at(13, 10, 15),
        lambda: patients.add_address(
            rosa, patient_id=first[5], use="confidential", line="PO Box 118", city="Northampton", state="MA", zip="01060"
        ),
    )  # fmt: skip


def _told(plan: Plan, cast: Cast, at: At) -> Iterator[tuple[datetime, Deed]]:
    """What was disclosed, on which grounds; one by a consent under 42 CFR Part 2, one an agency has hidden."""
    pia, lena, first = cast.by["pia"], cast.by["lena"], cast.others

    def ago(days: int) -> date:
        return plan.today - timedelta(days=days)

    def told(
        by: Actor, pk: int, days: int, basis: str, to: str, what: str, purpose: str, seen: str, **more: Any
    ) -> Deed:
        return lambda: privacy.disclose(
            by, patient_id=pk, on=ago(days), basis=basis, recipient=to, what=what, purpose=purpose, seen=seen, **more
        )  # fmt: skip

    yield (
        at(25, 16),
        lambda: privacy.give_consent(
            pia, patient_id=cast.substance, recipient="Hillside Recovery Center", what="Treatment summary, medication list",
            purpose="other", about="Going on with treatment there", signed_on=ago(25), signed_by="The patient",
            expires=plan.today + timedelta(days=150),
        ),
    )  # fmt: skip
    yield (
        at(12, 11),
        told(
            pia, cast.substance, 12, "authorized", "Hillside Recovery Center", "Treatment summary", "Admission there",
            "Consent on file",
        ),
    )  # fmt: skip
    yield (
        at(21, 9),
        told(
            lena, first[0], 21, "public_health", "State Department of Public Health", "Pertussis report", "Reportable disease",
            "Secure portal of the department",
        ),
    )  # fmt: skip
    yield (
        at(16, 13),
        told(
            lena, first[1], 16, "judicial", "Superior Court, Hampshire County", "Visit notes of last May", "Subpoena duces tecum",
            "Order 24-1187",
        ),
    )  # fmt: skip
    yield (
        at(10, 10),
        told(
            pia, first[0], 10, "law_enforcement", "State Police", "Date of the last visit", "Missing person",
            "Badge 4471", suspended_until=plan.today + timedelta(days=20), suspended_on=ago(10),
        ),
    )  # fmt: skip


def _speaking(plan: Plan, cast: Cast, at: At) -> Iterator[tuple[datetime, Deed]]:
    """Who speaks for whom: named with a scope, by a phrase, barred by a paper; and a caller who was none of them."""
    rosa, lena, mia, sam = (cast.by[name] for name in ("rosa", "lena", "mia", "sam"))
    first = cast.others
    people = (
        (first[0], "Miriam", "Holt", "sister", "schedule"),
        (first[1], "Peter", "Lang", "friend", "all"),
        (first[6], "June", "Abbott", "daughter", "billing"),
    )

    def named(pk: int, given: str, last: str, kin: str, scope: str) -> Deed:
        return lambda: patients.add_related(
            rosa, patient_id=pk, role="authorized", first=given, last=last, relationship=kin, scope=scope,
            expires=plan.today + timedelta(days=300),
        )  # fmt: skip

    for number, one in enumerate(people):
        yield at(22, 10, number), named(*one)
    yield at(15, 9), lambda: privacy.set_phrase(rosa, patient_id=first[7], phrase="purple canary")
    if cast.child is not None:
        child = cast.child
        yield (
            at(14, 12),
            lambda: privacy.add_paper(
                mia, patient_id=child, effect="may_not", first="Karl", last="Brenner", relationship="father",
                document="Custody decree of the Probate Court",
            ),
        )  # fmt: skip
    stranger = Patient.objects.get(pk=first[8])
    for minute, by in enumerate((rosa, rosa, sam, rosa, lena)):
        yield at(1, 15, 4 * minute), _said(by, stranger.pk, {"name": "Jane Doe", "mrn": "1"})
    right = {"name": f"{stranger.legal_first} {stranger.legal_last}", "phone": "0000"}
    known = Patient.objects.get(pk=first[9])
    spoken = {
        "name": f"{known.legal_first} {known.legal_last}",
        "birth_date": f"{known.birth_date:%-m/%-d/%Y}",
    }
    yield at(2, 11), _said(rosa, stranger.pk, right)
    yield at(2, 11, 30), _said(rosa, known.pk, spoken)


def _said(by: Actor, pk: int, said: dict[str, str]) -> Deed:
    return lambda: privacy.verify(by, patient_id=pk, speaker="patient", said=said)


def _looks(plan: Plan, cast: Cast, at: At) -> Iterator[tuple[datetime, Deed]]:
    """Last week somebody broke a glass and was asked about it, and some charts were opened with nothing behind it."""
    rosa, lena, mia, pia, sam, dev = (cast.by[name] for name in ("rosa", "lena", "mia", "pia", "sam", "dev"))
    monday = plan.today.weekday() + 7  # days ago

    def glass(by: Actor, pk: int, reason: str, words: str) -> Deed:
        return lambda: patients.break_glass(by, patient_id=pk, reason=reason, words=words)

    def look(by: Actor, pk: int) -> Deed:
        return lambda: patients.open_chart(by, pk, purpose="record: overview")

    def review() -> None:
        found = BrokenGlass.objects.filter(reviewed_at=None).order_by("pk").first()
        if found is not None:
            patients.review_glass(
                pia, glass_id=found.pk, verdict="right", note="Asked; the call is in the log"
            )

    yield at(monday - 1, 10), glass(rosa, cast.vip, "caller", "On the telephone about a referral")
    yield at(monday - 1, 10, 1), look(rosa, cast.vip)
    yield at(monday - 2, 9), review
    yield at(monday - 2, 11), glass(dev, cast.employee, "other", "Looked for a claim of last year")
    yield at(monday - 2, 11, 2), look(dev, cast.employee)
    yield at(monday - 2, 14), look(mia, cast.vip)
    for number, pk in enumerate(cast.unseen):
        yield at(monday - 3, 12, 3 * number), look((sam, sam, lena, dev)[number], pk)
    if cast.behavioural:
        yield at(1, 9, 40), glass(rosa, cast.behavioural[-1], "caller", "Asks when the next visit is")


def _answer_notice(plan: Plan, rng: Random) -> None:
    """Note that nearly everybody answered the notice, each on some day since it was published."""
    notice, rows = Notice.objects.latest("pk"), []
    span = int((plan.now - notice.published_at) / timedelta(minutes=1))
    alive = Patient.objects.filter(is_deceased=False, status=Patient.Status.ACTIVE).order_by("pk")
    for pk in alive.values_list("pk", flat=True):
        drawn = rng.random()
        if drawn < 0.05:
            continue
        how, why = UNSIGNED[int(drawn < 0.06)] if drawn < 0.07 else ("signed", "")
        at = plan.now - timedelta(minutes=rng.randrange(max(span, 1)))
        rows.append(
            Acknowledgement(patient_id=pk, notice=notice, how=how, reason=why, at=at, by_name="Rosa Diaz")
        )
    Acknowledgement.objects.bulk_create(rows, batch_size=2000)


def _settle_one(cast: Cast, monday: date) -> None:
    row = Look.objects.filter(week=monday, patient=cast.vip, user__username="rosa").first()
    if row is not None:
        note = "The call is in the log; the referral was sent the same day."
        oversight.settle_look(
            cast.by["pia"], look_id=row.pk, state="explained", note=note, version=row.version
        )
