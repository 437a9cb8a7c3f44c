"""Naming an organisation in a filter, without listing them all."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from comptes.models import Organisation
from comptes.querysets import OrganisationQuerySet
from config.saisie import numero


class OrganisationNommee(forms.CharField):
    """The organisations whose name begins like what was typed; a number, as links have it, names one.

    ``parmi`` is those that may be named. A whole name means itself, not the longer ones it begins.
    """

    parmi: OrganisationQuerySet

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=160, **kwargs)
        self.parmi = Organisation.objects.none()

    def clean(self, value: Any) -> Any:
        """The organisations meant (None when nothing was typed). One query at most two."""
        saisie = super().clean(value)
        if not saisie:
            return None
        meilleures = [self.parmi.filter(nom__iexact=saisie), self.parmi.nommees(saisie)]
        if pk := numero(saisie):
            meilleures.insert(0, self.parmi.filter(pk=pk))
        for trouvees in meilleures:
            if trouvees.exists():
                return trouvees.order_by()
        raise ValidationError("Aucune organisation ne porte ce nom.", code="inconnue")

    def prepare_value(self, value: Any) -> Any:
        """The name, where the address has a number."""
        if isinstance(value, str) and (pk := numero(value)):
            nommee = self.parmi.filter(pk=pk).first()
            return nommee.nom if nommee else value
        return value
