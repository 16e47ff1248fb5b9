"""What is read for oversight: the facts behind a week's looks, the lines to settle, who may still come in."""

from frontdesk.office.oversight.queries.access import Access, Rights, access
from frontdesk.office.oversight.queries.breadth import Stretch, how_many_scrape, told_already, untold
from frontdesk.office.oversight.queries.lines import ON_A_PAGE, Line, line, lines, weeks
from frontdesk.office.oversight.queries.veiling import NOBODY, shut_subjects, veiled, veiled_in_turn

__all__ = [
    "NOBODY",
    "ON_A_PAGE",
    "Access",
    "Line",
    "Rights",
    "Stretch",
    "access",
    "how_many_scrape",
    "line",
    "lines",
    "shut_subjects",
    "told_already",
    "untold",
    "veiled",
    "veiled_in_turn",
    "weeks",
]
