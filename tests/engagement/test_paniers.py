"""Who follows a line of the desk: taken, handed over with a word, given back, help asked for."""

import threading

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from engagement.models import Besoin, Ligne
from engagement.refus import ActionRefusee
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.engagement.bacs_remplis import LIGNES, MAINTENANT, un_besoin, une_mise
from tests.fabriques_engagement import DispositifFactory, un_mediateur

pytestmark = pytest.mark.django_db
QUOI = pytest.mark.parametrize("quoi", ["besoin", "mise"])


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


@pytest.fixture
def collegue(dispositif):
    return un_mediateur(dispositif, nom="Dominique")


def une(quoi, dispositif, **champs):
    faire = un_besoin if quoi == "besoin" else une_mise
    return faire(dispositif, **champs)


def poster(user, quoi, ligne, geste="prendre", **donnees):
    adresse = reverse("engagement:panier", args=[quoi, ligne.pk])
    reponse = client_de(user).post(adresse, {"geste": geste, **donnees}, follow=True)
    ligne.refresh_from_db()
    return reponse


def textes(ligne):
    lignes = Ligne.objects.filter(sujet=ligne.sujet_du_guichet).order_by("pk")
    return list(lignes.values_list("libelle", "par__nom"))


def courriers(genre):
    """The mails of a kind that would leave now."""
    messages = Message.objects.filter(genre=genre, etat="prevu").order_by("pk")
    return [(m.destinataire, c) for m in messages if (c := redacteur_de(genre)(m))]


@QUOI
def test_a_line_is_taken_once(quoi, dispositif, moi):
    ligne = une(quoi, dispositif)
    adresse = reverse("engagement:prendre", args=[quoi, ligne.pk])
    bureau = reverse("engagement:guichet", args=[dispositif.pk])
    for _ in range(2):
        assert client_de(moi).post(adresse, {"vu": "", "suite": bureau}).url == bureau
    ligne.refresh_from_db()
    assert ligne.mediateur == moi
    assert textes(ligne) == [("Pris par Camille", "Camille")]


@QUOI
def test_who_comes_second_is_told_and_changes_nothing(quoi, dispositif, moi, collegue):
    ligne = une(quoi, dispositif)
    ligne.prendre(par=collegue)
    page = poster(moi, quoi, ligne, vu="")
    assert page.status_code == 409
    assert "maintenant suivi par Dominique" in page.content.decode()
    assert ligne.mediateur == collegue
    poster(moi, quoi, ligne, vu=str(collegue.pk))  # seen as theirs, and taken on purpose
    assert ligne.mediateur == moi


@QUOI
def test_a_line_is_handed_over_with_a_word(quoi, dispositif, moi, collegue):
    ligne = une(quoi, dispositif, mediateur=moi)
    donnees = {"a": collegue.pk, "mot": "Je pars en congé.", "vu": str(moi.pk)}
    page = poster(moi, quoi, ligne, "confier", **donnees).content.decode()
    assert "Confié à Dominique" in page
    assert ligne.mediateur == collegue
    assert textes(ligne) == [("Confié à Dominique : Je pars en congé.", "Camille")]
    ((qui, courriel),) = courriers("guichet_confie")
    assert qui == collegue.email
    assert "Je pars en congé." in courriel.texte
    assert "Je pars en congé." in courriel.html
    ligne.prendre(par=moi, vu=collegue.pk)
    assert courriers("guichet_confie") == []  # no longer theirs


def test_a_word_or_a_person_that_cannot_be_is_refused_and_kept(dispositif, moi, collegue):
    ligne = un_besoin(dispositif, mediateur=moi)
    dehors = un_mediateur(DispositifFactory())
    parti = un_mediateur(dispositif)
    dispositif.mediations.filter(utilisateur=parti).update(jusqu_au=MAINTENANT)
    for a in ("", "x", "\x00", "9" * 30, dehors.pk, parti.pk, moi.pk):
        page = poster(moi, "besoin", ligne, "confier", a=a, mot="À garder")
        assert page.status_code == 422, a
        assert "À garder" in page.content.decode()
    assert poster(moi, "besoin", ligne, "confier", a=collegue.pk, mot="a" * 141).status_code == 422
    assert poster(moi, "besoin", ligne, "autre").status_code == 409
    assert ligne.mediateur == moi
    assert textes(ligne) == []


@QUOI
def test_help_is_asked_of_everybody_until_somebody_takes_it(quoi, dispositif, moi, collegue):
    ligne = une(quoi, dispositif, mediateur=moi)
    for _ in range(2):
        poster(moi, quoi, ligne, "aide", mot="Je ne sais pas vers qui aller.")
    assert ligne.aide_demandee_le == MAINTENANT
    ((qui, courriel),) = courriers("guichet_aide")
    assert qui == collegue.email
    assert "vers qui aller" in courriel.texte
    bureau = reverse("engagement:guichet", args=[dispositif.pk])
    page = client_de(collegue).get(bureau, {"panier": "moi"}).content.decode()
    assert "aide demandée depuis aujourd" in page
    assert poster(moi, quoi, ligne).status_code == 409  # one does not help oneself
    poster(collegue, quoi, ligne)
    assert (ligne.mediateur, ligne.aide_demandee_le) == (collegue, None)
    assert courriers("guichet_aide") == []
    assert len(textes(ligne)) == 2


def test_no_help_is_asked_for_what_is_over(dispositif, moi, collegue):
    ligne = un_besoin(dispositif)
    poster(moi, "besoin", ligne, "aide")
    ligne.clore(par=moi, motif="Trouvé ailleurs")
    assert courriers("guichet_aide") == []


def test_help_is_no_longer_needed(dispositif, moi, collegue):
    ligne = un_besoin(dispositif)
    poster(moi, "besoin", ligne, "aide")
    assert ligne.mediateur == moi  # whoever asks follows it
    for _ in range(2):
        poster(moi, "besoin", ligne, "fin_aide")
    assert ligne.aide_demandee_le is None
    assert courriers("guichet_aide") == []
    assert [libelle for libelle, _ in textes(ligne)] == ["Aide demandée", "Aide plus nécessaire"]


@QUOI
def test_a_line_goes_back_to_nobody(quoi, dispositif, moi):
    ligne = une(quoi, dispositif, mediateur=moi)
    for _ in range(2):
        poster(moi, quoi, ligne, "rendre")
    assert ligne.mediateur is None
    assert len(textes(ligne)) == 1


def test_what_is_over_is_followed_by_nobody_new(dispositif, moi):
    page = poster(moi, "besoin", un_besoin(dispositif, etat="clos"))
    assert "terminé" in page.content.decode()
    assert page.status_code == 409


@pytest.mark.parametrize("qui", ["habitant", "curateur", "administrateur"])
@QUOI
def test_baskets_are_not_there_for_strangers(quoi, qui, request, dispositif):
    client, ligne = client_de(request.getfixturevalue(qui)), une(quoi, dispositif)
    for nom in ("panier", "prendre"):
        adresse = reverse(f"engagement:{nom}", args=[quoi, ligne.pk])
        assert client.post(adresse, {"geste": "prendre"}).status_code == 404
    assert client.get(reverse("engagement:panier", args=[quoi, ligne.pk])).status_code == 404
    assert client.get(f"/engagement/paniers/autre/{ligne.pk}/").status_code == 404


def test_one_is_never_sent_elsewhere(dispositif, moi):
    ligne = un_besoin(dispositif)
    for ailleurs in ("https://ailleurs.example", "//ailleurs.example", "javascript:x", "\x00"):
        reponse = client_de(moi).post(
            reverse("engagement:prendre", args=["besoin", ligne.pk]), {"suite": ailleurs}
        )
        assert reponse.url == reverse("engagement:guichet", args=[dispositif.pk])


def test_whoever_leaves_gives_their_basket_back_visibly(dispositif, moi, collegue):
    besoin = LIGNES["qualifier"](dispositif, mediateur=collegue)
    mise = LIGNES["relancer"](dispositif, mediateur=collegue)
    clos = un_besoin(dispositif, etat="clos", mediateur=collegue)
    mediation = dispositif.mediations.get(utilisateur=collegue)
    adresse = reverse("engagement:quitter_la_cellule", args=[dispositif.pk, mediation.pk])
    client_de(moi).post(adresse)
    for ligne in (besoin, mise, clos):
        ligne.refresh_from_db()
    assert (besoin.mediateur, mise.mediateur, clos.mediateur) == (None, None, collegue)
    assert "Dominique n'est plus dans la cellule" in textes(besoin)[0][0]
    ((qui, courriel),) = courriers("guichet_depart")
    assert qui == moi.email
    assert "2 lignes" in courriel.texte


@pytest.mark.django_db(transaction=True)
def test_five_who_take_a_line_at_the_same_instant_are_one_and_four_refusals(dispositif):
    cellule = [un_mediateur(dispositif) for _ in range(5)]
    ligne = un_besoin(dispositif)
    depart, refus = threading.Barrier(len(cellule)), []

    def prendre(user):
        try:
            depart.wait()
            Besoin.objects.get(pk=ligne.pk).prendre(par=user, vu=None)
        except ActionRefusee:
            refus.append(user)
        finally:
            connection.close()

    fils = [threading.Thread(target=prendre, args=[user]) for user in cellule]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    ligne.refresh_from_db()
    assert {ligne.mediateur, *refus} == set(cellule)
    assert len(textes(ligne)) == 1
