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
    "accounts.set_preferences": "Chose how their screen looks",
    "patients.add_name": "Added a name",
    "patients.change_name": "Changed a name",
    "patients.end_name": "Ended a name",
    "patients.add_related": "Added a person of theirs",
    "patients.change_related": "Changed a person of theirs",
    "patients.end_related": "Ended a person of theirs",
    "patients.change_alert": "Changed an alert",
    "patients.add_identifier": "Added a number of theirs",
    "patients.remove_identifier": "Removed a number of theirs",
    "patients.set_photo": "Set a photo",
    "patients.remove_photo": "Removed a photo",
    "patients.queue_suspected_pairs": "Looked for a second chart",
    "patients.sweep_for_duplicates": "Looked for second charts",
    "patients.save_draft": "Kept an unfinished form",
    "patients.load_draft": "Took up an unfinished form",
    "patients.discard_draft": "Dropped an unfinished form",
    "practice.set_up": "Opened the practice",
    "practice.open": "Opened the practice",
    "practice.add_location": "Added a location",
    "practice.change_location": "Changed a location",
    "practice.set_hours": "Changed the hours",
    "practice.add_holidays": "Added holidays",
    "practice.close_on": "Closed a day",
    "practice.reopen_on": "Opened a day again",
    "scheduling.add_to_waitlist": "Put somebody on the waitlist",
    "scheduling.remove_from_waitlist": "Took somebody off the waitlist",
    "scheduling.offer_from_waitlist": "Offered a time from the waitlist",
    "scheduling.accept_offer": "Took an offered time",
    "scheduling.decline_offer": "Declined an offered time",
    "scheduling.add_recall": "Added a recall",
    "scheduling.close_recall": "Closed a recall",
    "scheduling.release_hold": "Gave a held time back",
    "scheduling.holds_of": "Saw held times",
    "scheduling.note": "Changed a visit’s notes",
    "scheduling.reassign": "Gave a visit to somebody else",
    "scheduling.set_stage": "Moved a visit on",
    "scheduling.why_not": "Asked why a time is refused",
    "scheduling.open_rescue": "Opened a sheet for a provider who is out",
    "scheduling.set_template": "Changed a template",
    "scheduling.add_time_off": "Noted time off",
    "visits.room": "Roomed a patient",
    "visits.start": "Noted that the provider began",
    "visits.finish": "Noted that the provider is done",
    "visits.leave": "Noted that a patient left",
    "visits.undo": "Undid a step of a visit",
    "visits.correct": "Corrected a time of a visit",
    "visits.walk_in": "Took a walk-in",
    "visits.note": "Wrote a note on a visit",
    "visits.settle": "Settled what a visit needs",
    "visits.open_report_rows": "Saw the visits behind a report",
    "visits.open_visitors": "Saw the visitors",
    "visits.sign_in_visitor": "Signed a visitor in",
    "visits.sign_out_visitor": "Signed a visitor out",
    "messaging.announce": "Wrote to a patient",
    "messaging.remind": "Reminded a patient",
    "messaging.issue_link": "Made a link for an answer",
    "messaging.read_link": "Opened a link from a message",
    "messaging.use_link": "Answered by a link",
    "messaging.withdraw": "Took a message back",
    "messaging.withdraw_about": "Took messages back",
    "messaging.note_sent": "Noted a message as sent",
    "messaging.note_failed": "Noted that a message did not arrive",
    "messaging.send_again": "Sent a message again",
    "messaging.settle": "Settled a message",
    "messaging.hear": "Heard a patient’s answer",
    "messaging.opt_in": "Noted that somebody wants messages again",
    "messaging.set_template": "Changed the words of a message",
    "messaging.set_policy": "Changed the rules for messages",
    "downtime.issue_forms": "Issued paper forms",
    "downtime.open_form": "Opened a paper form",
    "downtime.enter_form": "Entered a paper form",
    "downtime.void_form": "Voided a paper form",
    "downtime.change_passphrase": "Changed the downtime passphrase",
    "oversight.search_record": "Searched this record",
    "oversight.open_entry": "Opened an entry of this record",
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
