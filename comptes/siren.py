"""The SIREN: nine digits, the last a Luhn check digit (INSEE)."""

from django.core.exceptions import ValidationError


def valider_siren(value: str) -> None:
    """Raise ValidationError unless ``value`` is a SIREN."""
    if len(value) != 9 or not (value.isascii() and value.isdigit()):
        raise ValidationError("Un SIREN compte 9 chiffres, sans espace.", code="siren_forme")
    total = 0
    for rank, digit in enumerate(reversed(value)):
        number = int(digit) * (2 if rank % 2 else 1)
        total += number - 9 if number > 9 else number
    if total % 10:
        raise ValidationError(
            "Ce SIREN n'existe pas : un chiffre est sans doute mal recopié.", code="siren_cle"
        )
