"""An invented crowd at one engagement desk, made by the database itself: some ten seconds for 100 000 offers.

Communes of the real table, drawn by their population; agents, inhabitants and organisations; slots of the two
months to come; absences, solicitations under way, missions and half-days, so that every rule has something to
refuse.
"""

import dataclasses
import io
import random

from django.core.management import call_command
from django.db import connection

from bench.donnees import organisations
from bench.foule import inserer
from bench.foule_besoins import PHRASES, relations
from bench.foule_besoins import besoins as remplir_les_besoins
from comptes.models import Territoire, Utilisateur
from engagement import models as m

CELLULE = 5
GENRES = ("Accueil", "Distribution alimentaire", "Appels", "Logistique", "Aide administrative")
MOTS = (
    *(
        "cuisiner",
        "accueillir",
        "jardiner",
        "conduire",
        "écouter",
        "téléphoner",
        "traduire",
        "ranger",
    ),
    *(
        "livrer",
        "bricoler",
        "coudre",
        "dessiner",
        "compter",
        "écrire",
        "lire",
        "chanter",
        "soigner",
    ),
    *("couches", "repas", "cartons", "courses", "dossiers", "enfants", "aînés", "vélos", "stocks"),
    *("école", "épicerie", "bibliothèque", "mairie", "crèche", "gymnase", "quartier", "marché"),
    *("anglais", "arabe", "informatique", "comptabilité", "animation", "secourisme", "plomberie"),
    *(
        "j'aime",
        "je sais",
        "j'ai",
        "volontiers",
        "avec",
        "le matin",
        "en équipe",
        "beaucoup",
        "un peu",
    ),
)


@dataclasses.dataclass(frozen=True)
class Foule:
    """The dispositif, and its cellule."""

    dispositif: m.Dispositif
    cellule: list[Utilisateur]


def remplir(offres: int, besoins: int, *, departement: str = "") -> Foule:
    """Fill an empty database: one open dispositif (of one département, by its code), with its crowd."""
    call_command("charger_territoires", verbosity=0, stdout=io.StringIO())
    foule = _dispositif()
    with connection.cursor() as curseur:
        # Constraints hold by construction; checking each row again would take longer than writing it.
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("SELECT setseed(0.27)")
    _phrases()
    _communes(max(offres, besoins), departement)
    _personnes(foule.dispositif.pk, offres)
    _offres(foule.dispositif.pk, offres)
    remplir_les_besoins(foule.dispositif.pk, besoins)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE")  # without it what follows takes ten minutes
    relations([user.pk for user in foule.cellule])
    with connection.cursor() as curseur:
        curseur.execute("SET session_replication_role = DEFAULT")
        curseur.execute("VACUUM ANALYZE")
    return foule


def _dispositif() -> Foule:
    dispositif = m.Dispositif.objects.create(
        nom="Réserve de mesure",
        modele="reserve_citoyenne",
        organisation=organisations(1)[0],
        territoire=Territoire.objects.filter(niveau="region").order_by("pk")[0],
        etat="ouvert",
        aux_habitants=True,
        aux_organisations=True,
        par_semaine=3,
        par_mois=8,
    )
    m.GenreMission.objects.bulk_create(
        m.GenreMission(dispositif=dispositif, libelle=libelle, rang=rang)
        for rang, libelle in enumerate(GENRES)
    )
    cellule = [
        Utilisateur.objects.create_user(f"cellule{n}@example.org", nom=f"Cellule {n}")
        for n in range(CELLULE)
    ]
    for user in cellule:
        dispositif.mediations.create(utilisateur=user)
    return Foule(dispositif, cellule)


def _phrases() -> None:
    """Texts to draw from: five words, ten words."""
    tirage = random.Random(27)
    lignes = [
        (n, " ".join(tirage.choices(MOTS, k=5)), " ".join(tirage.choices(MOTS, k=10)))
        for n in range(PHRASES)
    ]
    with connection.cursor() as curseur:
        curseur.execute(
            "CREATE TEMP TABLE phrase_guichet (n int PRIMARY KEY, court text, long text)"
        )
        curseur.executemany("INSERT INTO phrase_guichet VALUES (%s, %s, %s)", lignes)


def _communes(nombre: int, departement: str) -> None:
    """Where each row is: communes drawn by their population."""
    communes = Territoire.objects.filter(niveau="commune", departement__isnull=False)
    if departement:
        communes = communes.filter(departement__code=departement)
    lues = list(communes.order_by("pk").values_list("pk", "epci", "departement", "population"))
    poids = [ligne[3] or 1 for ligne in lues]
    tirees = random.Random(27).choices(lues, weights=poids, k=nombre)
    texte = "".join(
        f"{n}\t{commune}\t{epci or chr(92) + 'N'}\t{dep}\n"
        for n, (commune, epci, dep, _) in enumerate(tirees)
    )
    with connection.cursor() as curseur:
        curseur.execute(
            "CREATE TEMP TABLE commune_tiree (n int PRIMARY KEY, commune bigint, epci bigint, dep bigint)"
        )
        curseur.copy_expert("COPY commune_tiree FROM STDIN", io.StringIO(texte))
        curseur.execute("ANALYZE commune_tiree")


def _personnes(dispositif: int, offres: int) -> None:
    """One for each offer; one in thirty resting, unconfirmed or erased, one in fifty away."""
    inserer(
        m.Personne,
        f"FROM (SELECT n, random() AS r FROM generate_series(0, {offres - 1}) n OFFSET 0) t",
        dispositif=str(dispositif),
        statut="(ARRAY['agent', 'agent', 'habitant', 'organisation'])[1 + n % 4]",
        nom="'Personne ' || n",
        email="'personne' || n || '@example.org'",
        telephone="'06 00 00 00 00'",
        consentement="'en_ligne'",
        cle="n",
        confirmee_le="CASE WHEN r > 0.01 THEN now() END",
        en_pause_depuis="CASE WHEN r > 0.99 THEN now() END",
        derniere_sollicitation_le="CASE WHEN n % 3 = 0 THEN now() - (n % 200) * interval '1 day' END",
        cree_le="now() - (n % 400) * interval '1 day' - n * interval '1 second'",
    )
    inserer(
        m.Absence, f"FROM {m.Personne._meta.db_table} p WHERE p.id % 50 = 0",
        personne="p.id",
        debut="current_date + (p.id % 60)::int - 10",
        fin="current_date + (p.id % 60)::int",
    )  # fmt: skip


def _offres(dispositif: int, offres: int) -> None:
    """Nine in ten give time; half of them the whole week, the others a few half-days."""
    limites = (
        "(ARRAY['{port_de_charge}', '{conduite}', '{week_end}', '{public,dehors}', '{}', '{}', '{}'])"
        "[1 + n % 7]::varchar[]"
    )
    inserer(
        m.Offre,
        f"""FROM (SELECT n, random() AS r, random() AS s FROM generate_series(0, {offres - 1}) n OFFSET 0) t
        JOIN commune_tiree c USING (n) JOIN phrase_guichet a ON a.n = t.n % {PHRASES}
        CROSS JOIN (SELECT min(id) AS premiere FROM {m.Personne._meta.db_table}) p ORDER BY t.n""",
        dispositif=str(dispositif),
        personne="p.premiere + t.n",
        nature="CASE WHEN r < 0.9 THEN 'temps' WHEN r < 0.95 THEN 'lieu' ELSE 'materiel' END",
        etat="CASE WHEN s < 0.92 THEN 'active' ELSE 'terminee' END",
        titre="'Offre de ' || a.court",
        envies="a.long",
        etiquettes="CASE WHEN t.n % 3 = 0 THEN string_to_array(split_part(a.court, ' ', 1) || ',permis', ',') "
        "ELSE '{}' END::varchar[]",
        territoire="c.commune",
        epci="c.epci",
        departement="c.dep",
        rayon="(ARRAY['commune', 'epci', 'epci', 'departement'])[1 + t.n % 4]",
        debut="current_date - (t.n % 300)",
        fin="CASE WHEN t.n % 10 = 0 THEN current_date + (t.n % 90) END",
        semaine="CASE WHEN t.n % 7 = 2 THEN 1023 WHEN t.n % 2 = 0 THEN 16383 "
        "ELSE 1 + (t.n * 7919 % 1023) END",
        refuse=limites.replace("n % 7", "t.n % 7"),
        cree_le="now() - (t.n % 400) * interval '1 day' - t.n * interval '1 second'",
    )
    with connection.cursor() as curseur:
        curseur.execute(
            f"""INSERT INTO {m.Offre.genres.through._meta.db_table} (offre_id, genremission_id)
            SELECT o.id, g.id FROM {m.Offre._meta.db_table} o
            JOIN {m.GenreMission._meta.db_table} g ON g.rang IN (o.id % 5, (o.id / 5) % 5)
            WHERE o.nature = 'temps' AND o.id % 3 > 0"""
        )
