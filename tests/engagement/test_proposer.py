"""Proposing: always by hand, never beyond what a person may be asked."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from engagement.limites import Limite
from engagement.models import Besoin, Ligne, MiseEnRelation, Personne
from engagement.refus import ActionRefusee
from rappels.models import Message
from tests.conftest import client_de
from tests.engagement.test_suggestions_raisons import un_besoin, une_offre
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import BesoinFactory, DispositifFactory, un_mediateur

pytestmark = pytest.mark.django_db


@pytest.fixture
def besoin() -> Besoin:
    return un_besoin(titre="Cuisiner pour cent personnes")


def adresse(besoin, offre) -> str:
    return reverse("engagement:proposer", args=[besoin.pk, offre.pk])


def test_a_click_proposes_writes_plans_and_leaves_a_line(besoin):
    offre, mediateur = une_offre(besoin), un_mediateur(besoin.dispositif, nom="Une médiatrice")
    client = client_de(mediateur)
    page = client.get(adresse(besoin, offre))
    assert "Envoyer la proposition" in page.content.decode()
    assert not MiseEnRelation.objects.exists()  # a page changes nothing
    reponse = client.post(
        adresse(besoin, offre), {"mot": "Bonjour, un mot de ma part.", "pourquoi": ""}
    )
    mise = MiseEnRelation.objects.get()
    assert reponse.url == mise.get_absolute_url()
    assert (mise.etat, mise.attend, mise.mediateur) == ("proposee", "personne", mediateur)
    assert mise.raisons == [
        "même commune",
        "mardi matin en commun",
        "mots en commun : cuisiner, accueillir",
    ]
    assert mise.personne.derniere_sollicitation_le == mise.proposee_le
    assert mise.echanges.get().texte == "Bonjour, un mot de ma part."
    ligne = Ligne.objects.get(sujet=f"mise_en_relation:{mise.pk}")
    assert (ligne.action, ligne.vers, ligne.par) == ("proposer", "proposee", mediateur)
    message = Message.objects.get(genre="proposition")
    assert message.destinataire == offre.personne.email


def test_the_mail_has_the_first_words_and_no_coordinates_of_the_host(besoin):
    from rappels.registre import redacteur_de

    offre, mediateur = une_offre(besoin), un_mediateur(besoin.dispositif)
    MiseEnRelation.proposer(besoin=besoin, offre=offre, par=mediateur, mot="Un mot de ma part.")
    courriel = redacteur_de("proposition")(Message.objects.get(genre="proposition"))
    assert "Un mot de ma part." in courriel.texte
    assert "mots en commun : cuisiner" in courriel.texte
    for tu in (besoin.accueil_email, besoin.demandeur.email, besoin.demandeur.telephone):
        assert tu not in courriel.texte
        assert tu not in courriel.html


def test_a_second_click_proposes_nothing_twice(besoin):
    offre = une_offre(besoin)
    client = client_de(un_mediateur(besoin.dispositif))
    client.post(adresse(besoin, offre), {"mot": "Bonjour."})
    reponse = client.post(adresse(besoin, offre), {"mot": "Bonjour, encore."})
    assert reponse.status_code == 409
    assert "lui est déjà proposé" in reponse.content.decode()
    assert (
        MiseEnRelation.objects.count() == Message.objects.filter(genre="proposition").count() == 1
    )


def test_every_obstacle_is_said_at_once(besoin):
    Besoin.objects.filter(pk=besoin.pk).update(demande=[Limite.DEHORS], etat="clos")
    offre = une_offre(besoin, refuse=[Limite.DEHORS], personne__en_pause_depuis=besoin.cree_le)
    with pytest.raises(ActionRefusee) as refus:
        MiseEnRelation.proposer(besoin=besoin, offre=offre, par=un_mediateur(besoin.dispositif))
    assert refus.value.obstacles == [
        "Ce besoin n'est pas ouvert : on n'y propose personne.",
        "Cette offre ne peut pas être proposée : est en pause ; a dit : pas de travail dehors.",
    ]


def test_a_closed_dispositif_proposes_nobody(besoin):
    offre, mediateur = une_offre(besoin), un_mediateur(besoin.dispositif)
    type(besoin.dispositif).objects.update(etat="clos")
    with pytest.raises(ActionRefusee, match="n'est pas ouvert"):
        MiseEnRelation.proposer(besoin=besoin, offre=offre, par=mediateur)


def test_a_stranger_proposes_nothing_whatever_their_role(besoin):
    offre = une_offre(besoin)
    for role in ("", "curateur", "administrateur"):
        etranger = UtilisateurFactory(role=role) if role else UtilisateurFactory()
        with pytest.raises(PermissionDenied):
            MiseEnRelation.proposer(besoin=besoin, offre=offre, par=etranger)
        assert client_de(etranger).post(adresse(besoin, offre)).status_code == 404
    assert not MiseEnRelation.objects.exists()


def test_an_offer_of_another_dispositif_is_not_found(besoin):
    ailleurs = un_besoin()
    mediateur = un_mediateur(besoin.dispositif)
    ailleurs.dispositif.mediations.create(utilisateur=mediateur)
    offre = une_offre(ailleurs)
    assert client_de(mediateur).get(adresse(besoin, offre)).status_code == 404
    with pytest.raises(ActionRefusee):
        MiseEnRelation.proposer(besoin=besoin, offre=offre, par=mediateur)


def test_somebody_outside_the_first_twenty_is_chosen_by_saying_why(besoin):
    mediateur = un_mediateur(besoin.dispositif)
    for _ in range(20):
        une_offre(besoin)
    vingt_et_unieme = une_offre(besoin, envies="")
    client = client_de(mediateur)
    assert (
        "Pourquoi cette personne" in client.get(adresse(besoin, vingt_et_unieme)).content.decode()
    )
    reponse = client.post(adresse(besoin, vingt_et_unieme), {"mot": "Bonjour."})
    assert reponse.status_code == 422
    with pytest.raises(ActionRefusee, match="dites pourquoi"):
        MiseEnRelation.proposer(besoin=besoin, offre=vingt_et_unieme, par=mediateur)
    client.post(adresse(besoin, vingt_et_unieme), {"pourquoi": "Elle connaît la maison."})
    assert MiseEnRelation.objects.get().pourquoi == "Elle connaît la maison."


def test_somebody_without_an_address_is_called_by_the_cellule(besoin):
    offre = une_offre(besoin, personne__email="", personne__consentement="telephone")
    client = client_de(un_mediateur(besoin.dispositif))
    assert "Appelez-la" in client.get(adresse(besoin, offre)).content.decode()
    client.post(adresse(besoin, offre), {"mot": ""})
    assert MiseEnRelation.objects.get().attend == "cellule"
    assert not Message.objects.filter(genre="proposition").exists()


@pytest.mark.parametrize("mot", ["\x00", "x" * 2001, "<script>alert(1)</script>"])
def test_hostile_first_words_are_refused_or_escaped(besoin, mot: str):
    offre = une_offre(besoin)
    client = client_de(un_mediateur(besoin.dispositif))
    reponse = client.post(adresse(besoin, offre), {"mot": mot})
    assert reponse.status_code in {302, 422}
    assert "<script>alert" not in reponse.content.decode()


def test_searching_shows_everybody_and_what_excludes_them(besoin):
    Besoin.objects.filter(pk=besoin.pk).update(demande=[Limite.PORT_DE_CHARGE])
    une_offre(besoin, personne__nom="Awa Diallo")
    une_offre(besoin, personne__nom="Élise Martin", refuse=[Limite.PORT_DE_CHARGE])
    client = client_de(un_mediateur(besoin.dispositif))
    chercher = reverse("engagement:chercher_offre", args=[besoin.pk])
    page = client.get(chercher, {"q": "elise"}).content.decode()
    assert "Élise Martin" in page
    assert "a dit : pas de port de charge" in page
    assert "Awa Diallo" not in page
    assert "Awa Diallo" in client.get(chercher, {"q": "cuisiner"}).content.decode()
    assert "Awa Diallo" in client.get(chercher).content.decode()
    rien = client.get(chercher, {"q": "xylophone"}).content.decode()
    assert "Aucune offre ne répond" in rien


@pytest.mark.parametrize(
    "filtre",
    [
        {"q": "\x00"},
        {"quand": "9-9"},
        {"commune": "Nulle-part-sur-rien"},
        {"apres": "x"},
        {"q": "'%_"},
    ],
)
def test_a_search_that_means_nothing_breaks_nothing(besoin, filtre: dict[str, str]):
    une_offre(besoin)
    client = client_de(un_mediateur(besoin.dispositif))
    chercher = reverse("engagement:chercher_offre", args=[besoin.pk])
    assert client.get(chercher, filtre).status_code == 200


@pytest.mark.parametrize("page", ["suggestions_besoin", "chercher_offre", "suggestions_offre"])
def test_pages_cost_the_same_with_one_offer_and_with_many(page: str):
    comptes = []
    for nombre in (1, 6, 30):
        besoin = un_besoin()
        offres = [une_offre(besoin) for _ in range(nombre)]
        for _ in range(nombre - 1):
            BesoinFactory(dispositif=besoin.dispositif, territoire=besoin.territoire)
        client = client_de(un_mediateur(besoin.dispositif))
        objet = offres[0] if page == "suggestions_offre" else besoin
        chemin = reverse(f"engagement:{page}", args=[objet.pk])
        client.get(chemin)
        with CaptureQueriesContext(connection) as requetes:
            reponse = client.get(chemin)
        assert reponse.status_code == 200
        assert "@example.org" not in reponse.content.decode().split("<main")[1].split("</main")[0]
        comptes.append(len([r for r in requetes if "SAVEPOINT" not in r["sql"]]))
    assert comptes[0] == comptes[1] == comptes[2] <= 10


@pytest.mark.django_db(transaction=True)
def test_two_mediateurs_at_the_same_instant_never_exceed_what_a_person_may_be_asked():
    dispositif = DispositifFactory(sollicitations=1)
    premier = un_besoin(dispositif=dispositif)
    besoins = [
        premier,
        *(un_besoin(dispositif=dispositif, territoire=premier.territoire) for _ in range(3)),
    ]
    offre, mediateurs = une_offre(premier), [un_mediateur(dispositif) for _ in besoins]
    depart, refus = threading.Barrier(len(besoins)), []

    def proposer(besoin, par) -> None:
        try:
            depart.wait(timeout=20)
            MiseEnRelation.proposer(besoin=besoin, offre=offre, par=par)
        except ActionRefusee as refuse:
            refus.append(str(refuse))
        finally:
            connection.close()

    fils = [
        threading.Thread(target=proposer, args=paire)
        for paire in zip(besoins, mediateurs, strict=True)
    ]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join(timeout=60)
    assert MiseEnRelation.objects.count() == 1
    assert len(refus) == 3
    assert all("1 proposition en cours" in dit for dit in refus)
    assert Message.objects.filter(genre="proposition").count() == 1
    assert Personne.objects.get(pk=offre.personne_id).derniere_sollicitation_le is not None
