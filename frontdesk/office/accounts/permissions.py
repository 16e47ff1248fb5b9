"""What the accounts room lets people do."""

from frontdesk.kit.permissions import ADMIN, EVERYONE, KIOSK, MANAGER, PRIVACY, TRAINEE, declare

declare("accounts.sign_in", "Sign in", *EVERYONE, KIOSK)
declare("accounts.change_password", "Change one's own password", *EVERYONE, KIOSK)
declare("accounts.second_factor", "Choose one's own second factors and PIN", *EVERYONE)
declare("accounts.set_preferences", "Choose density, theme and single-letter keys", *EVERYONE)
declare("accounts.view_roles", "Read what each role may do", *EVERYONE)
declare("accounts.view", "See who has an account here", MANAGER, PRIVACY, ADMIN)
declare("accounts.invite", "Make an account for a colleague", MANAGER, ADMIN)
declare("accounts.change", "Change a colleague's name, role or usual location", MANAGER, ADMIN)
declare("accounts.reset_password", "Give a colleague a one-time password", MANAGER, ADMIN)
declare("accounts.deactivate", "End a colleague's access", MANAGER, ADMIN)
declare("accounts.administrators", "Make, change or end an administrator's account", ADMIN)
declare("accounts.policy", "Say which roles need a second factor", MANAGER, ADMIN)
declare("accounts.devices", "Register and end wall screens and kiosks", MANAGER, ADMIN)
declare(
    "accounts.take_emergency_access",
    "Take wider rights for an hour when it cannot wait, with a reason",
    *(role for role in EVERYONE if role != TRAINEE),
)
declare("accounts.review_emergency", "See who took emergency access, and why", MANAGER, PRIVACY, ADMIN)
