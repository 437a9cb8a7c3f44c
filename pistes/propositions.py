"""What follows a yes: an inspiration that is accepted opens a draft that already holds it."""

import textwrap

from django.db import transaction

from comptes.models import Utilisateur
from pistes.models import EditionPiste, Proposition
from pistes.redaction import InspirationEcrite, ecrire_edition, texte_de


@transaction.atomic
def accepter(proposition: Proposition, *, par: Utilisateur, reponse: str) -> EditionPiste | None:
    """Say yes. For an inspiration, return the draft that holds it; None for the others, and the second time.

    The draft starts from the public text, and takes the place of nobody's: somebody else still reads it
    before it is public. Raises TransitionRefusee.
    """
    neuve = proposition.accepter(par=par, reponse=reponse)
    if not neuve or proposition.type != Proposition.Type.INSPIRATION:
        return None
    base = _base(proposition)
    if base is None:
        return None
    texte = texte_de(base)
    texte.inspirations.append(
        InspirationEcrite(
            titre=_titre(proposition),
            lieu=proposition.lieu,
            texte=proposition.texte,
            lien=proposition.lien,
        )
    )
    origine = EditionPiste.Origine.CURATION
    return ecrire_edition(base.piste, texte, origine=origine, auteur=par)


def _base(proposition: Proposition) -> EditionPiste | None:
    editions = EditionPiste.objects.filter(piste=proposition.piste_id).pour_redaction()
    publiee: EditionPiste | None = editions.publies().first()
    derniere: EditionPiste | None = editions.order_by("-numero").first()
    return publiee or derniere


def _titre(proposition: Proposition) -> str:
    """Its first words: a title to rewrite, never an empty one."""
    premiere = proposition.texte.strip().splitlines()[0]
    return textwrap.shorten(premiere, 120, placeholder="…") or premiere[:120]
