"""A web process begins with everything loaded, and no page pays for walking through it again."""

import os
import subprocess
import sys

from tests.config.test_reglages import PRODUCTION

PROGRAMME = "import gc, config.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"


def test_what_a_web_process_loads_is_left_alone_by_the_garbage_collector():
    """In production, where neither database nor Redis answers yet."""
    depart = subprocess.run(
        [sys.executable, "-c", PROGRAMME],
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
    )
    assert depart.returncode == 0, depart.stderr
    figes, libres = map(int, depart.stdout.split())
    assert figes > 100_000
    assert libres < 10_000
