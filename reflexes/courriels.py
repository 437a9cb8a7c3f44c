"""The mails of the enquête: one writer a kind, run at the moment the mail leaves.

Each returns None when its reason is gone. None carries the words of a témoignage (see ``annonces``).
"""

from typing import TYPE_CHECKING

from django.urls import reverse

from rappels.redaction import en_bref, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from rappels.models import Message
    from reflexes.models import Temoignage

GABARITS = "reflexes/courriels"


@redige("temoignages_a_lire", libelle="Témoignages à lire")
def temoignages_a_lire(message: "Message") -> Courriel | None:
    """Tells a curateur·rice that témoignages wait."""
    from comptes.models import Utilisateur
    from reflexes.models import Enquete, Temoignage

    enquete = Enquete.objects.filter(pk=message.numero).first()
    nombre = Temoignage.objects.a_lire().filter(enquete=message.numero).count()
    lecteurs = Utilisateur.objects.filter(role=Utilisateur.Role.CURATEUR, is_active=True)
    if not (enquete and nombre and lecteurs.filter(email__iexact=message.destinataire).exists()):
        return None
    return rediger(
        message,
        objet=f"Des témoignages à lire : {en_bref(enquete.titre)}",
        gabarit=f"{GABARITS}/temoignages_a_lire",
        contexte={
            "enquete": enquete,
            "nombre": nombre,
            "lien": lien(reverse("reflexes:temoignages_a_lire")),
        },
    )


def _temoignage(message: "Message", etat: str) -> "Temoignage | None":
    """The one the mail is about, still in that state and still this person's."""
    from reflexes.models import Temoignage

    siens = Temoignage.objects.filter(pk=message.donnees.get("temoignage"), etat=etat)
    trouve: Temoignage | None = (
        siens.filter(depose_par__email__iexact=message.destinataire).pour_liste().first()
    )
    return trouve


@redige("temoignage_publie", libelle="Témoignage publié", discret=True)
def temoignage_publie(message: "Message") -> Courriel | None:
    """Tells who brought it that a témoignage can be read."""
    return _dire(message, "publie", "Votre témoignage est publié")


@redige("temoignage_ecarte", libelle="Témoignage écarté", discret=True)
def temoignage_ecarte(message: "Message") -> Courriel | None:
    """Tells who brought it why a témoignage is not published, and that it may be corrected."""
    return _dire(message, "ecarte", "Votre témoignage n'est pas publié : voici pourquoi")


def _dire(message: "Message", etat: str, objet: str) -> Courriel | None:
    temoignage = _temoignage(message, etat)
    if temoignage is None:
        return None
    return rediger(
        message,
        objet=objet,
        gabarit=f"{GABARITS}/temoignage_{etat}",
        contexte={"temoignage": temoignage, "lien": lien(reverse("reflexes:mes_temoignages"))},
    )
