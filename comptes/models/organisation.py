"""The organisation an agent belongs to: a collectivité, a CCAS, an agency, an association."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from comptes.lieux import lieu_du_territoire
from comptes.models.territoire import Territoire
from comptes.models.utilisateur import Utilisateur
from comptes.querysets import OrganisationQuerySet
from comptes.siren import valider_siren
from config.recherche import VecteurSimple


class Organisation(models.Model):
    """An organisation on the platform. ``cle`` names the shipped ones, so that loading twice adds none."""

    class Type(models.TextChoices):
        """Kinds of organisation met in the programmes."""

        COMMUNE = "commune", "Commune"
        EPCI = "epci", "Intercommunalité"
        DEPARTEMENT = "departement", "Département"
        REGION = "region", "Région"
        CCAS = "ccas", "Centre communal d'action sociale"
        SECURITE_SOCIALE = "securite_sociale", "Organisme de sécurité sociale"
        ETAT = "etat", "Service de l'État"
        ASSOCIATION = "association", "Association"
        AUTRE = "autre", "Autre organisation"

    cle = models.SlugField("clé", max_length=80, unique=True, null=True, blank=True, editable=False)
    nom = models.CharField("nom", max_length=160)
    type = models.CharField("type", max_length=20, choices=Type.choices)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[valider_siren])
    territoire = models.ForeignKey(
        Territoire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name="territoire",
    )
    validee = models.BooleanField(
        "validée",
        default=True,
        help_text="Une organisation créée à l'inscription attend une validation.",
    )
    est_demo = models.BooleanField("démonstration", default=False, editable=False)
    cree_le = models.DateTimeField("créée le", auto_now_add=True)
    recherche = models.GeneratedField(
        expression=VecteurSimple("nom"), output_field=SearchVectorField(), db_persist=True
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisations"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["siren"],
                condition=~models.Q(siren=""),
                name="comptes_organisation_siren_unique",
                violation_error_message="Une organisation porte déjà ce SIREN : rejoignez-la plutôt.",
            ),
            models.UniqueConstraint(
                fields=["territoire", "type"],
                condition=models.Q(type__in=["commune", "epci", "departement", "region"]),
                name="comptes_organisation_territoire_unique",
                violation_error_message="Cette collectivité est déjà là : rejoignez-la plutôt.",
            ),
        ]
        indexes = [
            GinIndex(fields=["recherche"], name="comptes_orga_recherche"),
            models.Index(fields=["nom", "id"], name="comptes_orga_par_nom"),
        ]

    def __str__(self) -> str:
        return self.nom

    def get_absolute_url(self) -> str:
        return reverse("comptes:organisation", args=[self.pk])

    @property
    def lieu(self) -> str:
        """Whose public holidays it keeps (rappels.calendrier). Two queries unless its territoire is loaded."""
        return lieu_du_territoire(self.territoire)

    def decideurs(self) -> "models.QuerySet[Utilisateur]":
        """Who answers a request to join: its référent·es, or the administrateur·rices when it has none."""
        actifs = Utilisateur.objects.filter(is_active=True)
        referents = actifs.filter(
            adhesions__organisation=self, adhesions__etat="active", adhesions__role="referent"
        )
        if referents.exists():
            return referents
        return actifs.filter(role=Utilisateur.Role.ADMINISTRATEUR)

    @transaction.atomic
    def valider(self, *, par: Utilisateur) -> None:
        """Show it to everybody. Validating twice changes nothing. Raises PermissionDenied."""
        if not par.has_perm("comptes.valider_organisation", self):
            raise PermissionDenied
        self.validee = True
        self.save(update_fields=["validee"])
