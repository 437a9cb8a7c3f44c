"""Naming an organisation in a filter, without listing them all."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from comptes.models import Organisation
from comptes.querysets import OrganisationQuerySet
from config.saisie import numero

# Up to there, the keys themselves are asked for: the database then knows how few rows it looks for.
PEU = 200


class OrganisationNommee(forms.CharField):
    """The organisations whose name begins like what was typed; a number, as links have it, names one.

    ``parmi`` is those that may be named. A whole name means itself, not the longer ones it begins.
    """

    parmi: OrganisationQuerySet

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=160, **kwargs)
        self.parmi = Organisation.objects.none()

    def clean(self, value: Any) -> Any:
        """The keys of the organisations meant (None when nothing was typed). One query, or two."""
        saisie = super().clean(value)
        if not saisie:
            return None
        if (pk := numero(saisie)) and (cles := cles_de(self.parmi.filter(pk=pk))):
            return cles
        commencent = self.parmi.nommees(saisie).order_by()
        noms = list(commencent.values_list("pk", "nom")[: PEU + 1])
        ainsi = [pk for pk, nom in noms if nom.casefold() == saisie.casefold()]
        if len(noms) > PEU:
            return cles_de(self.parmi.filter(nom__iexact=saisie)) or commencent.values("pk")
        if (
            trouvees := ainsi
            or [pk for pk, _ in noms]
            or cles_de(self.parmi.filter(nom__iexact=saisie))
        ):
            return trouvees
        raise ValidationError("Aucune organisation ne porte ce nom.", code="inconnue")

    def prepare_value(self, value: Any) -> Any:
        """The name, where the address has a number."""
        if isinstance(value, str) and (pk := numero(value)):
            nommee = self.parmi.filter(pk=pk).first()
            return nommee.nom if nommee else value
        return value


def cles_de(organisations: OrganisationQuerySet) -> "list[int] | QuerySet[Any]":
    """Their keys, for ``organisation__in``: as values when they are few, else as a subquery. One query."""
    cles = organisations.order_by().values_list("pk", flat=True)
    premieres = list(cles[: PEU + 1])
    return premieres if len(premieres) <= PEU else cles
