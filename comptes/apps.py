from django.apps import AppConfig


class ComptesConfig(AppConfig):
    """People, organisations, territories and who may do what."""

    name = "comptes"
    verbose_name = "Comptes"

    def ready(self) -> None:
        # They register the writers of our mails, and our rules.
        from comptes import courriels, perms  # noqa: F401
