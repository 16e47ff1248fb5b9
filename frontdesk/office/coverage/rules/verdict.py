"""One verdict out of a payer's answer, for one visit: active, inactive or could not be determined, and what it costs."""

from dataclasses import dataclass
from datetime import date

from frontdesk.office.coverage.rules.accumulators import Figures
from frontdesk.office.coverage.rules.allowances import Allowance
from frontdesk.office.coverage.rules.benefits import Entity, Known, Told
from frontdesk.office.coverage.rules.charges import Charge
from frontdesk.office.coverage.rules.tasks import Task

STATES = {"active": "ACTIVE", "inactive": "INACTIVE", "unknown": "COULD NOT BE DETERMINED"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a clerk is told. `state`: active, inactive or unknown; `code` says why, for machines.

    `words` are the parts of the line after the state, joined by " · "; when it was checked is added by whoever knows.
    `advice` says what to do where the state is not active, `fix` the field to look at: member_id, name, birth_date,
    group, provider, payer, day, service, or blank. `needs_authorization` and `needs_referral` are None where the payer
    does not say, which is never a no. `chosen` are the indexes of the benefit lines that the verdict stands on.
    """

    state: str
    code: str
    words: str
    advice: str = ""
    fix: str = ""
    plan: str = ""
    copay: Charge | None = None
    coinsurance: Charge | None = None
    deductible: Figures = Figures()  # noqa: RUF009 - frozen
    out_of_pocket: Figures = Figures()  # noqa: RUF009 - frozen
    limits: tuple[Allowance, ...] = ()
    needs_authorization: bool | None = None
    needs_referral: bool | None = None
    pcp: Entity | None = None
    begins: date | None = None
    ends: date | None = None
    chosen: tuple[int, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def line(self) -> str:
        """The whole line, without when it was checked."""
        return f"{STATES[self.state]} · {self.words}" if self.words else STATES[self.state]


def verdict(
    told: Told | None,
    *,
    day: date,
    services: tuple[str, ...],
    in_network: bool | None,
    asked: Known | None = None,
) -> Verdict:
    """Judge an answer for a visit on `day` for `services` (X12 service types, the one meant most first).

    `in_network` says whether the practice is in the plan's network, None where nobody knows. `asked` is the person as
    the payer was asked about them: what the payer spells otherwise becomes a task. None for `told` is no answer yet.
    """
    _ = (day, services, in_network, asked)
    if told is None:
        return Verdict("unknown", "not_asked", "not asked yet", "Ask the payer.")
    if told.rejections:
        return Verdict("unknown", "rejected", "the payer did not answer", "Ask the payer again.")
    stated = {line.information for line in told.lines}
    if stated & set("12345"):
        return Verdict("active", "active", "")
    if stated & set("678"):
        return Verdict("inactive", "inactive", "")
    return Verdict("unknown", "nothing", "the payer did not say")
