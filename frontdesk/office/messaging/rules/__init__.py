"""Pure rules: whether a message may be sent, what it says, in which words. No database, no clock."""

from frontdesk.office.messaging.rules.leave import Ask as Ask
from frontdesk.office.messaging.rules.leave import Decision as Decision
from frontdesk.office.messaging.rules.leave import Reader as Reader
from frontdesk.office.messaging.rules.leave import Way as Way
from frontdesk.office.messaging.rules.leave import may_send as may_send
from frontdesk.office.messaging.rules.leave import means_stop as means_stop
from frontdesk.office.messaging.rules.saying import ANSWERABLE as ANSWERABLE
from frontdesk.office.messaging.rules.saying import METHODS as METHODS
from frontdesk.office.messaging.rules.saying import NOTICES as NOTICES
from frontdesk.office.messaging.rules.saying import Facts as Facts
from frontdesk.office.messaging.rules.saying import overtakes as overtakes
from frontdesk.office.messaging.rules.saying import reminder_moments as reminder_moments
from frontdesk.office.messaging.rules.saying import what_to_say as what_to_say
from frontdesk.office.messaging.rules.wording import PLACEHOLDERS as PLACEHOLDERS
from frontdesk.office.messaging.rules.wording import Sender as Sender
from frontdesk.office.messaging.rules.wording import Words as Words
from frontdesk.office.messaging.rules.wording import default_words as default_words
from frontdesk.office.messaging.rules.wording import fill as fill
from frontdesk.office.messaging.rules.wording import language_of as language_of
from frontdesk.office.messaging.rules.wording import segments as segments
from frontdesk.office.messaging.rules.wording import spoken_phone as spoken_phone
from frontdesk.office.messaging.rules.wording import values_of as values_of
from frontdesk.office.messaging.rules.wording import wrong_words as wrong_words
from frontdesk.office.messaging.rules.zones import next_allowed as next_allowed
from frontdesk.office.messaging.rules.zones import zones_of_state as zones_of_state
