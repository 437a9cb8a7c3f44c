"""Factories that build valid things. Traits lead a test through its own methods, never by its state."""

import datetime as dt
from dataclasses import asdict
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from config.fichiers import preparer_image
from config.jours import jour_de
from pistes.models import (
    Cahier,
    Chantier,
    CrashTest,
    EditionOrientation,
    EditionPiste,
    Importation,
    Orientation,
    PieceImportee,
    Piste,
    Proposition,
    Recueil,
    Rencontre,
    Scenario,
)
from pistes.redaction import TextePiste
from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Temoignage,
    Terrain,
    TerrainFige,
    VersionCartographie,
)
from tests.fichiers_envoyes import une_photo
from tests_programme.models import Accord, Evaluation, Note, PieceJointe, Programme, Test

MOT_DE_PASSE = "un mot de passe bien long"


class UtilisateurFactory(DjangoModelFactory):
    """An account whose address is verified."""

    class Meta:
        model = Utilisateur
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    nom = factory.Sequence(lambda n: f"Personne {n}")
    password = factory.django.Password(MOT_DE_PASSE)

    @factory.post_generation
    def verifiee(obj: Utilisateur, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        if create:
            EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)


class TerritoireFactory(DjangoModelFactory):
    class Meta:
        model = Territoire

    niveau = "commune"
    code = factory.Sequence(lambda n: f"{90000 + n}")
    nom = factory.Sequence(lambda n: f"Commune {n}")
    population = 12_000


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    nom = factory.Sequence(lambda n: f"Ville d'Essai {n}")
    type = "commune"


class AdhesionFactory(DjangoModelFactory):
    class Meta:
        model = Adhesion

    utilisateur = factory.SubFactory(UtilisateurFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "agent"
    etat = "active"


class EnqueteFactory(DjangoModelFactory):
    class Meta:
        model = Enquete

    cle = factory.Sequence(lambda n: f"enquete-{n}")
    titre = factory.Sequence(lambda n: f"Enquête {n}")
    debut = dt.date(2020, 5, 1)


class ControverseFactory(DjangoModelFactory):
    class Meta:
        model = Controverse

    enquete = factory.SubFactory(EnqueteFactory)
    cle = factory.Sequence(lambda n: f"controverse-{n}")
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    theme = factory.Sequence(lambda n: f"thème {n}")
    pole_a = "repli sur soi"
    pole_b = "ouverture aux autres"
    texte = "Une tension que la crise a rendue visible."


class VersionFactory(DjangoModelFactory):
    """A version of the cartographie; ``publiee=True`` with ``nombre`` controverses, one terrain each."""

    class Meta:
        model = VersionCartographie
        skip_postgeneration_save = True

    enquete = factory.SubFactory(EnqueteFactory)
    code = factory.Sequence(lambda n: f"V{n}")
    rang = factory.Sequence(lambda n: n % 30_000 + 1)
    titre = factory.LazyAttribute(lambda o: f"Version {o.code}")

    @factory.post_generation
    def publiee(obj: VersionCartographie, create: bool, nombre: int | None, **kwargs: Any) -> None:  # noqa: N805
        if not create or nombre is None:
            return
        for numero in range(1, int(nombre) + 1):
            controverse = ControverseFactory(enquete=obj.enquete, numero=numero)
            figee = ControverseFigee.objects.create(
                version=obj,
                controverse=controverse,
                numero=numero,
                theme=controverse.theme,
                pole_a=controverse.pole_a,
                pole_b=controverse.pole_b,
                texte=controverse.texte,
            )
            terrain = Terrain.objects.create(controverse=controverse, cle=f"terrain-{numero}")
            TerrainFige.objects.create(
                version=obj,
                controverse=figee,
                terrain=terrain,
                numero=f"{numero}.1",
                titre=f"Le terrain {numero}",
                texte="Un phénomène observé.",
            )
        obj.publier()


class TemoignageFactory(DjangoModelFactory):
    """A published témoignage on the terrain of ``fige``; ``etat="a_lire"`` for one that waits."""

    class Meta:
        model = Temoignage
        exclude = ["fige"]

    fige = None
    enquete = factory.LazyAttribute(lambda o: o.fige.version.enquete)
    terrain_id = factory.LazyAttribute(lambda o: o.fige.terrain_id)
    pole = "a"
    texte = factory.Sequence(lambda n: f"On a fait autrement, la fois numéro {n}.")
    fonction = "agente d'accueil"
    type_organisation = "commune"
    consentement = True
    etat = "publie"
    lu_le = factory.LazyAttribute(
        lambda o: timezone.now() if o.etat in {"publie", "ecarte"} else None
    )


class RecueilFactory(DjangoModelFactory):
    class Meta:
        model = Recueil

    cle = factory.Sequence(lambda n: f"recueil-{n}")
    titre = factory.Sequence(lambda n: f"Recueil {n}")
    annee = 2020


class OrientationFactory(DjangoModelFactory):
    """An orientation with its published text."""

    class Meta:
        model = Orientation
        skip_postgeneration_save = True

    recueil = factory.SubFactory(RecueilFactory)
    numero = factory.Sequence(lambda n: n % 7 + 1)
    mot_cle = factory.Sequence(lambda n: f"Mot{n}")
    slug = factory.Sequence(lambda n: f"orientation-{n}")

    @factory.post_generation
    def texte(obj: Orientation, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        if create:
            EditionOrientation.suivante(
                obj, titre=f"Orientation {obj.numero}", texte="Une direction.", origine="corpus"
            ).publier(par=None)


class PisteFactory(DjangoModelFactory):
    """A piste with its published text; ``publiee=False`` leaves the text a draft."""

    class Meta:
        model = Piste
        skip_postgeneration_save = True

    recueil = factory.SubFactory(RecueilFactory)
    cle = factory.Sequence(lambda n: f"piste-{n}")
    slug = factory.Sequence(lambda n: f"piste-{n}")
    rang = factory.Sequence(lambda n: n % 30_000 + 1)

    @factory.post_generation
    def publiee(obj: Piste, create: bool, extracted: bool | None, **kwargs: Any) -> None:  # noqa: N805
        if not create:
            return
        edition = EditionPiste.suivante(
            obj,
            titre=kwargs.get("titre", f"La piste {obj.cle}"),
            accroche="Une idée concrète.",
            constat="Ce que la crise a montré.",
            levier="Ce qui fait bouger les choses.",
            origine="corpus",
        )
        if extracted is not False:
            edition.publier(par=None)


class PropositionFactory(DjangoModelFactory):
    """An inspiration that waits for an answer."""

    class Meta:
        model = Proposition

    piste = factory.SubFactory(PisteFactory)
    auteur = factory.SubFactory(UtilisateurFactory)
    type = "inspiration"
    texte = factory.Sequence(lambda n: f"Un quartier l'a fait, essai {n}.")
    lieu = "Une ville voisine"


class ImportationFactory(DjangoModelFactory):
    """A document of five lines with one piste to look at; ``piste=`` is where it goes."""

    class Meta:
        model = Importation
        skip_postgeneration_save = True

    nom = "carnet.md"
    format = "carnet"
    recueil = factory.SubFactory(RecueilFactory)
    texte = "## Piste • Une idée lue\n\n## Constat\n\nUn constat lu dans le document.\n"
    empreinte = factory.Sequence(lambda n: f"{n:064}")
    doutes = [{"ligne": 3, "message": "Ce titre est incertain.", "fin": None}]

    @factory.post_generation
    def piste(obj: Importation, create: bool, extracted: Piste | None, **kwargs: Any) -> None:  # noqa: N805
        if create:
            PieceImportee.objects.create(
                importation=obj,
                piste=extracted,
                rang=1,
                titre="Une idée lue",
                ligne_debut=1,
                ligne_fin=5,
                contenu=asdict(TextePiste("Une idée lue", constat="Un constat lu.")),
            )


class ChantierFactory(DjangoModelFactory):
    """A chantier its organisation shows; ``est_public=False`` keeps it."""

    class Meta:
        model = Chantier

    organisation = factory.SubFactory(OrganisationFactory)
    titre = factory.Sequence(lambda n: f"Un chantier {n}")
    intentions = "Que chaque service sache à qui demander."
    premiers_pas = "Une première rencontre."
    taille = "petite"
    est_public = True


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = Scenario

    cle = factory.Sequence(lambda n: f"crise-{n}")
    titre = factory.Sequence(lambda n: f"Crise {n}")
    rang = factory.Sequence(lambda n: n % 30_000 + 1)
    description = "Tout s'arrête un lundi matin."
    questions = "Qu'est-ce qui continue ?\nQui manque ?"


class CrashTestFactory(DjangoModelFactory):
    """A public crash test of a piste; ``piste=None, chantier=`` for a chantier."""

    class Meta:
        model = CrashTest

    scenario = factory.SubFactory(ScenarioFactory)
    piste = factory.SubFactory(PisteFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    tient = "Les gens se connaissent."
    casse = "Le standard ne répond plus."
    fait_le = dt.date(2026, 3, 2)
    est_public = True


class CahierFactory(DjangoModelFactory):
    """A cahier d'écoute its organisation shows, with one rencontre."""

    class Meta:
        model = Cahier
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    titre = factory.Sequence(lambda n: f"Une écoute {n}")
    contexte = "Onze entretiens en mars."
    est_public = True

    @factory.post_generation
    def rencontre(obj: Cahier, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        if create:
            Rencontre.objects.create(
                cahier=obj,
                type="association",
                fonction="présidente d'une épicerie",
                vecu="Nous avons doublé les paniers.",
            )


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    cle = factory.Sequence(lambda n: f"programme-{n}")
    titre = factory.Sequence(lambda n: f"Programme {n}")
    debut = dt.date(2026, 1, 5)


class TestFactory(DjangoModelFactory):
    """A test barely begun. For the rest of its life: ``un_test_pret``, ``un_test_demarre``, …."""

    __test__ = False

    class Meta:
        model = Test

    organisation = factory.SubFactory(OrganisationFactory)
    piste = factory.SubFactory(PisteFactory)
    titre = factory.Sequence(lambda n: f"Essayer la chose {n}")


def un_membre(organisation: Organisation, role: str = "agent") -> Utilisateur:
    """A person who belongs to the organisation."""
    return AdhesionFactory(organisation=organisation, role=role).utilisateur


def _auteur(test: Test) -> Utilisateur:
    adhesion = test.organisation.adhesions.actives().first()
    return adhesion.utilisateur if adhesion else un_membre(test.organisation)


def un_test_pret(*, at: dt.datetime | None = None, jours: int = 60, **fields: Any) -> Test:
    """A test in preparation that lacks nothing, accords included; its date is ``jours`` days after ``at``."""
    test = TestFactory(
        hypothese="Si nous appelons avant de relancer, alors deux dossiers sur trois se complètent.",
        contexte="Les relances par courrier restent sans réponse.",
        retour_arriere="Nous reprenons les courriers le lendemain.",
        signe_provisoire="La mention « en test » sur chaque fiche d'appel.",
        ecoute_qui="Les personnes reçues au guichet.",
        ecoute_prevue="Cinq entretiens au guichet.",
        ecoute_quand="Chaque vendredi.",
        date_peremption=jour_de(at) + dt.timedelta(days=jours),
        **fields,
    )
    test.criteres.create(
        libelle="Dossiers complets après l'appel", type="quantitatif", unite="dossiers"
    )
    test.parties.create(
        role="porteur", fonction="responsable de l'accueil", email="porteuse@example.org"
    )
    test.parties.create(
        role="manager", fonction="directeur de l'action sociale", email="manager@example.org"
    )
    test.demander_accords(par=_auteur(test), at=at)
    donner_les_accords(test, at=at)
    return test


def donner_les_accords(test: Test, *, at: dt.datetime | None = None) -> None:
    """Every party that was asked says yes."""
    for accord in Accord.objects.filter(partie__test=test, etat="demande"):
        accord.donner(at=at)


def un_test_demarre(*, at: dt.datetime | None = None, jours: int = 60, **fields: Any) -> Test:
    """A running test, started at ``at``."""
    test = un_test_pret(at=at, jours=jours, **fields)
    test.demarrer(par=_auteur(test), at=at)
    return test


def un_test_a_evaluer(*, at: dt.datetime | None = None, **fields: Any) -> Test:
    """A test stopped before its date."""
    test = un_test_demarre(at=at, **fields)
    test.arreter(par=_auteur(test), motif="La météo.", at=at)
    return test


def _une_autre(test: Test) -> Utilisateur:
    """Another member of the organisation, or a curateur·rice: somebody to read what was written."""
    autres = test.organisation.adhesions.actives().exclude(utilisateur=_auteur(test))
    if adhesion := autres.first():
        return adhesion.utilisateur
    curateur = Utilisateur.objects.filter(role="curateur", is_active=True).first()
    return curateur or UtilisateurFactory(role="curateur")


def remplir_l_evaluation(test: Test, **champs: Any) -> Evaluation:
    """A complete évaluation, with one voice and one lesson; ``champs``: what it says otherwise."""
    test.criteres.update(valeur_observee="42 dossiers")
    textes = {
        "verdict": "confirmee",
        "reponse": "Deux dossiers sur trois se complètent au téléphone.",
        "inattendu": "Les agents y ont pris goût.",
        "conditions": "Une ligne directe, et des matinées sans pluie.",
        "autonomie": "L'équipe garde la fiche d'appel.",
        "suites": "iterer",
        "suites_texte": "Une seconde équipe essaie.",
        "suites_changement": "Appeler le soir.",
    }
    evaluation = Evaluation.objects.create(test=test, **{**textes, **champs})
    test.voix.create(fonction="habitante", texte="On m'a expliqué.", consentement=True)
    test.enseignements.create(
        piste=test.piste, type="condition", texte="Appeler avant onze heures."
    )
    test.refresh_from_db()
    return evaluation


def un_test_soumis(
    *,
    at: dt.datetime | None = None,
    par: Utilisateur | None = None,
    evaluation: dict[str, Any] | None = None,
    **fields: Any,
) -> Test:
    """A test whose évaluation waits for its second reading."""
    test = un_test_a_evaluer(at=at, **fields)
    remplir_l_evaluation(test, **(evaluation or {}))
    test.soumettre(par=par or _auteur(test), at=at)
    return test


def un_test_evalue(*, at: dt.datetime | None = None, **fields: Any) -> Test:
    """A test with its évaluation, read by somebody else and published."""
    test = un_test_soumis(at=at, **fields)
    test.evaluer(par=_une_autre(test), at=at)
    return test


def un_test_perennise(*, at: dt.datetime | None = None, **fields: Any) -> Test:
    """A test whose évaluation says that it goes on for good."""
    suites = {
        "suites": "perenniser",
        "suites_porteur": "cheffe du service accueil",
        "suites_cadre": "projet de service",
        "suites_date": jour_de(at),
    }
    return un_test_evalue(at=at, evaluation=suites, **fields)


def une_note(test: Test, *, portee: str = "public", image: bool = False, **fields: Any) -> Note:
    """A note of the journal de bord, with a picture when ``image``."""
    note: Note = test.notes.create(
        texte=fields.pop("texte", "Deux familles sont venues."),
        portee=portee,
        auteur=fields.pop("auteur", _auteur(test)),
        **fields,
    )
    if image:
        pret = preparer_image(une_photo())
        piece = PieceJointe(
            note=note,
            nature="image",
            nom=pret.nom,
            type_mime=pret.type_mime,
            taille=pret.taille,
            largeur=pret.largeur,
            hauteur=pret.hauteur,
            texte_alternatif="La boîte fermée à clé",
        )
        piece.fichier.save(pret.contenu.name, pret.contenu)
    return note
