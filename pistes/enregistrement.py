"""Saving what a curateur·rice wrote from a text: two people at once lose nothing."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from comptes.models import Utilisateur
from pistes.models import EditionOrientation, EditionPiste
from pistes.models.textes import Edition
from pistes.redaction import TextePiste, ecrire_edition, texte_de

Texte = TypeVar("Texte", EditionPiste, EditionOrientation)


class ChangeEntreTemps(Exception):
    """Somebody else saved a text of the same subject meanwhile: ``edition``."""

    def __init__(self, edition: Any) -> None:
        super().__init__(str(edition.pk))
        self.edition = edition


def dernier_numero(edition: Edition) -> int:
    """The number of the subject's latest text: what a form was shown. One query."""
    return _freres(edition).aggregate(n=Max("numero"))["n"] or 0


@transaction.atomic
def enregistrer_piste(
    base: EditionPiste, ecrit: TextePiste, *, auteur: Utilisateur, vue: int
) -> EditionPiste:
    """The next draft, written from ``base``, which steps back when it was a draft itself.

    ``vue`` is the latest number the person was shown. Raises ChangeEntreTemps; the same text sent
    twice is one.
    """
    autre = _entre_temps(base, vue)
    if autre is not None:
        if autre.auteur_id == auteur.pk and texte_de(autre) == ecrit:
            return autre
        raise ChangeEntreTemps(autre)
    origine = EditionPiste.Origine.CURATION
    edition = ecrire_edition(base.piste, ecrit, origine=origine, auteur=auteur)
    base.ceder(par=auteur)
    return edition


@transaction.atomic
def enregistrer_orientation(
    base: EditionOrientation, ecrit: dict[str, str], *, auteur: Utilisateur, vue: int
) -> EditionOrientation:
    """The same for an orientation; ``ecrit`` holds its fields."""
    autre = _entre_temps(base, vue)
    if autre is not None:
        if autre.auteur_id == auteur.pk and all(getattr(autre, n) == v for n, v in ecrit.items()):
            return autre
        raise ChangeEntreTemps(autre)
    edition = EditionOrientation.suivante(
        base.orientation, **ecrit, origine=Edition.Origine.CURATION, auteur=auteur
    )
    base.ceder(par=auteur)
    return edition


@transaction.atomic
def restaurer(edition: Texte, *, par: Utilisateur) -> Texte:
    """A new draft with the words of an old text. Nothing public moves until somebody else publishes it.

    A second click finds the draft of the first.
    """
    origine, source = Edition.Origine.CURATION, edition.source
    deja: Texte | None = _entre_temps(edition, edition.numero)
    siens = (Edition.Etat.BROUILLON, par.pk)
    if deja and (deja.etat, deja.auteur_id) == siens and _mots_de(deja) == _mots_de(edition):
        return deja
    if isinstance(edition, EditionPiste):
        return ecrire_edition(edition.piste, texte_de(edition), origine=origine, auteur=par)
    return EditionOrientation.suivante(
        edition.orientation,
        titre=edition.titre,
        texte=edition.texte,
        question=edition.question,
        source=source,
        origine=origine,
        auteur=par,
    )


def _mots_de(edition: EditionPiste | EditionOrientation) -> object:
    """All that it says, to compare."""
    if isinstance(edition, EditionPiste):
        return texte_de(edition)
    return edition.titre, edition.texte, edition.question


def _entre_temps(base: Texte, vue: int) -> Texte | None:
    """The latest text that came after the one shown and may become public. Locks the subject."""
    sujet = getattr(base, base.SUJET)
    type(sujet)._default_manager.select_for_update(no_key=True).get(pk=sujet.pk)
    apres = _freres(base).filter(numero__gt=vue).exclude(etat=Edition.Etat.ARCHIVE)
    if isinstance(base, EditionPiste):
        apres = apres.pour_redaction()
    trouve: Texte | None = apres.select_related("auteur").order_by("-numero").first()
    return trouve


def _freres(edition: Edition) -> Any:
    sujet = {edition.SUJET: getattr(edition, edition.SUJET)}
    return type(edition)._default_manager.filter(**sujet)
