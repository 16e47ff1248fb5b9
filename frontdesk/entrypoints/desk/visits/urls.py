"""The addresses of the visit day."""

from django.urls import path

from frontdesk.entrypoints.desk.visits import (
    board,
    card,
    covering,
    deeds,
    follow_ups,
    live,
    papers,
    running_late,
    today,
    tomorrow,
    tomorrow_lines,
    visitors,
    walk_in,
    wall,
)

urlpatterns = [
    path("", today.home, name="home"),
    path("desk/lines", today.changed, name="desk_lines"),
    path("desk/strip", today.strip, name="desk_strip"),
    path("live/<str:token>", live.live, name="live"),
    path("walk-in", walk_in.walk_in, name="walk_in"),
    path("visitors", visitors.visitors, name="visitors"),
    path("visitors/<int:visitor_id>/<slug:verb>", visitors.visitor, name="visitor"),
    path("running-late/<int:provider_id>", running_late.running_late, name="running_late"),
    path("running-late/<int:provider_id>/write", running_late.write, name="running_late_write"),
    path(
        "running-late/<int:provider_id>/<int:appointment_id>", running_late.answer, name="running_late_answer"
    ),
    path("visits/<int:appointment_id>", card.card, name="visit"),
    path("visits/<int:appointment_id>/settle/<slug:item>", deeds.settle, name="visit_settle"),
    path("visits/<int:appointment_id>/note", deeds.note, name="visit_note"),
    path("visits/<int:appointment_id>/plan-room", deeds.plan_room, name="visit_plan_room"),
    path("visits/<int:appointment_id>/follow-ups", follow_ups.order, name="order_follow_up"),
    path(
        "visits/<int:appointment_id>/follow-ups/<int:follow_up_id>",
        follow_ups.settle,
        name="settle_follow_up",
    ),
    path("visits/<int:appointment_id>/do/<slug:name>", deeds.deed, name="visit_deed"),
    path("visits/<int:appointment_id>/verify", covering.verify, name="visit_verify"),
    path("visits/<int:appointment_id>/cover", covering.cover, name="visit_cover"),
    path("visits/<int:appointment_id>/slip.pdf", papers.slip, name="routing_slip"),
    path("visits/<int:appointment_id>/label.pdf", papers.label, name="chart_label"),
    path("visits/<int:appointment_id>/visit-slip.pdf", papers.visit_slip, name="visit_slip"),
    path("tomorrow", tomorrow.tomorrow, name="tomorrow"),
    path("tomorrow/lines", tomorrow_lines.changed, name="tomorrow_lines"),
    path("tomorrow/do/<slug:verb>", tomorrow.work, name="tomorrow_work"),
    path("tomorrow/<int:appointment_id>/accept", tomorrow.accepting, name="tomorrow_accept"),
    path("tomorrow/huddle.pdf", papers.huddle, name="huddle"),
    path("board", board.board, name="board"),
    path("board/lines", board.changed, name="board_lines"),
    path("board/wall", wall.wall, name="wall"),
    path("board/wall/lines/<str:token>", wall.lines, name="wall_lines"),
    path("board/<int:appointment_id>/do/<slug:name>", board.advance, name="board_advance"),
    path("board/<int:appointment_id>/room", board.choose_room, name="board_room"),
    path("board/roster.pdf", papers.roster, name="roster"),
]
