"""Reads of the downtime room, made for the pack and for entering it afterwards."""

from frontdesk.office.downtime.queries.invariants import invariants as invariants
from frontdesk.office.downtime.queries.pack import COVERAGE_UNKNOWN as COVERAGE_UNKNOWN
from frontdesk.office.downtime.queries.pack import Day as Day
from frontdesk.office.downtime.queries.pack import Entry as Entry
from frontdesk.office.downtime.queries.pack import Pack as Pack
from frontdesk.office.downtime.queries.pack import Phone as Phone
from frontdesk.office.downtime.queries.pack import day_of as day_of
from frontdesk.office.downtime.queries.recovery import Form as Form
from frontdesk.office.downtime.queries.recovery import Recovery as Recovery
from frontdesk.office.downtime.queries.recovery import recovery_of as recovery_of
