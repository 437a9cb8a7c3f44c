from django.apps import AppConfig


class RapportsConfig(AppConfig):
    """What leaves the platform: exports, the API of what is public."""

    name = "rapports"
    verbose_name = "Rapports"

    def ready(self) -> None:
        # They register the rights of the room and the writers of its messages.
        from rapports import courriels, perms  # noqa: F401
