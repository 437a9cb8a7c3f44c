"""The page a cellule works from: what waits for whom since when, and that its counts never disagree."""

import csv
import html
import io
import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.bacs import BACS, PANIERS
from engagement.guichet import cellules_de, compter
from engagement.models import Ligne
from rapports.models import ExportFait
from tests.conftest import client_de
from tests.engagement.bacs_remplis import LIGNES, MAINTENANT, un_besoin, une_mise
from tests.fabriques_engagement import DispositifFactory, OffreFactory, un_mediateur

pytestmark = pytest.mark.django_db
AU_PLUS = 15


@pytest.fixture(autouse=True)
def _mardi():
    with time_machine.travel(MAINTENANT, tick=False):
        yield


@pytest.fixture
def dispositif():
    return DispositifFactory(nom="Réserve")


@pytest.fixture
def moi(dispositif):
    return un_mediateur(dispositif, nom="Camille")


def lire(user, adresse, **donnees):
    reponse = client_de(user).get(adresse, donnees)
    assert reponse.status_code == 200
    return html.unescape(reponse.content.decode())


def bureau(dispositif):
    return reverse("engagement:guichet", args=[dispositif.pk])


def liste(dispositif, bac):
    return reverse("engagement:liste_guichet", args=[dispositif.pk, bac])


def exporter(user, dispositif, bac, **donnees):
    reponse = client_de(user).get(reverse("rapports:guichet", args=[dispositif.pk, bac]), donnees)
    assert reponse.status_code == 200
    contenu = b"".join(reponse.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(contenu), delimiter=";"))


MOTS = {
    "aides-besoins": "aide demandée depuis hier",
    "aides": "aide demandée depuis hier",
    "rencontres": "rencontre à 14 h, la mairie",
    "a_noter": "rencontre passée, rien n'est noté depuis 3 jours",
    "prets": "à rendre depuis 5 jours, pas revenu",
    "retours": "retour à faire depuis 12 jours",
    "qualifier": "attend d'être qualifié depuis 6 jours",
    "sans_candidat": "ouvert, sans personne en vue depuis 6 jours",
    "cellule": "attend la cellule depuis 4 jours",
    "relancer": "attend la réponse de la personne depuis 9 jours",
    "accords": "attend l'accord du manager d'origine depuis 10 jours",
    "places": "place gardée jusqu'à mercredi 3 mars 2027, 10 h",
    "offres": "arrivée, non regardée depuis 4 jours",
    "passes": "dernier jour passé : samedi 27 février 2027",
    "fins": "finit vendredi 5 mars 2027",
    "en_attente": "attend la réponse de la personne depuis 2 jours",
}


@pytest.mark.parametrize("bac", BACS, ids=lambda b: b.cle)
def test_each_bac_says_what_waits_for_whom_since_when(bac, dispositif, moi):
    LIGNES[bac.cle](dispositif)
    page = lire(moi, bureau(dispositif))
    assert f'id="{bac.cle}"' in page
    assert MOTS[bac.cle] in page
    assert page.count('class="guichet-section"') == 1


@pytest.mark.parametrize("panier", PANIERS)
@pytest.mark.parametrize("bac", BACS, ids=lambda b: b.cle)
def test_badge_list_and_export_agree(bac, panier, dispositif, moi):
    collegue, parti = un_mediateur(dispositif), un_mediateur(dispositif)
    dispositif.mediations.filter(utilisateur=parti).update(jusqu_au=MAINTENANT)
    for suivi in (None, moi, collegue, parti):
        LIGNES[bac.cle](dispositif, **({} if bac.cle == "offres" else {"mediateur": suivi}))
    LIGNES[bac.cle](DispositifFactory())
    nombre = compter(moi, cellules_de([dispositif.pk]))[dispositif.pk][bac.cle][panier]
    page = lire(moi, liste(dispositif, bac.cle), panier=panier)
    assert len(re.findall('class="guichet-ligne ', page)) == nombre
    assert len(exporter(moi, dispositif, bac.cle, panier=panier)) == nombre
    if bac.partage or panier == "cellule":
        assert nombre == 4
    elif bac.cle == "offres":
        assert nombre == {"moi": 0, "personne": 4}[panier]
    else:
        assert nombre == {"moi": 1, "personne": 2}[panier]


def test_the_badge_of_my_space_is_the_sum_of_the_page(dispositif, moi):
    for cle in ("qualifier", "relancer", "en_attente", "fins"):
        LIGNES[cle](dispositif, mediateur=moi)
    guichets = lire(moi, reverse("engagement:guichets"))
    assert "<strong>2</strong> dans mon panier" in guichets  # what asks nothing is not counted
    assert "<strong>2</strong> dans mon panier" in lire(moi, reverse("accueil:mon_espace"))
    onglet = '>Mon panier <span class="guichet-nombre">2<'
    assert onglet in lire(moi, bureau(dispositif))


def test_before_the_mission_a_line_is_in_one_bac_alone(dispositif, moi):
    for cle, faire in LIGNES.items():
        if not cle.startswith("aides"):
            faire(dispositif)
    nombres = compter(moi, cellules_de([dispositif.pk]))[dispositif.pk]
    assert {cle: n["cellule"] for cle, n in nombres.items() if not cle.startswith("aides")} == {
        cle: 1 for cle in LIGNES if not cle.startswith("aides")
    }


def test_the_page_costs_the_same_with_1_6_and_200_rows(dispositif, moi):
    comptes = []
    for fois in (1, 5):
        remplir_le_bureau(dispositif, moi, fois)
        comptes.append(compter_les_requetes(moi, bureau(dispositif)))
    besoin = un_besoin(dispositif)
    territoire = besoin.territoire
    for _ in range(200):
        offre = OffreFactory(personne__dispositif=dispositif, territoire=territoire)
        une_mise(dispositif, besoin=besoin, offre=offre, attend_depuis=MAINTENANT.replace(day=1))
    comptes.append(compter_les_requetes(moi, bureau(dispositif)))
    assert len(set(comptes)) == 1
    assert comptes[0] <= AU_PLUS


def remplir_le_bureau(dispositif, moi, fois):
    for cle, faire in LIGNES.items():
        for _ in range(fois):
            faire(dispositif, **({} if cle == "offres" else {"mediateur": moi}))


def compter_les_requetes(user, adresse):
    client = client_de(user)
    client.get(adresse)
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    cache.clear()
    return len([r for r in requetes if "SAVEPOINT" not in r["sql"]])


def test_lists_and_desks_cost_the_same_whatever_they_hold(dispositif, moi):
    comptes = {"liste": [], "guichets": [], "historique": []}
    for fois in (1, 5):
        remplir_le_bureau(dispositif, moi, fois)
        autre = DispositifFactory()
        autre.mediations.create(utilisateur=moi)
        remplir_le_bureau(autre, moi, 1)
        Ligne.objects.create(
            dispositif=dispositif, sujet="besoin:1", action="a", libelle="l", par=moi
        )
        comptes["liste"].append(compter_les_requetes(moi, liste(dispositif, "accords")))
        comptes["guichets"].append(compter_les_requetes(moi, reverse("engagement:guichets")))
        adresse = reverse("engagement:historique", args=[dispositif.pk])
        comptes["historique"].append(compter_les_requetes(moi, adresse))
    assert all(avant == apres <= 10 for avant, apres in comptes.values()), comptes


def test_a_section_shows_the_oldest_and_leads_to_its_list(dispositif, moi):
    for rang in range(8):
        un_besoin(dispositif, etat="a_qualifier", titre=f"Besoin {rang}", cree_le=jours_avant(rang))
    un_besoin(dispositif, etat="a_qualifier", titre="Pressé", urgence="1", cree_le=MAINTENANT)
    page = lire(moi, bureau(dispositif))
    titres = re.findall(r'guichet-ligne-titre">([^<]+)<', page)
    assert titres == ["Pressé", "Besoin 7", "Besoin 6", "Besoin 5", "Besoin 4"]
    assert "Voir les 9" in page
    toutes = lire(moi, liste(dispositif, "qualifier"))
    assert len(re.findall(r"guichet-ligne-titre", toutes)) == 9


def jours_avant(jours):
    return MAINTENANT.replace(month=2, day=20 - jours)


@pytest.mark.parametrize("bac", ["qualifier", "relancer", "passes", "offres"])
def test_a_long_list_is_read_to_its_end_without_a_line_twice(bac, dispositif, moi, monkeypatch):
    monkeypatch.setattr("engagement.listes.PAR_PAGE", 3)
    for rang in range(8):
        ligne = LIGNES[bac](dispositif)
        if bac == "qualifier":
            type(ligne).objects.filter(pk=ligne.pk).update(urgence=str(1 + rang % 3))
    vues, adresse = [], liste(dispositif, bac)
    for _ in range(3):
        page = lire(moi, adresse)
        vues += re.findall(r'name="offre" value="(\d+)"|/paniers/\w+/(\d+)/prendre/', page)
        suite = re.search(r'rel="next" href="([^"]+)"', page)
        adresse = liste(dispositif, bac) + suite[1].replace("&amp;", "&") if suite else ""
    assert not adresse
    assert len(vues) == len(set(vues)) == 8


def test_a_filter_keeps_a_basket_and_a_kind_and_a_wrong_one_hides_nothing(dispositif, moi):
    LIGNES["qualifier"](dispositif, mediateur=moi)
    LIGNES["relancer"](dispositif)
    a_moi = lire(moi, bureau(dispositif), panier="moi")
    assert 'id="qualifier"' in a_moi
    assert 'id="relancer"' not in a_moi
    reponses = lire(moi, bureau(dispositif), quoi="reponses")
    assert 'id="relancer"' in reponses
    assert 'id="qualifier"' not in reponses
    for faux in ("\x00", "9" * 5000, "autre"):
        assert 'id="qualifier"' in lire(moi, bureau(dispositif), panier=faux, quoi=faux)
        assert "guichet-ligne " in lire(moi, liste(dispositif, "qualifier"), apres=faux)


def test_what_waited_45_days_is_in_everybody_s_basket(dispositif, moi):
    collegue = un_mediateur(dispositif)
    une_mise(dispositif, attend_depuis=jours_avant(1), mediateur=collegue)
    assert "Rien dans votre panier" in lire(moi, bureau(dispositif), panier="moi")
    une_mise(
        dispositif, attend_depuis=MAINTENANT.replace(month=1, day=16), mediateur=collegue
    )  # 45 days before
    page = lire(moi, bureau(dispositif), panier="moi")
    assert "Pour toute la cellule" in page
    assert page.count("guichet-ligne ") == 1


def test_who_left_keeps_nothing_and_the_page_says_so(dispositif, moi):
    parti = un_mediateur(dispositif, nom="Alix")
    LIGNES["relancer"](dispositif, mediateur=parti)
    assert "À reprendre" not in lire(moi, bureau(dispositif))
    dispositif.mediations.filter(utilisateur=parti).update(jusqu_au=MAINTENANT)
    page = lire(moi, bureau(dispositif), panier="personne")
    assert "Alix n'est plus dans la cellule" in page


def test_who_left_one_desk_and_keeps_another_follows_nothing_in_the_first(dispositif, moi):
    ailleurs = DispositifFactory()
    collegue = un_mediateur(ailleurs)
    ailleurs.mediations.create(utilisateur=moi)
    LIGNES["relancer"](dispositif, mediateur=collegue)
    LIGNES["relancer"](ailleurs, mediateur=collegue)
    ensemble = compter(moi, cellules_de([dispositif.pk, ailleurs.pk]))
    seul = compter(moi, cellules_de([dispositif.pk]))
    assert ensemble[dispositif.pk] == seul[dispositif.pk]
    assert ensemble[dispositif.pk]["relancer"]["personne"] == 1
    assert ensemble[ailleurs.pk]["relancer"]["personne"] == 0


def test_an_empty_desk_says_what_will_come(dispositif, moi):
    assert "Rien n'attend" in lire(moi, bureau(dispositif))
    assert "sont qualifiés" in lire(moi, liste(dispositif, "qualifier"))


@pytest.mark.parametrize("qui", ["habitant", "agent_a", "referent_a", "curateur", "administrateur"])
def test_the_desk_is_not_there_for_strangers(qui, request, dispositif):
    client = client_de(request.getfixturevalue(qui))
    for adresse in (
        bureau(dispositif),
        liste(dispositif, "relancer"),
        reverse("engagement:historique", args=[dispositif.pk]),
        reverse("rapports:guichet", args=[dispositif.pk, "relancer"]),
    ):
        assert client.get(adresse).status_code == 404


def test_nobody_s_desks_is_an_empty_page(habitant):
    assert "Vous ne tenez pas de guichet" in lire(habitant, reverse("engagement:guichets"))


def test_a_bac_that_does_not_exist_is_not_found(dispositif, moi):
    client = client_de(moi)
    assert client.get(liste(dispositif, "autre")).status_code == 404
    assert client.get(reverse("rapports:guichet", args=[dispositif.pk, "x"])).status_code == 404


def test_an_export_runs_no_formula_says_no_name_and_is_logged(dispositif, moi):
    mise = LIGNES["relancer"](dispositif, motif="dit à l'autre", mediateur=moi)
    mise.besoin.titre = "=1+1"
    mise.besoin.save()
    (ligne,) = exporter(moi, dispositif, "relancer")
    assert ligne["Besoin"] == "'=1+1"
    tout = " ".join(ligne.values())
    for tu in (mise.personne.nom, mise.personne.email, mise.personne.telephone, mise.motif):
        assert tu not in tout
    fait = ExportFait.objects.get()
    assert (fait.quoi, fait.par, fait.lignes) == ("guichet-relancer", moi, 1)
    assert Ligne.objects.get(action="exporter").par == moi


def test_an_offer_is_read_once_and_all_of_them_at_once(dispositif, moi):
    une, _, _ = (LIGNES["offres"](dispositif) for _ in range(3))
    client, adresse = client_de(moi), reverse("engagement:offres_regardees", args=[dispositif.pk])
    client.post(adresse, {"offre": une.pk})
    page = client.post(adresse, {"offre": une.pk}, follow=True).content.decode()
    assert "déjà fait" in page
    assert Ligne.objects.filter(action="regarder").count() == 1
    client.post(adresse, {"jusqua": MAINTENANT.isoformat()})
    assert compter(moi, cellules_de([dispositif.pk]))[dispositif.pk]["offres"]["cellule"] == 0
    for faux in ("\x00", "hier", "2027-02-31T10:00:00+00:00", ""):
        assert client.post(adresse, {"jusqua": faux, "offre": faux}).status_code == 302
    assert client_de(un_mediateur(DispositifFactory())).post(adresse).status_code == 404


def test_the_history_of_a_dispositif_is_read_by_its_cellule(dispositif, moi, monkeypatch):
    monkeypatch.setattr("engagement.views.historique.PAR_PAGE", 2)
    for rang in range(3):
        Ligne.objects.create(
            dispositif=dispositif,
            sujet=f"besoin:{rang}",
            action="a",
            libelle=f"Geste {rang}",
            par=moi,
        )
    adresse = reverse("engagement:historique", args=[dispositif.pk])
    page = lire(moi, adresse)
    assert page.index("Geste 2") < page.index("Geste 1")
    assert "Geste 0" not in page
    suite = re.search(r'rel="next" href="\?([^"]+)"', page)[1].replace("&amp;", "&")
    page = lire(moi, f"{adresse}?{suite}")
    assert "Geste 0" in page
    assert "Geste 1" not in page
    assert "Geste 1" in lire(moi, adresse, sujet="besoin:1")
    assert "Rien n'est écrit" in lire(moi, adresse, sujet="\x00besoin:99")
