from django.apps import AppConfig


class PistesConfig(AppConfig):
    """The catalogue of pistes, their editions, and the importer of the notebook."""

    name = "pistes"
    verbose_name = "Pistes"

    def ready(self) -> None:
        # They register the writers of the room's mails.
        from pistes import courriels, courriels_annuaire  # noqa: F401
