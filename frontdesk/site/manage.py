"""Django's own commands (makemigrations, shell) for those who change the program: `python -m frontdesk.site.manage`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
    execute_from_command_line(sys.argv)
