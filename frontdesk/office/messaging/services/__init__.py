"""What can be done with words to patients."""

from frontdesk.office.messaging.services.announcing import announce as announce
from frontdesk.office.messaging.services.answering import LinkFacts as LinkFacts
from frontdesk.office.messaging.services.answering import issue_link as issue_link
from frontdesk.office.messaging.services.answering import read_link as read_link
from frontdesk.office.messaging.services.answering import use_link as use_link
from frontdesk.office.messaging.services.asked import send_asked as send_asked
from frontdesk.office.messaging.services.hearing import Heard as Heard
from frontdesk.office.messaging.services.hearing import hear as hear
from frontdesk.office.messaging.services.looking import open_list as open_list
from frontdesk.office.messaging.services.looking import open_message as open_message
from frontdesk.office.messaging.services.opting import opt_in as opt_in
from frontdesk.office.messaging.services.opting import opt_out as opt_out
from frontdesk.office.messaging.services.outcomes import doubt_restored as doubt_restored
from frontdesk.office.messaging.services.outcomes import note_doubt as note_doubt
from frontdesk.office.messaging.services.outcomes import note_failed as note_failed
from frontdesk.office.messaging.services.outcomes import note_sent as note_sent
from frontdesk.office.messaging.services.reconsidering import reconsider as reconsider
from frontdesk.office.messaging.services.reminding import remind as remind
from frontdesk.office.messaging.services.reminding import remind_now as remind_now
from frontdesk.office.messaging.services.settling import send_again as send_again
from frontdesk.office.messaging.services.settling import settle as settle
from frontdesk.office.messaging.services.settling import withdraw as withdraw
from frontdesk.office.messaging.services.settling import withdraw_about as withdraw_about
from frontdesk.office.messaging.services.wording import reset_template as reset_template
from frontdesk.office.messaging.services.wording import set_policy as set_policy
from frontdesk.office.messaging.services.wording import set_template as set_template
