"""A small world in which every address of the site shows something."""

import dataclasses
import datetime as dt

from django.utils import timezone

from comptes.models import Adhesion, Invitation, Organisation, Utilisateur
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
    un_test_pret,
)
from tests_programme.models import Accord, Programme, Test


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
    accord: Accord

    @property
    def controverse(self) -> ControverseFigee:
        """A controverse of the latest version."""
        return self.v2.controverses.select_related("controverse__enquete").first()

    @property
    def terrain(self) -> TerrainFige:
        """A terrain of the latest version."""
        return self.v2.terrains.select_related("terrain").first()


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
    champs = {"organisation": organisation, "piste": piste}
    pret = un_test_pret(**champs)
    maintenant = timezone.now()
    return Monde(
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
        en_cours=un_test_demarre(
            **champs, programme=programme, at=maintenant - dt.timedelta(days=10), jours=30
        ),
        prive=un_test_demarre(**champs, visibilite="prive", jours=30),
        en_preparation=TestFactory(**champs),
        pret=pret,
        a_evaluer=un_test_a_evaluer(**champs),
        evalue=un_test_evalue(**champs, programme=programme),
        accord=Accord.objects.filter(partie__test=pret).first(),
    )
