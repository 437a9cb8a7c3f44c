"""The test: a light, reversible, time-limited, evaluated action that checks a hypothesis."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse

from comptes.models import Organisation
from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from pistes.models import EditionPiste, Piste
from reflexes.models import Livrable
from tests_programme.models.cadre import CadreDuTest
from tests_programme.models.programme import Programme
from tests_programme.models.temps import TempsDuTest
from tests_programme.models.vie import VieDuTest
from tests_programme.querysets import TestQuerySet


class Test(VieDuTest, CadreDuTest, TempsDuTest, Livrable):
    """A test of one organisation. Its life (demarrer, evaluer, …) is in VieDuTest.

    What readers are shown is computed from ``date_peremption``: the last Paris day on which the test
    runs. The day after, it is over for everybody, whether or not a worker has recorded it.
    """

    __test__ = False  # not a pytest class

    class Etat(models.TextChoices):
        """Stored states; see ``etat_au`` for what a reader is shown."""

        PREPARATION = "preparation", "En préparation"
        EN_COURS = "en_cours", "En test"
        A_EVALUER = "a_evaluer", "À évaluer"
        EVALUE = "evalue", "Évalué"
        ABANDONNE = "abandonne", "Abandonné"

    class Visibilite(models.TextChoices):
        """Who may read it once it has started."""

        PUBLIC = "public", "Tout le monde"
        PRIVE = "prive", "Notre organisation et l'équipe de la plateforme"

    class Rythme(models.TextChoices):
        """How often the team stops to look (TOPOGUIDE, « Les conseils du sherpa »: keep a rhythm)."""

        AUCUN = "", "Pas de point régulier"
        SEMAINE = "semaine", "Chaque semaine"
        QUINZAINE = "quinzaine", "Toutes les deux semaines"
        MOIS = "mois", "Chaque mois"

    cle = models.SlugField("clé", max_length=80, unique=True, null=True, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="tests", verbose_name="organisation"
    )
    programme = models.ForeignKey(
        Programme,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tests",
        verbose_name="programme",
    )
    piste = models.ForeignKey(
        Piste, models.PROTECT, related_name="tests", verbose_name="piste explorée"
    )
    edition_piste = models.ForeignKey(
        EditionPiste,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="texte de la piste au démarrage",
    )
    issu_de = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="suivants",
        editable=False,
        verbose_name="issu du test",
    )
    titre = models.CharField("titre", max_length=160)
    contexte = models.TextField("contexte et besoin", blank=True, max_length=LONGUEUR_TEXTE)
    hypothese = models.TextField("hypothèse", blank=True, max_length=LONGUEUR_TEXTE)
    # The pieces the sentence was built from (« Si nous … »), to build it again; {} when written freely.
    cadre_hypothese = models.JSONField("phrase à trous", default=dict, blank=True, editable=False)
    echec = models.TextField(
        "ce qui nous montrerait que nous avons tort", blank=True, max_length=LONGUEUR_TEXTE
    )
    retour_arriere = models.TextField(
        "comment on revient en arrière", blank=True, max_length=LONGUEUR_TEXTE
    )
    signe_provisoire = models.TextField(
        "comment on verra que c'est provisoire", blank=True, max_length=LONGUEUR_TEXTE
    )
    ecoute_qui = models.CharField("qui on écoutera", max_length=300, blank=True)
    ecoute_prevue = models.TextField(
        "comment on entendra les usager·ères", blank=True, max_length=LONGUEUR_TEXTE
    )
    ecoute_quand = models.CharField("quand", max_length=300, blank=True)
    rythme_points = models.CharField(
        "points réguliers", max_length=10, choices=Rythme.choices, blank=True, default=""
    )
    # Where a portage d'initiatives stands (TOPOGUIDE, « matrice de l'initiative »), 1 to 5 each.
    degre_engagement = models.PositiveSmallIntegerField("degré d'engagement", null=True, blank=True)
    degre_accompagnement = models.PositiveSmallIntegerField(
        "degré d'accompagnement", null=True, blank=True
    )
    # What a test that follows another one changes: one thing, named.
    changement = models.TextField(
        "ce qui change par rapport au test précédent", blank=True, max_length=LONGUEUR_TEXTE
    )
    date_peremption = models.DateField("date de péremption", null=True, blank=True)
    visibilite = models.CharField(
        "qui peut le lire", max_length=10, choices=Visibilite.choices, default=Visibilite.PUBLIC
    )
    etat = models.CharField(
        "état", max_length=12, choices=Etat.choices, default=Etat.PREPARATION, editable=False
    )
    demarre_le = models.DateTimeField("démarré le", null=True, blank=True, editable=False)  # type: ignore[assignment]
    termine_le = models.DateTimeField("terminé le", null=True, blank=True, editable=False)  # type: ignore[assignment]
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tests_crees",
        editable=False,
        verbose_name="créé par",
    )
    # The first step that made it, as it was sent: sent again, it makes no second test.
    empreinte_envoi = models.CharField(
        "empreinte de l'envoi", max_length=64, blank=True, default="", editable=False
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)

    # Accounts of past tests shipped from a publication: read, never led here.
    source = models.CharField("source", max_length=200, blank=True, editable=False)
    periode = models.CharField("période, en mots", max_length=120, blank=True, editable=False)
    deroule = models.TextField(
        "ce qui s'est passé", blank=True, editable=False, max_length=LONGUEUR_TEXTE
    )
    issue = models.TextField("issue connue", blank=True, editable=False, max_length=LONGUEUR_TEXTE)
    est_demo = models.BooleanField("démonstration", default=False, editable=False)

    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "contexte", "hypothese", "deroule", "issue"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TestQuerySet.as_manager()

    class Meta:
        verbose_name = "test"
        verbose_name_plural = "tests"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(etat__in=["preparation", "abandonne"])
                | models.Q(date_peremption__isnull=False)
                | ~models.Q(source=""),
                name="tests_programme_demarre_avec_date",
                violation_error_message="Un test ne démarre pas sans date de péremption.",
            ),
            models.UniqueConstraint(
                fields=["cree_par", "empreinte_envoi"],
                condition=~models.Q(empreinte_envoi=""),
                name="tests_programme_envoi_unique",
                violation_error_message="Ce test a déjà été créé.",
            ),
            models.CheckConstraint(
                condition=models.Q(degre_engagement__isnull=True, degre_accompagnement__isnull=True)
                | models.Q(degre_engagement__range=(1, 5), degre_accompagnement__range=(1, 5)),
                name="tests_programme_matrice",
                violation_error_message="Placez le test sur les deux axes de la matrice, de 1 à 5.",
            ),
            # A test comes from an older one: a lineage never turns in a circle.
            models.CheckConstraint(
                condition=models.Q(issu_de__isnull=True) | models.Q(issu_de__lt=models.F("pk")),
                name="tests_programme_lignee_sans_boucle",
                violation_error_message="Un test ne peut venir que d'un test plus ancien.",
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="tests_test_recherche"),
            models.Index(fields=["-cree_le", "-id"], name="tests_test_recents"),
            # The list under one filter, most recent first: without them, a filter that keeps few rows
            # walks through all the tests (bench/tests_pages.py).
            models.Index(fields=["etat", "-cree_le", "-id"], name="tests_test_par_etat"),
            models.Index(fields=["piste", "-cree_le", "-id"], name="tests_test_par_piste"),
            models.Index(fields=["organisation", "-cree_le", "-id"], name="tests_test_par_orga"),
            models.Index(
                fields=["date_peremption"],
                name="tests_test_en_cours",
                condition=models.Q(etat="en_cours"),
            ),
            # The list of those that run: their date is read in the index, in the order of the list.
            models.Index(
                fields=["-cree_le", "-id", "date_peremption"],
                name="tests_test_qui_tournent",
                condition=models.Q(etat="en_cours"),
            ),
            models.Index(
                fields=["organisation"],
                name="tests_test_en_attente",
                condition=models.Q(etat__in=["en_cours", "a_evaluer"]),
            ),
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:test", args=[self.pk])

    @property
    def est_recit(self) -> bool:
        """An account from a publication: it has no life here."""
        return bool(self.source)
