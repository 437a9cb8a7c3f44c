"""``{% dispositifs_de piste as entree %}``: where a piste of the CARNET is put to work."""

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from engagement.modeles import MODELES

if TYPE_CHECKING:
    from pistes.models import Piste

register = template.Library()

# Of the notebook: plateforme de l'engagement civique, micro-mobilité, mécénat public en nature.
PAR_PAGE = {50: "reserve_citoyenne", 66: "micro_mobilite", 72: "mecenat_nature"}


@register.simple_tag
def dispositifs_de(piste: "Piste") -> dict[str, str] | None:
    """The list of dispositifs of its model; nothing for the other pistes. No query: its recueil is there."""
    modele = PAR_PAGE.get(piste.page or 0) if piste.recueil.cle == "carnet" else None
    if modele is None:
        return None
    adresse = f"{reverse('engagement:dispositifs')}?modele={modele}"
    return {"nom": MODELES[modele].nom.lower(), "adresse": adresse}
