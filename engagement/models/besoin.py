"""What a service, an association, a collectivité or an inhabitant needs, with its slots."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core import signing
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from comptes.models import Territoire
from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from engagement.limites import Limite
from engagement.models.dispositif import Dispositif, GenreMission
from engagement.models.offre import Nature
from engagement.models.panier import DansUnPanier
from engagement.models.personne import Personne
from engagement.models.vie_besoin import VieDuBesoin
from engagement.querysets import BesoinQuerySet
from engagement.semaine import APRES_MIDI, MATIN, MOMENTS

PLACES_MAXIMUM = 500
SEL = "engagement.besoin"


class Besoin(DansUnPanier, VieDuBesoin):
    """One need. It opens once somebody of the cellule has qualified it."""

    class Etat(models.TextChoices):
        """Its life. Whether it is provided for is computed from its places."""

        A_CONFIRMER = "a_confirmer", "Adresse à confirmer"
        A_QUALIFIER = "a_qualifier", "À qualifier"
        OUVERT = "ouvert", "Ouvert"
        CLOS = "clos", "Clos"
        ECARTE = "ecarte", "Écarté"

    class Urgence(models.TextChoices):
        """How soon; the desk sorts by it."""

        AUJOURD_HUI = "1", "Aujourd'hui ou demain"
        SEMAINE = "2", "Dans la semaine"
        NORMALE = "3", "Sans urgence"

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="besoins", verbose_name="dispositif"
    )
    demandeur = models.ForeignKey(
        Personne, models.PROTECT, related_name="besoins", verbose_name="demandé par"
    )
    nature = models.CharField("nature", max_length=10, choices=Nature.choices, default=Nature.TEMPS)
    etat = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.A_QUALIFIER, editable=False
    )
    titre = models.CharField("ce dont vous avez besoin", max_length=160)
    description = models.TextField("ce qu'il y aura à faire", blank=True, max_length=LONGUEUR_TEXTE)
    genre = models.ForeignKey(
        GenreMission,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="besoins",
        verbose_name="genre de mission",
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="commune"
    )
    lieu = models.CharField("adresse", max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(
        "combien de personnes à la fois",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(PLACES_MAXIMUM)],
    )
    # The first and last day of its slots, and the half-days of the week they fall on: kept by
    # ``Besoin.recalculer`` each time its slots change.
    debut = models.DateField("du", null=True, editable=False)
    fin = models.DateField("au", null=True, editable=False)
    semaine = models.PositiveSmallIntegerField("demi-journées", default=0, editable=False)
    demande = ArrayField(
        models.CharField(max_length=20, choices=Limite.choices),
        verbose_name="ce que cela demande",
        default=list,
        blank=True,
    )
    accueil_fonction = models.CharField("qui accueille (fonction)", max_length=160, blank=True)
    accueil_nom = models.CharField("qui accueille (prénom et nom)", max_length=120, blank=True)
    accueil_email = models.EmailField("adresse e-mail de l'accueil", blank=True)
    binome = models.CharField("qui accompagne (fonction)", max_length=160, blank=True)
    apprend = models.TextField("ce qu'on y apprend", blank=True, max_length=LONGUEUR_TEXTE)
    urgence = models.CharField(
        "urgence", max_length=1, choices=Urgence.choices, default=Urgence.NORMALE
    )
    # --- The desk.
    mediateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="besoins_suivis",
        verbose_name="suivi par",
    )
    aide_demandee_le = models.DateTimeField(
        "aide demandée le", null=True, blank=True, editable=False
    )
    cree_le = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    ouvert_le = models.DateTimeField("ouvert le", null=True, editable=False)
    clos_le = models.DateTimeField("clos le", null=True, editable=False)
    # Why it was set aside or closed: told to who asked.
    motif = models.TextField(
        "motif dit à qui a demandé", blank=True, max_length=LONGUEUR_TEXTE, editable=False
    )
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "description", "apprend"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = BesoinQuerySet.as_manager()

    class Meta:
        verbose_name = "besoin"
        verbose_name_plural = "besoins"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(places__gte=1, places__lte=PLACES_MAXIMUM),
                name="engagement_besoin_places",
                violation_error_message=f"Entre 1 et {PLACES_MAXIMUM} personnes.",
            )
        ]
        indexes = [
            models.Index(
                fields=["dispositif", "etat", "-cree_le"], name="engagement_besoin_par_etat"
            ),
            models.Index(
                fields=["dispositif", "urgence", "ouvert_le"],
                name="engagement_besoin_ouverts",
                condition=models.Q(etat="ouvert"),
            ),
            models.Index(
                fields=["dispositif", "fin"],
                name="engagement_besoin_fins",
                condition=models.Q(etat="ouvert"),
            ),
            models.Index(
                fields=["dispositif", "aide_demandee_le"],
                name="engagement_besoin_aides",
                condition=models.Q(aide_demandee_le__isnull=False),
            ),
            GinIndex(fields=["recherche"], name="engagement_besoin_recherche"),
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("engagement:besoin", args=[self.pk])

    @property
    def jeton(self) -> str:
        """The signed token of the page on which who asked follows it, without an account."""
        return signing.dumps(self.pk, salt=SEL)


class Creneau(models.Model):
    """One half-day of a need. A recurring need is one need with many of these."""

    class Moment(models.IntegerChoices):
        """Which half."""

        LE_MATIN = MATIN, "Matin"
        L_APRES_MIDI = APRES_MIDI, "Après-midi"

    besoin = models.ForeignKey(
        Besoin, models.CASCADE, related_name="creneaux", verbose_name="besoin"
    )
    jour = models.DateField("jour")
    moment = models.PositiveSmallIntegerField("moment", choices=Moment.choices)

    class Meta:
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"
        ordering = ["besoin", "jour", "moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["besoin", "jour", "moment"],
                name="engagement_creneau_unique",
                violation_error_message="Cette demi-journée est déjà dans la liste.",
            ),
            models.CheckConstraint(
                condition=models.Q(moment__lte=APRES_MIDI), name="engagement_creneau_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jour:%d/%m/%Y} {MOMENTS[self.moment]}"
