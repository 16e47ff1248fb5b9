"""P17: a part of a page fetched by itself stands on what the whole page stands on, for every role."""

import pytest

from tests.attacks.asking import FRAGMENT, ROWS, ask, name_of
from tests.attacks.practice import undone
from tests.halves import half

pytestmark = pytest.mark.django_db
PARTS = (
    "desk_lines",
    "desk_strip",
    "board_lines",
    "tray",
    "schedule_beside",
    "slot",
    "held",
    "section",
    "report_rows",
)
HEADERS = (
    FRAGMENT,
    {**FRAGMENT, "HTTP_HX_BOOSTED": "true"},
    {**FRAGMENT, "HTTP_HX_TARGET": "sheet-body"},
    {"HTTP_X_FOLLOWS": "1"},
    {**FRAGMENT, "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
)


@pytest.mark.parametrize("row", half([row for row in ROWS if row[0] in PARTS or row[2].look]), ids=name_of)
@pytest.mark.parametrize("role", ["trainee", "kiosk", "biller"])
def test_a_part_is_refused_where_the_page_is(world, row, role):
    name, route, stands_on = row
    with undone():
        whole = ask(world, world.browsers[role], name, route, "get", {}, world.elm)
    for headers in HEADERS:
        with undone():
            part = ask(world, world.browsers[role], name, route, "get", {}, world.elm, **headers)
        assert (part.status_code == 403) == (whole.status_code == 403), headers
