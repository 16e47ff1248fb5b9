"""What each address of the desk stands on: to look at it, and to do what it does. One row an address, none without.

`desk_view` asks this table before a view begins, so that a page, its fragments and its papers cannot differ, and an
address without a row answers nobody. The verbs behind the views ask again, for themselves.
"""

from frontdesk.kit.permissions import stand

HERE = "accounts.sign_in"
BOOK, SEARCH, CHART = "scheduling.view", "patients.search", "patients.view"
DAY, PLAN = "visits.view", "visits.plan_day"
TEMPLATES = "scheduling.change_templates"
STEPS = {
    "arrive": "visits.arrive",
    "check-in": "visits.check_in",
    "room": "visits.move",
    "start": "visits.move",
    "finish": "visits.move",
    "check-out": "visits.check_out",
    "leave": "visits.leave",
    "no-show": "scheduling.no_show",
    "undo": "visits.undo",
    "correct": "visits.correct",
}

# Everybody's own: signing in and out, and how one likes one's screen.
stand("sign_in", open_to="nobody has signed in yet")
stand("sign_out", open_to="it ends whatever session there is")
stand("password", "accounts.change_password", "accounts.change_password")
stand("choose_location", deed=HERE)
stand("preferences", deed="accounts.set_preferences")
stand("drafts", deed="patients.draft")
stand("find", deed=SEARCH)
stand("catalogue", HERE)
stand("set_up", HERE, "practice.change")

# Signing in, and what one signs in with.
DOOR = "nobody has signed in yet, or somebody is half way"
for door in ("sign_in_code", "sign_in_passkey", "sign_in_with"):
    stand(door, open_to=DOOR)
stand(
    "sign_in_back", "accounts.second_factor", open_to=DOOR
)  # the former for who is here and links an identity
stand("welcome", open_to="a random word sent to one colleague, that works once and ends")
stand("screen", open_to="a screen that shows its own secret, and answers no other")
for step in ("lock", "unlock", "unlock_passkey"):
    stand(step, deed=HERE)
stand("awake", HERE, HERE)
FACTOR = "accounts.second_factor"
stand("my_sign_in", HERE)
stand("prove", HERE, HERE)
stand("add_app", FACTOR, FACTOR)
stand("recovery_codes", FACTOR, FACTOR)
for step in ("begin_app", "add_passkey", "set_pin", "remove_factor", "unlink_identity"):
    stand(step, deed=FACTOR)
stand("link_identity", FACTOR)
for step in ("end_session", "end_other_sessions"):
    stand(step, deed=HERE)
stand("sign_in_policy", "accounts.policy", "accounts.policy")
stand("invite", "accounts.reset_password", "accounts.reset_password")
stand("devices", "accounts.devices")
for step in ("register_device", "end_device"):
    stand(step, deed="accounts.devices")
stand("emergency", HERE, "accounts.take_emergency_access")
stand("end_emergency", deed=HERE)
stand("emergencies", "accounts.review_emergency")
stand("emergency_seen", deed="accounts.review_emergency")

# The record of who did what.
stand("audit", "audit.read")
stand("audit_entry", "audit.read")
stand("audit_export", deed="oversight.export_record")
stand("snooping", "oversight.snooping")
stand("snooping_look", "oversight.snooping", "oversight.snooping")
stand("access_review", "oversight.review_access")

# Who pays.
stand("payers", "coverage.see_payers")
stand("offer_payers", "coverage.see_payers")
stand("add_payer", "coverage.change_payers", "coverage.change_payers")
stand("payer", "coverage.see_payers", "coverage.change_payers")
stand("patient_insurance", "coverage.view")
stand("add_policy", "coverage.change", "coverage.change")
stand("policy", "coverage.view", "coverage.change")
stand("policy_first", deed="coverage.change")
stand("verify_policy", deed="coverage.verify")
stand("policy_verdict", "coverage.view")
stand("accept_spelling", deed="coverage.change")
stand("policy_by_phone", "coverage.verify", "coverage.verify")
stand("policy_answer", "coverage.view")
stand("scan_card", "coverage.change", "coverage.change")
stand("card_scan", "coverage.view", "coverage.change")
stand("card_reading", "coverage.view")
stand("dismiss_card", deed="coverage.change")
stand("card_picture", "coverage.view")
stand("add_case", "coverage.change", "coverage.change")
stand("case", "coverage.view", "coverage.change")
stand("medicare_questions", "coverage.view", "coverage.change")
stand("medicare_unchanged", deed="coverage.change")
stand("order_facts", "coverage.change", "coverage.change")
stand("accept_order", deed="coverage.change")
stand("payer_networks", "coverage.see_payers", "coverage.change_payers")
stand("end_network", deed="coverage.change_payers")
stand("visit_payer", "coverage.change", "coverage.change")
stand("visit_medicare_unchanged", deed="coverage.change")
stand("visit_verify", deed="coverage.verify")
stand("visit_cover", "coverage.view")

# What care costs, and what is to be collected.
stand("fee_list", "billing.view_fees")
stand("fee_add", "billing.set_fees", "billing.set_fees")
stand("fee_code", "billing.view_fees", "billing.set_fees")
stand("fee_rate", "billing.set_fees", "billing.set_fees")
stand("fee_usual", "billing.view_fees")
stand("fee_usual_of", "billing.set_fees", "billing.set_fees")
stand("fee_asking", "billing.view_fees", "billing.set_rules")
stand("fee_household", "billing.place_on_scale", "billing.place_on_scale")
stand("fee_charges", "billing.charge", "billing.charge")
stand("fee_not_collected", "billing.note_uncollected", "billing.note_uncollected")

# Referrals and authorizations.
stand("referrals", "referrals.worklist")
stand("referral_answers", "referrals.ask", "referrals.ask")
stand("payer_requirements", "coverage.see_payers", "referrals.change_rules")
stand("patient_referrals", "referrals.view")
stand("add_referral", "referrals.change", "referrals.change")
stand("referral_request", "referrals.view")
stand("referral", "referrals.view", "referrals.change")
stand("ask_referral", "referrals.ask", "referrals.ask")

# Money at the desk: the sheet, what becomes of a payment, a patient's account, plans.
MONEY = "payments.view"
stand("payment_sheet", "payments.take", "payments.take")
for seen in ("payment_account", "payment", "payment_receipt", "payment_plans", "payment_plan_paper"):
    stand(seen, MONEY)
stand("payment_send", deed="messaging.send_receipts")
stand("payment_plan", MONEY, "payments.end_plan")
stand("payment_autopay", MONEY, "payments.set_autopay")
stand("payment_take_back", "payments.take_back", "payments.take_back")
stand("payment_refund", "payments.refund", "payments.refund")
stand("payment_returned", "payments.return_check", "payments.return_check")
stand("payment_apply", "payments.apply", "payments.apply")
stand("payment_adjust", "payments.adjust", "payments.adjust")
stand("payment_transfer", "payments.transfer", "payments.transfer")
stand("payment_agree_plan", "payments.agree_plan", "payments.agree_plan")
stand("payment_rules", "payments.set_rules", "payments.set_rules")

# Privacy: each sheet and row asks for its own permission besides, as its verb does.
stand("privacy_desk", "privacy.desk")
stand("verification_alarm", "privacy.settle_alarm", "privacy.settle_alarm")
stand("privacy_notices", "privacy.view", "privacy.publish_notice")
stand("privacy_notice", "privacy.view")
stand("verify", "privacy.verify", "privacy.verify")
stand("end_call", deed="privacy.verify")
stand("patient_privacy", "privacy.view")
stand("accounting", "privacy.account")
stand("disclosure_sheet", "privacy.disclose")
stand("export_record", deed="privacy.export")
stand("privacy_sheet", "privacy.view", "privacy.view")
stand("privacy_row", "privacy.view", "privacy.view")

# People, places and what can be booked.
stand("people", "accounts.view")
stand("add_colleague", "accounts.invite", "accounts.invite")
stand("colleague", "accounts.change", "accounts.change")
stand("one_time_password", "accounts.reset_password", "accounts.reset_password")
stand("end_access", deed="accounts.deactivate")
stand("roles", "accounts.view_roles")
stand("role", "accounts.view_roles")
stand("practice", "practice.change", "practice.change")
stand("locations", "practice.change")
stand("new_location", "practice.change", "practice.change")
stand("edit_location", "practice.change", "practice.change")
stand("add_resource", "practice.change", "practice.change")

# Patients.
stand("patients", SEARCH, SEARCH)
stand("register", "patients.register", "patients.register")
stand("register_check", deed="patients.register")
stand("register_family", deed="patients.register")
stand("register_license", deed="patients.register")
stand("merge_queue", "patients.merge")
stand("merge_pair", "patients.merge", "patients.merge")
stand("dismiss_pair", deed="patients.merge")
stand("unmerge", deed="patients.merge")
for tab in ("patient", "patient_person", "patient_contacts", "patient_visits"):
    stand(tab, CHART)
stand("patient_alerts", "patients.see_alerts")
stand("patient_history", "patients.see_history")
stand("patient_photo", CHART)
stand("break_glass", "patients.break_glass", "patients.break_glass")
stand("end_glass", deed="patients.break_glass")
stand("patient_labels", "patients.label", "patients.label")
stand("labels", "patients.label", "patients.label")
stand("broken_glass", "patients.review_glass")
stand("review_glass", deed="patients.review_glass")
stand("patient_ssn", "patients.change_ssn", "patients.change_ssn")
stand("reveal_ssn", "patients.reveal_ssn", "patients.reveal_ssn")
stand("set_photo", deed="patients.change")
stand("remove_photo", deed="patients.change")
stand("read_alert", deed="patients.see_alerts")
stand("confirm_all", deed="patients.confirm")
stand("confirm_section", deed="patients.confirm")
stand("section", CHART, "patients.change")
stand("add_row", "patients.change", "patients.change")
stand("change_row", "patients.change", "patients.change")
stand("end_row", deed="patients.change")

# The book.
for look in ("schedule", "schedule_week", "schedule_month", "schedule_agenda", "schedule_beside", "tray"):
    stand(look, BOOK)
stand("schedule_views", HERE, "accounts.set_preferences")
stand("stranded", BOOK)
stand("settle_stranded", deed="scheduling.rescue")
stand("rescue", "scheduling.rescue", "scheduling.rescue")
stand("rescue_sheet", BOOK)
stand("rescue_propose", deed="scheduling.rescue")
stand("rescue_line", "scheduling.rescue", "scheduling.rescue")
stand("openings", BOOK)
stand("book_for", BOOK)
stand("slot", "scheduling.hold")
stand("hold", deed="scheduling.hold")
stand("held", "scheduling.hold")
stand("held_for", "scheduling.hold")
stand("release_hold", deed="scheduling.hold")
stand("book", deed="scheduling.book")
stand("appointment", BOOK)
stand("read_back", BOOK)
stand("confirm", deed="scheduling.confirm")
stand("no_show", deed="scheduling.no_show")
stand("undo", deed="scheduling.undo")
stand("reassign", "scheduling.reassign", "scheduling.reassign")
stand("park", deed="scheduling.reschedule")
stand("notes", "scheduling.note", "scheduling.note")
stand("cancel", "scheduling.cancel", "scheduling.cancel")
stand("reschedule", "scheduling.reschedule", "scheduling.reschedule")
stand("reschedule_keep", deed="scheduling.reschedule")
stand("move", "scheduling.reschedule", "scheduling.reschedule")
stand("waitlist", BOOK)
stand("waitlist_add", "scheduling.waitlist", "scheduling.waitlist")
stand("waitlist_offer", "scheduling.waitlist")
stand("waitlist_answer", deed="scheduling.waitlist")
stand("recalls", BOOK)
stand("recall_add", "scheduling.recall", "scheduling.recall")
stand("recall_close", deed="scheduling.recall")
stand("attempt", "scheduling.waitlist", "scheduling.waitlist")
stand("hours", "practice.close_day", "practice.change")
stand("closed_days", deed="practice.close_day")
stand("visit_types", TEMPLATES)
stand("add_lane", deed=TEMPLATES)
stand("new_visit_type", TEMPLATES, TEMPLATES)
stand("visit_type", TEMPLATES, TEMPLATES)
stand("templates", TEMPLATES)
stand("template", TEMPLATES, TEMPLATES)
stand("time_off", deed="scheduling.change_time_off")

# The visit day.
for look in ("home", "desk_lines", "desk_strip", "board", "board_lines", "visit"):
    stand(look, DAY)
stand("live", open_to="a signed word of a site's screen; answers a number, no name")
stand("wall", "visits.wall")
stand("wall_lines", open_to="a signed word of a wall screen; ends with its opener's account, shows initials")
stand("walk_in", "visits.walk_in", "visits.walk_in")
stand("visitors", "visits.visitors", "visits.visitors")
stand("visitor", deed="visits.visitors")
stand("running_late", DAY)
stand("running_late_answer", deed="visits.arrive")
stand("running_late_write", deed="messaging.send")
stand("visit_settle", deed="visits.check_in")
stand("visit_note", deed="visits.arrive")
stand("visit_plan_room", deed="visits.move")
stand("order_follow_up", deed="visits.order")
stand("settle_follow_up", deed="visits.check_out")
stand("visit_deed", deed=DAY, by=STEPS)
stand("board_advance", deed=DAY, by=STEPS)
stand("board_room", "visits.move", "visits.move")
for paper in ("routing_slip", "chart_label", "visit_slip", "huddle", "roster"):
    stand(paper, "visits.print")
stand("tomorrow", DAY)
stand("tomorrow_lines", DAY)
stand("tomorrow_accept", PLAN)
stand(
    "tomorrow_work",
    deed=PLAN,
    by={
        "confirmed": "scheduling.confirm",
        "unchanged": "visits.check_in",
        "remind": "messaging.send",
        "verify": "coverage.verify",
    },
)

# Reports, downtime, messages.
for look in ("reports", "report", "report_rows"):
    stand(look, "visits.reports")
for look in ("payer_responses", "payer_response_rows"):
    stand(look, "coverage.reports")
stand("report_export", deed="visits.export_report")
stand("report_rows_export", deed="visits.export_report")
stand("downtime", "downtime.take_pack")
stand("downtime_pack", "downtime.take_pack")
stand("downtime_find", deed="downtime.enter")
stand("downtime_adopt", deed="downtime.void")
stand("downtime_form", "downtime.enter", "downtime.enter")
stand("downtime_void", deed="downtime.void")
stand("messages", "messaging.view")
stand("message", "messaging.view")
stand(
    "message_deed",
    deed="messaging.view",
    by={"withdraw": "messaging.withdraw", "again": "messaging.settle", "settle": "messaging.settle"},
)
stand("message_templates", "messaging.view")
stand("message_policy", "messaging.view", "messaging.policy")
stand("message_template", "messaging.view", "messaging.templates")
stand("message_preview", deed="messaging.view")
stand("patient_messages", "messaging.view")
stand("patient_opt", deed="messaging.opt_out")
stand("message_reply", deed="messaging.opt_out")

# Estimates of cost, and Medicare notices.
PAPERS, WRITE = "billing.view_papers", "billing.write_papers"
stand("estimates", PAPERS)
stand("estimate_numbers", "billing.set_paper_numbers", "billing.set_paper_numbers")
stand("estimate", PAPERS, WRITE)
stand("estimate_fees", deed=WRITE)
stand("estimate_end", WRITE, WRITE)
stand("estimate_give", deed=WRITE)
stand("estimate_pdf", PAPERS)
stand("patient_estimates", PAPERS)
stand("estimate_ask", WRITE, WRITE)
stand("abn_write", WRITE, WRITE)
stand("abn", PAPERS, WRITE)
stand("abn_pdf", PAPERS)
# Drawers and the close.
TILL, CLOSE, MONTH = "payments.drawer", "payments.close", "payments.close_month"
stand("drawer", TILL)
for step in ("drawer_open", "drawer_move", "drawer_hand_over"):
    stand(step, TILL, TILL)
for step in ("drawer_names", "drawer_name"):
    stand(step, "payments.keep_drawers", "payments.keep_drawers")
stand("drawer_rules", "payments.close_rules", "payments.close_rules")
for look in ("close", "close_done", "close_past", "close_deposit", "close_sheet", "close_sheet_file"):
    stand(look, CLOSE)
for step in ("close_count", "close_finish", "close_day"):
    stand(step, deed=CLOSE)
stand("close_months", MONTH, MONTH)
stand("close_month_paper", MONTH)
stand("close_month_file", MONTH)
for look in ("report_drawers", "report_drawer_rows", "report_collection", "report_waived"):
    stand(look, "payments.reports")
# Cards: charged at the desk, by link, on file; what is in doubt or disputed.
TAKE_MONEY, WATCH_CARDS = "payments.take", "payments.watch_cards"
stand("card_charge", TAKE_MONEY)
stand("card_reader", deed=TAKE_MONEY)
stand("card_call_off", deed=TAKE_MONEY)
stand("card_again", deed=TAKE_MONEY)
stand("cards", WATCH_CARDS)
stand("card_seen", deed=WATCH_CARDS)
stand("link_new", TAKE_MONEY, TAKE_MONEY)
stand("link_qr", TAKE_MONEY)
stand("link_send", deed="messaging.send_receipts")
stand("cards_on_file", "payments.keep_card", "payments.keep_card")
