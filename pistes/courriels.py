"""The mails of the curation: one writer a kind, run at the moment the mail leaves.

Each returns None when its reason is gone: the text was published, the proposal answered, the person left.
"""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from pistes.perms import curateurs
from rappels.redaction import en_bref, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from pistes.models import EditionOrientation, EditionPiste, Proposition
    from rappels.models import Message

GABARITS = "pistes/courriels"


def _texte(message: "Message", etat: str) -> "EditionPiste | EditionOrientation | None":
    from pistes.models import EditionOrientation, EditionPiste

    modele: Any = EditionPiste if message.sujet.startswith("texte_piste:") else EditionOrientation
    edition: EditionPiste | EditionOrientation | None = (
        modele.objects.filter(pk=message.numero, etat=etat).select_related("auteur").first()
    )
    return edition


def _est_curateur(message: "Message") -> bool:
    return curateurs().filter(email__iexact=message.destinataire).exists()


@redige("texte_a_relire", libelle="Texte à relire")
def texte_a_relire(message: "Message") -> Courriel | None:
    """Tells a curateur·rice that somebody else's text waits for a second reader."""
    edition = _texte(message, "en_relecture")
    if edition is None or not _est_curateur(message):
        return None
    return rediger(
        message,
        objet=f"Un texte à relire : {en_bref(edition.titre)}",
        gabarit=f"{GABARITS}/texte_a_relire",
        contexte={"edition": edition, "lien": lien(edition.get_draft_url())},
    )


@redige("texte_rendu", libelle="Texte rendu à son auteur·rice")
def texte_rendu(message: "Message") -> Courriel | None:
    """Tells the author what the second reader asks."""
    edition = _texte(message, "brouillon")
    if edition is None or not edition.remarque or not _est_curateur(message):
        return None
    return rediger(
        message,
        objet=f"Une remarque sur votre texte : {en_bref(edition.titre)}",
        gabarit=f"{GABARITS}/texte_rendu",
        contexte={"edition": edition, "lien": lien(edition.get_draft_url())},
    )


def _proposition(message: "Message") -> "Proposition | None":
    from pistes.models import Proposition

    propositions = Proposition.objects.pour_liste()
    proposition: Proposition | None = propositions.filter(pk=message.numero).first()
    return proposition


@redige("proposition_deposee", libelle="Proposition sur une piste")
def proposition_deposee(message: "Message") -> Courriel | None:
    """Tells a curateur·rice that a proposal waits."""
    proposition = _proposition(message)
    if proposition is None or proposition.etat != "attend" or not _est_curateur(message):
        return None
    return rediger(
        message,
        objet=f"Une proposition sur « {en_bref(proposition.titre_de_la_piste)} »",
        gabarit=f"{GABARITS}/proposition_deposee",
        contexte={"proposition": proposition, "lien": lien(proposition.get_absolute_url())},
    )


@redige("proposition_repondue", libelle="Réponse à une proposition")
def proposition_repondue(message: "Message") -> Courriel | None:
    """Tells somebody how their proposal ended, reason included."""
    proposition = _proposition(message)
    if proposition is None or proposition.etat == "attend" or proposition.auteur is None:
        return None
    if proposition.auteur.email.lower() != message.destinataire.lower():
        return None
    return rediger(
        message,
        objet=f"Réponse à votre proposition sur « {en_bref(proposition.titre_de_la_piste)} »",
        gabarit=f"{GABARITS}/proposition_repondue",
        contexte={
            "proposition": proposition,
            "lien": lien(reverse("pistes:mes_propositions")),
        },
    )
