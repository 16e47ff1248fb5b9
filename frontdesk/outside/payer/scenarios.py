"""What may happen to a question: the plan that answers it, the reason it is rejected for, or a fault of the wire."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.formats.x12.records.eligibility import Benefit
from frontdesk.outside.payer import plans
from frontdesk.outside.payer.benefits import Question

Plan = Callable[[Question], list[Benefit]]


class Wire(StrEnum):
    """How the way back fails."""

    LATE = "late"
    BROKEN = "broken"
    HALF = "half"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing to practise. `word` names it in the member file and, after `PRAC-`, begins member ids that play it.

    `rejects` is an AAA03 reason; `wire` a fault of the wire, in real time only; `renames` says that the payer spells the
    name its own way.
    """

    word: str
    shows: str
    plan: Plan = plans.ppo
    rejects: str = ""
    wire: Wire | None = None
    renames: bool = False

    @property
    def prefix(self) -> str:
        """What a member id begins with to play this for any name and birth date."""
        return f"PRAC-{self.word}"


SCENARIOS = {
    one.word: one
    for one in (
        Scenario(
            "ACTIVE",
            "Active PPO: copay $35 office, $50 specialist, $60 out of network, $75 urgent care; deductible $1,500, $410 left; "
            "20 % coinsurance; out-of-pocket maximum $6,000",
        ),
        Scenario("COPAYS", "Active; copays differ by service type and network", plans.many_copays),
        Scenario("INACTIVE", "Inactive, and no dates", plans.not_active),
        Scenario("FUTURE", "Inactive: coverage begins on the first of next month", plans.not_yet),
        Scenario("TERMED", "Inactive: coverage ended with last month", plans.ended),
        Scenario("HMO", "HMO with another primary care provider on file, Grace Okafor", plans.hmo),
        Scenario(
            "MEDADV",
            "Medicare, but Aurora Medicare Advantage (AUR01) is to be billed",
            plans.medicare_advantage,
        ),
        Scenario(
            "MANAGED",
            "Medicaid, but Bright Valley Health Plan (BVH01) is to be billed",
            plans.managed_medicaid,
        ),
        Scenario("OTHER", "Active, but Great Lakes Health (GLH01) pays first", plans.behind_another),
        Scenario("WRONGDOB", "Rejected: the birth date is not the payer's (AAA 71)", rejects="71"),
        Scenario("BADID", "Rejected: the member id cannot be one (AAA 72)", rejects="72"),
        Scenario("NOTFOUND", "Rejected: no such member (AAA 75)", rejects="75"),
        Scenario("USEDUP", "Active; all 20 visits of physical therapy are used up", plans.used_up),
        Scenario("AUTH", "Active; all but office visits must be authorized", plans.authorization),
        Scenario("PEND", "As AUTH; a 278 is pended, and decided later", plans.authorization),
        Scenario("DENY", "As AUTH; a 278 is denied", plans.authorization),
        Scenario("FEWER", "As AUTH; a 278 is approved for half the visits", plans.authorization),
        Scenario("CALL", "As AUTH; a 278 is answered with a request to call", plans.authorization),
        Scenario("SPELLED", "Active; the payer spells the name differently", renames=True),
        Scenario("DOWN", "Rejected: the payer cannot answer now (AAA 42)", rejects="42"),
        Scenario("LATE", "As ACTIVE, after 19 seconds", wire=Wire.LATE),
        Scenario("BROKEN", "An answer that is no sound 271", wire=Wire.BROKEN),
        Scenario("HALF", "Half an answer, then the connection ends", wire=Wire.HALF),
        Scenario("DROPPED", "The connection ends without an answer", wire=Wire.DROPPED),
    )
}


def played_by(member_id: str) -> Scenario | None:
    """Return the scenario whose prefix a member id begins with."""
    return next((one for one in SCENARIOS.values() if member_id.upper().startswith(one.prefix)), None)
