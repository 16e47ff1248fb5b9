"""Everything the program does by itself, on one page: when this happens, do that; every so often, do this."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from frontdesk.exchange.authorizations.asker import Asker
from frontdesk.exchange.cards.reader import Reader
from frontdesk.exchange.downtime import writing
from frontdesk.exchange.downtime.sealing import kept
from frontdesk.exchange.eligibility.batches import Batches
from frontdesk.exchange.eligibility.inquirer import Inquirer
from frontdesk.exchange.gateway.charger import Charger, read_events
from frontdesk.exchange.mail.inviting import send_invitation
from frontdesk.exchange.post import Postman
from frontdesk.kit import clock
from frontdesk.kit.actor import SYSTEM
from frontdesk.kit.errors import Refusal
from frontdesk.kit.events import beside, every, handler, on
from frontdesk.office.accounts import keeping
from frontdesk.office.accounts.events import Invited
from frontdesk.office.audit import queries as audit
from frontdesk.office.audit import seals
from frontdesk.office.billing import services as billing
from frontdesk.office.billing.queries import visits_ahead
from frontdesk.office.coverage.events import CoverageChanged
from frontdesk.office.coverage.queries import is_connected
from frontdesk.office.jobs import services as jobs
from frontdesk.office.ledger import services as ledger
from frontdesk.office.messaging import bounds, delivery
from frontdesk.office.messaging.events import OptedIn
from frontdesk.office.oversight import services as oversight
from frontdesk.office.oversight.queries import untold
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.events import (
    PatientChanged,
    PatientRegistered,
    PatientsMerged,
    PatientsUnmerged,
)
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.queries import autopay_due, is_daytime
from frontdesk.office.payments.queries import sending as money
from frontdesk.office.practice.events import HoursChanged
from frontdesk.office.practice.queries import locations
from frontdesk.office.referrals import services as referrals
from frontdesk.office.referrals.queries import ask_who_pays, has_any
from frontdesk.office.scheduling import queries as book
from frontdesk.office.scheduling import services as scheduling
from frontdesk.office.scheduling.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentMissed,
    AppointmentReassigned,
    AppointmentRescheduled,
    AppointmentRestored,
    WaitlistOffered,
)
from frontdesk.office.visits import services as visits
from frontdesk.office.visits.events import PatientArrived, PayerSaid
from frontdesk.office.visits.queries import paid_by_others, to_verify
from frontdesk.site import telling

AUTOPAY = timedelta(minutes=30)
"""How often it is looked which parts of plans are to be charged by themselves."""


def look_for_duplicates(happened: PatientRegistered | PatientChanged) -> None:
    """Whoever is new or has changed may be somebody the practice knows already."""
    patients.queue_suspected_pairs(SYSTEM, patient_ids=[happened.patient_id])


def stop_for_deceased(happened: PatientChanged) -> None:
    """Who has died is called for nothing: visits ahead are cancelled, waitlist and recalls end."""
    scheduling.stop_for_deceased(SYSTEM, patient_id=happened.patient_id)


def follow_the_hours(happened: HoursChanged) -> None:
    """The book opens and closes with the practice; who is booked into a closed day comes on the list of the stranded."""
    scheduling.follow_hours(SYSTEM, location_id=happened.location_id)


def sweep_holds() -> None:
    """A hold whose five minutes are over gives its time back; nothing is noted when there was none."""
    if book.anything_to_sweep():
        scheduling.sweep_expired_holds(SYSTEM)


def ask_for_packs() -> None:
    """Each site's downtime pack is a job of its own; without a passphrase there is none, and the page says so."""
    if kept(Path(settings.FRONTDESK_DATA) / "downtime") is None:
        return
    period = int(clock.now().timestamp() // writing.PAUSE.total_seconds())
    for site in locations():
        jobs.enqueue(
            "downtime.write_pack", {"location_id": site.pk}, dedupe=f"downtime.write_pack:{site.pk}@{period}"
        )


@handler("downtime.write_pack", long=True)
def write_pack(payload: Mapping[str, Any]) -> None:
    """Write a site's downtime pack: seconds of drawing, so never inside a transaction."""
    folder = Path(settings.FRONTDESK_DATA) / "downtime"
    writing.write(SYSTEM, payload["location_id"], folder, to=settings.FRONTDESK_DOWNTIME_TO)


def look_for_snooping() -> None:
    """Once the week is over, its looks at charts are gone through."""
    today = clock.now().date()
    oversight.find_snooping(SYSTEM, week=today - timedelta(days=today.weekday() + 7))


def watch_breadth() -> None:
    """Who opens chart after chart is told of within minutes, and not at the week's end; nothing is noted when nobody does."""
    if untold():
        oversight.watch_breadth(SYSTEM)


def carry_the_payer(happened: AppointmentRescheduled) -> None:
    """Who pays for a visit goes with it when it moves: a case, or the patient; and it stays kept from the plan."""
    with suppress(Refusal):
        visits.carry_payer(SYSTEM, appointment_id=happened.appointment_id)


def part_payers(happened: PatientsUnmerged) -> None:
    """Of two charts that are two again neither pays for the other's visits, and each keeps from its plan what it kept."""
    for patient_id in (happened.survivor_id, happened.duplicate_id):
        visits.part_payers(SYSTEM, patient_id=patient_id)


def verify_booked(happened: AppointmentBooked) -> None:
    """Whoever is booked is asked about: what is wrong with their insurance is known before the day."""
    if is_connected():
        with suppress(Refusal):
            visits.verify(SYSTEM, appointment_id=happened.appointment_id, why="booking")


def verify_arrived(happened: PatientArrived) -> None:
    """Whoever arrives is asked about again where the last answer is of another day or month; arrival never waits."""
    if is_connected():
        with suppress(Refusal):
            visits.verify(SYSTEM, appointment_id=happened.appointment_id, why="check_in")


def fit_referrals(
    happened: AppointmentBooked
    | AppointmentRescheduled
    | AppointmentCancelled
    | AppointmentMissed
    | AppointmentRestored
    | PayerSaid,
) -> None:
    """A visit takes the referral that fits it, hands it on when it moves, and gives it back when nobody comes or no plan pays."""
    if has_any(happened.patient_id):
        with suppress(Refusal):
            referrals.fit_visit(SYSTEM, appointment_id=happened.appointment_id)


def refit_referrals(happened: CoverageChanged | PatientsMerged | PatientsUnmerged) -> None:
    """Whose insurance or chart changed has their visits fitted anew: a referral of a plan that ended holds no longer."""
    ids = (
        [happened.patient_id]
        if isinstance(happened, CoverageChanged)
        else [happened.survivor_id, happened.duplicate_id]
    )
    for patient_id in ids:
        if has_any(patient_id):
            referrals.fit_patient(SYSTEM, patient_id=patient_id)


def follow_estimate(
    happened: AppointmentBooked
    | AppointmentRescheduled
    | AppointmentCancelled
    | AppointmentMissed
    | AppointmentRestored
    | PayerSaid,
) -> None:
    """A visit that its patient pays for needs a Good Faith Estimate in time; one that is off, or a plan pays, needs none."""
    with suppress(Refusal):
        billing.follow_visit(SYSTEM, appointment_id=happened.appointment_id)


def follow_estimates(happened: CoverageChanged) -> None:
    """Whose insurance changed may need estimates for the visits ahead, or need them no longer."""
    for appointment_id in visits_ahead(happened.patient_id):
        with suppress(Refusal):
            billing.follow_visit(SYSTEM, appointment_id=appointment_id)


def ask_to_verify() -> None:
    """The insurance of those who come today, tomorrow and in three days is verified: a long work, so a job of its own."""
    if not is_connected():
        return
    period = int(clock.now().timestamp() // 3600)
    jobs.enqueue("visits.verify_visits", {}, dedupe=f"visits.verify_visits@{period}")


@handler("visits.verify_visits", long=True)
def verify_visits(_payload: Mapping[str, Any]) -> None:
    """Ask about each visit by itself: what was asked when the worker was stopped stays asked, the rest follows."""
    for appointment_id in to_verify():
        with suppress(Refusal):  # what has changed since keeps no other from being asked about
            visits.verify(SYSTEM, appointment_id=appointment_id, why="night")


def ask_for_events() -> None:
    """What the card processor told and nobody heard is read over the network, so it is a job of its own."""
    if settings.CARDS is not None:
        period = int(clock.now().timestamp() // 600)
        jobs.enqueue("payments.read_events", {}, dedupe=f"payments.read_events@{period}")


@handler("payments.read_events", long=True)
def take_events(_payload: Mapping[str, Any]) -> None:
    """Read the processor's events of the last hours; tried again while it cannot be reached."""
    read_events()


def invite_colleague(happened: Invited) -> None:
    """Whoever is invited gets their link by e-mail: spoken over the network, so it is a job of its own."""
    jobs.enqueue(
        "accounts.send_invitation",
        {"invitation_id": happened.invitation_id},
        dedupe=f"invitation:{happened.invitation_id}",
    )


@handler("accounts.send_invitation", long=True)
def post_invitation(payload: Mapping[str, Any]) -> None:
    """Send one invitation; tried again while the mail server cannot be reached."""
    send_invitation(payload["invitation_id"])


def look_for_missed_parts() -> None:
    """Once a day each site's payment plans are gone through: a part that is overdue is seen the next morning."""
    for site in locations():
        payments.note_missed(SYSTEM, location_id=site.pk)


def ask_for_autopay() -> None:
    """In the daytime of a site the parts of plans that are due are charged: one by one, so it is a job of its own."""
    if settings.CARDS is not None and any(is_daytime(site.zone) for site in locations()):
        period = int(clock.now().timestamp() // AUTOPAY.total_seconds())
        jobs.enqueue("payments.charge_parts", {}, dedupe=f"payments.charge_parts@{period}")


@handler("payments.charge_parts", long=True)
def charge_parts(_payload: Mapping[str, Any]) -> None:
    """Begin each charge by itself; a plan that cannot be charged now keeps no other waiting."""
    for site in locations():
        if is_daytime(site.zone):
            for plan_id in autopay_due(site.pk, clock.today(site.zone)):
                with suppress(Refusal):
                    payments.charge_part(SYSTEM, plan_id=plan_id)


def connect() -> None:
    """Connect events to reactions and name the work that recurs."""
    on(PatientRegistered, look_for_duplicates)
    on(PatientChanged, look_for_duplicates)
    on(PatientChanged, stop_for_deceased)
    on(HoursChanged, follow_the_hours)
    on(Invited, invite_colleague)
    on(AppointmentRescheduled, carry_the_payer)
    on(PatientsUnmerged, part_payers)
    on(AppointmentBooked, verify_booked)
    on(PatientArrived, verify_arrived)
    for happened in (
        AppointmentBooked,
        AppointmentRescheduled,
        AppointmentCancelled,
        AppointmentMissed,
        AppointmentRestored,
        PayerSaid,
    ):
        on(happened, fit_referrals)
        on(happened, follow_estimate)
    on(CoverageChanged, follow_estimates)
    ask_who_pays(paid_by_others)
    for changed in (CoverageChanged, PatientsMerged, PatientsUnmerged):
        on(changed, refit_referrals)
    _tell_patients()
    every(timedelta(minutes=10), "audit.seal", lambda: seals.seal(seals.Anchor.of_installation()))
    every(
        timedelta(seconds=30),
        "scheduling.sweep_expired_holds",
        sweep_holds,
    )
    every(writing.PAUSE, "downtime.ask_for_packs", ask_for_packs)
    every(timedelta(hours=24), "audit.count_anew", audit.count_anew)
    every(timedelta(hours=1), "visits.verify_ahead", ask_to_verify)
    every(timedelta(days=7), "oversight.find_snooping", look_for_snooping)
    every(timedelta(minutes=5), "oversight.watch_breadth", watch_breadth)
    every(timedelta(hours=24), "jobs.forget_done", jobs.forget_done)
    every(timedelta(minutes=10), "payments.ask_for_events", ask_for_events)
    every(timedelta(hours=1), "ledger.note_sums", lambda: ledger.note_sums(SYSTEM))
    every(timedelta(hours=1), "accounts.sweep", keeping.sweep)
    every(timedelta(hours=24), "payments.note_missed", look_for_missed_parts)
    every(AUTOPAY, "payments.ask_for_autopay", ask_for_autopay)
    every(timedelta(hours=24), "scheduling.extend_sheets", lambda: scheduling.extend_sheets(SYSTEM))
    every(timedelta(hours=1), "messaging.tell_recalls", telling.tell_recalls)
    every(timedelta(hours=1), "messaging.forget_tallies", bounds.forget)
    beside("coverage.eligibility", lambda worker: Inquirer(worker).round, pause=0.15)
    beside("coverage.night_files", lambda worker: Batches(worker).round, pause=5)
    beside("coverage.cards", lambda worker: Reader(worker).round, pause=0.3)
    beside("referrals.authorizations", lambda worker: Asker(worker).round, pause=0.15)
    beside("payments.cards", lambda worker: Charger(worker).round, pause=0.15)
    beside("messaging.post", lambda worker: Postman(worker).round)


def _tell_patients() -> None:
    """What happens to a visit is told to its patient; and told only while it is true."""
    on(AppointmentBooked, telling.tell_booked)
    on(AppointmentRescheduled, telling.tell_rescheduled)
    on(AppointmentCancelled, telling.tell_cancelled)
    on(AppointmentRestored, telling.tell_restored)
    on(AppointmentReassigned, telling.tell_reassigned)
    on(AppointmentMissed, telling.tell_no_more)
    on(PatientArrived, telling.tell_no_more)
    on(WaitlistOffered, telling.tell_offered)
    for happened in (PatientChanged, PatientsMerged, PatientsUnmerged, OptedIn):
        on(happened, telling.tell_after_all)
    delivery.ask_whether(telling.APPOINTMENT, telling.still_true)
    delivery.ask_whether(telling.RECALL, telling.still_due)
    delivery.ask_whether(telling.WAITING, telling.still_offered)
    delivery.ask_whether(money.PAYMENT, money.receipt_stands)
    delivery.ask_whether(money.CHARGE, money.link_stands)
    delivery.ask_where_to_pay(money.CHARGE, money.page_to_pay_at)
