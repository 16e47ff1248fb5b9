"""Refusals: what the office says when it will not do a thing.

    Refusal
    ├── Refused         a rule of the practice says no
    ├── Conflict        someone else was first, or the record has moved on
    ├── NotPermitted    this person may not do it
    ├── NotFound        there is no such thing, or none this person may know of
    └── Invalid         what was given cannot be right; says which field and why

The text is one sentence fit to be read to a caller; it never holds a patient's data. Entry points translate
`kind` once, into a status of their own language (HTTP, FHIR OperationOutcome, HL7 ACK).
"""

from collections.abc import Mapping


class Refusal(Exception):
    """The office understood and declined."""

    kind = "refused"

    def __init__(self, sentence: str, *about: object, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.about = about
        self.code = code or type(self).__name__


class Refused(Refusal):
    """A rule of the practice stands against it."""


class Conflict(Refusal):
    """Somebody else was first, or the record changed since it was read."""

    kind = "conflict"


class NotPermitted(Refusal):
    """The actor lacks the permission; `about` names it."""

    kind = "not_permitted"


class NotFound(Refusal):
    """No such thing, or none that this actor may know of."""

    kind = "not_found"


class Invalid(Refusal):
    """Input that cannot be right. `fields` maps a field's name to what is wrong with it."""

    kind = "invalid"

    def __init__(
        self, sentence: str, *about: object, fields: Mapping[str, str] | None = None, code: str = ""
    ) -> None:
        super().__init__(sentence, *about, code=code)
        self.fields = dict(fields or {})


class StaleVersion(Conflict):
    """The record was changed by someone else after this page was drawn."""
