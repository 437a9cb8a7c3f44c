from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """The desk that introduces who wants to help to who needs it."""

    name = "engagement"
    verbose_name = "Engagement"

    def ready(self) -> None:
        # They register the writers of its messages, whom to tell of a failure, what goes with an account.
        from engagement import courriels, departs, echecs  # noqa: F401
