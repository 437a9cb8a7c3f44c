"""Loading the shipped recueils: no text twice, no edit overwritten."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pistes.corpus_lu import OrientationLivree, PisteLivree, RecueilLivre
from pistes.models import EditionOrientation, EditionPiste, Orientation, Piste, Recueil
from pistes.models.textes import Edition
from pistes.redaction import adresse_libre, cle_de, ecrire_edition
from reflexes.livraison import Bilan, livrer
from reflexes.models import empreinte_de


def charger(livre: RecueilLivre) -> Bilan:
    """Load one recueil in one transaction: identities first, so that renvois find their piste."""
    bilan = Bilan()
    with transaction.atomic():
        recueil = livrer(Recueil, {"cle": livre.cle}, livre.champs, bilan)
        orientations = _identites_des_orientations(recueil, livre.orientations)
        pistes = _identites_des_pistes(recueil, livre.pistes, orientations)
        _orientations(livre.orientations, orientations, pistes, bilan)
        _pistes(livre.pistes, orientations, pistes, bilan)
    return bilan


def _identites_des_orientations(
    recueil: Recueil, livrees: Iterable[OrientationLivree]
) -> dict[int, Orientation]:
    existantes = {orientation.numero: orientation for orientation in recueil.orientations.all()}
    for livree in livrees:
        if livree.numero not in existantes:
            existantes[livree.numero] = Orientation.objects.create(
                recueil=recueil,
                numero=livree.numero,
                mot_cle=livree.mot_cle,
                slug=adresse_libre(Orientation, livree.champs["titre"], livree.numero),
            )
    return existantes


def _identites_des_pistes(
    recueil: Recueil, livrees: Iterable[PisteLivree], orientations: dict[int, Orientation]
) -> dict[int, Piste]:
    existantes = {piste.rang: piste for piste in recueil.pistes.all()}
    for livree in livrees:
        if livree.rang not in existantes:
            existantes[livree.rang] = Piste.objects.create(
                recueil=recueil,
                cle=cle_de(recueil.cle, livree.rang),
                slug=adresse_libre(Piste, livree.texte.titre, livree.rang),
                rang=livree.rang,
                page=livree.page,
                orientation=None
                if livree.orientation is None
                else orientations[livree.orientation],
            )
    return existantes


def _orientations(
    livrees: Iterable[OrientationLivree],
    orientations: dict[int, Orientation],
    pistes: dict[int, Piste],
    bilan: Bilan,
) -> None:
    deja = _empreintes(EditionOrientation, orientation__in=orientations.values())
    for livree in livrees:
        orientation = orientations[livree.numero]
        empreinte = empreinte_de([livree.champs, livree.aussi])
        if (orientation.pk, empreinte) in deja:
            continue
        edition = EditionOrientation.suivante(
            orientation,
            **livree.champs,
            origine=Edition.Origine.CORPUS,
            empreinte=empreinte,
        )
        if _mettre_en_place(edition, bilan):
            orientation.aussi.set([pistes[page] for page in livree.aussi])


def _pistes(
    livrees: Iterable[PisteLivree],
    orientations: dict[int, Orientation],
    pistes: dict[int, Piste],
    bilan: Bilan,
) -> None:
    deja = _empreintes(EditionPiste, piste__in=pistes.values())
    for livree in livrees:
        piste = pistes[livree.rang]
        if (piste.pk, livree.texte.empreinte) in deja:
            continue
        edition = ecrire_edition(
            piste,
            livree.texte,
            origine=EditionPiste.Origine.CORPUS,
            orientations=orientations.values(),
            pistes=pistes,
        )
        _mettre_en_place(edition, bilan)


def _empreintes(modele: type[Edition], **sujets: Any) -> set[tuple[int, str]]:
    """What the corpus has ever brought, by subject. One query."""
    editions = modele._default_manager.filter(origine=Edition.Origine.CORPUS, **sujets)
    return set(editions.values_list(f"{modele.SUJET}_id", "empreinte"))


def _mettre_en_place(edition: Edition, bilan: Bilan) -> bool:
    """Publish a corpus text; it waits as a draft when what is public came from elsewhere."""
    sujet = {edition.SUJET: getattr(edition, edition.SUJET)}
    publiee = type(edition)._default_manager.filter(etat=Edition.Etat.PUBLIE, **sujet).first()
    if publiee is not None and publiee.origine != Edition.Origine.CORPUS:
        bilan.gardes.append(
            f"« {publiee} » a été modifié ici : le nouveau texte livré attend en brouillon."
        )
        bilan.crees += 1
        return False
    edition.publier(par=None)
    if publiee is None:
        bilan.crees += 1
    else:
        bilan.mis_a_jour += 1
    return True
