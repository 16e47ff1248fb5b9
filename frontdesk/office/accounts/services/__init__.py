"""What can be done with accounts: make, change and end a colleague's; sign in; choose a password."""

from frontdesk.office.accounts.services.colleagues import change_user as change_user
from frontdesk.office.accounts.services.colleagues import create_user as create_user
from frontdesk.office.accounts.services.colleagues import deactivate as deactivate
from frontdesk.office.accounts.services.colleagues import give_one_time_password as give_one_time_password
from frontdesk.office.accounts.services.passwords import change_password as change_password
from frontdesk.office.accounts.services.preferences import set_preferences as set_preferences
from frontdesk.office.accounts.services.signing_in import sign_in as sign_in
