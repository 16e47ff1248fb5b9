"""Taking in what somebody answers by text: stop and start count at once, and every answer says whom to call."""

from dataclasses import dataclass
from datetime import timedelta

from frontdesk.kit.actor import Actor
from frontdesk.office.audit.services import record, service
from frontdesk.office.messaging import rules
from frontdesk.office.messaging.models import Message, OptOut
from frontdesk.office.messaging.queries.readers import concerned_by, whose
from frontdesk.office.messaging.queries.words import sender_for
from frontdesk.office.messaging.rules import OTHER, START, STOP, Facts
from frontdesk.office.messaging.services._addresses import hold_address
from frontdesk.office.messaging.services._tally import one_too_many
from frontdesk.office.messaging.services.opting import opt_in, opt_out, where_is

State = Message.State
# What somebody said by a reply or a link they may take back by a reply; what they said at the desk, at the desk.
OWN = ("reply", "link")
# Two machines that answer each other come to an end; a person has read it by then.
ANSWERED = (3, timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Heard:
    """What a reply was taken for ("stop", "start", "help", "other"), and the words to answer it with, "" for none."""

    meaning: str
    answer: str


@service("messaging.hear", permission="messaging.opt_out")
def hear(by: Actor, /, *, channel: str, address: str, said: str) -> Heard | None:
    """Take in a reply: stop ends all messages to the address, start gives back what a stop by reply took, help is answered.

    Start gives no leave that was not there before. Returns what to answer, under the name the last message to that
    address bore; None when this very reply was heard before. What else was said is not kept, and answered so.
    """
    where = where_is(channel, address)
    meaning, language = rules.meaning_of(said)
    hold_address(where)
    owners = whose(where)
    patient_id = owners[0] if len(owners) == 1 else None
    record(by, patient_id=patient_id, extra={"channel": channel, "heard": meaning, "letters": len(said)})
    stands = OptOut.objects.filter(channel=channel, address=where, ended_at=None)
    if meaning == STOP:
        opt_out(by, channel=channel, address=where, source="reply", said=said, patient_id=patient_id)
    elif meaning == START and stands.filter(source__in=OWN).exists():
        opt_in(by, channel=channel, address=where, said=said, patient_id=patient_id)
    return Heard(
        meaning, _answer(meaning, language, where, _last_to(owners, channel, where), stopped=stands.exists())
    )


def _answer(meaning: str, language: str, where: str, last: Message | None, *, stopped: bool) -> str:
    """Return the words to answer with. After a stop nothing is said but to who asks for something themselves."""
    if meaning == OTHER and (stopped or one_too_many(f"answer {where}", *ANSWERED)):
        return ""
    sender = sender_for(Facts.read(last.after) if last else Facts())
    spoken = language or (last.language if last else "en")
    # Who was told at the desk that no more texts come is not told by a text that they come again.
    said = OTHER if stopped and meaning == START else meaning
    return rules.answer_to(said, "es" if spoken == "es" else "en", sender.clinic, sender.phone)


def _last_to(owners: list[int], channel: str, where: str) -> Message | None:
    """Return the last message that went to an address, for the name and the language it was written in."""
    gone = Message.objects.filter(patient__in=concerned_by(owners), channel=channel, address=where)
    return gone.filter(state__in=(State.SENT, State.SENDING, State.IN_DOUBT)).order_by("-pk").first()
