"""Rosa at the desk of a practice whose book is open, and Mia in the office."""

from tests.entrypoints.desk.coverage.conftest import manager_desk  # noqa: F401 - the same office
from tests.entrypoints.desk.patients.conftest import sign_in, site, trainee  # noqa: F401 - the same desk
from tests.entrypoints.desk.scheduling.conftest import desk, office, token  # noqa: F401 - the same book
