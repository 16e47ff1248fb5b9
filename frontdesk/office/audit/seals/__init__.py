"""Seals over the record of deeds: a changed, removed, slipped-in or cut-off entry no longer fits, and is named.

Entries are sealed in runs of at most a thousand. A seal is a SHA-256 of its run, chained to the seal before; a line
about it, under a key the database does not know, goes to a file outside (`Anchor`). Beside the SHA-256 a seal keeps a
short keyed mark of each entry, so that a run that does not fit can say which entry it is.
"""

from frontdesk.office.audit.seals.anchor import Anchor
from frontdesk.office.audit.seals.locks import open_locks
from frontdesk.office.audit.seals.making import adopt, seal
from frontdesk.office.audit.seals.proof import Breach, breaches

__all__ = ["Anchor", "Breach", "adopt", "breaches", "open_locks", "seal"]
