"""A small world in which every address of the site shows something."""

import dataclasses
import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from comptes.models import Adhesion, Invitation, JetonApi, Organisation, Utilisateur
from config.jours import jour_de
from pistes.models import (
    Cahier,
    Chantier,
    CrashTest,
    EditionOrientation,
    EditionPiste,
    FicheActeur,
    Importation,
    Piste,
    Proposition,
)
from rapports import ouvertes
from rapports.models import ExportFait
from rapports.preparation import fichier_de
from reflexes.copie import ouvrir
from reflexes.models import (
    Autodiagnostic,
    ControverseFigee,
    Etape,
    Temoignage,
    TerrainFige,
    VersionCartographie,
)
from tests.fabriques import (
    AdhesionFactory,
    CahierFactory,
    ChantierFactory,
    CrashTestFactory,
    EnqueteFactory,
    ImportationFactory,
    OrientationFactory,
    PisteFactory,
    ProgrammeFactory,
    PropositionFactory,
    RecueilFactory,
    TemoignageFactory,
    TerritoireFactory,
    TestFactory,
    VersionFactory,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
    un_test_perennise,
    un_test_pret,
    un_test_soumis,
    une_note,
)
from tests.monde_guichet import MondeDuGuichet
from tests_programme.jeux import jeux
from tests_programme.models import (
    Accord,
    Commentaire,
    DocumentSeance,
    FluxAgenda,
    LecteurMiroir,
    Programme,
    Questionnaire,
    Seance,
    Test,
    ValeurReponse,
)
from tests_programme.models.cadre import PISTE_DES_INITIATIVES


@dataclasses.dataclass
class Monde:
    """What the table of addresses points to. Everything of a team belongs to organisation A."""

    organisation: Organisation
    adhesion_demandee: Adhesion
    adhesion: Adhesion
    invitation: Invitation
    territoire_pk: int
    v1: VersionCartographie
    v2: VersionCartographie
    version_brouillon: VersionCartographie
    copie: VersionCartographie
    etape: Etape
    piste: Piste
    brouillon: EditionPiste
    brouillon_orientation: EditionOrientation
    proposition: Proposition
    temoignage: Temoignage
    temoignage_a_lire: Temoignage
    autodiagnostic: Autodiagnostic
    importation: Importation
    chantier: Chantier
    chantier_garde: Chantier
    crash_test: CrashTest
    cahier: Cahier
    cahier_garde: Cahier
    fiche: FicheActeur
    programme: Programme
    en_cours: Test
    prive: Test
    en_preparation: Test
    pret: Test
    a_evaluer: Test
    evalue: Test
    soumis: Test
    perennise: Test
    accord: Accord
    initiative: Test
    questionnaire: Questionnaire
    jeton: JetonApi
    export: ExportFait
    export_pret: ExportFait
    guichet: MondeDuGuichet | None = None  # made apart, for the guards

    @property
    def texte(self) -> ValeurReponse:
        """What somebody wrote in the questionnaire."""
        return ValeurReponse.objects.select_related("reponse").exclude(texte="").first()

    @property
    def seance(self) -> Seance:
        """The session of the programme."""
        return self.programme.seances.get()

    @property
    def document(self) -> DocumentSeance:
        """The document of that session."""
        return self.seance.documents.get()

    @property
    def lecteur(self) -> LecteurMiroir:
        """Somebody invited to read the programme."""
        return self.programme.miroir.get()

    @property
    def commentaire(self) -> Commentaire:
        """What the référent·e said of the programme."""
        return self.programme.commentaires.get()

    @property
    def flux(self) -> FluxAgenda:
        """A calendar of the référent·e."""
        return FluxAgenda.objects.get()

    @property
    def controverse(self) -> ControverseFigee:
        """A controverse of the latest version."""
        return self.v2.controverses.select_related("controverse__enquete").first()

    @property
    def terrain(self) -> TerrainFige:
        """A terrain of the latest version."""
        return self.v2.terrains.select_related("terrain").first()


def _animer(programme: Programme, referent: Utilisateur) -> None:
    """A session with a document, an invited reader, a comment, a calendar of the référent·e."""
    seance = programme.seances.create(rang=1, titre="Première rencontre", debut=jour_de())
    seance.documents.create(
        fichier=ContentFile(b"%PDF-1.7", name="notes.pdf"),
        nom="notes.pdf",
        type_mime="application/pdf",
        taille=8,
    )
    LecteurMiroir.objects.create(
        programme=programme, email="lectrice@example.org", fonction="directrice d'un centre social"
    )
    programme.commentaires.create(
        auteur=referent, signature="référente, Ville de l'Est", texte="Une idée."
    )
    FluxAgenda.objects.create(utilisateur=referent, programme=programme)


def creer_monde(organisation: Organisation, referent: Utilisateur) -> Monde:
    """Fill the database; ``referent`` leads ``organisation``."""
    enquete = EnqueteFactory()
    v1 = VersionFactory(enquete=enquete, code="V1", rang=1, publiee=2)
    v2 = VersionFactory(enquete=enquete, code="CARNET", rang=2)
    for numero, figee in enumerate(v1.controverses.all(), 1):
        terrain = figee.terrains.first().terrain
        nouvelle = v2.controverses.create(
            controverse=figee.controverse,
            numero=numero,
            theme=figee.theme,
            pole_a=figee.pole_a,
            pole_b=figee.pole_b,
            texte=figee.texte,
        )
        v2.terrains.create(
            controverse=nouvelle, terrain=terrain, numero=f"{numero}.1", titre=f"Terrain {numero}"
        )
    v2.publier()
    enquete.organisations.add(organisation)
    fige = v2.terrains.first()
    recueil = RecueilFactory()
    orientation = OrientationFactory(recueil=recueil)
    piste = PisteFactory(recueil=recueil, orientation=orientation)
    PisteFactory(recueil=recueil, orientation=orientation)
    brouillon = EditionPiste.suivante(piste, titre="Un brouillon", origine="import")
    brouillon_orientation = EditionOrientation.suivante(
        orientation, titre="Brouillon", origine="import"
    )
    programme = ProgrammeFactory()
    programme.pistes.add(piste)
    programme.organisations.add(organisation)
    _animer(programme, referent)
    champs = {"organisation": organisation, "piste": piste}
    pret = un_test_pret(**champs)
    maintenant = timezone.now()
    en_cours = un_test_demarre(
        **champs, programme=programme, at=maintenant - dt.timedelta(days=10), jours=30
    )
    monde = Monde(
        organisation=organisation,
        adhesion_demandee=AdhesionFactory(organisation=organisation, etat="demandee"),
        adhesion=AdhesionFactory(organisation=organisation),
        invitation=Invitation.objects.create(
            organisation=organisation, email="invitee@example.org", par=referent
        ),
        territoire_pk=TerritoireFactory(nom="Grenoble").pk,
        v1=v1,
        v2=v2,
        version_brouillon=VersionFactory(enquete=enquete, code="V3", rang=3),
        copie=ouvrir(enquete)[0],
        etape=Etape.objects.create(enquete=enquete, numero=1, titre="Un premier atelier"),
        piste=piste,
        brouillon=brouillon,
        brouillon_orientation=brouillon_orientation,
        proposition=PropositionFactory(piste=piste),
        temoignage=TemoignageFactory(fige=fige, depose_par=referent),
        temoignage_a_lire=TemoignageFactory(fige=fige, etat="a_lire", depose_par=referent),
        autodiagnostic=Autodiagnostic.objects.create(enquete=enquete, organisation=organisation),
        importation=ImportationFactory(recueil=recueil, piste=piste),
        chantier=ChantierFactory(organisation=organisation, orientation=orientation),
        chantier_garde=ChantierFactory(organisation=organisation, est_public=False),
        crash_test=CrashTestFactory(organisation=organisation, piste=piste),
        cahier=CahierFactory(organisation=organisation),
        cahier_garde=CahierFactory(organisation=organisation, est_public=False),
        fiche=FicheActeur.proposer(
            par=referent,
            organisation=organisation,
            territoire=TerritoireFactory(nom="Vizille"),
            type="association",
            nom="Le fournil commun",
            activite="Du pain à prix libre.",
            contact="Le jeudi",
            email="fournil@example.org",
        ),
        programme=programme,
        en_cours=en_cours,
        prive=un_test_demarre(**champs, visibilite="prive", jours=30),
        en_preparation=TestFactory(**champs),
        pret=pret,
        a_evaluer=un_test_a_evaluer(**champs),
        evalue=un_test_evalue(**champs, programme=programme),
        soumis=un_test_soumis(**champs),
        perennise=un_test_perennise(**champs),
        accord=Accord.objects.filter(partie__test=pret).first(),
        initiative=un_test_demarre(
            organisation=organisation,
            piste=PisteFactory(recueil=recueil, cle=PISTE_DES_INITIATIVES),
            degre_engagement=3,
            degre_accompagnement=2,
        ),
        jeton=JetonApi.creer(utilisateur=referent, nom="outil", portees=["lire"], jours=30)[0],
        **_exports(referent),
        questionnaire=_repondu(
            Questionnaire.objects.create(
                test=en_cours, ferme_le=jour_de(maintenant) + dt.timedelta(days=14)
            )
        ),
    )
    _carnets(monde)
    ouvertes.publier()
    return monde


def _exports(referent: Utilisateur) -> dict[str, ExportFait]:
    """One that waits, one whose file is ready."""
    demande = {"quoi": "tests", "format": "csv", "par": referent}
    export = ExportFait.objects.create(**demande, etat="attente", total=3)
    pret = ExportFait.objects.create(
        **demande, etat="pret", total=3, lignes=3, taille=4, pret_le=timezone.now()
    )
    fichier_de(pret).parent.mkdir(parents=True)
    fichier_de(pret).write_bytes(b"Titre")
    return {"export": export, "export_pret": pret}


def _carnets(monde: Monde) -> None:
    """What teams wrote while their tests ran."""
    une_note(monde.en_cours, image=True).voix.create(
        test=monde.en_cours, fonction="habitant", texte="Je reviens.", consentement=True
    )
    une_note(monde.prive, portee="equipe", image=True)
    une_note(monde.evalue)
    monde.en_cours.points.create(prevu_le=jour_de() - dt.timedelta(days=3))
    monde.en_cours.echanges.create(texte="Qui peut nous aider ?", auteur=monde.en_cours.cree_par)


def _repondu(questionnaire: Questionnaire) -> Questionnaire:
    """With the questions of a ready-made set, and one answer to each, tagged words included."""
    questionnaire.ajouter(jeux()["lieu"])
    reponse = questionnaire.reponses.create(position="desaccord")
    for question in questionnaire.questions.all():
        texte = "Le panneau est trop petit." if question.type == "texte" else ""
        reponse.valeurs.create(
            question=question,
            nombre=None if texte else 2,
            texte=texte,
            etiquettes=["panneau"] if texte else [],
        )
    questionnaire.test.voix.create(
        origine="questionnaire", reponse=reponse, fonction="habitante", texte="Je m'y perds.",
        position="desaccord", consentement=True, etiquettes=["panneau"],
    )  # fmt: skip
    return questionnaire
