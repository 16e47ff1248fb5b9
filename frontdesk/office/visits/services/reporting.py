"""Reading the reports: the figures, the visits behind them, and taking either out of the house."""

from dataclasses import asdict

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.scheduling.queries.reports import Ask
from frontdesk.office.visits.queries import report_rows, reports
from frontdesk.office.visits.queries.definitions import REPORTS
from frontdesk.office.visits.queries.report_rows import Row, Which
from frontdesk.office.visits.queries.reports import Figures

NAMES = "visits.report_names"
MOST = 10_000
AT_ONCE = 1000


@service("visits.read_reports", permission="visits.reports", reads=True)
def read_reports(by: Actor, /, *, ask: Ask) -> list[Figures]:
    """Return the headline figures of every report, each with the cut it opens with."""
    record(by, extra={"report": "all", **_said(ask)})
    return [reports.figures(code, ask) for code in REPORTS]


@service("visits.read_report", permission="visits.reports", reads=True)
def read_report(by: Actor, /, *, code: str, ask: Ask, cut: str = "", stage: str = "seen") -> Figures:
    """Return one report's figures; raise `NotFound` for a report there is not."""
    found = reports.figures(code, ask, cut, stage)
    record(by, extra={"report": code, "cut": found.cut, **_said(ask)})
    return found


@service("visits.open_report_rows", permission="visits.reports", reads=True)
def open_report_rows(
    by: Actor, /, *, ask: Ask, which: Which, after: int | None = None
) -> tuple[list[Row], int | None]:
    """Return a page of the visits behind a figure, and after which of them the next page begins.

    Names stand in it for those who may see them; whose visits they are is on record either way.
    """
    rows, following = report_rows.rows_behind(ask, which, named=by.can(NAMES), after=after)
    _shown(by, ask, which, rows)
    return rows, following


@service("visits.export_report", reads=True)
def export_report(by: Actor, /, *, code: str, ask: Ask, cut: str = "", stage: str = "seen") -> Figures:
    """Return one report's figures to be taken out of the house; put on record that they were."""
    found = reports.figures(code, ask, cut, stage)
    record(by, extra={"report": code, "cut": found.cut, "lines": len(found.lines), **_said(ask)})
    return found


@service("visits.export_report_rows", permission="visits.export_report", reads=True)
def export_report_rows(by: Actor, /, *, ask: Ask, which: Which) -> list[Row]:
    """Return the visits behind a figure to be taken out of the house, at most ten thousand; whose is on record."""
    rows, _ = report_rows.rows_behind(ask, which, named=by.can(NAMES), limit=MOST)
    _shown(by, ask, which, rows)
    return rows


def _shown(by: Actor, ask: Ask, which: Which, rows: list[Row]) -> None:
    """Put on record whose visits were shown, in entries of a readable size."""
    for begin in range(0, max(len(rows), 1), AT_ONCE):
        shown = sorted({row.patient_id for row in rows[begin : begin + AT_ONCE]})
        extra = {
            "report": which.code,
            "cut": which.cut,
            "key": which.key,
            "named": by.can(NAMES),
            **_said(ask),
        }
        record(by, extra={**extra, "shown": shown})


def _said(ask: Ask) -> dict[str, object]:
    """Return what was asked, as the record keeps it."""
    return {
        key: str(value) if key in {"first", "last"} else value for key, value in asdict(ask).items() if value
    }
