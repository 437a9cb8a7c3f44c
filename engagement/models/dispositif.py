"""The frame of exchange: who may give what to whom, in which territory, under which rules."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from comptes.models import Organisation, Territoire
from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from engagement.models.cloture import ClotureDuDispositif
from engagement.querysets import DispositifQuerySet
from engagement.querysets_dispositifs import MediationQuerySet

if TYPE_CHECKING:
    import datetime as dt


class Dispositif(ClotureDuDispositif):
    """A dispositif and its rules. What differs from one kind to the next is a value, never a branch."""

    class Modele(models.TextChoices):
        """DOMAIN, « dispositif » ; what each proposes is in engagement/modeles.py."""

        RESERVE_CITOYENNE = "reserve_citoyenne", "Réserve citoyenne"
        MICRO_MOBILITE = "micro_mobilite", "Micro-mobilité professionnelle"
        MECENAT_COMPETENCES = "mecenat_competences", "Mécénat de compétences"
        MECENAT_NATURE = "mecenat_nature", "Mécénat en nature"
        JOURS_VOLONTARIAT = "jours_volontariat", "Jours de volontariat"

    class Etat(models.TextChoices):
        """Its life: it opens, it closes, and both are marked."""

        PREPARATION = "preparation", "En préparation"
        OUVERT = "ouvert", "Ouvert"
        CLOS = "clos", "Clos"

    nom = models.CharField("nom", max_length=160)
    modele = models.CharField("modèle", max_length=24, choices=Modele.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dispositifs", verbose_name="organisation"
    )
    territoire = models.ForeignKey(
        Territoire, models.PROTECT, related_name="+", verbose_name="territoire"
    )
    presentation = models.TextField("présentation", blank=True, max_length=LONGUEUR_TEXTE)
    contact = models.CharField(
        "comment joindre la cellule",
        max_length=200,
        blank=True,
        help_text="Un numéro ou une adresse de service, montré à tout le monde.",
    )
    en_crise = models.BooleanField("ouvert pour une crise", default=False)
    debut = models.DateField("ouvre le", default=jour_de)
    fin = models.DateField(
        "ferme le", null=True, blank=True, help_text="Vide : la cellule le fermera."
    )
    etat = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.PREPARATION, editable=False
    )
    # --- Its rules.
    aux_agents = models.BooleanField("les agent·es peuvent offrir", default=True)
    aux_habitants = models.BooleanField("les habitant·es peuvent offrir", default=False)
    aux_organisations = models.BooleanField("les organisations peuvent offrir", default=False)
    du_temps = models.BooleanField("on y offre du temps", default=True)
    des_lieux = models.BooleanField("on y prête des lieux", default=False)
    du_materiel = models.BooleanField("on y prête du matériel", default=False)
    genres_preferes = models.PositiveSmallIntegerField(
        "genres de mission qu'une personne peut préférer",
        default=2,  # DOMAIN: the réserve of Lille
        validators=[MaxValueValidator(10)],
    )
    par_semaine = models.PositiveSmallIntegerField(
        "demi-journées par semaine et par personne, au plus",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
    )
    par_mois = models.PositiveSmallIntegerField(
        "demi-journées par mois et par personne, au plus",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(62)],
    )
    duree_maximale = models.PositiveSmallIntegerField(
        "durée d'une mission, en jours, au plus",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(731)],  # DOMAIN: Isère, two years
    )
    sollicitations = models.PositiveSmallIntegerField(
        "propositions en cours par personne et par mois, au plus",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    accord_manager = models.BooleanField(
        "demander l'accord du manager d'origine",
        default=True,
        help_text="Pour les agent·es. L'accord de la personne et celui de l'accueil sont toujours demandés.",
    )
    ce_qui_est_demande = models.TextField(
        "ce qui est demandé à chacun·e",
        blank=True,
        max_length=LONGUEUR_TEXTE,
        help_text="À la personne, à son manager, à l'accueil : en quelques lignes.",
    )
    conservation = models.PositiveSmallIntegerField(
        "mois pendant lesquels on garde les coordonnées après la fin",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )
    # --- How it ended, and what it tells.
    ouvert_le = models.DateTimeField("ouvert le", null=True, editable=False)
    clos_le = models.DateTimeField("clos le", null=True, editable=False)
    # Missions under way stop after this day; None: they go on to their agreed end.
    missions_jusqu_au = models.DateField("les missions s'arrêtent le", null=True, blank=True)
    # Everything is closed and everybody was told: until then ``engagement.cloture`` goes on.
    cloture_achevee_le = models.DateTimeField("clôture achevée le", null=True, editable=False)
    mot_de_fin = models.TextField("mot de fin", blank=True, max_length=LONGUEUR_TEXTE)
    bilan = models.TextField("bilan", blank=True, max_length=LONGUEUR_TEXTE)
    recit = models.TextField("récit", blank=True, max_length=LONGUEUR_TEXTE)
    recit_publie_le = models.DateTimeField("récit publié le", null=True, editable=False)
    est_demo = models.BooleanField("démonstration", default=False, editable=False)
    cree_le = models.DateTimeField("créé le", default=timezone.now, editable=False)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="créé par",
    )

    objects = DispositifQuerySet.as_manager()

    class Meta:
        verbose_name = "dispositif"
        verbose_name_plural = "dispositifs"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin=None) | models.Q(fin__gte=models.F("debut")),
                name="engagement_dispositif_periode",
                violation_error_message="La fermeture vient après l'ouverture.",
            ),
            models.CheckConstraint(
                condition=models.Q(du_temps=True)
                | models.Q(des_lieux=True)
                | models.Q(du_materiel=True),
                name="engagement_dispositif_natures",
                violation_error_message="Dites ce qu'on offre ici : du temps, des lieux ou du matériel.",
            ),
            models.CheckConstraint(
                condition=models.Q(aux_agents=True)
                | models.Q(aux_habitants=True)
                | models.Q(aux_organisations=True),
                name="engagement_dispositif_publics",
                violation_error_message="Dites qui peut offrir ici.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return reverse("engagement:dispositif", args=[self.pk])

    @property
    def duree_en_mots(self) -> str:
        """The longest mission: « deux ans », « 90 jours »; "" without a limit."""
        annees = {365: "un an", 366: "un an", 730: "deux ans", 731: "deux ans"}
        jours = self.duree_maximale
        return annees.get(jours, f"{jours} jour{'s' * (jours > 1)}") if jours else ""

    def est_ouvert(self, at: "dt.datetime | None" = None) -> bool:
        """Whether it takes offers and needs: opened, not closed, and its day has come."""
        jour = jour_de(at)
        return (
            self.etat == self.Etat.OUVERT
            and self.debut <= jour
            and (self.fin is None or jour <= self.fin)
        )


class GenreMission(models.Model):
    """A kind of mission of a dispositif: « distribution alimentaire », « appels », « renfort d'accueil »."""

    dispositif = models.ForeignKey(
        Dispositif, models.CASCADE, related_name="genres", verbose_name="dispositif"
    )
    libelle = models.CharField("genre de mission", max_length=80)
    rang = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "genre de mission"
        verbose_name_plural = "genres de mission"
        ordering = ["dispositif", "rang", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "libelle"],
                name="engagement_genre_unique",
                violation_error_message="Ce genre de mission est déjà dans la liste.",
            )
        ]

    def __str__(self) -> str:
        return self.libelle


class Mediation(models.Model):
    """Somebody's place in the cellule of a dispositif; what gives every right of the desk."""

    dispositif = models.ForeignKey(
        Dispositif, models.CASCADE, related_name="mediations", verbose_name="dispositif"
    )
    utilisateur = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mediations", verbose_name="personne"
    )
    depuis = models.DateTimeField("depuis", default=timezone.now)
    jusqu_au = models.DateTimeField("jusqu'au", null=True, blank=True)

    objects = MediationQuerySet.as_manager()

    class Meta:
        verbose_name = "médiateur·rice"
        verbose_name_plural = "médiateur·rices"
        ordering = ["dispositif", "depuis", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dispositif", "utilisateur"],
                name="engagement_mediation_unique",
                violation_error_message="Cette personne est déjà dans la cellule.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utilisateur} · {self.dispositif}"
