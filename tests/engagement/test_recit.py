"""The récit of a dispositif: figures that betray nobody, words people agreed to see quoted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from config.jours import jour_de
from engagement.carte import contours, dessiner
from engagement.chiffres import Cellule, chiffres, proteger
from engagement.models import Bilan, DemiJournee, Ligne
from engagement.semaine import MATIN
from tests.conftest import client_de
from tests.fabriques import TerritoireFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    un_mediateur,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispositif():
    return DispositifFactory(nom="Réserve de crise")


@pytest.fixture
def mediateur(dispositif):
    return un_mediateur(dispositif)


def des_missions(dispositif, combien, lieu, par_personne=1):
    """So many people, each with so many half-days done in this place."""
    jours = [(jour_de() - dt.timedelta(days=7 * n + 1), MATIN) for n in range(par_personne)]
    besoin = BesoinFactory(dispositif=dispositif, territoire=lieu, places=combien, creneaux=jours)
    mises = [MiseEnRelationFactory(besoin=besoin) for _ in range(combien)]
    for numero, mise in enumerate(mises, 1):
        type(mise).objects.filter(pk=mise.pk).update(etat="close")
        for creneau in besoin.creneaux.all():
            DemiJournee.objects.create(
                mise_en_relation=mise, creneau=creneau, personne=mise.personne, numero=numero,
                cle=0, jour=creneau.jour, moment=0, etat="faite",
            )  # fmt: skip
    return mises


def un_mot(mise, texte="On se connaît mieux.", **champs):
    return Bilan.objects.create(
        mise_en_relation=mise, cote="personne", content="oui", mot_public=texte, consent=True,
        fonction="agente de voirie", **champs,
    )  # fmt: skip


def adresse(nom, dispositif):
    return reverse(f"engagement:{nom}", args=[dispositif.pk])


def publier(user, dispositif, **champs):
    donnees = {"recit": "Trois mois ensemble.", "bilan": "", "suite": "publier", **champs}
    return client_de(user).post(adresse("ecrire_recit", dispositif), donnees)


def test_the_figures_agree_with_what_was_done(dispositif):
    isere = TerritoireFactory(niveau="departement", code="38", nom="Isère")
    grenoble = TerritoireFactory(nom="Grenoble", departement=isere)
    mises = des_missions(dispositif, 6, grenoble, par_personne=2)
    DemiJournee.objects.filter(
        mise_en_relation=mises[0], jour=jour_de() - dt.timedelta(days=1)
    ).update(etat="manquee")
    des_missions(DispositifFactory(), 5, grenoble)
    faits = chiffres(dispositif, lieux=True)
    assert (faits.demi_journees, faits.personnes, faits.organisations) == (11, 6, 1)
    assert faits.departements == [Cellule("Isère", "38", 11, 6)]
    assert faits.communes == [Cellule("Grenoble", grenoble.code, 11, 6)]
    assert faits.montres()[:2] == [("11", "demi-journées données"), ("6", "personnes engagées")]


def test_few_people_are_never_counted(dispositif, mediateur, client):
    des_missions(dispositif, 3, TerritoireFactory(nom="Petit-Lieu"), par_personne=4)
    publier(mediateur, dispositif)
    page = client.get(adresse("recit", dispositif)).text
    assert "moins de 5" in page
    assert ">12<" not in page
    assert "Petit-Lieu" not in page


def test_a_small_place_is_gathered_and_no_subtraction_gives_it_back():
    grand, moyen, petit = (
        Cellule("A", "01", 90, 40), Cellule("B", "02", 20, 9), Cellule("C", "03", 7, 2),
    )  # fmt: skip
    assert proteger([grand, moyen]) == [grand, moyen]
    protegees = proteger([grand, moyen, petit])
    assert [c.nom for c in protegees] == ["A", "Autres territoires"]
    assert (protegees[1].personnes, protegees[1].lieux) == (11, 2)
    assert [c.nom for c in proteger([petit])] == ["Tous les territoires"]
    assert proteger([petit])[0].peu


def test_the_map_and_the_table_say_the_same(dispositif, mediateur, client):
    isere = TerritoireFactory(niveau="departement", code="38", nom="Isère")
    reunion = TerritoireFactory(niveau="departement", code="974", nom="La Réunion")
    des_missions(dispositif, 6, TerritoireFactory(nom="Grenoble", departement=isere))
    des_missions(dispositif, 5, TerritoireFactory(nom="Saint-Denis", departement=reunion))
    publier(mediateur, dispositif)
    reponse = client.get(adresse("recit", dispositif))
    assert "<title>Isère : 6 demi-journées</title>" in reponse.text
    assert "CC BY 4.0" in reponse.text
    assert [f.nom for f in reponse.context["formes"]] == ["", "Isère"]
    assert "La Réunion" in reponse.text
    assert len(contours()) == 96
    assert dessiner([]) == []


def test_nobody_else_reads_it_before_it_is_published(
    dispositif, mediateur, client, administrateur, referent_a
):
    for lecteur in (client, client_de(administrateur), client_de(referent_a)):
        assert lecteur.get(adresse("recit", dispositif)).status_code == 404
    assert client_de(mediateur).get(adresse("recit", dispositif)).status_code == 200
    publier(mediateur, dispositif)
    assert "Trois mois ensemble." in client.get(adresse("recit", dispositif)).text
    publier(mediateur, dispositif, suite="retirer")
    assert client.get(adresse("recit", dispositif)).status_code == 404
    assert list(
        Ligne.objects.filter(sujet=f"dispositif:{dispositif.pk}").values_list("action", flat=True)
    ) == ["ecrire_recit", "publier_recit", "ecrire_recit", "retirer_recit"]


def test_only_its_cellule_writes_it(dispositif, administrateur, referent_a, agent_a, curateur):
    for etranger in (administrateur, referent_a, agent_a, curateur):
        assert publier(etranger, dispositif).status_code == 403


def test_words_are_quoted_when_agreed_to_and_chosen(dispositif, mediateur, client):
    mises = des_missions(dispositif, 3, TerritoireFactory())
    dit, tu = un_mot(mises[0]), un_mot(mises[1], "Merci l'équipe.")
    refuse = un_mot(mises[2], "Rien à citer.")
    Bilan.objects.filter(pk=refuse.pk).update(consent=False)
    publier(mediateur, dispositif)
    page = client_de(mediateur).get(adresse("ecrire_recit", dispositif)).text
    assert "On se connaît mieux." in page
    assert "Rien à citer." not in page
    choisir = adresse("choisir_mot", dispositif)
    client_de(mediateur).post(choisir, {"mot": dit.pk, "montrer": "oui"})
    lu = client.get(adresse("recit", dispositif)).text
    assert "On se connaît mieux." in lu
    assert "Merci l" not in lu
    assert tu.choisi_le is None
    client_de(mediateur).post(choisir, {"mot": dit.pk, "montrer": "non"})
    assert "On se connaît mieux." not in client.get(adresse("recit", dispositif)).text


def test_a_consent_taken_back_disappears_at_once(dispositif, mediateur, client):
    mise = des_missions(dispositif, 1, TerritoireFactory())[0]
    mot = un_mot(mise, choisi_le=timezone.now())
    publier(mediateur, dispositif)
    assert "On se connaît mieux." in client.get(adresse("recit", dispositif)).text
    Bilan.objects.update(consent=False, choisi_le=None)
    assert "On se connaît mieux." not in client.get(adresse("recit", dispositif)).text
    reponse = client_de(mediateur).post(
        adresse("choisir_mot", dispositif), {"mot": mot.pk, "montrer": "oui"}, follow=True
    )
    assert "a retiré son accord" in reponse.text


def test_who_is_erased_is_quoted_no_more(dispositif, mediateur, client):
    mise = des_missions(dispositif, 1, TerritoireFactory())[0]
    un_mot(mise, choisi_le=timezone.now())
    publier(mediateur, dispositif)
    type(mise.personne).objects.filter(pk=mise.personne_id).update(
        effacee_le=timezone.now(), email="", telephone="", manager_email="", manager_nom=""
    )
    assert "On se connaît mieux." not in client.get(adresse("recit", dispositif)).text


@pytest.mark.parametrize("mot", ["", "0", "-1", "x", "9" * 30, "\x00"])
def test_a_word_that_is_not_there_is_refused(dispositif, mediateur, mot):
    ailleurs = un_mot(des_missions(DispositifFactory(), 1, TerritoireFactory())[0])
    for saisi in (mot, ailleurs.pk):
        reponse = client_de(mediateur).post(
            adresse("choisir_mot", dispositif), {"mot": saisi, "montrer": "oui"}
        )
        assert reponse.status_code == 302
    ailleurs.refresh_from_db()
    assert ailleurs.choisi_le is None


def test_the_page_costs_the_same_whatever_was_given(
    dispositif, mediateur, client, django_assert_max_num_queries
):
    for n in range(6):
        des_missions(dispositif, 2, TerritoireFactory(nom=f"Commune-{n}"))
    publier(mediateur, dispositif)
    with django_assert_max_num_queries(9):
        client.get(adresse("recit", dispositif))
