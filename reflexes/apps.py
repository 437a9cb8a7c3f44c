from django.apps import AppConfig


class ReflexesConfig(AppConfig):
    """The enquête, its controverses, its terrains and the versions of its cartographie."""

    name = "reflexes"
    verbose_name = "Enquête"
