"""The mails about the calls of the permanence inversée."""

from typing import TYPE_CHECKING

from django.urls import reverse

from engagement.appels import lien_de
from engagement.destinataires import de_la_cellule, de_la_personne
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import ListeAppels
    from rappels.models import Message

GABARITS = "engagement/courriels"


def _liste(message: "Message") -> "ListeAppels | None":
    """The list, while it still holds somebody."""
    from engagement.models import ListeAppels

    liste = ListeAppels.objects.select_related("dispositif").filter(pk=message.numero).first()
    return None if liste is None or liste.est_effacee() else liste


@redige("appels_confies", libelle="Fiches d'appel confiées à quelqu'un", indispensable=True)
def appels_confies(message: "Message") -> Courriel | None:
    """The caller's personal link, while sheets wait for them."""
    liste = _liste(message)
    if liste is None:
        return None
    fiche = liste.fiches.ouvertes().filter(appelant=message.donnees.get("personne"))
    premiere = fiche.select_related("appelant").first()
    if premiere is None or message.destinataire.lower() not in de_la_personne(premiere.appelant):
        return None
    contexte = {
        "liste": liste,
        "dispositif": liste.dispositif,
        "combien": fiche.count(),
        "lien": lien_de(premiere.appelant),
    }
    objet = f"Des appels à passer : {en_bref(liste.titre)}"
    return rediger(message, objet=objet, gabarit=f"{GABARITS}/appels_confies", contexte=contexte)


@redige("liste_a_effacer", libelle="Liste d'appels effacée dans trois jours", indispensable=True)
def liste_a_effacer(message: "Message") -> Courriel | None:
    """Three days before: what is not handed over will be gone."""
    liste = _liste(message)
    if liste is None or message.destinataire.lower() not in de_la_cellule(liste.dispositif):
        return None
    if not message.cle.endswith(f"{liste.effacer_le:%Y%m%d}"):  # the day was changed since
        return None
    contexte = {
        "liste": liste,
        "dispositif": liste.dispositif,
        "jour": jour_en_mots(liste.effacer_le),
        "restent": liste.fiches.ouvertes().count(),
        "lien": lien(reverse("engagement:liste_appels", args=[liste.pk])),
    }
    objet = f"Liste d'appels bientôt effacée : {en_bref(liste.titre)}"
    return rediger(message, objet=objet, gabarit=f"{GABARITS}/liste_a_effacer", contexte=contexte)
