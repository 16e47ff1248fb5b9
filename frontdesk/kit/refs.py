"""A reference to a row of any room, where a foreign key would point up or at everything."""

from dataclasses import dataclass

from django.db.models import Model


@dataclass(frozen=True, slots=True)
class Ref:
    """`kind` is "room.model" in lower case, `id` the primary key; written "patients.patient:12"."""

    kind: str
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def to(cls, row: Model) -> "Ref":
        """Return the reference to a saved row."""
        return cls(row._meta.label_lower, row.pk)

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """Read "patients.patient:12"; raise ValueError when it is not of that form."""
        kind, _, number = text.rpartition(":")
        if "." not in kind:
            msg = f"not a reference: {text!r}"
            raise ValueError(msg)
        return cls(kind, int(number))
