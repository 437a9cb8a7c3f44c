"""The terrains a piste answers: shipped once, shown everywhere, edited by the curation."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from pistes.models import Piste
from reflexes.models import Terrain
from tests.conftest import client_de
from tests.fabriques import PisteFactory, VersionFactory


def _charger(capsys):
    call_command("charger_corpus")
    return capsys.readouterr().out


def _cles(piste):
    return sorted(piste.terrains.values_list("cle", flat=True))


def _ecran(piste):
    return reverse("pistes:terrains", args=[piste.slug])


def _vue(client, piste):
    page = client.get(_ecran(piste)).content.decode()
    return page.partition('name="vue" value="')[2].partition('"')[0]


def test_every_shipped_piste_of_the_notebook_answers_a_terrain_and_every_terrain_is_answered(
    corpus,
):
    assert not Piste.objects.filter(recueil__cle="carnet", terrains=None).exists()
    carnet = Terrain.objects.filter(figes__version__code="CARNET")
    assert carnet.count() == 11
    assert not carnet.filter(pistes=None).exists()


def test_loading_again_changes_nothing_and_never_overwrites_a_choice(corpus, capsys):
    piste = Piste.objects.get(cle="carnet-044")
    assert "rien à faire" in _charger(capsys)
    garde = Terrain.objects.get(cle="budgets-participatifs")
    piste.terrains.set([garde])
    assert "rien à faire" in _charger(capsys)
    assert _cles(piste) == ["budgets-participatifs"]
    # A later corpus says something else: the choice made here stays, and the command says so.
    Piste.objects.filter(pk=piste.pk).update(empreinte_terrains="0" * 64)
    assert "ont été choisis ici" in _charger(capsys)
    assert _cles(piste) == ["budgets-participatifs"]


def test_a_later_corpus_updates_what_nobody_touched(corpus, capsys):
    from reflexes.models import empreinte_de

    piste = Piste.objects.get(cle="carnet-044")
    ancien = Terrain.objects.get(cle="budgets-participatifs")
    piste.terrains.set([ancien])
    Piste.objects.filter(pk=piste.pk).update(empreinte_terrains=empreinte_de([ancien.cle]))
    _charger(capsys)
    assert _cles(piste) == ["donnees-strategiques"]


def test_a_corpus_that_names_an_unknown_terrain_is_refused_whole(db, tmp_path):
    from pistes import corpus_lu, rattachements
    from reflexes import corpus_enquete
    from reflexes.lecture import CorpusIllisible

    recueils = corpus_lu.lire_tout()
    recueils[0].pistes[0].terrains.append("nulle-part")
    with pytest.raises(CorpusIllisible, match="nulle-part"):
        rattachements.verifier(recueils, corpus_enquete.lire())


def test_the_page_names_its_terrains_and_says_whose_reading_it_is(client, corpus):
    piste = Piste.objects.get(cle="carnet-050")
    page = client.get(piste.get_absolute_url()).content.decode()
    assert "Lecture de l'équipe éditoriale" in page
    assert "La constitution de réserves citoyennes" in page
    # And back: the terrain names the piste, the map ties them.
    terrain = client.get(
        reverse("reflexes:terrain", args=["reflexes-publics-2020", "reserves-citoyennes"])
    )
    assert piste.get_absolute_url() in terrain.content.decode()
    assert "Lecture de l'équipe éditoriale" in terrain.content.decode()
    assert piste.get_absolute_url() in client.get(reverse("pistes:carte")).content.decode()


def test_a_draft_is_not_named_by_its_terrain(client, corpus):
    piste = PisteFactory(publiee=False, publiee__titre="Piste secrète")
    piste.terrains.add(Terrain.objects.get(cle="reserves-citoyennes"))
    adresse = reverse("reflexes:terrain", args=["reflexes-publics-2020", "reserves-citoyennes"])
    assert "Piste secrète" not in client.get(adresse).content.decode()


def test_a_curateur_chooses_the_terrains(clients, corpus):
    client, piste = clients["curateur"], Piste.objects.get(cle="carnet-044")
    page = client.get(_ecran(piste)).content.decode()
    assert page.count("checked") == 1
    voulu = Terrain.objects.get(cle="budgets-participatifs")
    donnees = {"vue": _vue(client, piste), "terrains": [voulu.pk]}
    reponse = client.post(_ecran(piste), donnees, follow=True)
    assert "Les terrains sont enregistrés" in reponse.content.decode()
    assert _cles(piste) == ["budgets-participatifs"]
    donnees["vue"] = _vue(client, piste)
    reponse = client.post(_ecran(piste), donnees, follow=True)
    assert "Rien n&#x27;a changé" in reponse.content.decode()


def test_a_terrain_no_map_shows_any_more_is_kept(clients, corpus):
    client, piste = clients["curateur"], Piste.objects.get(cle="carnet-044")
    piste.terrains.add(Terrain.objects.get(cle="mediateurs-du-confinement"))
    client.post(_ecran(piste), {"vue": _vue(client, piste), "terrains": []})
    assert _cles(piste) == ["mediateurs-du-confinement"]


def test_two_curateurs_choosing_at_once_lose_nothing(clients, corpus):
    client, piste = clients["curateur"], Piste.objects.get(cle="carnet-044")
    vue = _vue(client, piste)
    autre = Terrain.objects.get(cle="reserves-citoyennes")
    piste.terrains.add(autre)
    voulu = Terrain.objects.get(cle="budgets-participatifs")
    reponse = client.post(_ecran(piste), {"vue": vue, "terrains": [voulu.pk]})
    page = reponse.content.decode()
    assert reponse.status_code == 409
    assert "Une autre personne a changé ces terrains" in page
    assert "choisi par l'autre personne" in page
    assert voulu.pk not in piste.terrains.values_list("pk", flat=True)
    vue = page.partition('name="vue" value="')[2].partition('"')[0]
    client.post(_ecran(piste), {"vue": vue, "terrains": [voulu.pk, autre.pk]})
    assert _cles(piste) == ["budgets-participatifs", "reserves-citoyennes"]


@pytest.mark.parametrize("valeurs", [["x"], ["0"], ["-1"], ["9" * 30], ["\x00"], ["1;2"]])
def test_a_terrain_that_is_none_is_ignored(clients, corpus, valeurs):
    client, piste = clients["curateur"], Piste.objects.get(cle="carnet-044")
    donnees = {"vue": _vue(client, piste), "terrains": valeurs}
    assert client.post(_ecran(piste), donnees).status_code == 302


def test_without_a_cartographie_the_screen_says_what_to_do(curateur):
    page = client_de(curateur).get(_ecran(PisteFactory())).content.decode()
    assert "Aucune cartographie n'est publiée" in page


def test_the_screen_is_for_curateurs_alone(clients, db):
    VersionFactory(publiee=1)
    piste = PisteFactory()
    for role, statut in (("visiteur", 302), ("agent_a", 403), ("administrateur", 403)):
        assert clients[role].get(_ecran(piste)).status_code == statut
        assert clients[role].post(_ecran(piste), {}).status_code == statut
