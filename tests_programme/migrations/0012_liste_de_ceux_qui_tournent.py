from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tests_programme", "0011_appuis_aux_poles")]

    operations = [
        migrations.AddIndex(
            model_name="test",
            index=models.Index(
                condition=models.Q(("etat", "en_cours")),
                fields=["-cree_le", "-id", "date_peremption"],
                name="tests_test_qui_tournent",
            ),
        ),
    ]
