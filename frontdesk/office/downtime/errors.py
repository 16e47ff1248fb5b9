"""What is said when a paper form cannot be entered: one sentence, fit to be read out.

Invalid
└── NoSuchNumber     a number that was misread, or none of ours; `code` says which

Conflict
├── EnteredBefore    this form, or another one for the same visit, was entered already; `about` holds that form
├── NotOpen          the form was voided
└── OnScreen         the visit went on on the screen meanwhile

Refused
├── ForAnother       the form was printed for one visit and is used for another
├── MaybeTwice       the same patient was entered for that day already, or has a visit then
└── NoVisitForm      a receipt is no visit
"""

from frontdesk.kit.errors import Conflict, Invalid, Refused
from frontdesk.office.downtime import rules
from frontdesk.office.downtime.models import PaperForm


class NoSuchNumber(Invalid):
    """Not a number of a form of ours."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence, fields={"number": sentence}, code=code)


class EnteredBefore(Conflict):
    """Once is enough."""

    def __init__(self, form: PaperForm) -> None:
        super().__init__(
            f"That visit was entered already, from form {rules.shown(form.number)} by {form.entered_by}.",
            form,
        )


class NotOpen(Conflict):
    """Void forms stay void."""

    def __init__(self, form: PaperForm) -> None:
        super().__init__(f"Form {rules.shown(form.number)} was voided: {form.void_reason}", form)


class OnScreen(Conflict):
    """Someone worked on it with the computer."""


class ForAnother(Refused):
    """A form has its patient's name on it."""


class MaybeTwice(Refused):
    """Better asked than entered twice."""


class NoVisitForm(Refused):
    """Money has its own place."""
