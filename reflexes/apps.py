from django.apps import AppConfig


class ReflexesConfig(AppConfig):
    """The enquête, its controverses, its terrains and the versions of its cartographie."""

    name = "reflexes"
    verbose_name = "Enquête"

    def ready(self) -> None:
        # They register the writers of the room's mails.
        from reflexes import courriels  # noqa: F401
