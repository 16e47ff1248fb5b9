"""Reads of the visit day, made for its screens."""

from frontdesk.office.visits.queries.changes import Feed as Feed
from frontdesk.office.visits.queries.changes import Stamp as Stamp
from frontdesk.office.visits.queries.changes import changed_since as changed_since
from frontdesk.office.visits.queries.changes import newest as newest
from frontdesk.office.visits.queries.changes import stamps as stamps
from frontdesk.office.visits.queries.day import Line as Line
from frontdesk.office.visits.queries.day import day_of as day_of
from frontdesk.office.visits.queries.day import line_of as line_of
from frontdesk.office.visits.queries.day import lines_of as lines_of
from frontdesk.office.visits.queries.details import follow_ups_of as follow_ups_of
from frontdesk.office.visits.queries.details import rooms_of as rooms_of
from frontdesk.office.visits.queries.details import settled_of as settled_of
from frontdesk.office.visits.queries.details import steps_of as steps_of
from frontdesk.office.visits.queries.details import visitors_for as visitors_for
from frontdesk.office.visits.queries.details import visitors_in as visitors_in
from frontdesk.office.visits.queries.invariants import invariants as invariants
from frontdesk.office.visits.queries.papers import Person as Person
from frontdesk.office.visits.queries.papers import coming_of as coming_of
from frontdesk.office.visits.queries.papers import new_patients as new_patients
from frontdesk.office.visits.queries.papers import on_recall_of as on_recall_of
from frontdesk.office.visits.queries.papers import person_of as person_of
from frontdesk.office.visits.queries.waits import Behind as Behind
from frontdesk.office.visits.queries.waits import around as around
from frontdesk.office.visits.queries.waits import behind as behind
from frontdesk.office.visits.queries.waits import usual_minutes as usual_minutes
from frontdesk.office.visits.queries.waits import waits as waits
