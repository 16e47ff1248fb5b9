"""A real mail server in a process of its own: `python -m tests.soak.mailserver PORT FILE` writes a line for each message it takes."""

import json
import random
import sys
import threading
import time
from email import message_from_bytes, policy
from pathlib import Path

from aiosmtpd.controller import Controller
from icalendar import Calendar

# One in so many envelopes is put off, as real servers do.
PUT_OFF = 40


class Taking:
    def __init__(self, path: Path) -> None:
        self.file, self.rng = path.open("a"), random.Random(11)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rng.randrange(PUT_OFF) == 0:
            return "451 4.3.2 please try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = message_from_bytes(envelope.content, policy=policy.default)
        line = {
            "at": time.time(),
            "to": envelope.rcpt_tos,
            "id": mail["Message-ID"],
            "subject": mail["Subject"],
        }
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                whole = Calendar.from_ical(part.get_content())
                event = whole.walk("VEVENT")[0]
                line |= {
                    "method": str(whole["method"]),
                    "uid": str(event["uid"]),
                    "sequence": int(event["sequence"]),
                    "starts": event.decoded("dtstart").isoformat(),
                }
        # Written before the answer, as a server that has said 250 is answerable for the message.
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()
        return "250 2.0.0 taken"


if __name__ == "__main__":
    Controller(Taking(Path(sys.argv[2])), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    print("ready", flush=True)
    threading.Event().wait()
