"""Reads of the privacy room, made for screens."""

from frontdesk.office.privacy.queries.asking import (
    Due,
    kept_from_payers,
    open_requests,
    open_restrictions,
    requests_of,
    restrictions_of,
)
from frontdesk.office.privacy.queries.collecting import Record, Rows, tables, unaccounted
from frontdesk.office.privacy.queries.consents import consents_of, is_under_part_two
from frontdesk.office.privacy.queries.disclosures import disagreements_of, disclosures_of
from frontdesk.office.privacy.queries.identity import (
    Failed,
    acting_papers,
    alarm_of,
    has_phrase,
    how_many_alarms,
    open_alarms,
    papers_on_file,
    standing,
    verifications_of,
)
from frontdesk.office.privacy.queries.invariants import invariants
from frontdesk.office.privacy.queries.notices import answer_of, current_notice, lacks_notice, missing, notices

__all__ = [
    "Due",
    "Failed",
    "Record",
    "Rows",
    "acting_papers",
    "alarm_of",
    "answer_of",
    "consents_of",
    "current_notice",
    "disagreements_of",
    "disclosures_of",
    "has_phrase",
    "how_many_alarms",
    "invariants",
    "is_under_part_two",
    "kept_from_payers",
    "lacks_notice",
    "missing",
    "notices",
    "open_alarms",
    "open_requests",
    "open_restrictions",
    "papers_on_file",
    "requests_of",
    "restrictions_of",
    "standing",
    "tables",
    "unaccounted",
    "verifications_of",
]
