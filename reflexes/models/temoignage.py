"""What somebody told an enquête: public only once read, anonymised, and with their consent."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from config import places
from config.anonymat import ce_qui_designe, moyens_de_joindre, noms_possibles
from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from reflexes.models.controverse import Terrain
from reflexes.models.enquete import Enquete
from reflexes.models.lecture import Lecture
from reflexes.models.livraison import empreinte_de
from reflexes.querysets_temoignages import TemoignageQuerySet

# One voice on one phenomenon: two pages at most, so that a page of ten stays light.
LONGUEUR_TEMOIGNAGE = 4_000


class Pole(models.TextChoices):
    """Which pole of the controverse a témoignage or a test speaks for."""

    A = "a", "Premier pôle"
    B = "b", "Second pôle"
    NI = "", "Ni l'un ni l'autre, ou les deux"


class Temoignage(Lecture, models.Model):
    """One témoignage on one terrain, signed by a generic function (DOMAIN, "témoignage / verbatim")."""

    class Etat(models.TextChoices):
        """A curateur·rice reads it before anything is public; withdrawn, it is nowhere any more."""

        A_LIRE = "a_lire", "À lire"
        PUBLIE = "publie", "Publié"
        ECARTE = "ecarte", "Écarté"
        RETIRE = "retire", "Retiré"

    class TypeOrganisation(models.TextChoices):
        """Where the person speaks from, in general words."""

        COMMUNE = "commune", "Commune"
        INTERCOMMUNALITE = "intercommunalite", "Intercommunalité"
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"
        ETAT = "etat", "État ou opérateur"
        SOCIAL = "social", "CCAS ou établissement social"
        ASSOCIATION = "association", "Association"
        AUTRE = "autre", "Autre"

    enquete = models.ForeignKey(
        Enquete, models.CASCADE, related_name="temoignages", verbose_name="enquête"
    )
    terrain = models.ForeignKey(
        Terrain, models.PROTECT, related_name="temoignages", verbose_name="terrain"
    )
    pole = models.CharField(
        "parle pour", max_length=1, choices=Pole.choices, blank=True, default=""
    )
    texte = models.TextField("témoignage", max_length=LONGUEUR_TEMOIGNAGE)
    fonction = models.CharField("signé par (une fonction)", max_length=160)
    type_organisation = models.CharField(
        "type d'organisation", max_length=16, choices=TypeOrganisation.choices
    )
    consentement = models.BooleanField("la personne accepte d'être citée sans être nommée")
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.A_LIRE, editable=False
    )
    # Who brought it: shown to nobody else, curateur·rices included; erased with the account.
    depose_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="temoignages",
        editable=False,
        verbose_name="déposé par",
    )
    depose_le = models.DateTimeField("déposé le", default=timezone.now, editable=False)
    lu_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="lu par",
    )
    # Published, it is also the place in the lists: it tells nothing of when the words were brought.
    lu_le = models.DateTimeField("lu le", null=True, blank=True, editable=False)
    motif = models.TextField("raison", blank=True, editable=False, max_length=LONGUEUR_TEXTE)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("texte", "fonction"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TemoignageQuerySet.as_manager()

    class Meta:
        verbose_name = "témoignage"
        verbose_name_plural = "témoignages"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(etat="publie")
                | models.Q(consentement=True, lu_le__isnull=False),
                name="reflexes_temoignage_consenti",
                violation_error_message="Un témoignage n'est publié que lu, et avec l'accord de la personne.",
            ),
            models.CheckConstraint(
                condition=~models.Q(etat="retire") | models.Q(texte="", fonction="", motif=""),
                name="reflexes_temoignage_retire_vide",
                violation_error_message="Un témoignage retiré ne garde aucun mot.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["terrain", "-lu_le", "-id"],
                name="reflexes_temoignage_publies",
                condition=models.Q(etat="publie"),
            ),
            # The weights count without reading a row.
            models.Index(
                fields=["terrain", "pole"],
                name="reflexes_temoignage_poids",
                condition=models.Q(etat="publie"),
            ),
            # The search looks at the latest that answer.
            models.Index(
                fields=["-lu_le", "-id"],
                name="reflexes_temoignage_recents",
                condition=models.Q(etat="publie"),
            ),
            models.Index(
                fields=["depose_le", "id"],
                name="reflexes_temoignage_a_lire",
                condition=models.Q(etat="a_lire"),
            ),
            models.Index(
                fields=["depose_par", "-depose_le", "-id"], name="reflexes_temoignage_miens"
            ),
            GinIndex(
                fields=["recherche"],
                name="reflexes_temoignage_recherche",
                condition=models.Q(etat="publie"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonction} : {self.texte[:60]}"

    def get_absolute_url(self) -> str:
        """The page of its terrain, the list beginning with it. Published ones only."""
        adresse = reverse(
            "reflexes:terrain", args=[self.terrain.controverse.enquete.cle, self.terrain.cle]
        )
        ici = places.marque(self.lu_le or self.depose_le, self.pk + 1)
        return f"{adresse}?avant={ici}#temoignages"

    @property
    def empreinte(self) -> str:
        """What its reader had before their eyes: changed words make another one."""
        return empreinte_de(
            [self.terrain_id, self.pole, self.texte, self.fonction, self.type_organisation]
        )

    @property
    def pole_en_mots(self) -> str:
        """The pole's own words. No query after ``pour_liste``."""
        mots = {
            Pole.A.value: getattr(self, "pole_a", ""),
            Pole.B.value: getattr(self, "pole_b", ""),
        }
        return mots.get(self.pole) or ""

    @property
    def a_regarder(self) -> list[str]:
        """What in its words may tell who somebody is."""
        return ce_qui_designe(f"{self.texte}\n{self.fonction}")

    @property
    def mots_a_regarder(self) -> list[str]:
        """The very words that made ``a_regarder`` speak."""
        tout = f"{self.texte}\n{self.fonction}"
        return [*moyens_de_joindre(tout), *noms_possibles(tout)]
