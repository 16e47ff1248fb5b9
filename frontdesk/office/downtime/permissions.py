"""Who may do what about downtime, in a new practice."""

from frontdesk.kit.permissions import ADMIN, CLINICAL, FRONT, LEAD, MANAGER, declare

declare("downtime.take_pack", "Take the downtime pack of a site along", *FRONT, CLINICAL)
declare("downtime.write_pack", "Have the downtime packs written, and change their passphrase", MANAGER, ADMIN)
declare("downtime.enter", "Enter paper forms after a downtime", *FRONT, CLINICAL)
declare(
    "downtime.void", "Void a paper form, or take over one this database does not know", LEAD, MANAGER, ADMIN
)
