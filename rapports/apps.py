from django.apps import AppConfig


class RapportsConfig(AppConfig):
    """What leaves the platform: exports, the API of what is public."""

    name = "rapports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        from rapports import perms  # noqa: F401 - registers the room's rights
