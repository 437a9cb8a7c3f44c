"""The mails about offers and whoever makes them."""

from typing import TYPE_CHECKING

from django.urls import reverse

from rappels.models import Message
from rappels.redaction import en_bref, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import Offre

GABARITS = "engagement/courriels"


@redige("offre_a_confirmer", libelle="Offre à confirmer", indispensable=True)
def offre_a_confirmer(message: Message) -> Courriel | None:
    """Asks whoever holds the address whether the offer is theirs: nothing is proposed before."""
    return _ecrire(message, "a_confirmer", "Confirmez votre offre", "offre_a_confirmer")


@redige("offre_bienvenue", libelle="Offre enregistrée", indispensable=True)
def offre_bienvenue(message: Message) -> Courriel | None:
    """Says that the offer is there, and gives the personal link."""
    return _ecrire(message, "active", "Votre offre est enregistrée", "offre_bienvenue")


@redige("offre_sans_nouvelles", libelle="Offre encore sans suite", aux_heures_ouvrees=True)
def offre_sans_nouvelles(message: Message) -> Courriel | None:
    """A month without a call deserves a word: the offer is not lost, and may be changed or ended."""
    offre = _offre(message)
    if offre is None or not offre.dispositif.est_ouvert() or offre.personne.en_pause_depuis:
        return None
    if offre.mises_en_relation.exists():
        return None
    return _ecrire(
        message, "active", "Nous ne vous avons pas encore appelé·e", "offre_sans_nouvelles"
    )


@redige("adresse_a_confirmer", libelle="Nouvelle adresse à confirmer", indispensable=True)
def adresse_a_confirmer(message: Message) -> Courriel | None:
    """Asks whoever holds a corrected address whether it is theirs."""
    from engagement.models import Personne

    personne = (
        Personne.objects.select_related("dispositif__organisation")
        .filter(pk=message.numero)
        .first()
    )
    if personne is None or personne.confirmee_le:
        return None
    if personne.email.lower() != message.destinataire.lower():
        return None
    page = reverse("engagement:mon_engagement", args=[personne.jeton])
    return rediger(
        message,
        objet=f"Confirmez votre adresse : {en_bref(personne.dispositif.nom)}",
        gabarit=f"{GABARITS}/adresse_a_confirmer",
        contexte={
            "personne": personne,
            "dispositif": personne.dispositif,
            "lien": lien(f"{page}?adresse={personne.jeton_d_adresse}"),
        },
    )


def _offre(message: Message) -> "Offre | None":
    from engagement.models import Offre

    offres = Offre.objects.select_related("personne", "dispositif__organisation", "territoire")
    return offres.filter(pk=message.numero).first()


def _ecrire(message: Message, etat: str, debut: str, gabarit: str) -> Courriel | None:
    """None when the offer has gone on meanwhile, or the person is at another address."""
    offre = _offre(message)
    if offre is None or offre.etat != etat or offre.personne.effacee_le is not None:
        return None
    personne = offre.personne
    if personne.email.lower() != message.destinataire.lower():
        return None
    contexte = {
        "offre": offre,
        "personne": personne,
        "dispositif": offre.dispositif,
        "quand": offre.quand,
        "lien": lien(reverse("engagement:mon_engagement", args=[personne.jeton])),
    }
    return rediger(
        message,
        objet=f"{debut} : {en_bref(offre.dispositif.nom)}",
        gabarit=f"{GABARITS}/{gabarit}",
        contexte=contexte,
    )
