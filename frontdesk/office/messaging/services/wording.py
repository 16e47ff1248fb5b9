"""The practice's own words, and what it sends when."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from frontdesk.kit import clock
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Invalid, StaleVersion
from frontdesk.kit.versioned import save_changes
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.errors import WrongWords
from frontdesk.office.messaging.models import Channel, Kind, Language, Policy, Template
from frontdesk.office.messaging.rules import Words

_POLICY = {
    "off", "reminder_hours", "text_from", "text_to", "neutral_name", "neutral_locations", "neutral_visit_types",
}  # fmt: skip
_EARLIEST, _LATEST = time(8), time(21)


@service("messaging.set_template", permission="messaging.templates")
def set_template(
    by: Actor, /, *, kind: str, channel: str, language: str, body: str, subject: str = "", version: int = 0
) -> Template:
    """Put the practice's own words in place of the shipped ones. `version` is 0 for the first.

    Raises `WrongWords` with the field and a sentence, `StaleVersion`.
    """
    if kind not in Kind.values or channel not in Channel.values or language not in Language.values:
        msg = "There is no such template."
        raise Invalid(msg)
    words = Words(subject.strip() if channel == Channel.EMAIL else "", body.replace("\r\n", "\n").strip())
    if wrong := rules.wrong_words(channel, words, kind):
        raise WrongWords(next(iter(wrong.values())), fields=wrong)
    fields = {
        "subject": words.subject,
        "body": words.body,
        "changed_at": clock.now(),
        "changed_by": by.name,
    }
    row = Template.objects.filter(kind=kind, channel=channel, language=language).first()
    if row is None:
        if version:
            msg = "These words were put back to the shipped ones meanwhile. Look at them, then try again."
            raise StaleVersion(msg)
        row = Template.objects.create(kind=kind, channel=channel, language=language, **fields)
        record(by, subject=row, after={"subject": words.subject, "body": words.body})
        return row
    before = save_changes(row, fields, expected=version)
    record(
        by,
        subject=row,
        before={"subject": before["subject"], "body": before["body"]},
        after={"subject": words.subject, "body": words.body},
    )
    return row


@service("messaging.reset_template", permission="messaging.templates")
def reset_template(by: Actor, /, *, kind: str, channel: str, language: str) -> None:
    """Go back to the shipped words."""
    row = Template.objects.filter(kind=kind, channel=channel, language=language).first()
    if row is None:
        return
    record(by, subject=row, before={"subject": row.subject, "body": row.body}, after={"shipped": True})
    row.delete()


@service("messaging.set_policy", permission="messaging.policy")
def set_policy(by: Actor, /, *, changes: Mapping[str, Any], version: int | None = None) -> Policy:
    """Say which kinds are not sent (`off`), how long before a visit to remind, and in which hours texts may ring.

    Texts stay between eight and nine (47 CFR 64.1200): hours can be narrowed, not widened. Raises `Invalid`.
    """
    wrong = _wrong_policy(changes)
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)
    row = Policy.objects.order_by("pk").first() or Policy.objects.create()
    before = save_changes(row, dict(changes), expected=version or None)
    record(by, subject=row, before=_plain(before), after=_plain(changes))
    return row


def _wrong_policy(changes: Mapping[str, Any]) -> dict[str, str]:
    wrong = dict.fromkeys(set(changes) - _POLICY, "There is no such setting.")
    if set(changes.get("off", ())) - set(Kind.values):
        wrong["off"] = "Choose from the kinds of message."
    hours = changes.get("reminder_hours", [24])
    if len(hours) > 5 or any(not isinstance(h, int) or not 3 <= h <= 24 * 30 for h in hours):
        wrong["reminder_hours"] = "At most five reminders, each three hours to thirty days before."
    opens, closes = changes.get("text_from", _EARLIEST), changes.get("text_to", _LATEST)
    if not _EARLIEST <= opens < closes <= _LATEST:
        wrong["text_from"] = "Texts may go out between 8 AM and 9 PM, not outside of it."
    if "neutral_name" in changes and not 0 < len(changes["neutral_name"].strip()) <= 80:
        wrong["neutral_name"] = "Write a name that says nothing of what is done there."
    return wrong


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: v.isoformat() if isinstance(v, time) else v for name, v in values.items()}
