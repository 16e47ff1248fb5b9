"""What is to be collected, worked by hand: the arithmetic stands beside each case, from the rules of the trade.

Amounts are cents. E is an established office visit (99213): fee $160, agreed $100. L is a panel of blood (80053): fee $40,
agreed $15. W is a check-up (99396): fee $220, agreed $180. V is a flu vaccine (90686): fee $30, agreed $20.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from frontdesk.office.billing.rules import Band, Facts, Plan, Service, expected
from frontdesk.office.payments.rules import PURPOSE as P

ABOUT = "scheduling.appointment:9"
E = Service("99213", words="Office visit", fee=16000, allowed=10000)
L = Service("80053", words="Blood panel", fee=4000, allowed=1500)
W = Service("99396", words="Check-up", fee=22000, allowed=18000)
V = Service("90686", words="Flu vaccine", fee=3000, allowed=2000)
PT = Service("97110", words="Exercises", units=3, fee=6000, allowed=3000)
NO_RATE = replace(E, allowed=None)
NO_PRICE = replace(E, allowed=None, fee=None)
SCALE = (Band(100, "flat", 2000), Band(150, "percent", 40), Band(200, "percent", 70))


def share(low, high=None):
    return (Decimal(low), Decimal(high or low))


def aetna(**told):
    return Plan("Aetna", **told)


def copay(low, high=None, **told):
    return aetna(copay=(low, high or low), **told)


def met(left, **told):
    """A plan with a deductible of which so much is left, and a fifth of the rest for the patient."""
    return aetna(**{"share": share("0.2"), "deductible_left": left, "deductible_told": True, **told})


MEDICARE = Plan("Medicare", kind="medicare", share=share("0.2"), deductible_left=0, deductible_told=True)
MEDICARE_OPEN = replace(MEDICARE, deductible_left=4000)
MEDICAID = Plan("MassHealth", kind="medicaid")


def medigap(letter):
    return Plan("Silver Supplement", state="not_asked", medigap=letter)


def second(**told):
    return Plan("Harbor", **told)


def case(*plans, of=(E,), **facts):
    return Facts(ABOUT, plans=plans, services=of, **facts)


def own(of=(E,), **facts):
    return Facts(ABOUT, how="self_pay", services=of, **{"reason": "uninsured", **facts})


C, D, S, SELF, B = P.COPAY, P.DEDUCTIBLE, P.COINSURANCE, P.SELF_PAY, P.BALANCE
# (name, facts, what is to be collected line by line: purpose, cents, certain)
WORKED = [
    # --- A copay
    ("a copay in network is the copay", case(copay(3500)), [(C, 3500, True)]),
    ("out of network the plan tells another copay", case(copay(6000, in_network=False)), [(C, 6000, True)]),
    ("a copay leaves the deductible alone", case(copay(3500, deductible_left=41000, deductible_told=True)), [(C, 3500, True)]),
    ("a copay of $0 is $0", case(copay(0)), []),
    ("$25 or $40: the lower one at least, ask which", case(copay(2500, 4000)), [(C, 2500, False)]),
    ("$0 or $40: nothing is sure, and still asked", case(copay(0, 4000)), [(C, 0, False)]),
    ("a copay above the agreed price: min(120, 100) = 100", case(copay(12000)), [(C, 10000, True)]),
    ("a copay above the fee, no price agreed: the copay stands", case(copay(18000), of=(NO_RATE,)), [(C, 18000, True)]),
    ("a copay holds where no service is known", case(copay(3500), of=()), [(C, 3500, True)]),
    ("one copay for a visit of several services", case(copay(3500), of=(E, L)), [(C, 3500, True)]),
    ("a copay told for in network only, the network unknown", case(copay(3500, in_network=None, doubt="if in network")), [(C, 3500, False)]),
    ("a copay as it was told last month", case(copay(3500, doubt="as told for 2/3/2026")), [(C, 3500, False)]),
    ("a copay beside a share: the copay is sure, the share is asked", case(copay(3500, share=share("0.2"))), [(C, 3500, True)]),
    # --- A deductible for just this kind of service goes before the copay
    ("410 left, price 100: all 100 is deductible, no copay", case(copay(3500, deductible_left=41000, deductible_told=True, deductible_here=True)), [(D, 10000, True)]),
    ("80 left, price 100: 80, then min(35, 20) = 20", case(copay(3500, deductible_left=8000, deductible_told=True, deductible_here=True)), [(D, 8000, True), (C, 2000, True)]),
    ("30 left, price 100: 30, then the copay of 35", case(copay(3500, deductible_left=3000, deductible_told=True, deductible_here=True)), [(D, 3000, True), (C, 3500, True)]),
    ("a deductible of this service, its rest not told", case(copay(3500, deductible_told=True, deductible_here=True)), []),
    # --- Deductible, then coinsurance
    ("nothing met, 1500 left: the whole 100", case(met(150000)), [(D, 10000, True)]),
    ("partly met, 410 left: 100 < 410, the whole 100", case(met(41000)), [(D, 10000, True)]),
    ("exactly the price left: 100, nothing to share", case(met(10000)), [(D, 10000, True)]),
    ("crossed: 60 left, then 20 % of 40 = 8", case(met(6000)), [(D, 6000, True), (S, 800, True)]),
    ("crossed by a cent: 99.99 left, 20 % of 0.01 rounds to 0", case(met(9999)), [(D, 9999, True)]),
    ("met: 20 % of 100 = 20", case(met(0)), [(S, 2000, True)]),
    ("half a cent is rounded up: 15 % of 33.30 = 4.995", case(met(0, share=share("0.15")), of=(replace(E, allowed=3330),)), [(S, 500, True)]),
    ("met, and the plan pays the rest: 0 %", case(met(0, share=share("0"))), []),
    ("two services: 40 left of 115, then 20 % of 75 = 15", case(met(4000), of=(E, L)), [(D, 4000, True), (S, 1500, True)]),
    ("three units: 3 x 30 = 90, 20 % = 18", case(met(0), of=(PT,)), [(S, 1800, True)]),
    ("units and a deductible: 50 of 90, then 20 % of 40 = 8", case(met(5000), of=(PT,)), [(D, 5000, True), (S, 800, True)]),
    ("10 % or 20 %: the lower at least, 10 % of 100", case(met(0, share=share("0.1", "0.2"))), [(S, 1000, False)]),
    ("a share, and no deductible was told: 20, to be asked", case(aetna(share=share("0.2"))), [(S, 2000, False)]),
    ("a deductible whose rest is not told: nothing can be said", case(aetna(share=share("0.2"), deductible_told=True)), []),
    ("a deductible and no share: 100 of it, all of the price", case(aetna(deductible_left=20000, deductible_told=True)), [(D, 10000, True)]),
    ("a deductible crossed and no share: 60, the rest unknown", case(aetna(deductible_left=6000, deductible_told=True)), [(D, 6000, True)]),
    # --- The contract
    ("no agreed price: of the fee 160, 410 left: 160, an estimate", case(met(41000), of=(NO_RATE,)), [(D, 16000, False)]),
    ("one of two prices agreed: 20 % of (100 + 40) = 28, an estimate", case(met(0), of=(E, replace(L, allowed=None))), [(S, 2800, False)]),
    ("no price at all: unknown, never nothing", case(met(41000), of=(NO_PRICE,)), []),
    ("no service known: unknown", case(met(0), of=()), []),
    ("out of network: 40 % of the fee 160 = 64, an estimate", case(met(0, share=share("0.4"), in_network=False), of=(NO_RATE,)), [(S, 6400, False)]),
    ("a plan's own rate of 80: 20 % = 16", case(met(0), of=(replace(E, allowed=8000),)), [(S, 1600, True)]),
    # --- The most of a year
    ("out of pocket reached: nothing", case(met(0, pocket_left=0)), []),
    ("out of pocket reached: no copay either", case(copay(3500, pocket_left=0)), []),
    ("crossed: 20 % of 100 = 20, only 12 left", case(met(0, pocket_left=1200)), [(S, 1200, True)]),
    ("crossed by the deductible: min(60, 65) and then 8 of which 5 are left", case(met(6000, pocket_left=6500)), [(D, 6000, True), (S, 500, True)]),
    ("crossed by a copay: min(35, 10) = 10", case(copay(3500, pocket_left=1000)), [(C, 1000, True)]),
    ("far from it: no bound", case(met(0, pocket_left=400000)), [(S, 2000, True)]),
    # --- Preventive
    ("a check-up in network is free of charge", case(met(150000), of=(W,)), []),
    ("a check-up and a vaccine are free of charge", case(met(150000), of=(W, V)), []),
    ("a check-up, and the payer says $0 itself", case(copay(0), of=(W,)), []),
    ("a check-up of an old plan that tells $20 for it", case(copay(2000), of=(W,)), [(C, 2000, True)]),
    ("a check-up and a problem: 20 % of the 100 alone", case(met(0), of=(W, E)), [(S, 2000, True)]),
    ("a check-up out of network: 40 % of 180 = 72", case(met(0, share=share("0.4"), in_network=False), of=(W,)), [(S, 7200, True)]),
    ("modifier 33 makes a service preventive", case(met(150000), of=(replace(L, modifier="33"),)), []),
    # --- Medicare and what stands behind it
    ("Medicare, deductible met: 20 % of 100", case(MEDICARE), [(S, 2000, True)]),
    ("Medicare, 40 of the deductible left: 40, then 20 % of 60 = 12", case(MEDICARE_OPEN), [(D, 4000, True), (S, 1200, True)]),
    ("Medicare with Plan G, met: nothing", case(MEDICARE, medigap("G")), []),
    ("Medicare with Plan G, 40 left: G does not pay the deductible", case(MEDICARE_OPEN, medigap("G")), [(D, 4000, True)]),
    ("Medicare with Plan F, 40 left: F pays it", case(MEDICARE_OPEN, medigap("F")), []),
    ("Medicare with a supplement of no known letter: ask about the 40", case(MEDICARE_OPEN, medigap("?")), [(D, 4000, False)]),
    ("Medicare with Plan K, met: half of 20 is left", case(MEDICARE, medigap("K")), [(S, 1000, True)]),
    ("Medicare with Plan L, met: a quarter of 20 is left", case(MEDICARE, medigap("L")), [(S, 500, True)]),
    ("Medicare with Plan N: up to $20 later, nothing now", case(MEDICARE, medigap("N")), []),
    ("a qualified Medicare beneficiary is asked for nothing", case(replace(MEDICARE_OPEN, is_qmb=True)), []),
    ("Medicare, then Medicaid: nothing", case(MEDICARE_OPEN, MEDICAID), []),
    ("Medicare Advantage: its copay", case(Plan("Elder", kind="medicare_advantage", copay=(1500, 1500))), [(C, 1500, True)]),
    ("an annual wellness visit of Medicare: nothing", case(MEDICARE_OPEN, of=(Service("G0439", fee=17000, allowed=13000),)), []),
    ("Medicare, and a plan pays in its place: not Medicare's figures", case(replace(MEDICARE, managed="Humana Gold")), []),
    # --- Medicaid
    ("Medicaid without a copay: nothing", case(MEDICAID), []),
    ("Medicaid with its nominal copay", case(replace(MEDICAID, copay=(365, 365))), [(C, 365, True)]),
    ("Medicaid never leaves a share", case(replace(MEDICAID, share=share("0.2"), deductible_left=5000, deductible_told=True)), []),
    # --- A second plan
    ("the second plan's copay is less: 10 of 35", case(copay(3500), second(copay=(1000, 1000))), [(C, 1000, True)]),
    ("the second plan's copay is more: the first one's 35", case(copay(3500), second(copay=(5000, 5000))), [(C, 3500, True)]),
    ("the second plan tells $0: nothing", case(met(41000), second(copay=(0, 0))), []),
    ("the second plan tells no copay: billed when it has answered", case(met(41000), second()), []),
    ("the second plan is not active: the first one's", case(copay(3500), second(state="inactive")), [(C, 3500, True)]),
    ("nobody asked the second plan: the first one's, to be asked", case(copay(3500), second(state="not_asked")), [(C, 3500, False)]),
    ("a commercial plan, then Medicaid with a copay of 3.65", case(copay(3500), replace(MEDICAID, copay=(365, 365))), [(C, 365, True)]),
    # --- Somebody else pays
    ("workers' compensation: nothing", Facts(ABOUT, how="case", carrier="Pioneer", services=(E,), plans=(copay(3500),)), []),
    ("auto, the carrier first: nothing", Facts(ABOUT, how="case", carrier="Turnpike", services=(E,)), []),
    ("auto, health insurance first: its copay", case(copay(3500), carrier=None), [(C, 3500, True)]),
    # --- The patient pays
    ("self-pay: the fee", own(), [(SELF, 16000, True)]),
    ("self-pay, several services: 160 + 40", own((E, L)), [(SELF, 20000, True)]),
    ("self-pay, units: 3 x 60", own((PT,)), [(SELF, 18000, True)]),
    ("self-pay without a fee: unknown", own((NO_PRICE,)), []),
    ("kept from the plan: the whole fee, whatever the plan says", replace(case(copay(3500)), how="self_pay", reason="kept"), [(SELF, 16000, True)]),
    ("sliding at 90 %: flat 20", own(poverty=90, bands=SCALE), [(SELF, 2000, True)]),
    ("sliding at 100 %: still flat 20", own(poverty=100, bands=SCALE), [(SELF, 2000, True)]),
    ("sliding at 101 %: 40 % of 160 = 64", own(poverty=101, bands=SCALE), [(SELF, 6400, True)]),
    ("sliding at 200 %: 70 % of 160 = 112", own(poverty=200, bands=SCALE), [(SELF, 11200, True)]),
    ("above the scale: the fee", own(poverty=201, bands=SCALE), [(SELF, 16000, True)]),
    ("a flat fee is never more than the fee: min(20, 15)", own((replace(L, fee=1500),), poverty=90, bands=SCALE), [(SELF, 1500, True)]),
    ("kept from the plan does not slide", own(reason="kept", poverty=90, bands=SCALE), [(SELF, 16000, True)]),
    # --- It does not hold, or nobody knows
    ("an inactive plan: without another card the fee", case(aetna(state="inactive")), [(SELF, 16000, False)]),
    ("no insurance on file: the same", case(), [(SELF, 16000, False)]),
    ("nobody asked: unknown, never the fee and never nothing", case(aetna(state="not_asked")), []),
    ("the first plan could not be determined, the second holds: unknown", case(aetna(state="unknown"), second(copay=(1000, 1000))), []),
    ("the first plan is inactive, the second holds: the second's", case(aetna(state="inactive"), second(copay=(1000, 1000))), [(C, 1000, True)]),
    ("active, and not a word of costs: unknown", case(aetna()), []),
    ("not covered by the plan: the fee, to be asked", case(copay(3500, excluded=True)), [(SELF, 16000, False)]),
    # --- What is settled
    ("paid in full", case(copay(3500), paid=3500), []),
    ("paid in part: 35 - 20", case(copay(3500), paid=2000), [(C, 1500, True)]),
    ("waived in part: 35 - 10", case(copay(3500), waived=1000), [(C, 2500, True)]),
    ("waived whole", case(copay(3500), waived=3500), []),
    ("promised: not asked for again today", case(copay(3500), noted=3500), []),
    ("paid 40 of 25 to 40: nothing more", case(copay(2500, 4000), paid=4000), []),
    ("a credit takes off the copay first: 35 - 50 = 0, then 82 - 15 = 67", case(copay(3500), credit=5000, balance=8200), [(B, 6700, True)]),
    ("a credit smaller than the copay: 35 - 10", case(copay(3500), credit=1000), [(C, 2500, True)]),
    ("paid more than due does not touch the balance", case(copay(3500), paid=5000, balance=8200), [(B, 8200, True)]),
    ("charged: what is open of the charge, no estimate", case(met(41000), charged=7300), [(D, 7300, True)]),
    ("charged, and nothing open", case(copay(3500), charged=0, paid=3500), []),
    # --- Earlier balances
    ("an old balance is asked for whole", case(copay(3500), balance=8200), [(C, 3500, True), (B, 8200, True)]),
    ("up to 100 whole: 82", case(copay(0), balance=8200, balance_whole_upto=10000, balance_part=25), [(B, 8200, True)]),
    ("beyond 100 a quarter of 600 = 150", case(copay(0), balance=60000, balance_whole_upto=10000, balance_part=25), [(B, 15000, True)]),
    ("a quarter of 120 = 30 is less than the limit: 100", case(copay(0), balance=12000, balance_whole_upto=10000, balance_part=25), [(B, 10000, True)]),
    ("a payment plan: its instalment in place of the balance", case(copay(3500), balance=60000, instalment=5000), [(C, 3500, True), (P.INSTALMENT, 5000, True)]),
    ("a prepayment asked for", case(copay(3500), prepayment=10000), [(C, 3500, True), (P.PREPAYMENT, 10000, True)]),
]  # fmt: skip
UNKNOWN = {
    "a deductible of this service, its rest not told",
    "a copay beside a share: the copay is sure, the share is asked",
    "a deductible whose rest is not told: nothing can be said",
    "a deductible crossed and no share: 60, the rest unknown",
    "no price at all: unknown, never nothing",
    "no service known: unknown",
    "Medicare with Plan N: up to $20 later, nothing now",
    "Medicare, and a plan pays in its place: not Medicare's figures",
    "self-pay without a fee: unknown",
    "nobody asked: unknown, never the fee and never nothing",
    "the first plan could not be determined, the second holds: unknown",
    "active, and not a word of costs: unknown",
}
"""Of these something is not known, and it is said."""


@pytest.mark.parametrize(("facts", "lines"), [one[1:] for one in WORKED], ids=[one[0] for one in WORKED])
def test_what_is_to_be_collected_is_what_a_hand_worked_out(facts, lines):
    assert [(str(one.purpose), one.cents, one.certain) for one in expected(facts).due] == [
        (str(purpose), cents, certain) for purpose, cents, certain in lines
    ]


@pytest.mark.parametrize(("name", "facts"), [one[:2] for one in WORKED], ids=[one[0] for one in WORKED])
def test_what_is_not_known_is_said_and_what_is_nothing_has_its_reason(name, facts):
    told = expected(facts)
    assert bool(told.unknown) == (name in UNKNOWN)
    if not told.due and not told.unknown and not (told.paid or told.waived or told.noted):
        assert told.nothing
    if not told.paid:
        assert told.sure == (name not in UNKNOWN and all(one.certain for one in told.due if one.about))


@pytest.mark.parametrize("facts", [one[1] for one in WORKED], ids=[one[0] for one in WORKED])
def test_every_line_has_a_reason_and_a_sentence_to_say(facts):
    for one in expected(facts).due:
        assert one.words
        assert one.script.endswith((".", "?"))
        assert one.about == ("" if one.purpose in {P.BALANCE, P.INSTALMENT} else ABOUT)


def test_there_are_sixty_of_them_and_no_two_alike():
    assert len({one[0] for one in WORKED}) == len(WORKED) >= 60


def test_a_copay_is_told_as_a_clerk_says_it():
    (due,) = expected(case(copay(3500))).due
    assert due.words == "Aetna tells a $35 copay for office visits in network"
    assert due.script.startswith("Your plan tells us a $35 copay for office visits in network.")


def test_an_old_balance_says_since_when_and_that_it_is_a_part():
    told = expected(
        case(
            copay(0), balance=60000, balance_whole_upto=10000, balance_part=25, balance_since=date(2026, 2, 8)
        )
    )
    assert told.due[0].words == "Earlier balance since 2/8/2026; a part of the $600 owed"
