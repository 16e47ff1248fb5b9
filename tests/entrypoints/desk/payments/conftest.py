"""Rosa at the desk with her drawer open, Lena who leads it, Dev in billing."""

import pytest

from frontdesk.office.accounts.models import User
from frontdesk.office.payments import rules
from tests.entrypoints.desk.patients.conftest import lead, other, sign_in, site, trainee, who  # noqa: F401 - the same desk
from tests.factories.ledger import charged
from tests.factories.payments import drawer_open
from tests.factories.scheduling import actor

VISIT = "scheduling.appointment:9"


@pytest.fixture
def desk(sign_in, site):  # noqa: F811 - a fixture is asked for by its name
    """Rosa's browser; the drawer is hers."""
    browser = sign_in("psr", "rosa")
    drawer_open(site.pk, by=actor(id=User.objects.get(username="rosa").pk))
    return browser


@pytest.fixture
def biller(sign_in):  # noqa: F811 - as above
    """Dev's browser."""
    return sign_in("biller", "dev")


@pytest.fixture
def owing(who):  # noqa: F811 - as above
    """Ana, who owes $82."""
    charged(8200, rules.account_of(who.pk), about=VISIT)
    return who
