"""The addresses of drawers and the close. No address says how much."""

from django.urls import path

from frontdesk.entrypoints.desk.drawers import closing, drawer, moving, naming, papers, past

urlpatterns = [
    path("drawer", drawer.drawer, name="drawer"),
    path("drawer/open", drawer.open_one, name="drawer_open"),
    path("drawer/names", naming.names, name="drawer_names"),
    path("drawer/names/<int:drawer_id>", naming.name, name="drawer_name"),
    path("drawer/rules", naming.rule, name="drawer_rules"),
    path("drawer/<int:session_id>/move/<slug:kind>", moving.move, name="drawer_move"),
    path("drawer/<int:session_id>/hand-over", moving.hand_over, name="drawer_hand_over"),
    path("close", closing.close, name="close"),
    path("close/day", closing.day, name="close_day"),
    path("close/past", past.past, name="close_past"),
    path("close/months", past.months, name="close_months"),
    path("close/months/<int:month_id>/paper", papers.month_paper, name="close_month_paper"),
    path("close/months/<int:month_id>/file", papers.month_file, name="close_month_file"),
    path("close/days/<int:lock_id>/sheet", papers.day_sheet, name="close_sheet"),
    path("close/days/<int:lock_id>/file", papers.day_file, name="close_sheet_file"),
    path("close/done/<int:close_id>", closing.done_page, name="close_done"),
    path("close/done/<int:close_id>/deposit", papers.deposit_slip, name="close_deposit"),
    path("close/<int:session_id>/count", closing.count, name="close_count"),
    path("close/<int:session_id>", closing.finish, name="close_finish"),
]
