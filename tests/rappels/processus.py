"""``manage.py`` with the writer of these tests, for tests that start real processes."""

import os
import sys

import django
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    import tests.rappels.redacteur_essai  # noqa: F401

    execute_from_command_line(sys.argv)
