from django.apps import AppConfig


class TestsProgrammeConfig(AppConfig):
    """Programmes and the tests of their organisations."""

    __test__ = False  # its name begins like a test's

    name = "tests_programme"
    verbose_name = "Tests et programmes"

    def ready(self) -> None:
        # They register the writers of its messages, and whom to tell of a failure.
        from reflexes import poids
        from tests_programme import (  # noqa: F401
            courriels,
            courriels_accords,
            courriels_apres,
            courriels_miroir,
            courriels_points,
            echecs,
        )
        from tests_programme.models.appui import compter_les_tests

        poids.inscrire(poids.Source("tests", "tests évalués", compter_les_tests))
