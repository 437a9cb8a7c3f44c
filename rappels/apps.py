from django.apps import AppConfig


class RappelsConfig(AppConfig):
    """The outbox of everything the platform writes to people."""

    name = "rappels"
    verbose_name = "Rappels"

    def ready(self) -> None:
        # It registers the writer of digests.
        from rappels import recapitulatif  # noqa: F401
