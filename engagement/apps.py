from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """The desk that introduces who wants to help to who needs it."""

    name = "engagement"
    verbose_name = "Engagement"

    def ready(self) -> None:
        # They register the writers of its messages.
        from engagement import courriels  # noqa: F401
