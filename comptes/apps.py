from typing import Any

from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, territories and who may do what."""

    name = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        # They register the writers of our mails, our rules, and who hears when mails stand still.
        from allauth.account.signals import email_changed

        from comptes import courriels, courriels_de_compte, perms, veille  # noqa: F401

        # allauth has no other way to tell; the choice of what one receives follows the address.
        email_changed.connect(_suivre_l_adresse, dispatch_uid="comptes.rappels")


def _suivre_l_adresse(
    from_email_address: Any = None, to_email_address: Any = None, **kwargs: Any
) -> None:
    from rappels.choix import demenager

    if from_email_address and to_email_address:
        demenager(from_email_address.email, to_email_address.email)
