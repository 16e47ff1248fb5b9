"""The reference says what the code says."""

import pytest

from tests.house import reference


@pytest.mark.parametrize("name", ["verbs.md", "permissions.md", "commands.md", "reports.md"])
def test_the_reference_is_as_the_code_is(name):
    assert (reference.PAGES / name).read_text() == reference.pages()[name], "run: make reference"
