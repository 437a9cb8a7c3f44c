from django.db import migrations, models


class Migration(migrations.Migration):
    """A lineage cannot turn in a circle; what waits for its évaluation is found by organisation."""

    dependencies = [
        ("tests_programme", "0007_programme_mene_ici"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="test",
            index=models.Index(
                condition=models.Q(etat__in=["en_cours", "a_evaluer"]),
                fields=["organisation"],
                name="tests_test_en_attente",
            ),
        ),
        migrations.AddConstraint(
            model_name="test",
            constraint=models.CheckConstraint(
                condition=models.Q(issu_de__isnull=True) | models.Q(issu_de__lt=models.F("pk")),
                name="tests_programme_lignee_sans_boucle",
                violation_error_message="Un test ne peut venir que d'un test plus ancien.",
            ),
        ),
    ]
