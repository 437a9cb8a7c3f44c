from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pistes", "0005_historique_des_textes"),
    ]

    operations = [
        migrations.AddField(
            model_name="piste",
            name="empreinte_terrains",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=64,
                verbose_name="empreinte des terrains livrés",
            ),
        ),
    ]
