"""Refusals of the patients room.

Conflict
├── LikelyDuplicate     this person seems to be registered already; `about` holds the candidates
├── EditConflict        someone else changed the same field meanwhile; `about` holds both values
├── IdentifierTaken     another patient has that number
└── PairDecided         a colleague has decided about a suspected pair already
Refused
├── CannotMerge         the two charts cannot be merged, and why
└── CannotUnmerge       the merge cannot be undone, and what stands in the way
NotPermitted
└── Restricted          the record bears a label this role does not see; `about` holds the patient's row id
NotFound
└── NoSuchPatient
"""

from frontdesk.kit.errors import Conflict, NotFound, NotPermitted, Refused


class LikelyDuplicate(Conflict):
    """Somebody like this is registered already; `about` holds the candidates, likeliest first."""


class EditConflict(Conflict):
    """Someone else changed the same field meanwhile. `about` holds `FieldConflict`s; nothing was written."""


class IdentifierTaken(Conflict):
    """Another patient has that number in that system."""


class PairDecided(Conflict):
    """A colleague has decided about this pair already; `about` holds it."""


class CannotMerge(Refused):
    """The two charts cannot be merged."""


class CannotUnmerge(Refused):
    """The merge cannot be undone."""


class NoSuchPatient(NotFound):
    """There is no such patient."""


class Restricted(NotPermitted):
    """The record is hidden from this role until its glass is broken; `about` holds the patient's row id."""

    def __init__(self, patient_id: int) -> None:
        super().__init__("This record is restricted. Your role sees it only with a reason.", patient_id)
        self.patient_id = patient_id
