"""The mails of the groupe miroir, written at the moment they leave; None when their reason is gone."""

from typing import TYPE_CHECKING

from django.urls import reverse

from config.jours import jour_de
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from rappels.models import Message

GABARITS = "tests_programme/courriels"


@redige("miroir_invitation", libelle="Invitation au groupe miroir", indispensable=True)
def miroir_invitation(message: "Message") -> Courriel | None:
    """Invites an address to read a programme, by a personal link."""
    from tests_programme.models import LecteurMiroir
    from tests_programme.models.miroir import VALIDITE

    lecteurs = LecteurMiroir.objects.select_related("programme")
    lecteur = lecteurs.filter(pk=message.numero).first()
    if lecteur is None or not lecteur.est_valide():
        return None
    contexte = {
        "programme": lecteur.programme,
        "fin": jour_en_mots(jour_de(lecteur.invite_le + VALIDITE)),
        "lien": lien(reverse("tests_programme:invitation_miroir", args=[lecteur.jeton])),
    }
    return rediger(
        message,
        objet=f"Invitation à lire un programme : {en_bref(lecteur.programme.titre)}",
        gabarit=f"{GABARITS}/miroir_invitation",
        contexte=contexte,
    )


@redige("commentaire", libelle="Commentaire sur un programme ou un test")
def commentaire(message: "Message") -> Courriel | None:
    """Tells those it is for that somebody of the programme has commented."""
    from tests_programme.models import Commentaire

    tous = Commentaire.objects.select_related("programme", "test__organisation")
    dit = tous.filter(pk=message.numero).first()
    if dit is None or message.destinataire.lower() not in dit.destinataires():
        return None
    nom = "commentaires" if dit.test else "miroir"
    ou = dit.test.pk if dit.test else dit.programme.cle
    objet = dit.test.titre if dit.test else dit.programme.titre
    return rediger(
        message,
        objet=f"Un commentaire sur : {en_bref(objet)}",
        gabarit=f"{GABARITS}/commentaire",
        contexte={
            "commentaire": dit,
            "lien": lien(reverse(f"tests_programme:{nom}", args=[ou])),
        },
    )
