"""A web process begins with everything loaded, and no page pays for walking through it again."""

import gc
import runpy

import pytest


@pytest.fixture
def rien_de_fige():
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_a_web_process_loads_is_left_alone_by_the_garbage_collector(rien_de_fige):
    runpy.run_module("config.wsgi")
    assert gc.get_freeze_count() > 50_000
    assert len(gc.get_objects()) < 10_000
