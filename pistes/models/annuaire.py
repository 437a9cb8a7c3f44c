"""The annuaire of a territory's actors: an entry is there only while its owner consents.

TABLE RONDE, mission Résonance: the first wish it heard was to know who is who on the territory.
"""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone

from comptes.models import Organisation, Territoire
from config.jetons import nouveau_jeton
from config.recherche import VecteurFrancais
from pistes.models.ecoute import Cahier, TypeActeur
from pistes.models.vie_de_fiche import VieDeLaFiche
from pistes.querysets_ecoute import FicheActeurQuerySet


class FicheActeur(VieDeLaFiche):
    """An entry of the annuaire of a territory's actors: there only while its owner consents."""

    class Etat(models.TextChoices):
        """Their answer."""

        DEMANDE = "demande", "Accord demandé"
        ACCEPTE = "accepte", "Dans l'annuaire"
        REFUSE = "refuse", "Refusé"
        RETIRE = "retire", "Retiré"

    cahier = models.ForeignKey(
        Cahier,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="fiches",
        verbose_name="cahier",
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="fiches_acteurs", verbose_name="proposée par"
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="territoire"
    )
    type = models.CharField("type d'acteur", max_length=12, choices=TypeActeur.choices)
    nom = models.CharField("nom", max_length=160)
    activite = models.TextField("ce que fait cet acteur", blank=True, max_length=2000)
    contact = models.CharField("comment le joindre", max_length=300, blank=True)
    # Empty, with every other word, once the owner has said no.
    email = models.EmailField("adresse e-mail de la personne qui décide")
    empreinte_adresse = models.CharField(max_length=64, blank=True, editable=False)
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.DEMANDE, editable=False
    )
    jeton = models.CharField(max_length=64, unique=True, default=nouveau_jeton, editable=False)
    demande_le = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    repondu_le = models.DateTimeField("répondu le", null=True, blank=True, editable=False)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("nom", "activite"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = FicheActeurQuerySet.as_manager()

    class Meta:
        verbose_name = "fiche d'acteur"
        verbose_name_plural = "annuaire"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territoire", "nom", "email"],
                condition=models.Q(etat__in=["demande", "accepte"]),
                name="pistes_fiche_acteur_unique",
                violation_error_message="Cet acteur est déjà dans l'annuaire de ce territoire.",
            )
        ]
        indexes = [
            models.Index(
                fields=["nom", "id"],
                name="pistes_fiche_acteur_annuaire",
                condition=models.Q(etat="accepte"),
            ),
            GinIndex(fields=["recherche"], name="pistes_fiche_acteur_recherche"),
            models.Index(
                fields=["empreinte_adresse"],
                name="pistes_fiche_acteur_refus",
                condition=~models.Q(empreinte_adresse=""),
            ),
        ]

    def __str__(self) -> str:
        return self.nom
