"""What is read for oversight: the facts behind a week's looks, the lines to settle, who may still come in."""

from frontdesk.office.oversight.queries.access import Access, Rights, access
from frontdesk.office.oversight.queries.lines import Line, line, lines, weeks

__all__ = ["Access", "Line", "Rights", "access", "line", "lines", "weeks"]
