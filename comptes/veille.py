"""Who is told that the platform stands still."""

from rappels.alerte import dit_qui_veille


@dit_qui_veille
def administrateurs() -> list[str]:
    """The addresses of the active administrateur·rices."""
    from comptes.models import Utilisateur

    admis = Utilisateur.objects.filter(role=Utilisateur.Role.ADMINISTRATEUR, is_active=True)
    return list(admis.order_by("pk").values_list("email", flat=True))
