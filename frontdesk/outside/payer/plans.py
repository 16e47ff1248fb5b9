"""What each scenario's plan says. Dates follow from the day asked about, so that a scenario shows the same on any day."""

from datetime import date, timedelta

from frontdesk.formats.x12.records.eligibility import Benefit
from frontdesk.formats.x12.records.segments import Message
from frontdesk.outside.payer.benefits import (
    ADMISSION,
    BOTH,
    IN,
    OUT,
    Organization,
    Question,
    active,
    coinsurance,
    copay,
    deductible,
    inactive,
    names_payer,
    not_covered,
    on,
    out_of_pocket,
    primary_care,
    visits,
)

PPO, HMO, COMMERCIAL, MEDICAID = "PR", "HM", "C1", "MC"
MEDICARE_ADVANTAGE = Organization(
    "AURORA MEDICARE ADVANTAGE", "AUR01", "PO BOX 4400", ("HARTFORD", "CT", "06101"), "8005550141"
)
MANAGED_MEDICAID = Organization(
    "BRIGHT VALLEY HEALTH PLAN", "BVH01", "200 STATE ST", ("BOSTON", "MA", "02109"), "8005550142"
)
OTHER = Organization("GREAT LAKES HEALTH", "GLH01", "1 LAKE ST", ("CHICAGO", "IL", "60601"), "8005550143")


def ppo(question: Question) -> list[Benefit]:
    """A PPO with all that a front desk asks for."""
    return [
        *active(question, PPO, but=("35", "AL")),
        *not_covered(question, "35", "AL"),
        copay("98", 35, IN, "PRIMARY CARE OFFICE VISIT"),
        copay("98", 60, OUT, "OFFICE VISIT"),
        copay("3", 50, IN, "SPECIALIST OFFICE VISIT"),
        copay("UC", 75, BOTH),
        *deductible("IND", 1500, 410),
        *deductible("FAM", 3000, 1180),
        *deductible("IND", 4000, 4000, OUT),
        *out_of_pocket("IND", 6000, 4210),
        *out_of_pocket("FAM", 12000, 9020),
        coinsurance(20, IN),
        coinsurance(40, OUT),
    ]


def many_copays(question: Question) -> list[Benefit]:
    """A plan whose copays differ by service type and network."""
    amounts = (("98", 25, 50), ("MH", 20, 60), ("PT", 40, 80), ("33", 30, 70), ("UC", 50, 100), ("5", 0, 25))
    lines = [*active(question, PPO)]
    for code, inside, outside in amounts:
        lines += [copay(code, inside, IN), copay(code, outside, OUT)]
    return [
        *lines,
        copay("98", 10, IN, "TELEHEALTH VISIT"),
        copay("86", 250, BOTH, "WAIVED IF ADMITTED"),
        copay("48", 500, IN, period=ADMISSION),
        coinsurance(30, OUT, "48"),
    ]


def not_active(question: Question) -> list[Benefit]:
    """No coverage, and nothing more is said."""
    return [inactive(question, PPO, "NO ACTIVE COVERAGE ON THE DATE REQUESTED")]


def not_yet(question: Question) -> list[Benefit]:
    """Coverage begins on the first of the next month."""
    return [inactive(question, PPO, "COVERAGE HAS NOT BEGUN", ("346", next_month(question.day)))]


def ended(question: Question) -> list[Benefit]:
    """Coverage ended with the last month, after a year or more."""
    last = month(question.day) - timedelta(days=1)
    return [
        inactive(question, PPO, "COVERAGE HAS ENDED", ("346", last.replace(month=1, day=1)), ("347", last))
    ]


def hmo(question: Question) -> list[Benefit]:
    """An HMO that has another primary care provider on file."""
    outside = Benefit(information="I", service_types=["30"], in_network=OUT)
    return [
        *active(question, HMO),
        primary_care(
            "OKAFOR",
            "GRACE",
            "1993999998",
            "4135550177",
            "REFERRAL FROM THE PRIMARY CARE PROVIDER IS REQUIRED",
        ),
        copay("98", 20, IN, "PRIMARY CARE OFFICE VISIT"),
        copay("3", 40, IN, "SPECIALIST OFFICE VISIT"),
        outside,
    ]


def medicare_advantage(question: Question) -> list[Benefit]:
    """Medicare, which says that an Advantage plan pays in its stead."""
    lines = [
        Benefit(information="1", service_types=["30"], insurance_type=part, plan=words)
        for part, words in (("MA", "MEDICARE PART A"), ("MB", "MEDICARE PART B"))
    ]
    for line in lines:
        line.dates = [on("291", year(question.day))]
    words = "MEDICARE ADVANTAGE PLAN. BILL THE PLAN, NOT MEDICARE"
    return [*lines, names_payer("R", "HN", "PR", MEDICARE_ADVANTAGE, words, year(question.day))]


def managed_medicaid(question: Question) -> list[Benefit]:
    """Medicaid, whose member is enrolled in a managed care plan."""
    words = "ENROLLED IN MANAGED CARE. BILL THE PLAN, NOT MEDICAID"
    return [
        *active(question, MEDICAID),
        names_payer("MC", MEDICAID, "PR", MANAGED_MEDICAID, words, month(question.day)),
        copay("98", 0, BOTH),
    ]


def behind_another(question: Question) -> list[Benefit]:
    """A plan that pays second."""
    return [
        *ppo(question),
        names_payer("R", COMMERCIAL, "PRP", OTHER, "OTHER COVERAGE IS PRIMARY", year(question.day)),
    ]


def used_up(question: Question) -> list[Benefit]:
    """Twenty visits of physical therapy a year, none of them left."""
    return [*ppo(question), copay("PT", 40, IN), *visits("PT", 20, 0)]


def authorization(question: Question) -> list[Benefit]:
    """Everything but an office visit must be authorized beforehand."""
    free = ("98", "UC", "86")
    asked = [code for code in question.stated if code not in free]
    lines = active(question, PPO, but=asked, authorization="N")
    needed = asked or ["4", "62", "PT"]
    line = Benefit(information="1", service_types=needed, authorization="Y", in_network=IN)
    line.messages = [Message(text="PRIOR AUTHORIZATION IS REQUIRED. CALL 800 555 0144")]
    return [*lines, line, copay("98", 35, IN)]


def year(day: date) -> date:
    """The first day of the year."""
    return day.replace(month=1, day=1)


def month(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the next month."""
    return month(month(day) + timedelta(days=31))
