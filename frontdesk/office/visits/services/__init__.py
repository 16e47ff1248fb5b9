"""What can be done on the visit day."""

from frontdesk.office.visits.services.arriving import arrive as arrive
from frontdesk.office.visits.services.arriving import walk_in as walk_in
from frontdesk.office.visits.services.checking_in import check_in as check_in
from frontdesk.office.visits.services.checking_in import set_note as set_note
from frontdesk.office.visits.services.checking_in import settle as settle
from frontdesk.office.visits.services.checking_in import unsettle as unsettle
from frontdesk.office.visits.services.looking import open_day as open_day
from frontdesk.office.visits.services.looking import open_visitors as open_visitors
from frontdesk.office.visits.services.moving import check_out as check_out
from frontdesk.office.visits.services.moving import correct as correct
from frontdesk.office.visits.services.moving import finish as finish
from frontdesk.office.visits.services.moving import leave as leave
from frontdesk.office.visits.services.moving import order_follow_up as order_follow_up
from frontdesk.office.visits.services.moving import plan_room as plan_room
from frontdesk.office.visits.services.moving import room as room
from frontdesk.office.visits.services.moving import settle_follow_up as settle_follow_up
from frontdesk.office.visits.services.moving import start as start
from frontdesk.office.visits.services.moving import undo as undo
from frontdesk.office.visits.services.reporting import export_report as export_report
from frontdesk.office.visits.services.reporting import export_report_rows as export_report_rows
from frontdesk.office.visits.services.reporting import open_report_rows as open_report_rows
from frontdesk.office.visits.services.reporting import read_report as read_report
from frontdesk.office.visits.services.reporting import read_reports as read_reports
from frontdesk.office.visits.services.visitors import sign_in_visitor as sign_in_visitor
from frontdesk.office.visits.services.visitors import sign_out_visitor as sign_out_visitor
from frontdesk.office.visits.services.visitors import tell_host as tell_host
