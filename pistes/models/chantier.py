"""Chantiers: pieces of work to open, seen together in the panorama (ENQUÊTE, "panorama des chantiers")."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from comptes.models import Organisation, Utilisateur
from config.recherche import VecteurFrancais
from config.saisie import LONGUEUR_TEXTE
from pistes.models.orientation import Orientation
from pistes.models.ouverture import Ouvrable
from pistes.models.piste import Piste
from pistes.querysets_chantiers import ChantierQuerySet
from pistes.transitions import TransitionRefusee
from pistes.transitions_chantier import TRANSITIONS
from reflexes.models import Livrable, Terrain


class Chantier(Livrable, Ouvrable):
    """A piece of work to open: intentions, moyens, conditions de réussite, premiers pas."""

    class Taille(models.TextChoices):
        """How much it asks."""

        PETITE = "petite", "Petit : quelques semaines, une équipe"
        MOYENNE = "moyenne", "Moyen : quelques mois, plusieurs services"
        GRANDE = "grande", "Grand : une année ou plus, plusieurs organisations"

    # What a card says of its size: the whole labels are for forms.
    TAILLES = {"petite": "Petit", "moyenne": "Moyen", "grande": "Grand"}

    class Etat(models.TextChoices):
        """Where it stands."""

        IDEE = "idee", "Idée"
        OUVERT = "ouvert", "Ouvert"
        CLOS = "clos", "Mené à bien"
        ABANDONNE = "abandonne", "Abandonné"

    titre = models.CharField("titre", max_length=160)
    intentions = models.TextField("intentions", max_length=LONGUEUR_TEXTE)
    moyens = models.TextField("moyens", blank=True, max_length=LONGUEUR_TEXTE)
    conditions = models.TextField("conditions de réussite", blank=True, max_length=LONGUEUR_TEXTE)
    premiers_pas = models.TextField("premiers pas", blank=True, max_length=LONGUEUR_TEXTE)
    taille = models.CharField("taille", max_length=8, choices=Taille.choices)
    etat = models.CharField(
        "état", max_length=10, choices=Etat.choices, default=Etat.IDEE, editable=False
    )
    porteur = models.CharField("porté par (une fonction)", max_length=160, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chantiers",
        verbose_name="organisation",
    )
    orientation = models.ForeignKey(
        Orientation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="chantiers",
        verbose_name="orientation",
    )
    pistes = models.ManyToManyField(
        Piste, related_name="chantiers", blank=True, verbose_name="pistes"
    )
    terrains = models.ManyToManyField(
        Terrain, related_name="chantiers", blank=True, verbose_name="terrains"
    )
    source = models.CharField("source", max_length=200, blank=True)
    cree_par = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="créé par",
    )
    cree_le = models.DateTimeField("créé le", auto_now_add=True)
    modifie_le = models.DateTimeField("modifié le", auto_now=True)
    recherche = models.GeneratedField(
        expression=VecteurFrancais("titre", "intentions", "moyens", "conditions", "premiers_pas"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ChantierQuerySet.as_manager()

    class Meta:
        verbose_name = "chantier"
        verbose_name_plural = "chantiers"
        ordering = ["-cree_le", "-pk"]
        indexes = [GinIndex(fields=["recherche"], name="pistes_chantier_recherche")]

    def __str__(self) -> str:
        return self.titre

    def get_absolute_url(self) -> str:
        return reverse("pistes:chantier", args=[self.pk])

    @property
    def taille_courte(self) -> str:
        """Its size in a word."""
        return self.TAILLES.get(self.taille, "")

    @property
    def qui(self) -> str:
        """Who bears it: a function, an organisation, or nobody yet. No query after ``pour_liste``."""
        noms = [self.porteur, str(self.organisation) if self.organisation else ""]
        return ", ".join(nom for nom in noms if nom)

    @transaction.atomic
    def changer_d_etat(
        self, action: str, *, par: Utilisateur, motif: str = "", at: dt.datetime | None = None
    ) -> bool:
        """Lead it on (``TRANSITIONS``); False when it is there already.

        Raises PermissionDenied, TransitionRefusee with every obstacle.
        """
        type(self)._default_manager.select_for_update(of=("self",)).get(pk=self.pk)
        self.refresh_from_db(fields=["etat", "organisation"])
        if not par.has_perm("pistes.modifier_chantier", self):
            raise PermissionDenied
        transition = TRANSITIONS[action]
        if self.etat == transition.vers:
            return False
        obstacles = []
        if self.etat not in transition.de:
            obstacles.append(f"Ce chantier est maintenant à l'état « {self.get_etat_display()} ».")
        if transition.motif_requis and not motif.strip():
            obstacles.append("Dites pourquoi : ces mots restent dans l'historique.")
        if obstacles:
            raise TransitionRefusee(action, obstacles)
        self.etat = transition.vers
        self.save(update_fields=["etat", "modifie_le"])
        self.noter(action, transition.libelle, par, motif=motif, at=at)
        return True

    def gestes(self) -> dict[str, Any]:
        """The transitions that start from where it stands, by name."""
        return {nom: t for nom, t in TRANSITIONS.items() if self.etat in t.de}
