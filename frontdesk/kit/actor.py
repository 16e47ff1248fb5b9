"""Who is acting: a member of staff, a patient at the portal, an agent, or the program itself."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who asks. Every verb of the office takes one as its first argument.

    `key` is the idempotency key of the form render the request came from, `body` a fingerprint of what
    was posted with it; both are empty for reads and for the program's own work. `role` is the one they act with.
    `sites` are the locations where the permissions hold; None is all of them. `shown` is the patient whose page the
    form was drawn on, where it says so: what is then asked is about that patient or not done (`audit.services.record`).
    """

    kind: str
    id: int | None
    name: str
    permissions: frozenset[str] = frozenset()
    location_id: int | None = None
    source: str = ""
    key: str | None = None
    body: str = ""
    role: str = ""
    sites: frozenset[int] | None = None
    shown: int | None = None

    def can(self, permission: str) -> bool:
        """Say whether this actor holds `permission`; the program itself holds all of them."""
        return self.kind == "system" or permission in self.permissions

    def works_at(self, location_id: int | None) -> bool:
        """Say whether this actor's permissions hold at a location; what belongs to none is everybody's."""
        return self.sites is None or location_id is None or location_id in self.sites

    def keyed(self, key: str, body: str) -> "Actor":
        """Return the same actor asking under an idempotency key (see `audit.services.service`)."""
        return replace(self, key=key, body=body)

    def keyless(self) -> "Actor":
        """Return the same actor without a key: for one of several deeds of a form, where the last one carries it."""
        return replace(self, key=None, body="")

    def showing(self, patient_id: int | None) -> "Actor":
        """Return the same actor asking from a page that shows this patient, or nobody."""
        return replace(self, shown=patient_id)


SYSTEM = Actor("system", None, "frontdesk", source="system")
