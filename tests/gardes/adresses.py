"""Who may open what: one row for every address of the site. A new address without a row fails.

``get`` and ``post`` name who is let in; None says that the method is not taken (405). Who is not let in
meets ``refus``: ``connexion`` (sent to sign in; visitors only), 403 (they may see it, not do it) or 404
(it is not theirs to know of).
"""

from collections.abc import Callable, Sequence
from typing import Any

from rappels.jetons import jeton_de
from tests.gardes.adresse import (
    ADMINISTRATEURS,
    CONNECTES,
    CURATEURS,
    EQUIPE,
    MEMBRES,
    PERSONNE,
    REFERENTS,
    TOUS,
    Adresse,
    rien,
)
from tests.gardes.adresses_engagement import ADRESSES as AU_GUICHET
from tests.monde import Monde


def _test(nom: str, quel: str, **options: Any) -> Adresse:
    return Adresse(f"tests_programme:{nom}", lambda m: [getattr(m, quel).pk], note=quel, **options)


def _mene(nom: str, quel: str, *, get: bool = False, post: bool = True) -> Adresse:
    """What only the team does, on a test others may see."""
    return _test(nom, quel, get=MEMBRES if get else None, post=MEMBRES if post else None)


def _note(nom: str, quel: str, **options: Any) -> Adresse:
    """What a team does with a note of its journal de bord."""
    return Adresse(
        f"tests_programme:{nom}",
        lambda m: [getattr(m, quel).pk, getattr(m, quel).notes.first().pk],
        note=quel,
        **options,
    )


def _piece(quel: str, **options: Any) -> Adresse:
    """A picture of a note."""
    return Adresse(
        "tests_programme:piece",
        lambda m: [getattr(m, quel).pk, getattr(m, quel).notes.first().pieces.first().pk],
        note=quel,
        **options,
    )


def _etape(etape: str) -> Adresse:
    return Adresse(
        "tests_programme:etape",
        lambda m: [m.en_preparation.pk, etape],
        get=MEMBRES,
        post=MEMBRES,
        refus=404,
        note=etape,
    )


GERENT = REFERENTS | ADMINISTRATEURS


def _adhesion(nom: str, quelle: str) -> Adresse:
    """A decision on somebody's membership: for those who decide; to others it does not exist."""
    return Adresse(
        f"comptes:{nom}",
        lambda m: [getattr(m, quelle).pk],
        get=None,
        post=GERENT,
        refus=404,
        refus_equipe=404,
    )


def _organisation(nom: str, **options: Any) -> Adresse:
    return Adresse(f"comptes:{nom}", lambda m: [m.organisation.pk], **options)


def _programme(nom: str, **options: Any) -> Adresse:
    return Adresse(f"tests_programme:{nom}", lambda m: [m.programme.cle], **options)


def _seance(nom: str, plus: Callable[[Monde], Sequence[Any]] = rien, **options: Any) -> Adresse:
    return Adresse(
        f"tests_programme:{nom}",
        lambda m: [m.programme.cle, m.seance.rang, *plus(m)],
        **options,
    )


def _lecteur(nom: str) -> Adresse:
    """What only the animation does with a reader of the groupe miroir."""
    return Adresse(
        f"tests_programme:{nom}",
        lambda m: [m.programme.cle, m.lecteur.pk],
        get=None,
        post=CURATEURS,
    )


def _copie(nom: str, args: Callable[[Monde], Sequence[Any]] = rien, **options: Any) -> Adresse:
    """The working copy of the cartographie, for curateur·rices alone."""
    options = {"get": CURATEURS, "post": CURATEURS, **options}
    return Adresse(f"reflexes:{nom}", lambda m: [m.copie.pk, *args(m)], **options)


def _conduite(nom: str, args: Callable[[Monde], Sequence[Any]] = rien, **options: Any) -> Adresse:
    """Leading an enquête, for curateur·rices alone."""
    options = {"get": CURATEURS, "post": CURATEURS, **options}
    return Adresse(f"reflexes:{nom}", lambda m: [m.etape.enquete.cle, *args(m)], **options)


def _participant(
    nom: str, args: Callable[[Monde], Sequence[Any]] = rien, **options: Any
) -> Adresse:
    """What the members of an organisation that takes part in the enquête do."""
    options = {"get": MEMBRES, **options}
    return Adresse(f"reflexes:{nom}", lambda m: [m.v1.enquete.cle, *args(m)], **options)


def _le_mien(nom: str) -> Adresse:
    """On a témoignage the référent·e of A brought; to anybody else it does not exist."""
    return Adresse(
        f"reflexes:{nom}",
        lambda m: [m.temoignage_a_lire.pk],
        get=REFERENTS,
        post=REFERENTS,
        refus=404,
        refus_equipe=404,
        refus_membre=404,
    )


def _chantier(nom: str, quel: str = "chantier", **options: Any) -> Adresse:
    """A public chantier of A is led by A's members and the curation; a kept one is theirs alone to know."""
    if quel != "chantier":
        options = {"refus": 404, "refus_visiteur": 404, "refus_equipe": 403, **options}
    return Adresse(f"pistes:{nom}", lambda m: [getattr(m, quel).pk], note=quel, **options)


def _cahier(nom: str, quel: str = "cahier", **options: Any) -> Adresse:
    """A cahier is written by the members of its organisation; kept, nobody else knows of it."""
    if quel != "cahier":
        options = {"refus": 404, "refus_visiteur": 404, "refus_equipe": 404, **options}
    return Adresse(f"pistes:{nom}", lambda m: [getattr(m, quel).pk], note=quel, **options)


# Who belongs to an organisation, whichever it is.
AGENTS = MEMBRES | {"agent_b"}

# A key of one's own is asked of whoever writes there: being signed in is not enough.
AVEC_UN_JETON: dict[str, Any] = {
    "refus": 401, "refus_visiteur": 401, "refus_equipe": 401, "refus_membre": 401,
}  # fmt: skip

ADRESSES: list[Adresse] = [
    # comptes
    Adresse("comptes:mon_compte", get=CONNECTES, post=CONNECTES),
    Adresse("comptes:supprimer_compte", get=CONNECTES, post=CONNECTES),
    Adresse("comptes:rappels", get=None, post=CONNECTES),
    Adresse("comptes:organisations"),
    Adresse("comptes:nouvelle", get=CONNECTES, post=CONNECTES),
    _organisation("organisation"),
    _organisation("valider", get=None, post=ADMINISTRATEURS),
    _organisation("rejoindre", get=None, post=CONNECTES),
    _organisation("membres", get=MEMBRES | ADMINISTRATEURS),
    _organisation("inviter", get=None, post=GERENT),
    _adhesion("accepter", "adhesion_demandee"),
    _adhesion("refuser", "adhesion_demandee"),
    _adhesion("changer_role", "adhesion"),
    _adhesion("terminer", "adhesion"),
    _adhesion("renvoyer", "invitation"),
    _adhesion("annuler", "invitation"),
    # Only the person invited, who is none of the cast, may say yes.
    Adresse("comptes:invitation", lambda m: [m.invitation.jeton], get=TOUS, post=PERSONNE),
    # accueil
    Adresse("accueil:accueil"),
    Adresse("accueil:mon_espace", get=CONNECTES),
    Adresse("accueil:recherche"),
    Adresse("accueil:accessibilite"),
    Adresse("accueil:donnees_personnelles"),
    Adresse("accueil:mentions_legales"),
    Adresse("accueil:metrics", get=ADMINISTRATEURS),
    # reflexes
    Adresse("reflexes:cartographie"),
    Adresse("reflexes:enquete", lambda m: [m.v1.enquete.cle]),
    Adresse("reflexes:version", lambda m: [m.v1.enquete.cle, "v1"]),
    Adresse(
        "reflexes:version",
        lambda m: [m.v1.enquete.cle, "v3"],
        get=CURATEURS,
        refus=404,
        refus_visiteur=404,
        refus_equipe=404,
        refus_membre=404,
        note="brouillon",
    ),
    Adresse("reflexes:comparaison", lambda m: [m.v1.enquete.cle, "v1", "carnet"]),
    Adresse("reflexes:controverse", lambda m: [m.v1.enquete.cle, m.controverse.controverse.cle]),
    Adresse("reflexes:terrain", lambda m: [m.v1.enquete.cle, m.terrain.terrain.cle]),
    Adresse("reflexes:comparer", lambda m: [m.v1.enquete.cle]),
    Adresse("reflexes:enquetes"),
    Adresse("reflexes:ouvrir_copie", lambda m: [m.v1.enquete.cle], get=None, post=CURATEURS),
    _copie("copie", post=None),
    _copie("publier_version"),
    _copie("abandonner_copie"),
    _copie("nouvelle_controverse"),
    _copie("nouveau_terrain"),
    _copie("copie_controverse", lambda m: [m.copie.controverses.first().pk]),
    _copie("copie_terrain", lambda m: [m.copie.terrains.first().pk]),
    _copie("copie_retirer", lambda m: ["terrains", m.copie.terrains.first().pk]),
    Adresse("reflexes:nouvelle_enquete", get=CURATEURS, post=CURATEURS),
    _conduite("modifier_enquete"),
    _conduite("participantes"),
    _conduite("nouvelle_etape"),
    _conduite("etape", lambda m: [m.etape.pk]),
    _conduite("supprimer_etape", lambda m: [m.etape.pk]),
    _participant("temoigner"),
    _participant("deposer", lambda m: [m.terrain.terrain_id], post=MEMBRES),
    Adresse("reflexes:mes_temoignages", get=CONNECTES),
    _le_mien("corriger_temoignage"),
    _le_mien("retirer_temoignage"),
    Adresse("reflexes:temoignages_a_lire", get=CURATEURS),
    Adresse("reflexes:lire_temoignage", lambda m: [m.temoignage_a_lire.pk], get=CURATEURS),
    *[
        Adresse(
            f"reflexes:{geste}_temoignage",
            lambda m: [m.temoignage_a_lire.pk],
            get=None,
            post=CURATEURS,
        )
        for geste in ("publier", "ecarter")
    ],
    _participant("autodiagnostics", get=MEMBRES | CURATEURS),
    _participant("ensemble", get=CURATEURS),
    _participant("autodiagnostic", lambda m: [m.organisation.pk]),
    _participant("repondre", lambda m: [m.organisation.pk, m.terrain.terrain_id], post=MEMBRES),
    _participant("soumettre_autodiagnostic", lambda m: [m.organisation.pk], get=None, post=MEMBRES),
    _participant("reprendre_autodiagnostic", lambda m: [m.organisation.pk], get=None, post=MEMBRES),
    # pistes
    Adresse("pistes:carte"),
    Adresse("pistes:carte_svg"),
    Adresse("pistes:carte_png"),
    Adresse("pistes:liste"),
    Adresse("pistes:piste", lambda m: [m.piste.slug]),
    Adresse("pistes:orientation", lambda m: [m.piste.orientation.slug]),
    Adresse("pistes:mot_cle", lambda m: [m.piste.orientation.slug]),
    Adresse("pistes:recueil", lambda m: [m.piste.recueil.cle]),
    # The cast has one curateur alone: an administrateur stands in for the second reader, and sees nothing else.
    Adresse("pistes:brouillons", get=EQUIPE),
    Adresse("pistes:brouillon", lambda m: [m.brouillon.pk], get=CURATEURS),
    Adresse("pistes:brouillon_orientation", lambda m: [m.brouillon_orientation.pk], get=CURATEURS),
    *[
        Adresse(
            f"pistes:{geste}{suffixe}",
            lambda m, q=quel: [getattr(m, q).pk],
            get=None,
            post=CURATEURS,
        )
        for suffixe, quel in (("", "brouillon"), ("_orientation", "brouillon_orientation"))
        for geste in (
            ["publier"]
            + [f"{g}_texte" for g in ("soumettre", "rendre", "ecarter", "archiver", "restaurer")]
        )
    ],
    Adresse("pistes:modifier", lambda m: [m.piste.slug], get=CURATEURS, post=CURATEURS),
    Adresse("pistes:terrains", lambda m: [m.piste.slug], get=CURATEURS, post=CURATEURS),
    Adresse("pistes:liens", get=CURATEURS),
    Adresse("pistes:livret", lambda m: [m.piste.orientation.slug]),
    Adresse("pistes:historique", lambda m: [m.piste.slug], get=CURATEURS),
    Adresse(
        "pistes:modifier_orientation",
        lambda m: [m.piste.orientation.slug],
        get=CURATEURS,
        post=CURATEURS,
    ),
    Adresse("pistes:historique_orientation", lambda m: [m.piste.orientation.slug], get=CURATEURS),
    Adresse("pistes:proposer", lambda m: [m.piste.slug], get=CONNECTES, post=CONNECTES),
    Adresse("pistes:mes_propositions", get=CONNECTES),
    Adresse("pistes:propositions", get=CURATEURS),
    Adresse("pistes:proposition", lambda m: [m.proposition.pk], get=CURATEURS),
    Adresse("pistes:accepter_proposition", lambda m: [m.proposition.pk], get=None, post=CURATEURS),
    Adresse("pistes:refuser_proposition", lambda m: [m.proposition.pk], get=None, post=CURATEURS),
    Adresse("pistes:imports", get=CURATEURS, post=CURATEURS),
    Adresse("pistes:importation", lambda m: [m.importation.pk], get=CURATEURS),
    Adresse("pistes:importer_le_reste", lambda m: [m.importation.pk], get=None, post=CURATEURS),
    Adresse("pistes:piece", lambda m: [m.importation.pk, 1], get=CURATEURS, post=CURATEURS),
    Adresse("pistes:ecarter_piece", lambda m: [m.importation.pk, 1], get=None, post=CURATEURS),
    Adresse("pistes:reprendre_piece", lambda m: [m.importation.pk, 1], get=None, post=CURATEURS),
    # chantiers and crash tests
    Adresse("pistes:chantiers"),
    Adresse("pistes:nouveau_chantier", get=AGENTS | CURATEURS, post=AGENTS | CURATEURS),
    _chantier("chantier"),
    _chantier("chantier", "chantier_garde", get=MEMBRES | EQUIPE),
    *[
        _chantier(nom, get=MEMBRES | CURATEURS, post=MEMBRES | CURATEURS)
        for nom in ("modifier_chantier", "liens_du_chantier")
    ],
    _chantier(
        "modifier_chantier",
        "chantier_garde",
        get=MEMBRES | CURATEURS,
        post=MEMBRES | CURATEURS,
        refus_visiteur="connexion",
    ),
    _chantier("visibilite_du_chantier", get=None, post=MEMBRES | CURATEURS),
    Adresse(
        "pistes:etat_du_chantier",
        lambda m: [m.chantier.pk, "ouvrir"],
        get=None,
        post=MEMBRES | CURATEURS,
    ),
    Adresse("pistes:crash_tests"),
    Adresse("pistes:scenarios"),
    Adresse("pistes:nouveau_scenario", get=CURATEURS, post=CURATEURS),
    Adresse(
        "pistes:modifier_scenario",
        lambda m: [m.crash_test.scenario.cle],
        get=CURATEURS,
        post=CURATEURS,
    ),
    Adresse(
        "pistes:essayer_piste",
        lambda m: [m.piste.slug, m.crash_test.scenario.cle],
        get=AGENTS | CURATEURS,
        post=AGENTS | CURATEURS,
    ),
    Adresse(
        "pistes:essayer_chantier",
        lambda m: [m.chantier.pk, m.crash_test.scenario.cle],
        get=AGENTS | CURATEURS,
        post=AGENTS | CURATEURS,
    ),
    Adresse("pistes:crash_test", lambda m: [m.crash_test.pk]),
    Adresse(
        "pistes:modifier_crash_test",
        lambda m: [m.crash_test.pk],
        get=MEMBRES | CURATEURS,
        post=MEMBRES | CURATEURS,
    ),
    # écoute and annuaire
    Adresse("pistes:ecoute"),
    Adresse("pistes:nouveau_cahier", get=AGENTS, post=AGENTS),
    _cahier("cahier"),
    _cahier("cahier", "cahier_garde", get=MEMBRES),
    _cahier("synthese"),
    _cahier("synthese", "cahier_garde", get=MEMBRES),
    *[
        _cahier(nom, get=MEMBRES, post=MEMBRES)
        for nom in ("modifier_cahier", "liens_du_cahier", "nouvelle_rencontre")
    ],
    Adresse(
        "pistes:rencontre",
        lambda m: [m.cahier.pk, m.cahier.rencontres.first().pk],
        get=MEMBRES,
        post=MEMBRES,
    ),
    # The curation may take a cahier off the site.
    _cahier("visibilite_du_cahier", get=None, post=MEMBRES | CURATEURS),
    Adresse("pistes:annuaire", get=CONNECTES),
    Adresse("pistes:proposer_fiche", get=AGENTS, post=AGENTS),
    Adresse("pistes:fiches_proposees", get=AGENTS),
    # Not mine, or gone: nothing happens, and nothing is told of it.
    Adresse("pistes:retirer_fiche", lambda m: [m.fiche.pk], get=None, post=AGENTS),
    # The signed link is the right: whoever holds it decides for that entry.
    Adresse("pistes:accord_annuaire", lambda m: [m.fiche.jeton_signe], post=TOUS),
    # tests_programme
    Adresse("tests_programme:liste"),
    Adresse("tests_programme:nouveau", get=CONNECTES, post=CONNECTES),
    _test("test", "en_cours"),
    _test("test", "evalue"),
    _test("test", "prive", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    _test("test", "en_preparation", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    _test("agenda", "en_cours"),
    *[
        _etape(e)
        for e in ["essentiel", "hypothese", "limites", "observation", "parties", "verification"]
    ],
    _mene("demander_accords", "en_cours"),
    Adresse(
        "tests_programme:renvoyer_accord",
        lambda m: [m.pret.pk, m.accord.pk],
        get=None,
        post=MEMBRES,
        refus=404,
    ),
    _mene("matrice", "initiative", get=True),
    _mene("demarrer", "en_cours"),
    _mene("renoncer", "en_cours", get=True),
    _mene("arreter", "en_cours", get=True),
    _mene("prolongation", "en_cours", get=True),
    _mene("prolonger", "en_cours"),
    _mene("iterer", "evalue"),
    _test(
        "s_inspirer",
        "en_cours",
        get=None,
        post=PERSONNE,
        refus=404,
        refus_equipe=404,
        refus_membre=404,
    ),
    Adresse(
        "tests_programme:retirer_voix",
        lambda m: [m.evalue.pk, m.evalue.voix.first().pk],
        get=None,
        post=MEMBRES,
    ),
    _mene("questionnaire", "en_cours", get=True),
    _mene("questionnaire", "a_evaluer", get=True),
    _mene("ajouter_jeu", "a_evaluer"),
    _mene("fermer_questionnaire", "en_cours"),
    _mene("renouveler_lien", "en_cours"),
    Adresse(
        "tests_programme:masquer_question",
        lambda m: [m.en_cours.pk, m.questionnaire.questions.first().pk],
        get=None,
        post=MEMBRES,
    ),
    _mene("voix", "en_cours", get=True, post=False),
    _mene("textes", "en_cours", get=True, post=False),
    _mene("nouvelle_voix", "evalue", get=True),
    Adresse(
        "tests_programme:etiqueter",
        lambda m: [m.evalue.pk, m.evalue.voix.first().pk],
        get=None,
        post=MEMBRES,
    ),
    Adresse(
        "tests_programme:etiqueter_texte",
        lambda m: [m.en_cours.pk, m.texte.pk],
        get=None,
        post=MEMBRES,
    ),
    _test("paroles", "evalue"),
    _test("paroles", "en_cours"),
    _test("paroles", "prive", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    # The public page of a questionnaire: whoever holds the link answers, as nobody.
    Adresse("tests_programme:repondre", lambda m: [m.questionnaire.jeton], post=TOUS),
    Adresse(
        "tests_programme:merci",
        lambda m: [m.questionnaire.jeton, m.texte.reponse.envoi],
        post=TOUS,
    ),
    Adresse(
        "tests_programme:retirer_enseignement",
        lambda m: [m.evalue.pk, m.evalue.enseignements.first().pk],
        get=None,
        post=MEMBRES,
    ),
    _mene("evaluation", "a_evaluer", get=True),
    _mene("soumettre", "a_evaluer"),
    _mene("publier", "a_evaluer"),
    _mene("rendre", "a_evaluer"),
    # A submitted évaluation: curateur·rices read it too.
    _test("evaluation", "soumis", get=MEMBRES | CURATEURS, post=MEMBRES),
    _test("rendre", "soumis", get=None, post=MEMBRES | CURATEURS),
    _test("publier", "soumis", get=None, post=MEMBRES | CURATEURS),
    _mene("perennite", "perennise", get=True),
    _mene("appuis", "evalue", get=True),
    _test("lignee", "evalue"),
    _test("lignee", "prive", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    Adresse("tests_programme:en_retard"),
    Adresse("tests_programme:enseignements"),
    _test("journal", "en_cours", post=MEMBRES),
    _test(
        "journal",
        "prive",
        get=MEMBRES | EQUIPE,
        post=MEMBRES,
        refus=404,
        refus_visiteur=404,
    ),
    _note("note", "en_cours", get=MEMBRES, post=MEMBRES),
    # Its test is evaluated: whoever may ask is told that the note stays.
    _note("retirer_note", "evalue", get=None, post=MEMBRES),
    _piece("en_cours"),
    _piece("prive", get=MEMBRES | EQUIPE, refus=404, refus_visiteur=404),
    _test("points", "en_cours", get=MEMBRES | EQUIPE, post=MEMBRES),
    Adresse(
        "tests_programme:point",
        lambda m: [m.en_cours.pk, m.en_cours.points.first().pk],
        get=MEMBRES | EQUIPE,
        post=MEMBRES,
    ),
    _test("entraide", "en_cours", get=MEMBRES | EQUIPE, post=MEMBRES | CURATEURS),
    Adresse("tests_programme:entraides", get=CURATEURS),
    Adresse("tests_programme:accord", lambda m: [m.accord.jeton], get=TOUS, post=TOUS),
    Adresse("tests_programme:programmes"),
    _programme("programme"),
    _programme("panorama"),
    Adresse("tests_programme:nouveau_programme", get=CURATEURS, post=CURATEURS),
    _programme("modifier_programme", get=CURATEURS, post=CURATEURS),
    _programme("nouvelle_seance", get=CURATEURS, post=CURATEURS),
    _programme("miroir", get=MEMBRES | EQUIPE),
    _programme("inviter_miroir", get=None, post=CURATEURS),
    _programme("commenter", get=None, post=MEMBRES | CURATEURS),
    _seance("seance"),
    _seance("modifier_seance", get=CURATEURS, post=CURATEURS),
    _seance("annuler_seance", get=None, post=CURATEURS),
    _seance("ajouter_document", get=None, post=CURATEURS),
    _seance("document_seance", lambda m: [m.document.pk], get=MEMBRES | EQUIPE),
    _seance("retirer_document", lambda m: [m.document.pk], get=None, post=CURATEURS),
    _lecteur("renvoyer_miroir"),
    _lecteur("retirer_miroir"),
    # Only the person invited, who is none of the cast, may say yes.
    Adresse("tests_programme:invitation_miroir", lambda m: [m.lecteur.jeton], post=PERSONNE),
    _test("commentaires", "en_cours", get=MEMBRES | EQUIPE),
    Adresse(
        "tests_programme:retirer_commentaire",
        lambda m: [m.commentaire.pk],
        get=None,
        post=REFERENTS | CURATEURS,
        refus=404,
    ),
    Adresse("tests_programme:agendas", get=CONNECTES, post=CONNECTES),
    Adresse("tests_programme:flux_agenda", lambda m: [m.flux.jeton]),
    Adresse(
        "tests_programme:couper_agenda",
        lambda m: [m.flux.pk],
        get=None,
        post=REFERENTS,
        refus=404,
        refus_equipe=404,
        refus_membre=404,
    ),
    Adresse("comptes:jetons", get=CONNECTES, post=CONNECTES),
    Adresse(
        "comptes:couper_jeton",
        lambda m: [m.jeton.pk],
        get=None,
        post=REFERENTS,
        refus=404,
        refus_equipe=404,
        refus_membre=404,
    ),
    # Any JSON may be sent there, with a key: a visitor is asked for one.
    Adresse("api:test-notes", lambda m: [m.en_cours.pk], get=None, **AVEC_UN_JETON),
    # rapports
    Adresse("rapports:exports", get=CONNECTES),
    *[
        Adresse(
            "rapports:export",
            lambda m, q=quoi, f=format_: [q, f],
            get=CONNECTES,
            note=f"{quoi}-{format_}",
        )
        for quoi, format_ in [
            ("tests", "csv"),
            ("tests", "xlsx"),
            ("tests", "ods"),
            ("tests", "json"),
            *(
                (quoi, "csv")
                for quoi in (
                    "evaluations",
                    "criteres",
                    "voix",
                    "enseignements",
                    "pistes",
                    "controverses",
                    "temoignages",
                    "chantiers",
                    "organisations",
                )
            ),
        ]
    ],
    Adresse("rapports:export", lambda m: ["comptes", "csv"], get=ADMINISTRATEURS, note="comptes"),
    Adresse("rapports:donnees_ouvertes"),
    Adresse("rapports:catalogue_dcat"),
    Adresse("rapports:donnee_ouverte", lambda m: ["tests", "csv"]),
    *[Adresse(f"rapports:flux_{nom}") for nom in ("pistes", "tests", "enseignements")],
    Adresse("rapports:dictionnaire", lambda m: ["tests"], get=CONNECTES),
    Adresse("rapports:preparer", lambda m: ["tests", "csv"], get=CONNECTES, post=CONNECTES),
    # A file is for whoever asked for it: the référent·e, here.
    *[
        Adresse(
            f"rapports:{nom}",
            lambda m: [m.export.reference],
            get=get,
            post=post,
            refus=404,
            refus_equipe=404,
            refus_membre=404,
        )
        for nom, get, post in [
            ("suivi", REFERENTS, None),
            ("annuler", None, REFERENTS),
            ("relancer", None, REFERENTS),
        ]
    ],
    Adresse(
        "rapports:fichier",
        lambda m: [m.export_pret.reference],
        get=REFERENTS,
        refus=404,
        refus_equipe=404,
        refus_membre=404,
    ),
    *[
        Adresse(f"rapports:{nom}", lambda m: [m.en_cours.pk], get=MEMBRES, post=post)
        for nom, post in [("affiches", None), ("affiche", MEMBRES)]
    ],
    Adresse("rapports:affiche_voix", lambda m: [m.questionnaire.test_id], get=MEMBRES),
    # rappels
    Adresse("rappels:file", get=ADMINISTRATEURS),
    Adresse("rappels:renvoyer", get=None, post=ADMINISTRATEURS),
    # The signed link is the right: whoever holds it chooses for that address.
    Adresse("rappels:choix", lambda m: [jeton_de("camille@example.org")], post=TOUS),
    # api
    *[
        Adresse(f"api:{nom}-list", **(AVEC_UN_JETON if nom == "test" else {}))
        for nom in [
            "enquete",
            "version",
            "controverse",
            "terrain",
            "temoignage",
            "recueil",
            "orientation",
            "piste",
        ]
        + ["test", "programme", "enseignement"]
    ],
    Adresse("api:test-detail", lambda m: [m.en_cours.pk]),
    Adresse("api:programme-detail", lambda m: [m.programme.cle]),
    Adresse("api:enseignement-detail", lambda m: [m.evalue.enseignements.first().pk]),
    Adresse("api:enquete-detail", lambda m: [m.v1.enquete.cle]),
    Adresse("api:temoignage-detail", lambda m: [m.temoignage.pk]),
    Adresse("api:recueil-detail", lambda m: [m.piste.recueil.cle]),
    Adresse("api:orientation-detail", lambda m: [m.piste.orientation.slug]),
    Adresse("api:piste-detail", lambda m: [m.piste.slug]),
    Adresse("api:chantier-list"),
    Adresse("api:chantier-detail", lambda m: [m.chantier.pk]),
    Adresse("api:crise-list"),
    Adresse("api:crise-detail", lambda m: [m.crash_test.scenario.cle]),
    Adresse("api:crash-test-list"),
    Adresse("api:crash-test-detail", lambda m: [m.crash_test.pk]),
    Adresse("api:version-detail", lambda m: ["V1"]),
    Adresse("api:controverse-detail", lambda m: [m.controverse.controverse.cle]),
    Adresse("api:terrain-detail", lambda m: [m.terrain.terrain.cle]),
    Adresse("api:schema"),
    Adresse("api:docs"),
    *AU_GUICHET,
]
