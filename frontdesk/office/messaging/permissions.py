"""Who may do what with words to patients, in a new practice."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    EVERYONE,
    FRONT,
    LEAD,
    MANAGER,
    PROVIDER,
    PSR,
    declare,
)

DESK = (*FRONT, CLINICAL, PROVIDER)

declare("messaging.view", "See what was sent to patients, and what could not be", *EVERYONE)
declare("messaging.send", "Write to patients from the practice's templates", *DESK)
declare(
    "messaging.send_receipts",
    "Send receipts and payment links by e-mail and text",
    PSR,
    LEAD,
    BILLER,
    MANAGER,
)
declare("messaging.withdraw", "Take back a message that has not gone out", *DESK)
declare("messaging.settle", "Settle a message that failed or may not have gone out", *DESK)
declare("messaging.opt_out", "Note that somebody wants no more messages, or wants them again", *DESK)
declare("messaging.templates", "Change the words that are sent to patients", LEAD, MANAGER, ADMIN)
declare("messaging.policy", "Say which messages are sent, and in which hours", MANAGER, ADMIN)
declare("messaging.use_link", "Answer by a link that was sent; held by patients, not by roles")
declare("messaging.deliver", "Hand messages over to the mail server and the text gateway; the program's own")
