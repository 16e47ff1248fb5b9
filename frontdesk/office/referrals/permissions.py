"""Who may see referrals and authorizations, keep them, ask payers for them, and keep the rules about them."""

from frontdesk.kit.permissions import (
    ADMIN,
    BILLER,
    CLINICAL,
    LEAD,
    MANAGER,
    PRIVACY,
    PROVIDER,
    PSR,
    SCHEDULER,
    TRAINEE,
    declare,
)

_DESK = (PSR, LEAD, SCHEDULER, BILLER, MANAGER)

declare(
    "referrals.view",
    "See a patient's referrals and authorizations",
    *_DESK,
    CLINICAL,
    PROVIDER,
    PRIVACY,
    TRAINEE,
    ADMIN,
)
declare("referrals.change", "Note referrals and authorizations, change and end them", *_DESK)
declare("referrals.fit", "Have a visit take the referral that fits it", *_DESK, CLINICAL, PROVIDER, ADMIN)
declare("referrals.ask", "Ask payers for a referral or authorization, take in what they answer", *_DESK)
declare("referrals.worklist", "See which referrals run out, wait or are missing", *_DESK)
declare(
    "referrals.change_rules", "Say which visits a payer wants a referral for", LEAD, BILLER, MANAGER, ADMIN
)
declare("referrals.settle", "Keep what payers answer to a request; the program's own")
