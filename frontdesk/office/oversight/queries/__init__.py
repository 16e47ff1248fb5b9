"""What is read for oversight: the facts behind a week's looks, the lines to settle, who may still come in."""

from frontdesk.office.oversight.queries.access import Access, Rights, access
from frontdesk.office.oversight.queries.breadth import Stretch, how_many_scrape, told_already, untold
from frontdesk.office.oversight.queries.lines import ON_A_PAGE, Line, line, lines, weeks

__all__ = [
    "ON_A_PAGE",
    "Access",
    "Line",
    "Rights",
    "Stretch",
    "access",
    "how_many_scrape",
    "line",
    "lines",
    "told_already",
    "untold",
    "weeks",
]
