from django.apps import AppConfig


class RappelsConfig(AppConfig):
    """The outbox of everything the platform writes to people."""

    name = "rappels"
    verbose_name = "Rappels"
