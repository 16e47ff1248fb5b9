"""Reads of messages, made for screens, the worker and the proof."""

from frontdesk.office.messaging.queries.invariants import invariants as invariants
from frontdesk.office.messaging.queries.one import Opened as Opened
from frontdesk.office.messaging.queries.one import message_of as message_of
from frontdesk.office.messaging.queries.outbox import Failure as Failure
from frontdesk.office.messaging.queries.outbox import Filters as Filters
from frontdesk.office.messaging.queries.outbox import Line as Line
from frontdesk.office.messaging.queries.outbox import Page as Page
from frontdesk.office.messaging.queries.outbox import announced as announced
from frontdesk.office.messaging.queries.outbox import failures as failures
from frontdesk.office.messaging.queries.outbox import how_many_failed as how_many_failed
from frontdesk.office.messaging.queries.outbox import message_lines_about as message_lines_about
from frontdesk.office.messaging.queries.outbox import messages_of_patient as messages_of_patient
from frontdesk.office.messaging.queries.outbox import outbox as outbox
from frontdesk.office.messaging.queries.readers import leave_of as leave_of
from frontdesk.office.messaging.queries.readers import opt_outs_of as opt_outs_of
from frontdesk.office.messaging.queries.readers import readers_of as readers_of
from frontdesk.office.messaging.queries.standing import at_place as at_place
from frontdesk.office.messaging.queries.standing import facts_of as facts_of
from frontdesk.office.messaging.queries.words import Sample as Sample
from frontdesk.office.messaging.queries.words import TemplateRow as TemplateRow
from frontdesk.office.messaging.queries.words import policy as policy
from frontdesk.office.messaging.queries.words import sample as sample
from frontdesk.office.messaging.queries.words import sender_for as sender_for
from frontdesk.office.messaging.queries.words import sender_of as sender_of
from frontdesk.office.messaging.queries.words import templates as templates
from frontdesk.office.messaging.queries.words import words_for as words_for
