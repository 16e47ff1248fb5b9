"""Reading how payers answer."""

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.coverage.queries import responses
from frontdesk.office.coverage.queries.responses import Asked, Month, Which
from frontdesk.office.coverage.rules.response_times import Responses


@service("coverage.read_responses", permission="coverage.reports", reads=True)
def read_responses(by: Actor, /, *, month: Month) -> list[Responses]:
    """Return how each connection to payers answered in a month."""
    record(by, extra={"report": "payers", "month": f"{month.first:%Y-%m}"})
    return responses.responses_of(month)


@service("coverage.open_responses", permission="coverage.reports", reads=True)
def open_responses(
    by: Actor, /, *, month: Month, which: Which, after: int | None = None
) -> tuple[list[Asked], int | None]:
    """Return a page of the questions behind a figure, and after which the next page begins. Nothing in it names a patient."""
    record(by, extra={"report": "payers", "month": f"{month.first:%Y-%m}", "way": which.connection or ""})
    return responses.behind(month, which, after=after)
