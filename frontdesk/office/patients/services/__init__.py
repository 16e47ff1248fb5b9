"""The verbs of the patients room."""

from frontdesk.office.patients.services.charts import SECTIONS, Chart, confirm_section, open_chart
from frontdesk.office.patients.services.drafts import discard_draft, load_draft, save_draft
from frontdesk.office.patients.services.editing import update_demographics
from frontdesk.office.patients.services.glass import (
    VERDICTS,
    break_glass,
    end_glass,
    label_patient,
    note_restricted,
    open_glass_list,
    review_glass,
)
from frontdesk.office.patients.services.identifiers import add_identifier, remove_identifier
from frontdesk.office.patients.services.importing import import_patient
from frontdesk.office.patients.services.merging import merge, unmerge
from frontdesk.office.patients.services.pairs import (
    dismiss_pair,
    open_merge_queue,
    queue_suspected_pairs,
    sweep_for_duplicates,
)
from frontdesk.office.patients.services.photos import LARGEST as LARGEST_PHOTO
from frontdesk.office.patients.services.photos import read_photo, remove_photo, set_photo
from frontdesk.office.patients.services.reach import (
    SCOPES,
    add_address,
    add_alert,
    add_contact,
    add_name,
    add_related,
    change_address,
    change_alert,
    change_contact,
    change_name,
    change_related,
    end_address,
    end_alert,
    end_contact,
    end_name,
    end_related,
    read_alert,
)
from frontdesk.office.patients.services.registering import NewPatient, register
from frontdesk.office.patients.services.searching import Hit, search
from frontdesk.office.patients.services.ssn import change_ssn, reveal_ssn

__all__ = [
    "LARGEST_PHOTO",
    "SCOPES",
    "SECTIONS",
    "VERDICTS",
    "Chart",
    "Hit",
    "NewPatient",
    "add_address",
    "add_alert",
    "add_contact",
    "add_identifier",
    "add_name",
    "add_related",
    "break_glass",
    "change_address",
    "change_alert",
    "change_contact",
    "change_name",
    "change_related",
    "change_ssn",
    "confirm_section",
    "discard_draft",
    "dismiss_pair",
    "end_address",
    "end_alert",
    "end_contact",
    "end_glass",
    "end_name",
    "end_related",
    "import_patient",
    "label_patient",
    "load_draft",
    "merge",
    "note_restricted",
    "open_chart",
    "open_glass_list",
    "open_merge_queue",
    "queue_suspected_pairs",
    "read_alert",
    "read_photo",
    "register",
    "remove_identifier",
    "remove_photo",
    "reveal_ssn",
    "review_glass",
    "save_draft",
    "search",
    "set_photo",
    "sweep_for_duplicates",
    "unmerge",
    "update_demographics",
]
