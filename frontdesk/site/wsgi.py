"""The application as a WSGI server sees it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
_whole = get_wsgi_application()

from frontdesk.entrypoints.desk.visits import live  # noqa: E402 - only once Django stands

application = live.before(_whole)
