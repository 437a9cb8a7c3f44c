"""What a web process loads once, before its first page."""

import gc

from django.urls import get_resolver


def charger() -> None:
    """Load every address and view now, and keep what is loaded out of later garbage collections.

    Some 160 000 objects live as long as the process. Walking through them again takes a tenth of a second,
    every few hundred pages, for whoever is reading at that moment; what pages make is far less.
    """
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
