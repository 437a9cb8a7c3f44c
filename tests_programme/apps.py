from django.apps import AppConfig


class TestsProgrammeConfig(AppConfig):
    """Programmes and the tests of their organisations."""

    __test__ = False  # its name begins like a test's

    name = "tests_programme"
    verbose_name = "Tests et programmes"

    def ready(self) -> None:
        from tests_programme import courriels  # noqa: F401 - registers the writers of its messages
