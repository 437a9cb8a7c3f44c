"""One offer introduced to one need by a human, and all that is said between them."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from engagement.models.besoin import Besoin, Creneau
from engagement.models.dispositif import Dispositif
from engagement.models.offre import Offre
from engagement.models.panier import DansUnPanier
from engagement.models.personne import Personne
from engagement.models.vie import VieDeLaMiseEnRelation
from engagement.querysets import MiseEnRelationQuerySet

ACTIVES = ("proposee", "en_discussion", "rencontree")


class Cote(models.TextChoices):
    """Which side of a mise en relation."""

    PERSONNE = "personne", "La personne qui offre"
    ACCUEIL = "accueil", "L'accueil"
    MANAGER = "manager", "Le manager d'origine"
    CELLULE = "cellule", "La cellule"


class MiseEnRelation(DansUnPanier, VieDeLaMiseEnRelation):
    """One offer, one need. ``etat`` changes by the methods of VieDeLaMiseEnRelation alone."""

    class Etat(models.TextChoices):
        """DESIGN, « Life of a mise en relation »."""

        PROPOSEE = "proposee", "Proposée"
        EN_DISCUSSION = "en_discussion", "En discussion"
        RENCONTREE = "rencontree", "Rencontre faite"
        EN_MISSION = "en_mission", "En mission"
        RETOUR = "retour", "Retour à faire"
        CLOSE = "close", "Close"
        DECLINEE = "declinee", "Déclinée"
        INTERROMPUE = "interrompue", "Interrompue"

    dispositif = models.ForeignKey(
        Dispositif, models.PROTECT, related_name="mises_en_relation", verbose_name="dispositif"
    )
    besoin = models.ForeignKey(
        Besoin, models.PROTECT, related_name="mises_en_relation", verbose_name="besoin"
    )
    # Emptied of its person when they ask to be forgotten; the row stays for the figures.
    offre = models.ForeignKey(
        Offre, models.PROTECT, related_name="mises_en_relation", verbose_name="offre"
    )
    personne = models.ForeignKey(
        Personne, models.PROTECT, related_name="mises_en_relation", verbose_name="personne"
    )
    etat = models.CharField(
        "état", max_length=14, choices=Etat.choices, default=Etat.PROPOSEE, editable=False
    )
    mediateur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="mises_en_relation",
        verbose_name="suivie par",
    )
    aide_demandee_le = models.DateTimeField(
        "aide demandée le", null=True, blank=True, editable=False
    )
    # Why these two: the words the cellule saw, or its own when it chose somebody else.
    raisons = ArrayField(
        models.CharField(max_length=200), verbose_name="raisons", default=list, blank=True
    )
    pourquoi = models.CharField("pourquoi ce choix", max_length=300, blank=True)
    proposee_le = models.DateTimeField("proposée le", default=timezone.now, editable=False)
    # Since when it waits, and for whom: what the desk sorts and colours.
    attend_depuis = models.DateTimeField("attend depuis", default=timezone.now, editable=False)
    attend = models.CharField("attend", max_length=10, choices=Cote.choices, default=Cote.PERSONNE)
    rencontre_le = models.DateTimeField("rencontre le", null=True, blank=True)
    rencontre_lieu = models.CharField("lieu de la rencontre", max_length=200, blank=True)
    rencontre_notes = models.TextField("ce qui s'y est dit", blank=True, max_length=LONGUEUR_TEXTE)
    # --- The lettre de mission (or the convention of a loan): what is agreed to.
    mission = models.TextField("ce que fera la personne", blank=True, max_length=LONGUEUR_TEXTE)
    conditions = models.TextField(
        "conditions (trajet, repas, équipement, assurance)", blank=True, max_length=LONGUEUR_TEXTE
    )
    creneaux = models.ManyToManyField(
        Creneau, related_name="mises_en_relation", blank=True, verbose_name="demi-journées"
    )
    pret_debut = models.DateTimeField("prêt à partir du", null=True, blank=True)
    pret_fin = models.DateTimeField("à rendre avant le", null=True, blank=True)
    retour_prevu_le = models.DateField("entretien de retour prévu le", null=True, blank=True)
    retour_avec = models.CharField(
        "entretien de retour avec (fonction)", max_length=160, blank=True
    )
    # --- How it ended.
    declinee_par = models.CharField(
        "déclinée par", max_length=10, choices=Cote.choices, blank=True, editable=False
    )
    # Told to the other side. The one for the cellule alone is a MotifPrive, in a table of its own.
    motif = models.TextField("motif dit à l'autre", blank=True, max_length=LONGUEUR_TEXTE)
    terminee_le = models.DateTimeField("terminée le", null=True, editable=False)

    objects = MiseEnRelationQuerySet.as_manager()

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        ordering = ["-proposee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["offre", "besoin"],
                condition=models.Q(
                    etat__in=["proposee", "en_discussion", "rencontree", "en_mission"]
                ),
                name="engagement_mise_en_relation_unique",
                violation_error_message="Cette offre est déjà proposée pour ce besoin.",
            ),
            models.CheckConstraint(
                condition=models.Q(pret_fin=None) | models.Q(pret_fin__gt=models.F("pret_debut")),
                name="engagement_mise_en_relation_pret",
                violation_error_message="Le retour vient après le départ.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["dispositif", "attend_depuis"],
                name="engagement_mer_en_attente",
                condition=models.Q(etat__in=ACTIVES),
            ),
            models.Index(
                fields=["dispositif", "rencontre_le"],
                name="engagement_mer_rencontres",
                condition=models.Q(etat__in=ACTIVES, rencontre_le__isnull=False),
            ),
            models.Index(
                fields=["dispositif", "aide_demandee_le"],
                name="engagement_mer_aides",
                condition=models.Q(aide_demandee_le__isnull=False),
            ),
            models.Index(fields=["personne", "etat"], name="engagement_mer_personne"),
            models.Index(
                fields=["dispositif", "etat", "-proposee_le"], name="engagement_mer_par_etat"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre} → {self.besoin}"

    def get_absolute_url(self) -> str:
        return reverse("engagement:mise_en_relation", args=[self.pk])


class MotifPrive(models.Model):
    """Why somebody refused or stopped, for the cellule alone.

    Apart, so that no list, mail, export or API that reads a mise en relation can carry it.
    """

    mise_en_relation = models.OneToOneField(
        MiseEnRelation, models.CASCADE, related_name="motif_prive", verbose_name="mise en relation"
    )
    cote = models.CharField("dit par", max_length=10, choices=Cote.choices)
    texte = models.TextField("motif pour la cellule", max_length=LONGUEUR_TEXTE)
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "motif pour la cellule"
        verbose_name_plural = "motifs pour la cellule"

    def __str__(self) -> str:
        return f"mise en relation {self.mise_en_relation_id}"


class Echange(models.Model):
    """One word of the conversation: a note of a call, a mail sent from the desk, an answer by link."""

    class Canal(models.TextChoices):
        """How it was said."""

        APPEL = "appel", "Appel"
        COURRIEL = "courriel", "Message"
        LIEN = "lien", "Réponse par le lien"
        NOTE = "note", "Note de la cellule"

    mise_en_relation = models.ForeignKey(
        MiseEnRelation, models.CASCADE, related_name="echanges", verbose_name="mise en relation"
    )
    de = models.CharField("de", max_length=10, choices=Cote.choices)
    a = models.CharField("à", max_length=10, choices=Cote.choices)
    canal = models.CharField("canal", max_length=10, choices=Canal.choices)
    texte = models.TextField("texte", max_length=LONGUEUR_TEXTE)
    auteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="écrit par",
    )
    le = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "échange"
        verbose_name_plural = "échanges"
        ordering = ["mise_en_relation", "le", "pk"]

    def __str__(self) -> str:
        return f"{self.get_canal_display()} ({self.le:%d/%m/%Y})"
