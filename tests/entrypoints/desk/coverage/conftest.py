"""Rosa at the desk, and Mia in the office, who keeps the list of payers."""

import pytest

from tests.entrypoints.desk.patients.conftest import desk, sign_in, site, trainee  # noqa: F401 - the same desk


@pytest.fixture
def manager_desk(sign_in):  # noqa: F811 - a fixture is asked for by its name
    """Mia's browser."""
    return sign_in("manager", "mia")
