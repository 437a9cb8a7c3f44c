from django.apps import AppConfig


class AccueilConfig(AppConfig):
    """Pages that bring several rooms together: home, search, my space, health."""

    name = "accueil"
    verbose_name = "Accueil"
