from django.apps import AppConfig


class RapportsConfig(AppConfig):
    """What leaves the platform: exports, the API of what is public."""

    name = "rapports"
    verbose_name = "Rapports"
