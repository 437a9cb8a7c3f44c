"""A catalogue of an invented country: pistes, controverses, témoignages, chantiers, crash tests, answers.

Words come as in a real text: a few everywhere, most of them rare.
"""

import datetime as dt
import random
from itertools import accumulate

from django.db import connection
from django.utils import timezone

from bench import donnees
from comptes.models import Adhesion, Organisation, Territoire, Utilisateur
from pistes.models import (
    Cahier,
    Chantier,
    CrashTest,
    Detail,
    EditionOrientation,
    EditionPiste,
    FicheActeur,
    Inspiration,
    LienVerifie,
    Orientation,
    Piste,
    Proposition,
    Recueil,
    Rencontre,
    Renvoi,
    Scenario,
)
from reflexes.models import (
    Autodiagnostic,
    Controverse,
    ControverseFigee,
    Enquete,
    Etape,
    ReponseAutodiagnostic,
    Temoignage,
    Terrain,
    TerrainFige,
    VersionCartographie,
)

LOT = 2000
SYLLABES = (
    *("pa", "re", "ti", "lo", "mu", "cha", "vé", "dor", "sin", "tran", "com"),
    *("bli", "por", "gui", "dé", "cro", "fa", "mé", "nal", "sou", "ver", "té"),
)


def mots_inventes(nombre: int = 6000) -> list[str]:
    """Words of two to four syllables, each once."""
    tirage = random.Random(3)
    mots: dict[str, None] = dict.fromkeys(donnees.MOTS)
    while len(mots) < nombre:
        mots["".join(tirage.choices(SYLLABES, k=tirage.randint(2, 4)))] = None
    return list(mots)


MOTS = mots_inventes()
# The n-th word comes n times less often than the first (Zipf).
POIDS = list(accumulate(1 / rang for rang in range(1, len(MOTS) + 1)))
tirage = random.Random(27)


def phrase(nombre: int) -> str:
    """Some words, a full stop."""
    return " ".join(tirage.choices(MOTS, cum_weights=POIDS, k=nombre)).capitalize() + "."


def titre() -> str:
    """Four rare words: what a title is made of."""
    return " ".join(tirage.choices(MOTS[60:], k=4)).capitalize()


def remplir(pistes: int, controverses: int, temoignages: int) -> None:
    """Everything, in the order of what leans on what; statistics of the planner included."""
    terrains = cartographie(controverses)
    les_pistes = recueil(pistes, terrains)
    donnees.essais(2000, les_pistes)
    dire(temoignages, terrains)
    chantiers(les_pistes, terrains)
    repondre(terrains)
    ecouter(les_pistes)
    with connection.cursor() as curseur:
        curseur.execute("VACUUM ANALYZE")


def cartographie(nombre: int) -> list[Terrain]:
    """Two published versions, three terrains a controverse."""
    enquete = Enquete.objects.create(cle="bench", titre="Enquête", debut=dt.date(2020, 5, 1))
    for numero in range(1, 7):
        Etape.objects.create(enquete=enquete, numero=numero, titre=titre(), texte=phrase(60))
    meres = [
        Controverse.objects.create(
            enquete=enquete, cle=f"controverse-{n}", numero=n, theme=titre(), pole_a=titre(),
            pole_b=titre(), texte=phrase(120),
        )
        for n in range(1, nombre + 1)
    ]  # fmt: skip
    terrains = [
        Terrain.objects.create(controverse=mere, cle=f"terrain-{mere.numero}-{rang}")
        for mere in meres
        for rang in range(1, 4)
    ]
    for rang, code in enumerate(("V1", "V2"), 1):
        version = VersionCartographie.objects.create(
            enquete=enquete, code=code, rang=rang, titre=f"Version {code}"
        )
        for mere in meres:
            figee = ControverseFigee.objects.create(
                version=version, controverse=mere,
                **{champ: getattr(mere, champ) for champ in ControverseFigee.CHAMPS_DURABLES},
            )  # fmt: skip
            TerrainFige.objects.bulk_create(
                TerrainFige(
                    version=version, controverse=figee, terrain=t, texte=phrase(80), titre=titre(),
                    numero=f"{mere.numero}.{place}",
                )
                for place, t in enumerate(terrains[3 * mere.numero - 3 : 3 * mere.numero], 1)
            )  # fmt: skip
        version.publier()
    return terrains


def recueil(nombre: int, terrains: list[Terrain]) -> list[Piste]:
    """Seven orientations; pistes of some six hundred words, with renvois, links and terrains."""
    le_recueil = Recueil.objects.create(cle="pays", titre="Recueil d'un pays", annee=2021)
    orientations = []
    for numero in range(1, 8):
        orientation = Orientation.objects.create(
            recueil=le_recueil, numero=numero, mot_cle=f"Mot{numero}", slug=f"orientation-{numero}"
        )
        EditionOrientation.suivante(
            orientation, titre=titre(), texte=phrase(150), question=phrase(12), origine="corpus"
        ).publier(par=None)
        orientations.append(orientation)
    pistes = Piste.objects.bulk_create(
        Piste(
            recueil=le_recueil, cle=f"pays-{n}", slug=f"pays-{n}", rang=n, page=n,
            orientation=orientations[n * 7 // (nombre + 1)],
        )
        for n in range(1, nombre + 1)
    )  # fmt: skip
    editions = EditionPiste.objects.bulk_create(map(_edition, pistes), batch_size=LOT)
    _autour(editions, pistes, orientations)
    lien = Piste.terrains.through
    lien.objects.bulk_create(
        lien(piste_id=piste.pk, terrain_id=terrain.pk)
        for piste in pistes
        for terrain in tirage.sample(terrains, min(2, len(terrains)))
    )
    return pistes


def _edition(piste: Piste) -> EditionPiste:
    return EditionPiste(
        piste=piste, numero=1, etat="publie", origine="corpus", titre=titre(), accroche=phrase(25),
        constat=phrase(200), levier=phrase(120), texte_annexe=phrase(250), publie_le=timezone.now(),
    )  # fmt: skip


def _autour(
    editions: list[EditionPiste], pistes: list[Piste], orientations: list[Orientation]
) -> None:
    """What hangs on each text; the first piste is the one that everybody refers to."""
    Detail.objects.bulk_create(
        (
            Detail(edition=e, rang=rang, titre=titre(), texte=phrase(60))
            for e in editions
            for rang in (1, 2, 3)
        ),
        batch_size=LOT,
    )
    Inspiration.objects.bulk_create(
        (
            Inspiration(
                edition=e, rang=rang, titre=titre(), lieu="Lille", pays="France", texte=phrase(30),
                lien=f"https://exemple.fr/{e.pk}/{rang}",
            )
            for e in editions
            for rang in (1, 2)
        ),
        batch_size=LOT,
    )  # fmt: skip
    LienVerifie.objects.bulk_create(
        (
            LienVerifie(
                adresse=f"https://exemple.fr/{e.pk}/{rang}", verifie_le=timezone.now(), statut=404
            )
            for e in editions
            for rang in (1, 2)
        ),
        batch_size=LOT,
    )
    mots_cles = EditionPiste.mots_cles.through
    mots_cles.objects.bulk_create(
        mots_cles(editionpiste_id=e.pk, orientation_id=o.pk)
        for e in editions
        for o in tirage.sample(orientations, 2)
    )
    Renvoi.objects.bulk_create(
        (
            Renvoi(edition=e, vers=vers)
            for e in editions
            for vers in {
                pistes[0].pk: pistes[0],
                **{p.pk: p for p in tirage.sample(pistes, 2)},
            }.values()
        ),
        batch_size=LOT,
    )
    auteur = Utilisateur.objects.create_user("propose@example.org")
    Proposition.objects.bulk_create(
        Proposition(piste=piste, auteur=auteur, type="inspiration", texte=phrase(30))
        for piste in pistes[:300]
    )


def dire(nombre: int, terrains: list[Terrain]) -> None:
    """Témoignages read and published, two in a hundred still to read."""
    enquete = Enquete.objects.get()
    debut = timezone.now() - dt.timedelta(days=900)
    for depuis in range(0, nombre, LOT):
        Temoignage.objects.bulk_create(
            Temoignage(
                enquete=enquete, terrain=tirage.choice(terrains), pole=tirage.choice("ab "[:2]),
                texte=phrase(40), fonction="agente d'accueil", type_organisation="commune",
                consentement=True, etat="a_lire" if n % 50 == 0 else "publie",
                depose_le=debut + dt.timedelta(minutes=n), lu_le=debut + dt.timedelta(minutes=n + 9),
            )
            for n in range(depuis, min(depuis + LOT, nombre))
        )  # fmt: skip


def chantiers(pistes: list[Piste], terrains: list[Terrain]) -> None:
    """Chantiers, and crash tests of a third of the pistes against six crises."""
    organisations = list(Organisation.objects.all()[:100])
    orientations = list(Orientation.objects.all())
    les_chantiers = Chantier.objects.bulk_create(
        Chantier(
            titre=titre(), intentions=phrase(60), moyens=phrase(40), premiers_pas=phrase(40),
            taille=tirage.choice(Chantier.Taille.values), est_public=True,
            organisation=tirage.choice(organisations), orientation=tirage.choice(orientations),
        )
        for _ in range(300)
    )  # fmt: skip
    lien = Chantier.pistes.through
    lien.objects.bulk_create(
        lien(chantier_id=c.pk, piste_id=p.pk)
        for c in les_chantiers
        for p in tirage.sample(pistes, 3)
    )
    crises = Scenario.objects.bulk_create(
        Scenario(cle=f"crise-{n}", titre=f"Crise {n}", rang=n) for n in range(1, 7)
    )
    CrashTest.objects.bulk_create(
        CrashTest(
            scenario=tirage.choice(crises), piste=piste, tient=phrase(20), casse=phrase(20),
            fait_le=dt.date(2026, 1, 5), organisation=tirage.choice(organisations), est_public=True,
        )
        for piste in pistes[::3]
    )  # fmt: skip


def repondre(terrains: list[Terrain]) -> None:
    """Autodiagnostics of a hundred organisations, counted five by five."""
    enquete = Enquete.objects.get()
    organisations = list(Organisation.objects.all()[:100])
    enquete.organisations.set(organisations)
    faits = Autodiagnostic.objects.bulk_create(
        Autodiagnostic(
            enquete=enquete, organisation=organisation, soumis_le=timezone.now(), lot=n // 5 + 1
        )
        for n, organisation in enumerate(organisations)
    )
    ReponseAutodiagnostic.objects.bulk_create(
        (
            ReponseAutodiagnostic(
                autodiagnostic=fait, terrain=terrain, vecu=True, degre=tirage.randint(1, 5)
            )
            for fait in faits
            for terrain in terrains
        ),
        batch_size=LOT,
    )


def ecouter(pistes: list[Piste]) -> None:
    """Cahiers, and the annuaire that grew from them."""
    territoire = Territoire.objects.create(
        niveau="commune", code="99001", nom="Ville", population=9
    )
    organisation = Organisation.objects.first()
    assert organisation is not None
    cahiers = Cahier.objects.bulk_create(
        Cahier(titre=titre(), organisation=organisation, contexte=phrase(60), est_public=True)
        for _ in range(200)
    )
    Rencontre.objects.bulk_create(
        Rencontre(cahier=cahier, type="habitant", fonction="voisine", vecu=phrase(30))
        for cahier in cahiers
        for _ in range(5)
    )
    FicheActeur.objects.bulk_create(
        FicheActeur(
            organisation=organisation, territoire=territoire, type="association", etat="accepte",
            nom=f"{titre()} {n}", activite=phrase(20), email=f"acteur{n}@example.org",
        )
        for n in range(1000)
    )  # fmt: skip


def personnes() -> dict[str, Utilisateur | None]:
    """Who opens the pages: a visitor, an agent·e of a participating organisation, a curateur·rice."""
    agente = Utilisateur.objects.create_user("agente@example.org")
    organisation = Organisation.objects.order_by("pk").first()
    assert organisation is not None
    Adhesion.objects.create(
        utilisateur=agente, organisation=organisation, role="agent", etat="active"
    )
    curatrice = Utilisateur.objects.create_user("curatrice@example.org", role="curateur")
    return {"visiteur": None, "agente": agente, "curatrice": curatrice}
