"""The working copy: edited on screen, by two people at once, published for good or thrown away."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reflexes.copie import ouvrir
from reflexes.models import Controverse, Enquete, Terrain, TerrainFige, VersionCartographie
from tests.conftest import client_de

CLE = "reflexes-publics-2020"


@pytest.fixture
def enquete(enquete_livree):
    return Enquete.objects.get()


@pytest.fixture
def copie(enquete):
    return ouvrir(enquete)[0]


@pytest.fixture
def curation(curatrice):
    return client_de(curatrice)


def page(nom, copie, *args):
    return reverse(f"reflexes:{nom}", args=[copie.pk, *args])


def remplir(client, adresse, **changements):
    """What a browser sends back: the form as it was read, with some fields typed over."""
    form = client.get(adresse).context["form"]
    lus = {nom: form[nom].value() for nom in form.fields}
    envoi = {nom: "" if valeur is None else valeur for nom, valeur in lus.items()}
    return {**envoi, "lu": form.empreinte, **changements}


def le(copie, numero):
    return copie.terrains.get(numero=numero)


def publier(client, copie, **changements):
    adresse = page("publier_version", copie)
    envoi = remplir(client, adresse, **{"note": "Un terrain de plus.", **changements})
    return client.post(adresse, envoi)


def test_a_copy_begins_with_what_the_latest_version_says(curation, enquete):
    reponse = curation.post(reverse("reflexes:ouvrir_copie", args=[CLE]), follow=True)
    copie = enquete.versions.brouillons().get()
    assert reponse.redirect_chain[-1][0] == page("copie", copie)
    carnet = enquete.versions.get(code="CARNET")
    dits = [
        set(v.terrains.values_list("terrain", "numero", "titre", "texte")) for v in (copie, carnet)
    ]
    assert dits[0] == dits[1]
    assert copie.controverses.count() == 6


def test_opening_twice_gives_the_same_copy(curation, enquete):
    adresse = reverse("reflexes:ouvrir_copie", args=[CLE])
    curation.post(adresse)
    assert "déjà ouverte" in curation.post(adresse, follow=True).content.decode()
    assert enquete.versions.brouillons().count() == 1


def test_a_copy_may_begin_empty(curation, enquete):
    curation.post(reverse("reflexes:ouvrir_copie", args=[CLE]), {"vide": "1"})
    assert enquete.versions.brouillons().get().controverses.count() == 0


def test_a_draft_is_for_curateurs_only(client, clients, copie):
    adresses = [
        page("copie", copie),
        page("publier_version", copie),
        page("nouveau_terrain", copie),
    ]
    for role in ("habitant", "agent_a", "administrateur"):
        assert {clients[role].get(a).status_code for a in adresses} == {403}
        assert (
            "Copie de travail"
            not in clients[role].get(reverse("reflexes:enquete", args=[CLE])).content.decode()
        )
    assert "Copie de travail" not in client.get(reverse("reflexes:cartographie")).content.decode()


def test_one_terrain_added_makes_a_v3_that_compares_with_v1(curation, client, copie):
    adresse = page("nouveau_terrain", copie)
    mere = copie.controverses.get(numero=2)
    envoi = remplir(
        curation,
        f"{adresse}?controverse={mere.pk}",
        titre="Les conseils à distance",
        texte="Vu partout.",
    )
    assert envoi["numero"] == "2.3"
    assert curation.post(adresse, envoi).status_code == 302
    assert publier(curation, copie).status_code == 302
    publiee = VersionCartographie.objects.get(code="V3")
    assert (publiee.rang, publiee.note) == (3, "Un terrain de plus.")
    comparaison = client.get(reverse("reflexes:comparaison", args=[CLE, "v1", "v3"])).context[
        "comparaison"
    ]
    assert [t.titre for t in comparaison.ajoutes] == ["Les conseils à distance"]
    assert [t.numero for t in comparaison.disparus] == ["3.1", "3.2"]
    assert client.get(reverse("reflexes:cartographie")).context["version"] == publiee


def test_a_published_copy_is_frozen_and_sends_to_the_version(curation, copie):
    publier(curation, copie)
    copie.refresh_from_db()
    assert curation.get(page("copie", copie))["Location"] == copie.get_absolute_url()
    with pytest.raises(IntegrityError), transaction.atomic():
        copie.terrains.update(titre="Autre")


def test_publishing_needs_a_note(curation, copie):
    reponse = publier(curation, copie, note=" ")
    assert reponse.status_code == 422
    assert "ce qui change et pourquoi" in reponse.content.decode()
    copie.refresh_from_db()
    assert not copie.est_publiee


def test_publishing_says_all_that_is_missing(curation, enquete):
    copie, _ = ouvrir(enquete, vide=True)
    assert "est vide" in publier(curation, copie).content.decode()
    adresse = page("nouvelle_controverse", copie)
    curation.post(adresse, remplir(curation, adresse, theme="eau", pole_a="a", pole_b="b"))
    reponse = publier(curation, copie)
    assert reponse.status_code == 422
    assert "n'a aucun terrain" in reponse.content.decode().replace("&#x27;", "'")


def test_a_copy_changed_while_its_publication_is_read_is_read_again(curation, copie):
    adresse = page("publier_version", copie)
    envoi = remplir(curation, adresse, note="Relue.")
    copie.terrains.filter(numero="1.1").update(titre="Changé entre-temps")
    reponse = curation.post(adresse, envoi)
    assert reponse.status_code == 422
    assert "a changé depuis" in reponse.content.decode()
    assert "Relue." in reponse.content.decode()


def test_publishing_twice_publishes_once(curation, copie):
    adresse = page("publier_version", copie)
    envoi = remplir(curation, adresse, note="Voilà.")
    assert [curation.post(adresse, envoi).status_code for _ in range(2)] == [302, 302]
    assert VersionCartographie.objects.publiees().count() == 3


def test_the_lasting_identities_follow_the_published_version(curation, copie):
    ligne = copie.controverses.get(numero=1)
    adresse = page("copie_controverse", copie, ligne.pk)
    curation.post(adresse, remplir(curation, adresse, theme="démocratie locale"))
    assert Controverse.objects.get(cle="participation-citoyenne").theme == "participation citoyenne"
    publier(curation, copie)
    assert Controverse.objects.get(cle="participation-citoyenne").theme == "démocratie locale"


def test_a_terrain_moves_with_its_identity(curation, copie):
    ligne, ailleurs = le(copie, "3.1"), copie.controverses.get(numero=6)
    adresse = page("copie_terrain", copie, ligne.pk)
    envoi = remplir(curation, adresse, controverse=ailleurs.pk, numero="6.3")
    assert curation.post(adresse, envoi).status_code == 302
    changement = curation.get(page("publier_version", copie)).context["comparaison"]
    assert [(c.avant.numero, c.apres.numero) for c in changement.deplaces] == [("3.1", "6.3")]
    assert changement.renumerotes == changement.ajoutes == changement.disparus == []


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"numero": "1.1"}, "est déjà celui de"),
        ({"numero": "trois"}, "comme 3.1"),
        ({"numero": "1.0"}, "comme 3.1"),
        ({"titre": ""}, "obligatoire"),
        ({"titre": "x" * 201}, "200"),
        ({"texte": "x" * 20_001}, "20000"),
        ({"titre": "un\x00nul"}, "nul"),
        ({"controverse": "999999"}, "choix"),
    ],
)
def test_a_terrain_badly_typed_is_kept_with_its_fault(curation, copie, champs, phrase):
    adresse = page("nouveau_terrain", copie)
    envoi = {
        "controverse": copie.controverses.first().pk,
        "numero": "1.3",
        "titre": "Un titre",
        "texte": "mots",
    }
    reponse = curation.post(adresse, envoi | champs)
    assert reponse.status_code == 422
    assert phrase in reponse.content.decode().replace("\xa0", "").replace("\u202f", "")
    assert copie.terrains.count() == 11


def test_the_same_terrain_sent_twice_is_there_once(curation, copie):
    adresse = page("nouveau_terrain", copie)
    envoi = {
        "controverse": copie.controverses.first().pk,
        "numero": "1.3",
        "titre": "Un titre",
        "texte": "a\r\nb",
    }
    assert [curation.post(adresse, envoi).status_code for _ in range(2)] == [302, 302]
    assert copie.terrains.count() == 12


def test_the_same_controverse_sent_twice_is_there_once(curation, copie):
    adresse = page("nouvelle_controverse", copie)
    envoi = remplir(curation, adresse, theme="eau", pole_a="rareté", pole_b="partage", texte="x")
    assert envoi["numero"] == 7
    assert [curation.post(adresse, envoi).status_code for _ in range(2)] == [302, 302]
    assert copie.controverses.count() == 7
    assert curation.post(adresse, envoi | {"theme": "air"}).status_code == 422


def test_two_people_on_one_controverse_the_second_sees_both_texts_and_loses_nothing(
    curation, copie
):
    adresse = page("copie_controverse", copie, copie.controverses.get(numero=1).pk)
    premiere = remplir(curation, adresse, texte="Écrit par la première.")
    seconde = remplir(curation, adresse, texte="Écrit par la seconde.")
    assert curation.post(adresse, premiere).status_code == 302
    reponse = curation.post(adresse, seconde)
    assert reponse.status_code == 409
    mots = reponse.content.decode()
    assert "Une autre personne" in mots
    assert "Écrit par la première." in mots
    assert reponse.context["form"]["texte"].value() == "Écrit par la seconde."
    assert copie.controverses.get(numero=1).texte == "Écrit par la première."
    envoi = seconde | {"lu": reponse.context["form"].empreinte}
    assert curation.post(adresse, envoi).status_code == 302
    assert copie.controverses.get(numero=1).texte == "Écrit par la seconde."


def test_two_people_who_write_the_same_are_not_disturbed(curation, copie):
    adresse = page("copie_terrain", copie, le(copie, "1.1").pk)
    envoi = remplir(curation, adresse, texte="Les mêmes mots.")
    assert [curation.post(adresse, envoi).status_code for _ in range(2)] == [302, 302]


def test_a_row_removed_meanwhile_gives_the_typed_text_back(curation, copie):
    ligne = le(copie, "1.1")
    adresse = page("copie_terrain", copie, ligne.pk)
    envoi = remplir(curation, adresse, texte="Mes mots à moi.")
    assert curation.post(page("copie_retirer", copie, "terrains", ligne.pk)).status_code == 302
    reponse = curation.post(adresse, envoi)
    assert reponse.status_code == 409
    assert "Mes mots à moi." in reponse.content.decode()
    assert curation.get(adresse).status_code == 404


@pytest.mark.parametrize("geste", ["publier", "abandonner"])
def test_a_copy_gone_meanwhile_gives_the_typed_text_back(curation, copie, geste):
    adresse = page("copie_terrain", copie, le(copie, "1.1").pk)
    envoi = remplir(curation, adresse, texte="Mes mots à moi.")
    if geste == "publier":
        publier(curation, copie)
    else:
        curation.post(page("abandonner_copie", copie))
    reponse = curation.post(adresse, envoi)
    assert reponse.status_code == 409
    assert "Mes mots à moi." in reponse.content.decode()
    assert not TerrainFige.objects.filter(texte="Mes mots à moi.").exists()


def test_removing_asks_once_and_a_second_click_is_harmless(curation, copie):
    adresse = page("copie_retirer", copie, "controverses", copie.controverses.get(numero=6).pk)
    assert "Retirer" in curation.get(adresse).content.decode()
    assert copie.controverses.count() == 6
    assert [curation.post(adresse).status_code for _ in range(2)] == [302, 302]
    assert copie.controverses.count() == 5
    assert Controverse.objects.count() == 6  # other versions hold it


def test_a_terrain_that_was_never_published_leaves_nothing_behind(curation, copie):
    adresse = page("nouveau_terrain", copie)
    mere = copie.controverses.first().pk
    curation.post(adresse, {"controverse": mere, "numero": "1.3", "titre": "De passage"})
    assert Terrain.objects.filter(cle="de-passage").exists()
    curation.post(page("abandonner_copie", copie))
    assert not Terrain.objects.filter(cle="de-passage").exists()
    assert Terrain.objects.count() == 13


def test_a_terrain_of_an_earlier_version_comes_back_with_its_identity(curation, copie):
    assert [t.numero for t in curation.get(page("copie", copie)).context["absents"]] == [
        "3.1",
        "3.2",
    ]
    ancien = Terrain.objects.get(cle="mediateurs-du-confinement")
    adresse = f"{page('nouveau_terrain', copie)}?reprendre={ancien.pk}"
    envoi = remplir(
        curation, adresse, controverse=copie.controverses.get(numero=3).pk, numero="3.2"
    )
    assert curation.post(page("nouveau_terrain", copie), envoi).status_code == 302
    assert le(copie, "3.2").terrain == ancien


def test_abandoning_asks_once_and_leaves_the_published_versions(curation, copie):
    adresse = page("abandonner_copie", copie)
    assert "sera perdu" in curation.get(adresse).content.decode()
    assert [curation.post(adresse).status_code for _ in range(2)] == [302, 302]
    assert VersionCartographie.objects.count() == 2


def test_a_published_version_is_never_abandoned(curation, enquete):
    v1 = enquete.versions.get(code="V1")
    assert curation.get(page("abandonner_copie", v1)).status_code == 404
    curation.post(page("abandonner_copie", v1))
    assert enquete.versions.filter(code="V1").exists()


def test_two_terrains_of_the_same_title_have_their_own_address(curation, copie):
    adresse = page("nouveau_terrain", copie)
    for numero, mere in (("1.3", 1), ("2.3", 2)):
        envoi = {
            "controverse": copie.controverses.get(numero=mere).pk,
            "numero": numero,
            "titre": "Le guichet",
        }
        curation.post(adresse, envoi)
    assert set(
        copie.terrains.filter(titre="Le guichet").values_list("terrain__cle", flat=True)
    ) == {
        "le-guichet",
        "le-guichet-2",
    }
