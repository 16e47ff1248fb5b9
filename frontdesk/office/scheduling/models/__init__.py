"""The tables of the appointment book, by what they are about."""

from frontdesk.office.scheduling.models.appointments import (
    Appointment,
    CancelReason,
    Claim,
    Hold,
    Leg,
    Series,
)
from frontdesk.office.scheduling.models.resources import (
    DaySheet,
    Lane,
    Resource,
    Template,
    TemplateBlock,
    TimeOff,
    VisitLength,
    VisitStep,
    VisitType,
)
from frontdesk.office.scheduling.models.waiting import (
    ContactAttempt,
    Recall,
    RescueItem,
    RescueSheet,
    Stranded,
    WaitlistEntry,
)

__all__ = [
    "Appointment",
    "CancelReason",
    "Claim",
    "ContactAttempt",
    "DaySheet",
    "Hold",
    "Lane",
    "Leg",
    "Recall",
    "RescueItem",
    "RescueSheet",
    "Resource",
    "Series",
    "Stranded",
    "Template",
    "TemplateBlock",
    "TimeOff",
    "VisitLength",
    "VisitStep",
    "VisitType",
    "WaitlistEntry",
]
