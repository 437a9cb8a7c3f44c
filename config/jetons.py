"""Secret addresses: what nobody guesses."""

import secrets


def nouveau_jeton() -> str:
    """192 bits, for an address that is a right by itself."""
    return secrets.token_urlsafe(24)
