"""The addresses of a patient's insurance: policies, cards, cases, what a payer said, referrals and what was asked of them."""

from datetime import date, timedelta

from frontdesk.exchange.cards.pictures import tidied
from frontdesk.kit import clock
from frontdesk.office.coverage import services
from frontdesk.office.referrals.models import AuthorizationRequest, PayerReply
from tests.factories import cards, coverage, referrals
from tests.factories.eligibility import answered
from tests.journeys.office import TUESDAY
from tests.people import mia


def insured(who, p):
    """Two policies, one of them a parent's, and one that has ended."""
    held = coverage.policy(who, group_number="G-1042", plan_name="Choice POS II")
    cigna = coverage.payer("Cigna", "62308")
    parent = {"relationship": "child", "subscriber_first": "Mika", "subscriber_last": "Ito"}
    coverage.policy(who, payer_id=cigna.pk, **parent, subscriber_birth_date=date(1940, 2, 1))
    injury = coverage.case(who)
    coverage.medicare(who)
    services.answer_medicare(mia(), patient_id=who.pk, answers=coverage.AT_WORK)
    services.add_network(mia(), payer_id=cigna.pk, inside=False, plan="Select")
    old = coverage.policy(who, payer_id=cigna.pk, member_id="U7")
    services.end_policy(mia(), policy_id=old.pk, version=1, reason="Changed jobs")
    card = coverage.scanned(who, held, front=tidied(cards.front()), back=tidied(cards.back()))
    coverage.read(
        card, ("member_id", "HM48213977", 91), ("group_number", "48213", 60), ("copays", "PCP $25", 96)
    )
    told = answered(held, clock.today("America/New_York"), member="W123456780", last="ITOH")
    return {
        "payers": "/payers",
        "payer": f"/payers/{cigna.pk}",
        "add_payer": "/payers/add",
        "patient_insurance": f"{p}/insurance",
        "add_policy": f"{p}/insurance/add",
        "policy": f"{p}/insurance/{held.pk}",
        "scan_card": f"{p}/insurance/cards/scan",
        "card_scan": f"{p}/insurance/cards/{card.pk}",
        "payer_networks": f"/payers/{cigna.pk}/networks",
        "add_case": f"{p}/insurance/cases/add",
        "case": f"{p}/insurance/cases/{injury.pk}",
        "medicare_questions": f"{p}/insurance/medicare",
        "order_facts": f"{p}/insurance/order",
        "policy_by_phone": f"{p}/insurance/{held.pk}/phone",
        "policy_answer": f"{p}/insurance/{held.pk}/answers/{told.pk}",
        **_referred(held, p),
    }


def _referred(held, p):
    """A referral with few visits left, an authorization that was asked for and pended, and what its payer wants."""
    referrals.authorization(
        held, used_before=10, ends=TUESDAY + timedelta(days=1), referred_by="Grace Okafor"
    )
    wait = referrals.authorization(held, kind="authorization", number="", state="draft")
    now = clock.now()
    asked = AuthorizationRequest.objects.create(
        authorization=wait, trace="FR1", asked_at=now, asked_by="Mia", not_before=now, give_up_at=now, state="done",
        done_at=now, outcome="pended", words="their reference REV1", question="ISA*00*",
    )  # fmt: skip
    given = {"at": now, "way": "wire", "outcome": "pended", "digest": "0", "raw": "ISA*00*"}
    PayerReply.objects.create(request=asked, **given)
    return {
        "referrals": "/referrals",
        "referral_answers": "/referrals/answers",
        "payer_requirements": f"/payers/{held.payer_id}/referrals",
        "add_referral": f"{p}/referrals/add",
        "referral": f"{p}/referrals/{wait.pk}",
        "ask_referral": f"{p}/referrals/{wait.pk}/ask",
        "referral_request": f"{p}/referrals/requests/{asked.pk}",
    }
