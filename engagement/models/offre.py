"""What somebody can give: time, a place, equipment. Offers come first (DOMAIN)."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from comptes.models import Territoire
from config.jours import jour_de
from config.recherche import MotsDUnTableau, VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from engagement.limites import Limite
from engagement.models.dispositif import Dispositif, GenreMission
from engagement.models.personne import Personne
from engagement.models.vie_offre import VieDeLOffre
from engagement.querysets import OffreQuerySet
from engagement.semaine import SEMAINE_ENTIERE, WEEK_END, en_mots


class Nature(models.TextChoices):
    """What is given, or asked for."""

    TEMPS = "temps", "Du temps"
    LIEU = "lieu", "Un lieu"
    MATERIEL = "materiel", "Du matériel"


class Offre(VieDeLOffre):
    """One offer. Time says when and what for; a place or equipment says what and under which conditions."""

    class Etat(models.TextChoices):
        """Its life; a pause and an absence are the person's."""

        A_CONFIRMER = "a_confirmer", "Adresse à confirmer"
        ACTIVE = "active", "Active"
        TERMINEE = "terminee", "Terminée"

    class Rayon(models.TextChoices):
        """How far they go from their commune."""

        COMMUNE = "commune", "Ma commune"
        EPCI = "epci", "Mon intercommunalité"
        DEPARTEMENT = "departement", "Mon département"

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="offres", verbose_name="dispositif"
    )
    personne = models.ForeignKey(
        Personne, models.CASCADE, related_name="offres", verbose_name="personne"
    )
    nature = models.CharField("nature", max_length=10, choices=Nature.choices, default=Nature.TEMPS)
    etat = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.ACTIVE, editable=False
    )
    titre = models.CharField(
        "ce que vous proposez",
        max_length=160,
        help_text="« Deux demi-journées », « Salle de 40 places ».",
    )
    # Free words first (DOMAIN: people struggle to declare skills).
    envies = models.TextField(
        "ce que vous aimez faire, ce que vous savez faire", blank=True, max_length=LONGUEUR_TEXTE
    )
    etiquettes = ArrayField(
        models.CharField(max_length=40), verbose_name="étiquettes", default=list, blank=True
    )
    genres = models.ManyToManyField(
        GenreMission, related_name="offres", blank=True, verbose_name="genres de mission préférés"
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="commune"
    )
    rayon = models.CharField("jusqu'où", max_length=12, choices=Rayon.choices, default=Rayon.EPCI)
    # Of the commune, beside it: the search for who is near reads one table.
    epci = models.ForeignKey(
        Territoire, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    departement = models.ForeignKey(
        Territoire, models.PROTECT, null=True, related_name="+", editable=False, db_index=False
    )
    debut = models.DateField("à partir du", default=jour_de)
    fin = models.DateField("jusqu'au", null=True, blank=True)
    semaine = models.PositiveSmallIntegerField(
        "demi-journées de la semaine",
        default=SEMAINE_ENTIERE,
        validators=[MaxValueValidator(SEMAINE_ENTIERE)],
    )
    refuse = ArrayField(
        models.CharField(max_length=20, choices=Limite.choices),
        verbose_name="limites fermes",
        default=list,
        blank=True,
    )
    contraintes = models.TextField(
        "contraintes, avec vos mots", blank=True, max_length=LONGUEUR_TEXTE
    )
    # --- Of a place or equipment.
    lieu = models.CharField("adresse ou lieu de retrait", max_length=200, blank=True)
    conditions = models.TextField("conditions de prêt", blank=True, max_length=LONGUEUR_TEXTE)
    etat_connu = models.TextField("état au départ", blank=True, max_length=LONGUEUR_TEXTE)
    cree_le = models.DateTimeField("reçue le", default=timezone.now, editable=False)
    terminee_le = models.DateTimeField("terminée le", null=True, editable=False)
    # When somebody of the cellule has read it; until then the desk says that it arrived.
    regardee_le = models.DateTimeField("regardée le", null=True, editable=False)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "envies", MotsDUnTableau("etiquettes")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OffreQuerySet.as_manager()

    class Meta:
        verbose_name = "offre"
        verbose_name_plural = "offres"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin=None) | models.Q(fin__gte=models.F("debut")),
                name="engagement_offre_periode",
                violation_error_message="La fin vient après le début.",
            ),
            models.CheckConstraint(
                condition=models.Q(semaine__lte=SEMAINE_ENTIERE)
                & (models.Q(semaine__gt=0) | ~models.Q(nature="temps")),
                name="engagement_offre_semaine",
                violation_error_message="Choisissez au moins une demi-journée.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["dispositif", "departement", "nature", "rayon"],
                name="engagement_offre_proches",
                condition=models.Q(etat="active"),
            ),
            models.Index(
                fields=["dispositif", "epci", "nature", "rayon"],
                name="engagement_offre_voisines",
                condition=models.Q(etat="active"),
            ),
            models.Index(
                fields=["dispositif", "-cree_le", "-id"], name="engagement_offre_recentes"
            ),
            models.Index(
                # With its key: the desk counts them without reading the offers.
                fields=["dispositif", "cree_le", "id"],
                name="engagement_offre_arrivees",
                condition=models.Q(etat="active", regardee_le=None),
            ),
            GinIndex(fields=["recherche"], name="engagement_offre_recherche"),
        ]

    def __str__(self) -> str:
        return self.titre

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.situer()
        super().save(*args, **kwargs)

    def situer(self) -> None:
        """What its commune says; and « pas le week-end » takes the week-end out, whatever was ticked."""
        if self.territoire_id:
            self.epci_id = self.territoire.epci_id
            self.departement_id = self.territoire.departement_id
        if Limite.WEEK_END in self.refuse:
            self.semaine &= ~WEEK_END

    @property
    def quand(self) -> str:
        """Its half-days of the week, in words."""
        return en_mots(self.semaine)

    @property
    def limites_en_mots(self) -> list[str]:
        """Its hard limits, as people ticked them."""
        return [str(Limite(limite).label) for limite in self.refuse]

    @property
    def est_un_pret(self) -> bool:
        """Whether it is a thing, that comes back."""
        return self.nature != Nature.TEMPS


class PhotoOffre(models.Model):
    """A picture of what is lent, made by config/fichiers.py."""

    offre = models.ForeignKey(Offre, models.CASCADE, related_name="photos", verbose_name="offre")
    fichier = models.FileField("photo", upload_to="offres/%Y/%m", max_length=200)
    description = models.CharField("ce qu'on y voit", max_length=200)
    type_mime = models.CharField(max_length=40, editable=False)
    largeur = models.PositiveIntegerField(null=True, editable=False)
    hauteur = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = "photo"
        verbose_name_plural = "photos"
        ordering = ["offre", "pk"]

    def __str__(self) -> str:
        return self.description
