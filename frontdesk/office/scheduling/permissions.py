"""Who may do what in the appointment book, in a new practice."""

from frontdesk.kit.permissions import (
    ADMIN,
    CLINICAL,
    EVERYONE,
    FRONT,
    LEAD,
    MANAGER,
    PROVIDER,
    SCHEDULER,
    SERVICE,
    declare,
)

DESK = (*FRONT, CLINICAL, PROVIDER)
SENIOR = (LEAD, MANAGER, ADMIN)
RULES = (LEAD, SCHEDULER, MANAGER, ADMIN)

declare("scheduling.view", "See the appointment book", *EVERYONE, SERVICE)
declare("scheduling.hold", "Keep a time for five minutes", *DESK)
declare("scheduling.book", "Book an appointment", *DESK)
declare("scheduling.reschedule", "Move an appointment", *DESK)
declare("scheduling.cancel", "Cancel an appointment", *DESK)
declare("scheduling.confirm", "Mark an appointment confirmed", *DESK)
declare("scheduling.no_show", "Mark a patient as not having come", *DESK)
declare("scheduling.set_stage", "Say how far a visit is", *DESK)
declare("scheduling.undo", "Take back a change of the last ten minutes", *DESK)
declare("scheduling.reassign", "Give an appointment to another provider or room", *DESK)
declare("scheduling.note", "Change an appointment's notes", *DESK)
declare("scheduling.waitlist", "Work the waitlist", *DESK)
declare("scheduling.recall", "Work the recall list", *DESK)
declare("scheduling.rescue", "Move everyone when a provider is out", *FRONT)
declare("scheduling.override_capacity", "Book beyond a time's capacity", *SENIOR)
declare("scheduling.override_visit_type", "Book a visit type where the template has another", *SENIOR)
declare("scheduling.override_time_off", "Book while a provider is away or the office closed", *SENIOR)
declare("scheduling.change_templates", "Change schedule templates", *RULES)
declare("scheduling.change_time_off", "Enter time off", *RULES)
