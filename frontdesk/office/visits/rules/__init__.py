"""The visit day as pure functions: which step follows which, what is missing, how long it takes, who is where.

No database, no clock, no settings: what they need is given, so that a table of cases can hold them.
"""

from frontdesk.office.visits.rules.readiness import ADULT as ADULT
from frontdesk.office.visits.rules.readiness import CHIP_WORDS as CHIP_WORDS
from frontdesk.office.visits.rules.readiness import CHIPS as CHIPS
from frontdesk.office.visits.rules.readiness import DEMO as DEMO
from frontdesk.office.visits.rules.readiness import FORMS as FORMS
from frontdesk.office.visits.rules.readiness import FRESH as FRESH
from frontdesk.office.visits.rules.readiness import ID as ID
from frontdesk.office.visits.rules.readiness import INS as INS
from frontdesk.office.visits.rules.readiness import ITEMS as ITEMS
from frontdesk.office.visits.rules.readiness import MONEY as MONEY
from frontdesk.office.visits.rules.readiness import NOTICES as NOTICES
from frontdesk.office.visits.rules.readiness import SETTLED_BEFORE as SETTLED_BEFORE
from frontdesk.office.visits.rules.readiness import Facts as Facts
from frontdesk.office.visits.rules.readiness import Finding as Finding
from frontdesk.office.visits.rules.readiness import chips as chips
from frontdesk.office.visits.rules.readiness import is_ready as is_ready
from frontdesk.office.visits.rules.readiness import readiness as readiness
from frontdesk.office.visits.rules.readiness import stands_at as stands_at
from frontdesk.office.visits.rules.steps import AHEAD as AHEAD
from frontdesk.office.visits.rules.steps import ARRIVED as ARRIVED
from frontdesk.office.visits.rules.steps import CANCELLED as CANCELLED
from frontdesk.office.visits.rules.steps import CHECKED_IN as CHECKED_IN
from frontdesk.office.visits.rules.steps import CHECKOUT as CHECKOUT
from frontdesk.office.visits.rules.steps import CONFIRMED as CONFIRMED
from frontdesk.office.visits.rules.steps import CORRECTIONS as CORRECTIONS
from frontdesk.office.visits.rules.steps import DONE as DONE
from frontdesk.office.visits.rules.steps import HERE as HERE
from frontdesk.office.visits.rules.steps import NO_SHOW as NO_SHOW
from frontdesk.office.visits.rules.steps import OVER as OVER
from frontdesk.office.visits.rules.steps import POLICY as POLICY
from frontdesk.office.visits.rules.steps import ROOMED as ROOMED
from frontdesk.office.visits.rules.steps import SCHEDULED as SCHEDULED
from frontdesk.office.visits.rules.steps import STEPS as STEPS
from frontdesk.office.visits.rules.steps import WITH_PROVIDER as WITH_PROVIDER
from frontdesk.office.visits.rules.steps import WORDS as WORDS
from frontdesk.office.visits.rules.steps import Policy as Policy
from frontdesk.office.visits.rules.steps import group_of as group_of
from frontdesk.office.visits.rules.steps import is_correction as is_correction
from frontdesk.office.visits.rules.steps import is_step as is_step
from frontdesk.office.visits.rules.steps import lateness as lateness
from frontdesk.office.visits.rules.steps import minutes as minutes
from frontdesk.office.visits.rules.steps import no_show_suggested as no_show_suggested
from frontdesk.office.visits.rules.steps import pace as pace
from frontdesk.office.visits.rules.waiting import ANSWERS as ANSWERS
from frontdesk.office.visits.rules.waiting import LONGEST_NOTE as LONGEST_NOTE
from frontdesk.office.visits.rules.waiting import LONGEST_USEFUL as LONGEST_USEFUL
from frontdesk.office.visits.rules.waiting import TOLD as TOLD
from frontdesk.office.visits.rules.waiting import Spread as Spread
from frontdesk.office.visits.rules.waiting import answered as answered
from frontdesk.office.visits.rules.waiting import expected_wait as expected_wait
from frontdesk.office.visits.rules.waiting import said_wait as said_wait
from frontdesk.office.visits.rules.waiting import spread as spread
from frontdesk.office.visits.rules.waiting import told as told
