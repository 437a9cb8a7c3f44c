"""A place or equipment lent: it leaves, it is waited for, it comes back, and its state is noted both times."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func

from config.saisie import LONGUEUR_TEXTE
from engagement.models.offre import Offre
from engagement.models.relation import MiseEnRelation
from engagement.models.sortie import VieDuPret
from engagement.querysets import PretQuerySet


class UnPoint(Func):
    """``int8range(id, id, '[]')``: equality as an overlap, for GiST without btree_gist (DESIGN, « One engine »)."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    arity = 2


class Pret(VieDuPret):
    """One loan. Two of the same thing never overlap: the database refuses the second."""

    class Etat(models.TextChoices):
        """Its life."""

        PREVU = "prevu", "Prévu"
        SORTI = "sorti", "Sorti"
        RENDU = "rendu", "Rendu"
        ANNULE = "annule", "Annulé"

    mise_en_relation = models.OneToOneField(
        MiseEnRelation, models.CASCADE, related_name="pret", verbose_name="mise en relation"
    )
    offre = models.ForeignKey(Offre, models.PROTECT, related_name="prets", verbose_name="objet")
    periode = DateTimeRangeField("période")
    etat = models.CharField(
        "état", max_length=8, choices=Etat.choices, default=Etat.PREVU, editable=False
    )
    sorti_le = models.DateTimeField("sorti le", null=True, blank=True)
    etat_sortie = models.TextField("état au départ", blank=True, max_length=LONGUEUR_TEXTE)
    rendu_le = models.DateTimeField("rendu le", null=True, blank=True)
    etat_retour = models.TextField("état au retour", blank=True, max_length=LONGUEUR_TEXTE)
    abime = models.BooleanField("abîmé ou incomplet", default=False)

    objects = PretQuerySet.as_manager()

    class Meta:
        verbose_name = "prêt"
        verbose_name_plural = "prêts"
        ordering = ["offre", "periode"]
        constraints = [
            ExclusionConstraint(
                name="engagement_pret_un_seul",
                expressions=[
                    (UnPoint(F("offre_id"), F("offre_id")), RangeOperators.OVERLAPS),
                    ("periode", RangeOperators.OVERLAPS),
                ],
                condition=~models.Q(etat="annule"),
                violation_error_message="Déjà prêté sur cette période.",
            ),
            models.CheckConstraint(
                condition=models.Q(periode__isempty=False), name="engagement_pret_periode"
            ),
            models.UniqueConstraint(
                fields=["offre"],
                name="engagement_pret_un_seul_dehors",
                condition=models.Q(etat="sorti"),
                violation_error_message="Cet objet n'est pas encore revenu du prêt d'avant : il ne peut pas "
                "ressortir.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offre} : {self.get_etat_display()}"


class PhotoPret(models.Model):
    """A picture of the thing when it left, or came back."""

    pret = models.ForeignKey(Pret, models.CASCADE, related_name="photos", verbose_name="prêt")
    au_retour = models.BooleanField("au retour", default=False)
    fichier = models.FileField("photo", upload_to="prets/%Y/%m", max_length=200)
    description = models.CharField("ce qu'on y voit", max_length=200)
    type_mime = models.CharField(max_length=40, editable=False)
    par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "photo de prêt"
        verbose_name_plural = "photos de prêt"
        ordering = ["pret", "au_retour", "pk"]

    def __str__(self) -> str:
        return self.description
