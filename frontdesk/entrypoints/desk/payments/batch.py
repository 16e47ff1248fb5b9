"""What the card terminal's batch of a day comes to, asked of the processor. The only place that asks for it."""

from datetime import date

from frontdesk.entrypoints.desk.http import DeskRequest


def batch_total(request: DeskRequest, day: date) -> int | None:  # noqa: ARG001 - no processor can be asked yet
    """Return a day's batch total in cents; None where no processor can be asked and it is typed from the terminal."""
    return None
