import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """What the screens and the calendars need to know of a programme and its sessions."""

    dependencies = [
        ("tests_programme", "0006_tests_en_entier"),
    ]

    operations = [
        migrations.AddField(
            model_name="programme",
            name="listes_livrees",
            field=models.JSONField(
                blank=True, default=dict, editable=False, verbose_name="listes livrées"
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="annulee_le",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="annulée le"
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="modifie_le",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="modifiée le"
            ),
            preserve_default=False,
        ),
    ]
