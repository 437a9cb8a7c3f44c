"""Every state, action and side of a mise en relation, against the table and its documentation."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from engagement.models import Ligne, MiseEnRelation
from engagement.refus import ActionRefusee
from engagement.transitions import AVANT_LA_MISSION, TRANSITIONS
from engagement.vie_documentee import ETATS, FICHIER, document
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    DispositifFactory,
    MiseEnRelationFactory,
    un_mediateur,
    une_mise_en_relation_en_accords,
    une_mise_en_relation_rencontree,
    une_mission,
)

pytestmark = pytest.mark.django_db
COTES = ["cellule", "personne", "accueil", "date", "inconnu"]


def appels(mise):
    """What each action is called with, all that it asks for being there."""
    demain = timezone.now() + dt.timedelta(days=1)
    return {
        "discuter": {"texte": "Bonjour"},
        "fixer_rencontre": {"le": demain, "lieu": "Sur place"},
        "annuler_rencontre": {},
        "noter_rencontre": {"notes": "Vu."},
        "demander_accords": {},
        "commencer": {},
        "revenir": {},
        "clore": {},
        "decliner": {},
        "interrompre": {"prive": "Fatigue"},
    }


def dans_l_etat(etat, par):
    """By its methods as far as the desk goes; then by the state alone."""
    if etat == "rencontree":
        return une_mise_en_relation_en_accords(
            par, besoin__dispositif=par.mediations.get().dispositif
        )
    mise = MiseEnRelationFactory(besoin__dispositif=par.mediations.get().dispositif)
    MiseEnRelation.objects.filter(pk=mise.pk).update(etat=etat)
    mise.refresh_from_db()
    return mise


def qui(cote, mediateur):
    """As whom: signed in for the cellule and a stranger, by a link for the others."""
    if cote == "cellule":
        return {"par": mediateur}
    return {"par": UtilisateurFactory()} if cote == "inconnu" else {"cote": cote}


SEULE_LA_CELLULE = {"fixer_rencontre", "annuler_rencontre", "noter_rencontre", "demander_accords"}


@pytest.mark.parametrize("etat", list(ETATS))
def test_every_action_is_refused_but_to_those_and_from_where_the_table_says(etat):
    mediateur = un_mediateur(DispositifFactory())
    mise = dans_l_etat(etat, mediateur)
    lignes = Ligne.objects.count()
    for action, transition in TRANSITIONS.items():
        for cote in COTES:
            if cote in transition.qui and etat in transition.de:
                continue
            acteur = qui(cote, mediateur)
            if action in SEULE_LA_CELLULE and "cote" in acteur:
                continue  # these take no side: a link cannot even ask for it
            attendu = ActionRefusee if cote in transition.qui else PermissionDenied
            with pytest.raises(attendu):
                getattr(mise, action)(**appels(mise)[action], **acteur)
            mise.refresh_from_db()
            assert mise.etat == etat
    assert Ligne.objects.count() == lignes


@pytest.mark.parametrize("cote", ["cellule", "personne", "accueil"])
@pytest.mark.parametrize("etat", AVANT_LA_MISSION)
def test_either_side_declines_at_any_moment_before_the_mission(etat, cote):
    mediateur = un_mediateur(DispositifFactory())
    mise = dans_l_etat(etat, mediateur)
    mise.decliner(**qui(cote, mediateur))
    assert (mise.etat, mise.declinee_par) == ("declinee", cote)
    ligne = Ligne.objects.get(sujet=f"mise_en_relation:{mise.pk}", action="decliner")
    assert (ligne.de, ligne.vers) == (etat, "declinee")


def test_the_documentation_says_what_the_table_says():
    assert FICHIER.read_text() == document()


def test_each_state_of_the_model_is_documented():
    assert set(ETATS) == set(MiseEnRelation.Etat.values)


def test_commencer_is_refused_while_an_accord_is_missing():
    mise = une_mise_en_relation_rencontree()
    with pytest.raises(ActionRefusee) as refus:
        mise.commencer(par=un_mediateur(mise.dispositif))
    assert len(refus.value.obstacles) == 3


def test_what_is_over_stays_over():
    mise = une_mission()
    with pytest.raises(ActionRefusee):
        mise.decliner(cote="personne")
    assert mise.etat == "en_mission"
