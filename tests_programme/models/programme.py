"""A cohort of organisations exploring some pistes together, with dated sessions."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse
from django.utils.text import slugify

from comptes.models import Organisation
from config.jours import jour_de
from config.saisie import LONGUEUR_TEXTE
from pistes.models import Piste
from reflexes.models import Livrable
from tests_programme.querysets import ProgrammeQuerySet

if TYPE_CHECKING:
    from comptes.models import Utilisateur

# An address of its own: no programme may be called that.
ADRESSES_PRISES = {"nouveau"}


class Programme(Livrable):
    """A programme; Capacités publiques 2022 is the first."""

    cle = models.SlugField("clé", max_length=80, unique=True)
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début")
    fin = models.DateField("fin", null=True, blank=True)
    presentation = models.TextField("présentation", blank=True, max_length=LONGUEUR_TEXTE)
    source = models.CharField("source", max_length=200, blank=True)
    pistes = models.ManyToManyField(
        Piste, related_name="programmes", blank=True, verbose_name="pistes"
    )
    organisations = models.ManyToManyField(
        Organisation, related_name="programmes", blank=True, verbose_name="organisations"
    )

    animateurs = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="programmes_animes",
        blank=True,
        verbose_name="animateur·rices",
    )

    # What the corpus brought into the lists above, by key: taken off here, it is not brought again.
    listes_livrees = models.JSONField("listes livrées", default=dict, blank=True, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = "programme"
        verbose_name_plural = "programmes"
        ordering = ["-debut", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True) | models.Q(fin__gte=models.F("debut")),
                name="tests_programme_dates_dans_l_ordre",
                violation_error_message="Un programme ne peut pas finir avant d'avoir commencé.",
            )
        ]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("tests_programme:programme", args=[self.cle])

    @classmethod
    @transaction.atomic
    def ouvrir(cls, *, par: "Utilisateur", titre: str, **champs: Any) -> "Programme":
        """Create it, under an address drawn from its title. Raises PermissionDenied: curateur·rices only."""
        if not par.est_curateur:
            raise PermissionDenied
        return cls.objects.create(cle=cls._cle_libre(titre), titre=titre, **champs)

    @classmethod
    def _cle_libre(cls, titre: str) -> str:
        racine = slugify(titre)[:70] or "programme"
        prises = {*cls.objects.filter(cle__startswith=racine).values_list("cle", flat=True)}
        prises |= ADRESSES_PRISES
        return next(
            cle
            for cle in (racine, *(f"{racine}-{n}" for n in range(2, len(prises) + 3)))
            if cle not in prises
        )

    @property
    def est_fini(self) -> bool:
        """Whether its last day is past."""
        return self.fin is not None and self.fin < jour_de()


class EtapeProgramme(Livrable):
    """A stage of a programme: départ, balisage, bivouac, refuge, or whatever its team calls it."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="etapes", verbose_name="programme"
    )
    rang = models.PositiveSmallIntegerField("rang")
    titre = models.CharField("titre", max_length=160)
    debut = models.DateField("début", null=True, blank=True)
    fin = models.DateField("fin", null=True, blank=True)
    texte = models.TextField("texte", blank=True, max_length=LONGUEUR_TEXTE)

    class Meta:
        verbose_name = "étape du programme"
        verbose_name_plural = "étapes du programme"
        ordering = ["programme", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "rang"], name="tests_programme_etape_rang"
            ),
            models.CheckConstraint(
                condition=models.Q(fin__isnull=True)
                | models.Q(debut__isnull=True)
                | models.Q(fin__gte=models.F("debut")),
                name="tests_programme_etape_dates",
                violation_error_message="Une étape ne peut pas finir avant d'avoir commencé.",
            ),
        ]

    def __str__(self) -> str:
        return self.titre
