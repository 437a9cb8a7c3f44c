from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

from config.recherche import (
    CREER_MOTS_D_UN_TABLEAU,
    SUPPRIMER_MOTS_D_UN_TABLEAU,
    MotsDUnTableau,
    VecteurFrancais,
)

ACTIVE = models.Q(etat="active")
INDEX = {
    "engagement_offre_proches": (["dispositif", "departement"], ["nature", "rayon"], ACTIVE),
    "engagement_offre_voisines": (["dispositif", "epci"], ["nature", "rayon"], ACTIVE),
    "engagement_offre_arrivees": (
        ["dispositif", "cree_le"], ["id"], models.Q(etat="active", regardee_le=None)
    ),
}  # fmt: skip


class Migration(migrations.Migration):
    """Tags are searched with the other words of an offer; indexes hold what is asked of them.

    A generated column is not changed but made again: the table is written once more.
    """

    dependencies = [("engagement", "0008_offres_voisines")]

    operations = [
        migrations.RunSQL(CREER_MOTS_D_UN_TABLEAU, SUPPRIMER_MOTS_D_UN_TABLEAU),
        migrations.RemoveIndex("offre", "engagement_offre_recherche"),
        migrations.RemoveField("offre", "recherche"),
        migrations.AddField(
            "offre",
            "recherche",
            models.GeneratedField(
                expression=VecteurFrancais("titre", "envies", MotsDUnTableau("etiquettes")),
                output_field=SearchVectorField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            "offre", GinIndex(fields=["recherche"], name="engagement_offre_recherche")
        ),
        *(migrations.RemoveIndex("offre", nom) for nom in INDEX),
        *(
            migrations.AddIndex(
                "offre", models.Index(fields=[*avant, *ajoutes], name=nom, condition=condition)
            )
            for nom, (avant, ajoutes, condition) in INDEX.items()
        ),
    ]
