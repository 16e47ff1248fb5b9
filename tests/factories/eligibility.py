"""What payers answer: a 271 as it comes, read and judged and kept as the worker does it."""

from django.test import override_settings

from frontdesk.exchange.eligibility.connections import Connection
from frontdesk.exchange.eligibility.reading import read
from frontdesk.kit.actor import SYSTEM
from frontdesk.office.coverage import asking, services
from frontdesk.office.coverage.models import EligibilityCheck
from frontdesk.office.coverage.queries import judged
from frontdesk.office.coverage.rules.benefits import as_json
from frontdesk.office.coverage.rules.verdict import Verdict
from tests.people import rosa

WIRE = {"house": Connection("house", "https://payer.test/core", "mime", "u", "p", "US", "THEM")}
# Aetna Choice POS II: $35 for an office visit, $410 of $1,500 left, 12 of 20 visits of physical therapy.
AETNA = (
    "EB*1**30*PS*AETNA CHOICE POS II",
    "EB*B*IND*98***27*35*****Y",
    "MSG*NO REFERRAL NEEDED",
    "EB*C*IND*30***23*1500*****Y",
    "EB*C*IND*30***29*410*****Y",
    "EB*A*IND*30*****.2****Y",
    "EB*G*IND*30***23*4000*****Y",
    "EB*G*IND*30***29*2900*****Y",
    "EB*F*IND*PT***23***VS*20",
    "EB*F*IND*PT***29***VS*12",
)
GONE = ("EB*6**30", "DTP*357*D8*20260131")
# Medicare says active, and names the plan that pays in its place.
ADVANTAGE = (
    "EB*1**30*MA",
    "EB*1**30*MB",
    "EB*R**30*HN*HUMANA GOLD PLUS",
    "REF*18*H1036",
    "LS*2120",
    "NM1*PRP*2*HUMANA*****PI*61101",
    "LE*2120",
)


def text_271(*said, trace="FD1", last="ITO", first="ANA", born="19620314", member="W123456789"):
    """The text of a 271 about one subscriber."""
    body = [
        "ST*271*0001*005010X279A1",
        "BHT*0022*11*A-77*20260303*0802",
        "HL*1**20*1",
        "NM1*PR*2*AETNA*****PI*60054",
        "HL*2*1*21*1",
        "NM1*1P*2*ELM STREET CLINIC*****XX*1234567893",
        "HL*3*2*22*0",
        f"TRN*2*{trace}*9FRONTDESK",
        f"NM1*IL*1*{last}*{first}****MI*{member}",
        f"DMG*D8*{born}*F",
        "DTP*346*D8*20260101",
        *said,
    ]
    rows = [
        "ISA*00*          *00*          *ZZ*THEM           *ZZ*US             *260303*0802*^*00501*000000001*0*P*:",
        "GS*HB*THEM*US*20260303*0802*1*X*005010X279A1",
        *body,
        f"SE*{len(body) + 1}*0001",
        "GE*1*1",
        "IEA*1*000000001",
    ]
    return "~\n".join(rows) + "~\n"


def asked(held, day, **how):
    """A question that waits for the worker."""
    with override_settings(CONNECTIONS=WIRE):
        return services.ask(rosa(), policy_id=held.pk, day=day, **{"services": "98", **how})


def answer(row, *said, **who):
    """Settle a question with what a payer says."""
    asking.lease("a worker", 50, night=50)
    raw = text_271(*(said or AETNA), trace=row.trace, **who)
    told = read(raw.encode()).told[0]
    question = f"ISA*00~ST*270*0001~TRN*1*{row.trace}~"
    assert services.settle(
        SYSTEM, check_id=row.pk, worker="a worker", heard=told, question=question, answer=raw
    )
    row.refresh_from_db()
    return row


def answered(held, day, *said, **who):
    """A question and its answer."""
    return answer(asked(held, day), *said, **who)


def failed(held, day):
    """A question nobody answered in time."""
    row = asked(held, day)
    asking.lease("a worker", 50, night=50)
    late = Verdict(
        "unknown",
        "late",
        "the payer did not answer in 20 seconds",
        "Try again in two minutes, or call.",
    )
    services.settle(SYSTEM, check_id=row.pk, worker="a worker", heard=late, question="", answer="")
    row.refresh_from_db()
    return row
