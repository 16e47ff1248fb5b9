"""Who may do what on the visit day, in a new practice."""

from frontdesk.kit.permissions import (
    ADMIN,
    CLINICAL,
    EVERYONE,
    FRONT,
    KIOSK,
    LEAD,
    MANAGER,
    PROVIDER,
    declare,
)

DESK = (*FRONT, CLINICAL, PROVIDER)

declare("visits.view", "See who is here and how far each visit is", *EVERYONE)
declare("visits.wall", "Show the wall screen of a site: initials only", *EVERYONE, KIOSK)
declare("visits.print", "Print slips, labels, huddle sheets and the roster", *DESK)
declare("visits.arrive", "Note that a patient has arrived", *DESK)
declare("visits.check_in", "Check a patient in", *FRONT, CLINICAL)
declare("visits.move", "Move a visit on: room, provider, ready to check out", *DESK)
declare("visits.check_out", "Check a patient out", *FRONT, CLINICAL)
declare("visits.leave", "Note that a patient left without being seen", *DESK)
declare("visits.undo", "Take back a step of the last ten minutes", *DESK)
declare("visits.correct", "Correct how far a visit is, with a reason", LEAD, MANAGER, ADMIN, CLINICAL)
declare("visits.walk_in", "Take in a patient without an appointment", *DESK)
declare("visits.order", "Note the follow-up a provider has ordered", *DESK)
declare("visits.visitors", "Sign visitors in and out", *DESK)
declare("visits.plan_day", "Prepare a day and settle what is missing", *FRONT, CLINICAL)
declare("visits.reports", "Read the reports", LEAD, MANAGER, ADMIN)
declare("visits.report_names", "See whose visits stand behind a report's figure", LEAD, MANAGER)
declare("visits.export_report", "Take a report out as a file", MANAGER, ADMIN)
