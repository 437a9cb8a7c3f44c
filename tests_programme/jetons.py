"""What the migrations know here."""

from config.jetons import nouveau_jeton

__all__ = ["nouveau_jeton"]
