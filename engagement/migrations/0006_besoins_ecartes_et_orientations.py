from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("engagement", "0005_offres_regardees")]

    operations = [
        migrations.AddField(
            model_name="appel",
            name="transmise_le",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="transmise le"
            ),
        ),
        migrations.AddField(
            model_name="besoin",
            name="motif",
            field=models.TextField(
                blank=True,
                default="",
                editable=False,
                max_length=20000,
                verbose_name="motif dit à qui a demandé",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="besoin",
            name="etat",
            field=models.CharField(
                choices=[
                    ("a_confirmer", "Adresse à confirmer"),
                    ("a_qualifier", "À qualifier"),
                    ("ouvert", "Ouvert"),
                    ("clos", "Clos"),
                    ("ecarte", "Écarté"),
                ],
                default="a_qualifier",
                editable=False,
                max_length=12,
                verbose_name="état",
            ),
        ),
    ]
