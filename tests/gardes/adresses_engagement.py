"""Who may open what at the desk (see tests/monde_guichet.py for who is who)."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from engagement.appels import jeton_de
from engagement.confirmation_besoin import jeton_de_confirmation
from engagement.liens import jeton_d_attente, jeton_de_conversation
from engagement.models import MiseEnRelation
from tests.gardes.adresse import CONNECTES, TOUS, Adresse
from tests.monde import Monde
from tests.monde_guichet import MondeDuGuichet

CELLULE = frozenset({"agent_b"})


def guichet(
    nom: str, args: Callable[[MondeDuGuichet], Sequence[Any]] = lambda g: [], **options: Any
) -> Adresse:
    """An address of the desk; strangers meet 404 unless the row says otherwise."""

    def du_monde(monde: Monde) -> Sequence[Any]:
        assert monde.guichet is not None
        return args(monde.guichet)

    options = {"refus": 404, "refus_equipe": 404, "refus_membre": 404, **options}
    return Adresse(f"engagement:{nom}", du_monde, **options)


# Whoever keeps the desk, and the administration, which rules dispositifs and sees nobody's data.
TENEURS = frozenset({"agent_b", "administrateur"})
VU: dict[str, Any] = {"refus": 403, "refus_equipe": 403, "refus_membre": 403}
CACHE: dict[str, Any] = {"refus_visiteur": 404}


def _lien(mise: MiseEnRelation) -> str:
    return jeton_de_conversation(mise, "personne")


def _une_demi(g: MondeDuGuichet) -> int:
    return int(g.mission.demi_journees.get().pk)


ADRESSES: list[Adresse] = [
    guichet("dispositifs", get=TOUS),
    guichet("dispositif", lambda g: [g.dispositif.pk], get=TOUS),
    guichet(
        "dispositif", lambda g: [g.en_preparation.pk], get=TENEURS, note="en-preparation", **CACHE
    ),
    guichet(
        "nouveau_dispositif",
        get=frozenset({"referent_a", "administrateur"}),
        post=frozenset({"referent_a", "administrateur"}),
        **VU,
    ),
    guichet("ouvrir_dispositif", lambda g: [g.en_preparation.pk], get=None, post=TENEURS),
    guichet("regler", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet("cellule", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet(
        "quitter_la_cellule",
        lambda g: [g.dispositif.pk, g.dispositif.mediations.earliest("pk").pk],
        get=None,
        post=TENEURS,
        **VU,
    ),
    guichet("clore_dispositif", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet("recit", lambda g: [g.dispositif.pk], get=CELLULE, **CACHE),
    guichet("ecrire_recit", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE, **VU),
    guichet("choisir_mot", lambda g: [g.dispositif.pk], get=None, post=CELLULE, **VU),
    guichet("mise_en_relation", lambda g: [g.mise_en_relation.pk], get=CELLULE, post=CELLULE),
    guichet("lettre", lambda g: [g.en_accords.pk], get=CELLULE, post=CELLULE),
    guichet(
        "conversation",
        lambda g: [jeton_de_conversation(g.mise_en_relation, "personne")],
        get=TOUS,
        post=TOUS,
    ),
    guichet("accord", lambda g: [g.en_accords.accords.earliest("pk").jeton], get=TOUS, post=TOUS),
    guichet("attente", lambda g: [jeton_d_attente(g.en_attente.attente)], get=TOUS, post=TOUS),
    guichet("offrir", lambda g: [g.dispositif.pk], get=TOUS, post=TOUS),
    guichet("offre_recue", lambda g: [g.dispositif.pk], get=TOUS),
    guichet("saisir_offre", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE),
    guichet("offres", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("importer_offres", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE),
    guichet("modele_offres", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("lignes_a_corriger", lambda g: [g.dispositif.pk], get=None, post=CELLULE),
    guichet("offre", lambda g: [g.offre.pk], get=CELLULE | {"habitant"}),
    guichet("modifier_offre", lambda g: [g.offre.pk], get=CELLULE, post=CELLULE),
    guichet("terminer_offre", lambda g: [g.offre.pk], get=None, post=CELLULE),
    guichet("papier_offre", lambda g: [g.offre.pk], get=None, post=CELLULE),
    guichet("photo_offre", lambda g: [g.salle.photos.get().pk], get=CELLULE | {"habitant"}),
    guichet("personne", lambda g: [g.personne.pk], get=CELLULE, post=CELLULE),
    guichet("corriger_personne", lambda g: [g.personne.pk], get=None, post=CELLULE),
    guichet("effacer_personne", lambda g: [g.personne.pk], get=CELLULE, post=CELLULE),
    guichet(
        "donnees_d_un_tiers",
        lambda g: [g.en_accords.accords.earliest("pk").jeton],
        get=TOUS,
        post=TOUS,
    ),
    guichet("mon_engagement", lambda g: [g.personne.jeton], get=TOUS, post=TOUS),
    guichet("mon_offre", lambda g: [g.personne.jeton, g.offre.pk], get=TOUS, post=TOUS),
    guichet("ma_photo", lambda g: [g.personne.jeton, g.salle.photos.get().pk], get=TOUS),
    guichet("mes_coordonnees", lambda g: [g.personne.jeton], get=TOUS, post=TOUS),
    guichet("mes_donnees", lambda g: [g.personne.jeton], get=TOUS),
    guichet("effacer_mes_donnees", lambda g: [g.personne.jeton], get=TOUS, post=TOUS),
    guichet("guichets", get=CONNECTES),
    guichet("guichet", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("guichet", lambda g: [g.en_preparation.pk], get=CELLULE, note="en-preparation"),
    guichet("liste_guichet", lambda g: [g.dispositif.pk, "en_attente"], get=CELLULE),
    guichet(
        "liste_guichet", lambda g: [g.dispositif.pk, "sans_candidat"], get=CELLULE, note="besoins"
    ),
    dataclasses.replace(
        guichet("guichet", lambda g: [g.dispositif.pk, "en_attente"], get=CELLULE),
        nom="rapports:guichet",
    ),
    guichet("historique", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("offres_regardees", lambda g: [g.dispositif.pk], get=None, post=CELLULE),
    guichet("panier", lambda g: ["besoin", g.besoin.pk], get=CELLULE, post=CELLULE),
    guichet(
        "panier", lambda g: ["mise", g.mise_en_relation.pk], get=CELLULE, post=CELLULE, note="mise"
    ),
    guichet("prendre", lambda g: ["besoin", g.besoin.pk], get=None, post=CELLULE),
    guichet("suggestions_besoin", lambda g: [g.besoin.pk], get=CELLULE),
    guichet("suggestions_offre", lambda g: [g.offre.pk], get=CELLULE),
    guichet("chercher_offre", lambda g: [g.besoin.pk], get=CELLULE),
    guichet("proposer", lambda g: [g.besoin.pk, g.offre.pk], get=CELLULE, post=CELLULE),
    guichet("calculer_suggestions", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE),
    guichet("demander", lambda g: [g.dispositif.pk], get=TOUS, post=TOUS),
    guichet("demande_envoyee", lambda g: [g.dispositif.pk], get=TOUS),
    guichet("demander_pour", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE),
    guichet("besoins", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("besoin", lambda g: [g.besoin.pk], get=CELLULE | {"agent_a"}),
    guichet("qualifier", lambda g: [g.recu.pk], get=CELLULE, post=CELLULE),
    guichet("ecarter_besoin", lambda g: [g.recu.pk], get=CELLULE, post=CELLULE),
    guichet("clore_besoin", lambda g: [g.besoin.pk], get=CELLULE, post=CELLULE),
    guichet("creneaux_besoin", lambda g: [g.besoin.pk], get=CELLULE, post=CELLULE),
    guichet("changer_places", lambda g: [g.besoin.pk], get=None, post=CELLULE),
    guichet(
        "retirer_creneau",
        lambda g: [g.besoin.pk, g.besoin.creneaux.get().pk],
        get=CELLULE,
        post=CELLULE,
    ),
    guichet(
        "confirmer_besoin", lambda g: [jeton_de_confirmation(g.non_confirme)], get=TOUS, post=TOUS
    ),
    guichet("suivre_besoin", lambda g: [g.besoin.jeton], get=TOUS, post=TOUS),
    guichet("listes_appels", lambda g: [g.dispositif.pk], get=CELLULE),
    guichet("nouvelle_liste_appels", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE),
    guichet("liste_appels", lambda g: [g.liste.pk], get=CELLULE, post=CELLULE),
    guichet("modifier_liste_appels", lambda g: [g.liste.pk], get=CELLULE, post=CELLULE),
    guichet("importer_appels", lambda g: [g.liste.pk], get=CELLULE, post=CELLULE),
    guichet("lignes_refusees", lambda g: [g.liste.pk], get=frozenset(), refus_visiteur="connexion"),
    guichet("chiffres_appels", lambda g: [g.liste.pk], get=CELLULE),
    guichet("reprendre_appels", lambda g: [g.liste.pk], get=None, post=frozenset()),
    guichet("effacer_liste_appels", lambda g: [g.liste.pk], get=CELLULE, post=CELLULE),
    guichet("fiche_appel", lambda g: [g.liste.fiches.earliest("pk").pk], get=CELLULE, post=CELLULE),
    guichet("transmettre_appel", lambda g: [0], get=None, post=frozenset()),
    guichet("appeler", lambda g: [jeton_de(g.personne)], get=TOUS, post=TOUS),
    guichet("mission", lambda g: [g.mission.pk], get=CELLULE),
    guichet("demi_journee", lambda g: [g.mission.pk, _une_demi(g)], get=None, post=CELLULE),
    guichet("point_de_suivi", lambda g: [g.mission.pk], get=None, post=CELLULE),
    guichet("prochain_point", lambda g: [g.mission.pk], get=None, post=CELLULE),
    guichet("interrompre_mission", lambda g: [g.mission.pk], get=CELLULE, post=CELLULE),
    guichet("retour_mission", lambda g: [g.mission.pk], get=CELLULE, post=CELLULE),
    guichet("finir_mission", lambda g: [g.mission.pk], get=None, post=CELLULE),
    guichet("ma_mission", lambda g: [_lien(g.mission)], get=TOUS),
    guichet("ma_demi_journee", lambda g: [_lien(g.mission), _une_demi(g)], get=None, post=TOUS),
    guichet("arreter_ma_mission", lambda g: [_lien(g.mission)], get=TOUS, post=TOUS),
    guichet("bilan_mission", lambda g: [_lien(g.mission)], get=TOUS, post=TOUS),
    guichet("pret", lambda g: [g.prete.pk], get=CELLULE, post=CELLULE),
    guichet("photo_pret", lambda g: [g.prete.photos.get().pk], get=CELLULE),
    guichet("mon_pret", lambda g: [_lien(g.prete.mise_en_relation)], get=TOUS, post=TOUS),
    guichet(
        "photo_de_mon_pret",
        lambda g: [_lien(g.prete.mise_en_relation), g.prete.photos.get().pk],
        get=TOUS,
    ),
    guichet("calendrier_objet", lambda g: [g.salle.pk], get=CELLULE | {"habitant"}),
    dataclasses.replace(
        guichet("mission", lambda g: [_lien(g.terminee)], get=TOUS), nom="rapports:attestation"
    ),
    dataclasses.replace(
        guichet("mission", lambda g: [g.terminee.pk], get=CELLULE),
        nom="rapports:attestation_mission",
    ),
]
