"""The address of every page, in a practice where each list has somebody in it."""

from dataclasses import replace
from datetime import date, timedelta

from frontdesk.entrypoints.desk.scheduling.tokens import write_token
from frontdesk.exchange.cards.pictures import tidied
from frontdesk.kit import clock
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.models import User
from frontdesk.office.accounts.queries import actor_for
from frontdesk.office.audit.models import AuditEntry
from frontdesk.office.downtime import services as downtime
from frontdesk.office.messaging.models import Message
from frontdesk.office.oversight.models import Look
from frontdesk.office.patients import services as patients
from frontdesk.office.patients.models import Address, SuspectedPair
from frontdesk.office.practice.models import Room
from frontdesk.office.billing.models import Abn
from frontdesk.office.payments import services as payments
from frontdesk.office.payments.rules import account_of
from frontdesk.office.practice.models import Location, Room
from frontdesk.office.coverage import services as services_of_coverage
from frontdesk.office.privacy import services as services_of_privacy
from frontdesk.office.privacy.models import Alarm
from frontdesk.office.referrals.models import AuthorizationRequest, PayerReply
from frontdesk.office.scheduling import services
from frontdesk.office.scheduling.models import RescueItem
from frontdesk.office.visits import services as visits
from tests.factories import scheduling as book
from tests.factories import practice as make
from tests.factories import billing, cards, coverage, drawers, estimates, privacy, referrals
from tests.factories.eligibility import answered
from tests.factories.ledger import charged
from tests.factories.messaging import link_to, write_about
from tests.factories.autopay import card_of
from tests.factories.payments import declined_card
from tests.factories.patients import ana, bo
from tests.factories.payments import check, drawer_open, part, sheet, taken
from tests.factories.scheduling import actor
from tests.journeys.insured import insured
from tests.journeys.office import TUESDAY, Office
from frontdesk.office.billing.services import place_on_scale, set_scale
from tests.people import mia

# Only ever sent, or no page of their own: a part of one, a picture, a way on to another page.
NO_PAGE = {
    "set_up",  # only before there is a practice; tests/entrypoints/desk/test_opening.py
    *("sign_out", "choose_location", "preferences", "drafts", "find", "register_check", "register_family"),
    *("register_license", "card_reading", "dismiss_card", "card_picture"),
    *(
        "dismiss_pair",
        "unmerge",
        "patient_photo",
        "set_photo",
        "remove_photo",
        "read_alert",
        "confirm_all",
        "confirm_section",
        "section",
        "end_row",
    ),
    *(
        "schedule_views",
        "schedule_beside",
        "tray",
        "park",
        "settle_stranded",
        "rescue_propose",
        "hold",
        "held",
        "release_hold",
    ),
    *(
        "book",
        "confirm",
        "no_show",
        "undo",
        "reschedule_keep",
        "move",
        "time_off",
        "waitlist_answer",
        "recall_close",
        "closed_days",
        "add_lane",
        "end_access",
    ),
    *("report_export", "report_rows_export", "end_glass", "review_glass"),
    # The visit day: deeds, lines a screen fetches, and papers (tests/entrypoints/desk/visits/test_papers.py).
    *("desk_lines", "desk_strip", "live", "visitor", "running_late", "running_late_answer"),
    *("visit_settle", "visit_note"),
    *("visit_plan_room", "order_follow_up", "settle_follow_up", "visit_deed", "board_lines", "wall_lines"),
    *("board_advance", "tomorrow_work", "routing_slip", "chart_label", "visit_slip", "huddle", "roster"),
    *(
        "message_deed",
        "message_reply",
        "carrier_text",
        "message_preview",
        "patient_opt",
        "running_late_write",
    ),
    *(
        "board_advance",
        "tomorrow_work",
        "tomorrow_lines",
        "routing_slip",
        "chart_label",
        "visit_slip",
        "huddle",
        "roster",
    ),
    # Of coverage: deeds, parts that follow an answer, and options of a field (tests/entrypoints/desk/coverage).
    "patient_referrals",
    *("offer_payers", "policy_first", "verify_policy", "policy_verdict", "accept_spelling"),
    *(
        "visit_verify",
        "visit_cover",
        "visit_medicare_unchanged",
        "medicare_unchanged",
        "accept_order",
        "end_network",
    ),
    # Of money: paper (tests/exchange/receipts).
    *("payment_receipt", "payment_plan_paper", "payment_send"),
    # Of cards: deeds, and a picture (tests/entrypoints/desk/payments, tests/entrypoints/processor).
    *("card_call_off", "card_again", "card_reader", "card_seen", "link_qr", "link_send"),
    "processor_event",
    # Of privacy: deeds, paper, and the file of a record (tests/entrypoints/desk/privacy).
    *("end_call", "accounting", "export_record", "disclosure_sheet"),
    # Signing in: deeds, and steps only those on the way see (tests/journeys/test_second_factor.py).
    *("sign_in_code", "sign_in_passkey", "lock", "awake", "unlock", "unlock_passkey", "begin_app", "add_app"),
    *("add_passkey", "set_pin", "remove_factor", "end_session", "end_other_sessions", "recovery_codes"),
    *("sign_in_with", "sign_in_back", "link_identity", "unlink_identity"),
    *("register_device", "end_device", "screen", "end_emergency", "emergency_seen"),
    *("downtime_find", "downtime_adopt", "downtime_void", "downtime_pack"),
    # Of estimates and notices: deeds, what fees come to, and the papers (tests/entrypoints/desk/billing).
    *("estimate_fees", "estimate_give", "estimate_pdf", "abn_pdf"),
    "audit_export",
    # Drawers: deeds, papers and files of a close (tests/entrypoints/desk/drawers).
    *("close_count", "close_finish", "close_day", "close_deposit", "close_sheet", "close_sheet_file"),
    *("close_month_paper", "close_month_file"),
}


def addresses(location, account):
    """The address of every page by its name, in a practice where each list has somebody in it."""
    office = Office(location)
    colleague = make.user(username="sam", display_name="Sam Wu", one_time_until=clock.now())
    who, other = ana(), bo()
    lena = actor("lead", id=account.pk, name=account.display_name)
    about = _patients(who)
    visit = office.book(who)
    later = office.book(other, hour=11)
    today = _here(office, ana(phone="(617) 555-0171"))
    wish = {"patient_id": other.pk, "visit_type_id": office.visit.pk}
    waiting = services.add_to_waitlist(lena, **wish)
    offered = services.add_to_waitlist(lena, **{**wish, "patient_id": who.pk})
    services.offer_from_waitlist(lena, entry_id=offered.pk, starts=office.at(14))
    services.add_recall(lena, **wish, due=date(2026, 3, 1), reason="Yearly physical")
    sheet = services.open_rescue(
        lena,
        provider_id=office.ruiz.provider_id,
        first_day=TUESDAY,
        last_day=TUESDAY,
        reason="ill",
    )
    held = services.hold(
        lena,
        visit_type_id=office.visit.pk,
        location_id=office.location.pk,
        provider_id=office.lee.provider_id,
        starts=office.at(15),
    )
    token = write_token(office.at(16), office.lee.provider_id, office.location.pk)
    a, p = f"/appointments/{visit.pk}", f"/patients/{who.pk}"
    words, link = _told(visit, later)
    answers = {
        "link": link,
        "link_times": f"{link}/times",
        "link_cancel": f"{link}/cancel",
        "link_paid": "/paid",
    }
    return (
        about
        | _alarms(colleague)
        | words
        | answers
        | {
            "home": "/",
            "walk_in": "/walk-in",
            "visitors": "/visitors",
            "visit": f"/visits/{today.pk}",
            "visit_payer": f"/visits/{today.pk}/payer",
            **_priced(office, today, who),
            **_papers(later, today),
            "board": "/board",
            "wall": "/board/wall",
            "board_room": f"/board/{today.pk}/room",
            "tomorrow": "/tomorrow?day=2026-03-10",
            "tomorrow_accept": f"/tomorrow/{visit.pk}/accept",
            "add_resource": "/resources/new",
            "people": "/people",
            "add_colleague": "/people/new",
            "colleague": f"/people/{colleague.pk}",
            "one_time_password": f"/people/{colleague.pk}/password",
            "password": "/password",
            "my_sign_in": "/my/sign-in",
            "prove": "/my/sign-in/prove",
            "sign_in_policy": "/people/policy",
            "invite": f"/people/{colleague.pk}/invite",
            "devices": "/people/devices",
            "emergency": "/emergency",
            "emergencies": "/emergencies",
            "roles": "/people/roles",
            "role": "/people/roles/psr",
            "break_glass": f"{p}/glass",
            "patient_labels": f"{p}/labels",
            "broken_glass": "/privacy/glass",
            "labels": "/privacy/labels",
            "practice": "/practice",
            "locations": "/locations",
            "new_location": "/locations/new",
            "edit_location": f"/locations/{office.location.pk}",
            "sign_in": "/sign-in",
            "catalogue": "/catalogue",
            "schedule": "/schedule?day=2026-03-10",
            "schedule_week": "/schedule/week?day=2026-03-10",
            "schedule_month": "/schedule/month?day=2026-03-10",
            "schedule_agenda": "/schedule/agenda?day=2026-03-10",
            "stranded": "/schedule/stranded",
            "rescue": "/schedule/rescue",
            "rescue_sheet": f"/schedule/rescue/{sheet.pk}",
            "rescue_line": f"/rescue-lines/{_rescued(office, lena, later).pk}",
            "openings": f"/openings?type={office.visit.pk}&from=3/10/2026",
            "slot": f"/openings/slot?offer={token}",
            "held_for": f"/openings/hold/{held.pk}/for?patient={who.pk}",
            "book_for": f"{p}/book?type={office.visit.pk}",
            "appointment": a,
            "read_back": f"{a}/say",
            "reassign": f"{a}/reassign",
            "notes": f"{a}/notes",
            "cancel": f"{a}/cancel",
            "reschedule": f"{a}/reschedule",
            "waitlist": "/waitlist",
            "waitlist_add": "/waitlist/add",
            "waitlist_offer": f"/waitlist/{waiting.pk}/offer?offer={token}",
            "recalls": "/recalls",
            "recall_add": "/recalls/add",
            "attempt": f"/attempts/waitlist/{waiting.pk}/{other.pk}",
            "reports": "/reports?period=days&from=3/10/2026&to=3/11/2026",
            "report": "/reports/no-shows?period=days&from=3/10/2026&to=3/11/2026",
            "payer_responses": "/reports/payers?month=2026-03",
            "payer_response_rows": "/reports/payers/rows?month=2026-03&kind=real_time&everybody=1",
            "report_rows": "/reports/utilisation/rows?period=days&from=3/10/2026&to=3/11/2026",
            "cards": "/payments/cards",
            "card_charge": f"/payments/cards/{declined_card(who, location.pk).pk}",
            "link_new": f"{p}/payment-link",
            "cards_on_file": f"{p}/cards-on-file",
            "hours": "/hours",
            "visit_types": "/visit-types",
            "new_visit_type": "/visit-types/new",
            "visit_type": f"/visit-types/{office.visit.pk}",
            "templates": "/templates",
            "template": f"/templates/{office.lee.pk}",
            "downtime": "/downtime",
            "downtime_form": f"/downtime/forms/{_blank(location)}",
            "audit": f"/audit?patient={who.pk}",
            "audit_entry": f"/audit/{AuditEntry.objects.filter(patient_id=who.pk).latest('pk').pk}",
            "snooping": "/audit/snooping?week=2026-02-23",
            **_drawers(location),
            "snooping_look": f"/audit/snooping/{_seen(colleague, who)}",
            "access_review": "/audit/access",
        }
    )


def _priced(office, today, who):
    """Fees, what a visit is made of, a scale; a visit that is charged."""
    payer = coverage.payer("Harbor Mutual", "HARB7")
    billing.fee()
    billing.rate(payer)
    billing.usual(office.visit)
    scale = {"begins": billing.YEAR, "person_cents": 1_500_000, "more_cents": 500_000}
    set_scale(mia(), **scale, bands=[(100, "flat", 2000), (200, "percent", 50)])
    home = {"people": 2, "income_cents": 2_000_000, "begins": billing.YEAR, "ends": date(2026, 12, 31)}
    place_on_scale(mia(), patient_id=who.pk, **home)
    billing.charged(today)
    return {
        "fee_list": "/fees",
        "fee_add": "/fees/add",
        "fee_code": "/fees/codes/99213",
        "fee_rate": "/fees/codes/99213/rate",
        "fee_usual": "/fees/usual",
        "fee_usual_of": f"/fees/usual/{office.visit.pk}",
        "fee_asking": "/fees/asking",
        "fee_household": f"/patients/{who.pk}/sliding-fee",
        "fee_charges": f"/visits/{today.pk}/charges",
        "fee_not_collected": f"/visits/{today.pk}/not-collected",
    }


def _papers(visit, today):
    """An estimate that is due, one that was given, and a notice nobody has answered."""
    estimate = estimates.given(visit)
    estimates.due(today)
    notice = Abn.objects.create(
        patient_id=visit.patient_id, appointment=visit, number="7", made_at=clock.now(), made_by="Mia",
        items=[{"words": "Vitamin D test", "reason": "Not for this condition", "cents": 8500}],
        facts=dict.fromkeys(("notifier", "address", "phone", "patient", "mrn", "expires"), "a word"),
    )  # fmt: skip
    return {
        "estimates": "/estimates",
        "estimate_numbers": "/estimates/numbers",
        "estimate": f"/estimates/{estimate.pk}",
        "estimate_end": f"/estimates/{estimate.pk}/end",
        "patient_estimates": f"/patients/{visit.patient_id}/estimates",
        "estimate_ask": f"/patients/{visit.patient_id}/estimates/ask",
        "abn_write": f"/visits/{visit.pk}/abn",
        "abn": f"/abns/{notice.pk}",
    }


def _drawers(location):
    """Yesterday's close with its papers, and a drawer that is open and counted."""
    by = actor_for(make.user("manager", "tilda", "Tilda Moss"))
    first = drawers.drawer(location.pk, "Front desk")
    with clock.fixed(clock.now() - timedelta(days=1)):
        closed = drawers.closed(drawers.opened(location.pk, by=by, where=first), by=by)
    session = drawers.opened(location.pk, by=by, where=first)
    return {
        "drawer": "/drawer",
        "drawer_open": "/drawer/open",
        "drawer_names": "/drawer/names",
        "drawer_name": f"/drawer/names/{first.pk}",
        "drawer_rules": "/drawer/rules",
        "drawer_move": f"/drawer/{session.pk}/move/out",
        "drawer_hand_over": f"/drawer/{session.pk}/hand-over",
        "close": f"/close?drawer={session.pk}",
        "close_done": f"/close/done/{closed.pk}",
        "close_past": "/close/past",
        "close_months": "/close/months",
        "report_drawers": "/reports/money/drawers?period=days&from=3/1/2026&to=3/4/2026",
        "report_drawer_rows": "/reports/money/drawers/rows?period=days&from=3/1/2026&to=3/4/2026",
        "report_collection": "/reports/money/collection?period=days&from=3/1/2026&to=3/4/2026",
        "report_waived": "/reports/money/waived?period=days&from=3/1/2026&to=3/4/2026",
    }


def _alarms(colleague):
    """Somebody took emergency access, a screen hangs in the corridor, somebody new has a link."""
    by, new = replace(mia(), id=0), make.user("psr", "nia", "Nia Osei")
    accounts.take_emergency_access(actor_for(new), reason="Nobody with these rights can be reached")
    accounts.register_device(by, name="Corridor", kind="wall", location_id=1, secret="a wall's own")
    link = accounts.invite(by, user_id=colleague.pk, email="sam@example.org")
    return {"welcome": f"/welcome/{accounts.token_of(link)}"}


def _told(visit, failed):
    """What one patient was told and what did not reach the other; and the link the one may answer by."""
    about = {row: write_about(row) for row in (visit, failed)}
    Message.objects.filter(pk=about[failed].pk).update(
        state="failed", why="There is no such mailbox.", address="bo@example.org", channel="email"
    )
    words = {
        "messages": "/messages",
        "message": f"/messages/{about[failed].pk}",
        "message_templates": "/messages/templates",
        "message_template": "/messages/templates/reminder/email/es",
        "message_policy": "/messages/policy",
        "patient_messages": f"/patients/{visit.patient_id}/messages",
    }
    return words, f"/a/{link_to(about[visit])}"


def _patients(who):
    """Somebody with an alert, a second chart that may be hers, and one that was."""
    twin, once = ana(phone="(617) 555-0199"), ana(phone="(617) 555-0188")
    patients.merge(mia(), survivor_id=who.pk, duplicate_id=once.pk, reason="Registered twice")
    patients.queue_suspected_pairs(mia(), patient_ids=[who.pk, twin.pk])
    patients.add_alert(mia(), patient_id=who.pk, words="Prefers the morning")
    patients.change_ssn(mia(), patient_id=who.pk, number="219-47-8306", version=0)
    pair, p = SuspectedPair.objects.get(status="open"), f"/patients/{who.pk}"
    return {
        "patients": "/patients",
        "register": "/patients/register",
        "merge_queue": "/patients/merge-queue",
        "merge_pair": f"/patients/merge-queue/{pair.pk}/merge",
        "patient": p,
        "patient_person": f"{p}/person",
        "patient_ssn": f"{p}/ssn",
        "reveal_ssn": f"{p}/ssn/reveal",
        "patient_contacts": f"{p}/contacts",
        "patient_alerts": f"{p}/alerts",
        "patient_visits": f"{p}/visits",
        "patient_history": f"{p}/history",
        **_private(who, p),
        **insured(who, p),
        **_money(who, p),
        "add_row": f"{p}/rows/address",
        "change_row": f"{p}/rows/address/{Address.objects.filter(patient=who).first().pk}",
    }


def _money(who, p):
    """What is owed and paid in part, and what was agreed on; a credit, and what a payer owes."""
    site = Location.objects.get().pk
    person = User.objects.order_by("pk").first()
    drawer_open(site, by=actor(id=person.pk))
    charged(90000, account_of(who.pk), payer=5000)
    made = taken(who, site, 5000)
    taken(who, site, 1000, purpose="prepay")
    by_check = payments.take(
        mia(), sheet=sheet(who, site, [check(2000)], [part(who, 2000)]), key="by-check"
    ).tenders.get()
    plan = payments.agree_plan(
        mia(),
        patient_id=who.pk,
        location_id=site,
        total=9000,
        count=3,
        every="month",
        first=TUESDAY,
        key="plan",
    )
    card_of(who)
    tender = f"/payments/{made.pk}/tenders/{made.tenders.get().pk}"
    return {
        "payment_sheet": f"/payments/take/{who.pk}?family=1",
        "payment_plans": "/payments/plans",
        "payment_plan": f"/payments/plans/{plan.pk}",
        "payment_autopay": f"/payments/plans/{plan.pk}/autopay",
        "payment_rules": "/payments/rules",
        "payment": f"/payments/{made.pk}",
        "payment_take_back": f"/payments/{made.pk}/take-back",
        "payment_refund": f"{tender}/refund",
        "payment_returned": f"/payments/{by_check.payment_id}/tenders/{by_check.pk}/returned",
        "payment_account": f"{p}/money",
        "payment_apply": f"{p}/money/apply",
        "payment_adjust": f"{p}/money/adjust",
        "payment_transfer": f"{p}/money/transfer",
        "payment_agree_plan": f"{p}/money/plan",
    }


def _private(who, p):
    """What is kept before anything is told: a notice, somebody verified, something disclosed, something asked."""
    notice = privacy.published()
    privacy.disclosed(who)
    privacy.verified(who)
    late = privacy.asked(who, asked_on=date(2026, 1, 2))
    for _ in range(5):
        privacy.verified(who, said={"mrn": "1"})
    alarm = Alarm.objects.get()
    denied = privacy.asked(who, kind="amendment", about="Reason for visit")
    deny = {"status": "denied", "answer": "It is accurate"}
    services_of_privacy.answer_request(mia(), request_id=denied.pk, version=1, **deny)
    services_of_privacy.add_disagreement(
        mia(), request_id=denied.pk, version=2, statement="I never said that"
    )
    services_of_privacy.add_paper(
        mia(), patient_id=who.pk, effect="may_not", first="Ken", last="Ito", document="Restraining order"
    )
    return {
        "privacy_desk": "/privacy",
        "verification_alarm": f"/privacy/alarms/{alarm.pk}",
        "privacy_notices": "/privacy/notices",
        "privacy_notice": f"/privacy/notices/{notice.pk}",
        "verify": f"{p}/verify",
        "patient_privacy": f"{p}/privacy",
        "privacy_sheet": f"{p}/privacy/disclose",
        "privacy_row": f"{p}/privacy/request/{late.pk}",
    }


def _here(office, who):
    """Somebody who has come today, and has been waiting for a while; a visitor is in the building."""
    now = clock.now()
    book.open_day(office.lee, office.lane, clock.today(office.location.zone))
    row = services.book(
        actor(),
        patient_id=who.pk,
        visit_type_id=office.visit.pk,
        location_id=office.location.pk,
        provider_id=office.lee.provider_id,
        starts=now + timedelta(minutes=20),
    )
    visits.arrive(actor(), appointment_id=row.pk, at=now - timedelta(minutes=20))
    Room.objects.create(location=office.location, name="Exam 1")
    visits.sign_in_visitor(actor(), location_id=office.location.pk, name="Pat Doyle", host="Dr. Lee")
    return row


def _blank(location):
    """A paper form without a name: the one with most to fill in."""
    forms = downtime.issue_forms(mia(), location_id=location.pk, day=TUESDAY)
    return next(form.pk for form in forms if form.kind == "walk_in")


def _seen(colleague, who):
    """A look at a chart that asks to be explained."""
    at = clock.now() - timedelta(days=7)
    why = {"reasons": ["surname", "nothing"], "weight": 5, "times": 2, "entry_id": 1}
    moments = {"first_at": at, "last_at": at, "found_at": clock.now()}
    return Look.objects.create(week=date(2026, 2, 23), user=colleague, patient=who, **why, **moments).pk


def _rescued(office, lena, visit):
    sheet = services.open_rescue(
        lena, provider_id=office.lee.provider_id, first_day=TUESDAY, last_day=TUESDAY, reason="ill"
    )
    services.propose(lena, sheet_id=sheet.pk)
    return RescueItem.objects.get(appointment=visit)
