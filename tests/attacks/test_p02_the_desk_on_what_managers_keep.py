"""P2: somebody at the front desk, a biller, a trainee and a kiosk, on every address that keeps the practice: 403."""

import pytest

from tests.attacks.asking import ROWS, ask, name_of, ways
from tests.attacks.practice import changing_nothing, undone

pytestmark = pytest.mark.django_db
KEPT = {
    "people",
    "add_colleague",
    "colleague",
    "one_time_password",
    "end_access",
    "locations",
    "new_location",
    "edit_location",
    "add_resource",
    "hours",
    "closed_days",
    "visit_types",
    "visit_type",
    "new_visit_type",
    "add_lane",
    "templates",
    "template",
    "time_off",
    "merge_queue",
    "merge_pair",
    "dismiss_pair",
    "unmerge",
    "reports",
    "report",
    "report_rows",
    "payer_responses",
    "payer_response_rows",
    "report_export",
    "report_rows_export",
    "downtime_adopt",
    "downtime_void",
}


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] in KEPT], ids=name_of)
@pytest.mark.parametrize("role", ["psr", "biller", "trainee", "kiosk"])
def test_what_managers_keep_is_closed_to_the_desk(world, row, role):
    name, route, stands_on = row
    for method, more, _ in ways(name, stands_on, route):
        with undone(), changing_nothing():
            answer = ask(world, world.browsers[role], name, route, method, more, world.elm)
        assert answer.status_code == 403
        assert "Ask the" in answer.content.decode() or "Ask a lead" in answer.content.decode()
