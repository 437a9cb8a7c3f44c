"""What somebody told an enquête: public only once read, anonymised, and with their consent."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from config.saisie import LONGUEUR_TEXTE
from reflexes.models.controverse import Terrain
from reflexes.models.enquete import Enquete


class Pole(models.TextChoices):
    """Which pole of the controverse a témoignage or a test speaks for."""

    A = "a", "Premier pôle"
    B = "b", "Second pôle"
    NI = "", "Ni l'un ni l'autre, ou les deux"


class Temoignage(models.Model):
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
    texte = models.TextField("témoignage", max_length=LONGUEUR_TEXTE)
    fonction = models.CharField("signé par (une fonction)", max_length=160)
    type_organisation = models.CharField(
        "type d'organisation", max_length=16, choices=TypeOrganisation.choices
    )
    consentement = models.BooleanField("la personne accepte d'être citée sans être nommée")
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.A_LIRE, editable=False
    )
    # Who brought it: never shown, erased with the account.
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
    lu_le = models.DateTimeField("lu le", null=True, blank=True, editable=False)
    motif = models.TextField("raison", blank=True, editable=False, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "témoignage"
        verbose_name_plural = "témoignages"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(etat="publie") | models.Q(consentement=True),
                name="reflexes_temoignage_consenti",
                violation_error_message="Un témoignage n'est publié qu'avec l'accord de la personne.",
            )
        ]
        indexes = [
            models.Index(
                fields=["terrain", "-depose_le", "-id"],
                name="reflexes_temoignage_publies",
                condition=models.Q(etat="publie"),
            ),
            models.Index(
                fields=["enquete", "depose_le", "id"],
                name="reflexes_temoignage_a_lire",
                condition=models.Q(etat="a_lire"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fonction} : {self.texte[:60]}"
