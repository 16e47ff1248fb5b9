"""Reads of the patients room, made for screens."""

from frontdesk.office.patients.queries.drafts import drafts_of
from frontdesk.office.patients.queries.duplicates import Candidate, duplicates_for
from frontdesk.office.patients.queries.invariants import invariants
from frontdesk.office.patients.queries.recent import Recent, recent_patients
from frontdesk.office.patients.queries.records import (
    Banner,
    Change,
    PairRow,
    Side,
    family_of,
    history,
    merge_queue,
    merge_queue_length,
    merges_of,
    read_banner,
    read_banners,
    who_may_hear,
)

__all__ = [
    "Banner",
    "Candidate",
    "Change",
    "PairRow",
    "Recent",
    "Side",
    "drafts_of",
    "duplicates_for",
    "family_of",
    "history",
    "invariants",
    "merge_queue",
    "merge_queue_length",
    "merges_of",
    "read_banner",
    "read_banners",
    "recent_patients",
    "who_may_hear",
]
