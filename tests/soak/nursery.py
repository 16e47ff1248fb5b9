"""Where workers come from in the proof of notices: loaded once, forked for each, so that one that was killed is
replaced in milliseconds. What runs is `frontdesk work`, whole."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
django.setup()

from frontdesk.entrypoints.commands import serving


def work() -> None:
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    serving.work()
