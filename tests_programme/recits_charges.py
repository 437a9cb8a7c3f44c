"""Loading the shipped programme and its accounts. What is already there, or was edited since, stays."""

from typing import Any

from django.db import transaction

from comptes.models import Organisation
from pistes.models import Piste
from pistes.redaction import cle_de
from reflexes.livraison import Bilan, livrer
from reflexes.models import empreinte_de
from tests_programme.models import Critere, Enseignement, Evaluation, Programme, Seance, Test
from tests_programme.organisations_livrees import charger_organisations
from tests_programme.recits_lus import ProgrammeLivre, RecitLivre


class PistesAbsentes(Exception):
    """The pistes the accounts are about are not loaded; the message, in French, says what to do."""


@transaction.atomic
def charger(livre: ProgrammeLivre) -> Bilan:
    """Load all of it, or nothing. Raises PistesAbsentes."""
    bilan = Bilan()
    pistes = pistes_du_carnet({*livre.pistes, *(recit.piste for recit in livre.recits)})
    organisations = charger_organisations(livre.organisations, bilan)
    programme = livrer(Programme, {"cle": livre.cle}, livre.champs, bilan)
    _completer_listes(programme, livre, organisations, pistes)
    for rang, seance in enumerate(livre.seances, 1):
        livrer(Seance, {"programme": programme, "rang": rang}, seance, bilan)
    for recit in livre.recits:
        cadre = {
            "organisation": organisations[recit.organisation],
            "piste": pistes[recit.piste],
            "programme": programme,
        }
        _livrer_recit(recit, cadre, bilan)
    return bilan


def _completer_listes(
    programme: Programme,
    livre: ProgrammeLivre,
    organisations: dict[str, Organisation],
    pistes: dict[int, Piste],
) -> None:
    """Add what the corpus newly brings. What its animation took off since stays off."""
    livrees = {"organisations": sorted(organisations), "pistes": sorted(livre.pistes)}
    deja = programme.listes_livrees
    if deja == livrees:
        return
    cles = set(organisations) - set(deja.get("organisations", []))
    pages = set(livre.pistes) - set(deja.get("pistes", []))
    programme.organisations.add(*(organisations[cle] for cle in cles))
    programme.pistes.add(*(pistes[page] for page in pages))
    programme.listes_livrees = livrees
    programme.save(update_fields=["listes_livrees"])


def pistes_du_carnet(pages: set[int]) -> dict[int, Piste]:
    """The carnet's pistes by page. One query. Raises PistesAbsentes."""
    cles = {cle_de("carnet", page): page for page in pages}
    pistes = {cles[piste.cle]: piste for piste in Piste.objects.filter(cle__in=cles)}
    if manquent := sorted(pages - pistes.keys()):
        nombres = ", ".join(str(page) for page in manquent)
        raise PistesAbsentes(
            f"Il manque des pistes du carnet (pages {nombres}). Lancez d'abord « charger_corpus »."
        )
    return pistes


def _livrer_recit(recit: RecitLivre, cadre: dict[str, Any], bilan: Bilan) -> None:
    """One account with its critères, enseignements and outcome, under one fingerprint."""
    empreinte = empreinte_de(_contenu_livre(recit))
    test = Test.objects.filter(cle=recit.cle).first()
    if test is None:
        test = Test.objects.create(
            cle=recit.cle, **cadre, **recit.champs, empreinte_livree=empreinte
        )
        _ecrire_suite(test, recit, cadre["piste"])
        bilan.crees += 1
    elif test.empreinte_livree != empreinte:
        if test.empreinte_livree != empreinte_de(_contenu_actuel(test)):
            bilan.gardes.append(
                f"« {test} » a été modifié ici : le texte livré n'y est pas repris."
            )
            return
        Test.objects.filter(pk=test.pk).update(**cadre, **recit.champs, empreinte_livree=empreinte)
        for enfants in (test.criteres, test.enseignements):
            enfants.all().delete()
        Evaluation.objects.filter(test=test).delete()
        _ecrire_suite(test, recit, cadre["piste"])
        bilan.mis_a_jour += 1


def _ecrire_suite(test: Test, recit: RecitLivre, piste: Piste) -> None:
    Critere.objects.bulk_create(
        Critere(test=test, rang=rang, libelle=libelle)
        for rang, libelle in enumerate(recit.criteres, 1)
    )
    Enseignement.objects.bulk_create(
        Enseignement(test=test, piste=piste, **lecon) for lecon in recit.enseignements
    )
    if any(recit.evaluation.values()):
        Evaluation.objects.create(test=test, **recit.evaluation)


def _contenu_livre(recit: RecitLivre) -> dict[str, Any]:
    return {
        "champs": recit.champs,
        "evaluation": recit.evaluation,
        "criteres": recit.criteres,
        "enseignements": recit.enseignements,
    }


def _contenu_actuel(test: Test) -> dict[str, Any]:
    """What the database holds now, in the shape of ``_contenu_livre``. Three queries."""
    evaluation = Evaluation.objects.filter(test=test).first() or Evaluation()
    colonnes = (
        "titre", "contexte", "hypothese", "deroule", "retour_arriere", "signe_provisoire",
        "etat", "periode", "issue", "source",
    )  # fmt: skip
    return {
        "champs": {nom: getattr(test, nom) for nom in colonnes},
        "evaluation": {
            nom: getattr(evaluation, nom) for nom in ("verdict", "suites", "suites_texte")
        },
        "criteres": [critere.libelle for critere in test.criteres.all()],
        "enseignements": [
            {"type": e.type, "texte": e.texte, "source": e.source} for e in test.enseignements.all()
        ],
    }
