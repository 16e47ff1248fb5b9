"""Reads of the patients room, made for screens."""

from frontdesk.office.patients.queries.drafts import drafts_of
from frontdesk.office.patients.queries.duplicates import Candidate, duplicates_for
from frontdesk.office.patients.queries.glass import (
    broken,
    find_patient,
    glass_of,
    how_many_broken,
    labels_of,
    opened_by,
    refuse_hidden,
)
from frontdesk.office.patients.queries.invariants import invariants
from frontdesk.office.patients.queries.recent import Recent, recent_patients
from frontdesk.office.patients.queries.records import (
    Banner,
    Change,
    PairRow,
    Side,
    charts_of,
    family_of,
    history,
    merge_queue,
    merge_queue_length,
    merges_of,
    owners_of,
    read_banner,
    read_banners,
    who_may_hear,
)
from frontdesk.office.patients.queries.ssn import ssn_shown, ssn_version
from frontdesk.office.patients.queries.values import MASK, readable

__all__ = [
    "MASK",
    "Banner",
    "Candidate",
    "Change",
    "PairRow",
    "Recent",
    "Side",
    "broken",
    "charts_of",
    "drafts_of",
    "duplicates_for",
    "family_of",
    "find_patient",
    "glass_of",
    "history",
    "how_many_broken",
    "invariants",
    "labels_of",
    "merge_queue",
    "merge_queue_length",
    "merges_of",
    "opened_by",
    "owners_of",
    "read_banner",
    "read_banners",
    "readable",
    "recent_patients",
    "refuse_hidden",
    "ssn_shown",
    "ssn_version",
    "who_may_hear",
]
