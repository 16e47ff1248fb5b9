"""What the accounts room lets people do."""

from frontdesk.kit.permissions import ADMIN, EVERYONE, MANAGER, declare

declare("accounts.sign_in", "Sign in", *EVERYONE)
declare("accounts.set_preferences", "Choose density, theme and single-letter keys", *EVERYONE)
declare("accounts.invite", "Make an account for a colleague", MANAGER, ADMIN)
declare("accounts.deactivate", "End a colleague's access", MANAGER, ADMIN)
