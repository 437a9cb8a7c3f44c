from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, territories and who may do what."""

    name = "comptes"
    verbose_name = "Comptes"
