"""Deeds of the record in words a person reads."""

from datetime import datetime

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.kit.permissions import ROLES
from frontdesk.kit.walltime import to_wall

DEEDS = {
    "accounts.sign_in": "Signed in",
    "accounts.sign_in_refused": "Sign-in refused",
    "accounts.invite": "Made an account",
    "accounts.change": "Changed an account",
    "accounts.deactivate": "Ended somebody’s access",
    "accounts.reset_password": "Gave a one-time password",
    "accounts.change_password": "Changed their password",
    "patients.search": "Searched for patients",
    "patients.open_chart": "Opened a chart",
    "patients.read_photo": "Saw a photo",
    "patients.register": "Registered a patient",
    "patients.import_patient": "Took a patient over",
    "patients.update_demographics": "Changed who the patient is",
    "patients.confirm_section": "Confirmed a section unchanged",
    "patients.add_contact": "Added a number",
    "patients.change_contact": "Changed a number",
    "patients.end_contact": "Ended a number",
    "patients.add_address": "Added an address",
    "patients.change_address": "Changed an address",
    "patients.end_address": "Ended an address",
    "patients.merge": "Merged two charts",
    "patients.unmerge": "Parted merged charts",
    "patients.open_merge_queue": "Saw possible duplicates",
    "patients.dismiss_pair": "Said two charts are two people",
    "patients.add_alert": "Added an alert",
    "patients.end_alert": "Ended an alert",
    "patients.read_alert": "Read an alert",
    "scheduling.book": "Booked a visit",
    "scheduling.reschedule": "Moved a visit",
    "scheduling.cancel": "Cancelled a visit",
    "scheduling.no_show": "Noted a missed visit",
    "scheduling.confirm": "Confirmed a visit",
    "scheduling.find_openings": "Looked for a free time",
    "scheduling.open_appointment": "Opened a visit in the book",
    "scheduling.open_list": "Saw a day of the book",
    "scheduling.hold": "Held a time",
    "scheduling.undo": "Undid a booking",
    "scheduling.log_attempt": "Noted a call",
    "visits.arrive": "Noted an arrival",
    "visits.check_in": "Checked a patient in",
    "visits.check_out": "Checked a patient out",
    "visits.open_day": "Saw the day’s patients",
    "visits.print_paper": "Printed a paper",
    "visits.export_report": "Took a report along",
    "visits.export_report_rows": "Took the visits of a report along",
    "visits.read_report": "Read a report",
    "visits.read_reports": "Read the reports",
    "messaging.open_list": "Saw messages",
    "messaging.open_message": "Read a message",
    "messaging.opt_out": "Noted that somebody wants no messages",
    "downtime.take_pack": "Took a downtime pack",
    "oversight.search_record": "Searched this record",
    "oversight.export_record": "Took this record along",
    "oversight.export_events": "Exported this record",
    "oversight.open_snooping": "Saw looks to be explained",
    "oversight.settle_look": "Settled a look",
    "oversight.find_snooping": "Looked for snooping",
    "oversight.review_access": "Reviewed who may come in",
}
ROOMS = {
    "accounts": "Accounts",
    "patients": "Patients",
    "scheduling": "Book",
    "visits": "Visit day",
    "messaging": "Messages",
    "practice": "Practice",
    "downtime": "Downtime",
    "oversight": "Oversight",
}
SOURCES = {
    "desk": "at the desk",
    "portal": "by a patient’s link",
    "cli": "on the command line",
    "system": "by itself",
}
OUTCOMES = {"done": "Done", "refused": "Refused"}
KINDS = {"looks": "Looks only", "changes": "Changes only"}


def deed(action: str) -> str:
    """Say what was done."""
    if action in DEEDS:
        return DEEDS[action]
    room, _, verb = action.partition(".")
    return f"{ROOMS.get(room, room.capitalize())}: {verb.replace('_', ' ')}"


def role(code: str) -> str:
    """Return a role's title."""
    return ROLES.get(code, code)


def source(code: str) -> str:
    """Say from where."""
    return SOURCES.get(code, code)


def fields(names: tuple[str, ...]) -> str:
    """Name the fields that were changed."""
    return ", ".join(name.removesuffix("_id").replace("_", " ") for name in names)


def stamp(at: datetime, zone: str) -> str:
    """Write a moment of the record to the second: 3/3/2026, 9:10:05 am."""
    wall = to_wall(at, zone)
    clock = f"{wall:%-I:%M:%S} {wall:%p}".replace("AM", "am").replace("PM", "pm")
    return f"{us_date(wall.date())}, {clock}"
