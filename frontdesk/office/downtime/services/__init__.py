"""What can be done about downtime."""

from frontdesk.office.downtime.services.entering import Paper as Paper
from frontdesk.office.downtime.services.entering import WalkIn as WalkIn
from frontdesk.office.downtime.services.entering import enter_form as enter_form
from frontdesk.office.downtime.services.entering import open_form as open_form
from frontdesk.office.downtime.services.entering import open_recovery as open_recovery
from frontdesk.office.downtime.services.forms import adopt_form as adopt_form
from frontdesk.office.downtime.services.forms import issue_forms as issue_forms
from frontdesk.office.downtime.services.forms import void_form as void_form
from frontdesk.office.downtime.services.packs import change_passphrase as change_passphrase
from frontdesk.office.downtime.services.packs import note_pack as note_pack
from frontdesk.office.downtime.services.packs import open_pack as open_pack
from frontdesk.office.downtime.services.packs import take_pack as take_pack
