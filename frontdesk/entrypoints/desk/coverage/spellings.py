"""What a payer spells otherwise than the record: ours beside theirs, and how theirs is taken over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.entrypoints.desk.templating import us_date
from frontdesk.office.coverage.models import Policy
from frontdesk.office.coverage.rules.benefits import Told
from frontdesk.office.coverage.rules.verdict import Verdict

_FIELDS = {
    "member_id": "Member ID",
    "last": "Last name",
    "first": "First name",
    "birth_date": "Birth date",
}
_SUBSCRIBER = {
    "subscriber_first": ("first", "Subscriber’s first name"),
    "subscriber_last": ("last", "Subscriber’s last name"),
    "subscriber_birth_date": ("birth_date", "Subscriber’s birth date"),
}


@dataclass(frozen=True, slots=True)
class Spelling:
    """One field that differs. `field` is that of the policy it is taken over into; where it is the patient's own, `edit` is the form."""

    name: str
    ours: str
    theirs: str
    field: str = ""
    value: date | str = ""
    edit: str = ""


def spellings(found: Verdict, told: Told, policy: Policy, patient_id: int) -> Iterable[Spelling]:
    """Yield what differs. The member ID is the policy's; name and birth date are the patient's own, and edited there."""
    yield from _of_subscriber(told, policy)
    for one in found.tasks:
        if one.code != "spelled":
            continue
        field = one.data.get("field", "")
        ours, theirs = one.data.get("ours", ""), one.data.get("theirs", "")
        if field == "member_id":
            yield Spelling(_FIELDS[field], policy.member_id, theirs, field=field, value=theirs)
        elif field in _FIELDS:
            if field == "birth_date":
                ours, theirs = (us_date(date.fromisoformat(day)) for day in (ours, theirs))
            edit = f"/patients/{patient_id}/person?edit=identity"
            yield Spelling(_FIELDS[field], ours, theirs, edit=edit)


def _of_subscriber(told: Told, policy: Policy) -> Iterable[Spelling]:
    """Yield what of a subscriber who is not the patient differs; what the payer left blank does not."""
    if told.dependent is None or policy.relationship == Policy.Relationship.SELF:
        return
    for field, (theirs_name, name) in _SUBSCRIBER.items():
        ours, theirs = getattr(policy, field), getattr(told.subscriber, theirs_name)
        if theirs and not _same(ours, theirs):
            yield Spelling(name, _said(ours), _said(theirs), field=field, value=theirs)


def _same(ours: date | str | None, theirs: date | str) -> bool:
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours.casefold() == theirs.casefold()
    return ours == theirs


def _said(value: date | str | None) -> str:
    return us_date(value) if isinstance(value, date) else value or ""
