from django.apps import AppConfig


class PistesConfig(AppConfig):
    """The catalogue of pistes, their editions, and the importer of the notebook."""

    name = "pistes"
    verbose_name = "Pistes"
