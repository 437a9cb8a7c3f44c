"""The groupe miroir: invited readers, and what people of a programme say."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from rappels.models import Message
from rappels.tasks import envoyer
from tests.conftest import client_de
from tests.fabriques import ProgrammeFactory, UtilisateurFactory, un_membre, un_test_demarre
from tests_programme.models import Commentaire, LecteurMiroir
from tests_programme.tasks import effacer_les_lecteurs

pytestmark = pytest.mark.django_db
ADRESSE = "lectrice@example.org"


@pytest.fixture
def programme(organisation_a):
    programme = ProgrammeFactory(titre="Prendre soin")
    programme.organisations.add(organisation_a)
    return programme


@pytest.fixture
def animatrice(programme):
    personne = UtilisateurFactory(email="animatrice@example.org", fonction="designer")
    programme.animateurs.add(personne)
    return personne


@pytest.fixture
def lectrice(db):
    return UtilisateurFactory(email=ADRESSE, nom="Un Nom")


def inviter(programme, animatrice):
    client_de(animatrice).post(
        f"{programme.get_absolute_url()}groupe-miroir/inviter/",
        {"email": ADRESSE.upper(), "fonction": "directrice d'un centre social"},
    )
    return LecteurMiroir.objects.get(retire_le=None)


def lien(lecteur):
    return f"/miroir/{lecteur.jeton}/"


def dire(user, programme, texte="Une idée.", test=None):
    donnees = {"texte": texte, **({"test": test.pk} if test else {})}
    return client_de(user).post(f"{programme.get_absolute_url()}commenter/", donnees)


def a_prevenir():
    """Who a comment tells, by mails that have not left."""
    messages = Message.objects.filter(genre="commentaire").exclude(etat="annule")
    return sorted(messages.values_list("destinataire", flat=True))


def test_an_invited_reader_accepts_reads_and_signs_by_function(programme, animatrice, lectrice):
    lecteur = inviter(programme, animatrice)
    envoyer()
    assert lien(lecteur) in mail.outbox[0].body
    client = client_de(lectrice)
    miroir = f"{programme.get_absolute_url()}groupe-miroir/"
    assert client.get(miroir).status_code == 403
    assert "Accepter" in client.get(lien(lecteur)).content.decode()
    for _ in range(2):
        assert client.post(lien(lecteur))["Location"] == miroir
    assert dire(lectrice, programme).status_code == 302
    commentaire = Commentaire.objects.get()
    assert commentaire.signature == "directrice d'un centre social, groupe miroir"
    html = client_de(animatrice).get(miroir).content.decode()
    assert "Une idée." in html
    assert "Un Nom" not in html
    assert a_prevenir() == ["animatrice@example.org"]


def test_an_invitation_is_for_its_address_and_while_it_lasts(
    programme, animatrice, lectrice, agent_b
):
    lecteur = inviter(programme, animatrice)
    assert client_de(agent_b).post(lien(lecteur)).status_code == 403
    LecteurMiroir.objects.update(invite_le=timezone.now() - dt.timedelta(days=15))
    assert client_de(lectrice).get(lien(lecteur)).status_code == 410
    racine = f"{programme.get_absolute_url()}groupe-miroir/{lecteur.pk}"
    client_de(animatrice).post(f"{racine}/renvoyer/")
    assert client_de(lectrice).get(lien(lecteur)).status_code == 200
    assert client_de(lectrice).get("/miroir/abime/").status_code == 404


def test_the_same_address_is_invited_once(programme, animatrice):
    inviter(programme, animatrice)
    reponse = client_de(animatrice).post(
        f"{programme.get_absolute_url()}groupe-miroir/inviter/", {"email": ADRESSE}
    )
    assert reponse.status_code == 422
    assert "déjà invitée" in reponse.content.decode()
    assert LecteurMiroir.objects.count() == 1


def test_a_reader_withdrawn_reads_no_more_and_their_words_stay(programme, animatrice, lectrice):
    lecteur = inviter(programme, animatrice)
    lecteur.accepter(par=lectrice)
    dire(lectrice, programme)
    for _ in range(2):
        client_de(animatrice).post(
            f"{programme.get_absolute_url()}groupe-miroir/{lecteur.pk}/retirer/"
        )
    assert dire(lectrice, programme, "Encore").status_code == 403
    assert client_de(lectrice).get(lien(lecteur)).status_code == 410
    assert Commentaire.objects.count() == 1
    envoyer()
    assert not [m for m in mail.outbox if ADRESSE in m.to]


def test_a_comment_on_a_test_tells_those_who_bear_it(programme, animatrice, organisation_a):
    membre = un_membre(organisation_a)
    membre.fonction = "responsable de l'accueil"
    membre.save()
    test = un_test_demarre(organisation=organisation_a, programme=programme)
    reponse = dire(animatrice, programme, "Et le soir ?", test)
    assert reponse["Location"] == f"/tests/{test.pk}/commentaires/"
    assert "porteuse@example.org" in a_prevenir()
    assert "animatrice@example.org" not in a_prevenir()
    page = client_de(membre).get(reponse["Location"]).content.decode()
    assert "Et le soir ?" in page
    assert "Designer, animation du programme" in page
    dire(membre, programme, "Le soir aussi.", test)
    assert Commentaire.objects.first().signature == f"responsable de l'accueil, {organisation_a}"
    envoyer()
    assert any("Et le soir ?" in m.body for m in mail.outbox)


def test_a_private_test_is_not_commented_by_who_does_not_see_it(
    programme, animatrice, lectrice, organisation_a
):
    inviter(programme, animatrice).accepter(par=lectrice)
    prive = un_test_demarre(organisation=organisation_a, programme=programme, visibilite="prive")
    assert dire(lectrice, programme, test=prive).status_code == 404
    dire(animatrice, programme, "Entre nous", prive)
    page = client_de(lectrice).get(f"{programme.get_absolute_url()}groupe-miroir/")
    assert "Entre nous" not in page.content.decode()


def test_a_test_of_another_programme_is_not_commented_here(programme, animatrice, organisation_a):
    ailleurs = un_test_demarre(organisation=organisation_a, programme=ProgrammeFactory())
    assert dire(animatrice, programme, test=ailleurs).status_code == 404


def test_said_twice_in_a_row_it_is_said_once(programme, animatrice):
    for _ in range(2):
        assert dire(animatrice, programme).status_code == 302
    assert Commentaire.objects.count() == 1


def test_a_flood_of_comments_is_stopped_in_words(programme, animatrice):
    for rang in range(20):
        dire(animatrice, programme, f"Idée {rang}")
    reponse = dire(animatrice, programme, "Une de trop")
    assert reponse.status_code == 422
    html = reponse.content.decode()
    assert "en une heure" in html
    assert "Une de trop" in html  # nothing is lost


def test_html_is_shown_as_typed(programme, animatrice):
    dire(animatrice, programme, "<script>alert(1)</script>")
    page = client_de(animatrice).get(f"{programme.get_absolute_url()}groupe-miroir/")
    assert "<script>alert" not in page.content.decode()


def test_its_author_and_the_animation_remove_a_comment_and_nobody_else(
    programme, animatrice, agent_a, referent_a, agent_b
):
    dire(agent_a, programme)
    assert a_prevenir()
    adresse = f"/commentaires/{Commentaire.objects.get().pk}/retirer/"
    assert client_de(referent_a).post(adresse).status_code == 403
    assert client_de(agent_b).post(adresse).status_code == 404
    assert Commentaire.objects.exists()
    for _ in range(2):
        assert client_de(animatrice).post(adresse).status_code == 302
    assert not Commentaire.objects.exists()
    assert a_prevenir() == []
    dire(agent_a, programme, "Autre chose")
    client_de(agent_a).post(f"/commentaires/{Commentaire.objects.get().pk}/retirer/")
    assert not Commentaire.objects.exists()


def test_comments_are_cut_into_pages(programme, animatrice):
    for rang in range(31):
        Commentaire.objects.create(programme=programme, signature="x", texte=f"Idée {rang}.")
    client, miroir = client_de(animatrice), f"{programme.get_absolute_url()}groupe-miroir/"
    premiere = client.get(miroir)
    assert len(premiere.context["commentaires"]) == 30
    suite = client.get(miroir + premiere.context["suivante"])
    assert [c.texte for c in suite.context["commentaires"]] == ["Idée 0."]


def test_invited_addresses_are_erased_a_year_after_the_programme(programme, animatrice, lectrice):
    lecteur = inviter(programme, animatrice)
    lecteur.accepter(par=lectrice)
    dire(lectrice, programme)
    assert effacer_les_lecteurs() == 0
    programme.fin = dt.date.today() - dt.timedelta(days=370)
    programme.debut = programme.fin
    programme.save()
    assert effacer_les_lecteurs() == 1
    assert "centre social" in Commentaire.objects.get().signature


def test_a_curateur_reads_every_comment_of_the_programme(programme, curateur, organisation_a):
    prive = un_test_demarre(organisation=organisation_a, programme=programme, visibilite="prive")
    dire(curateur, programme, "Entre nous", prive)
    page = client_de(curateur).get(f"{programme.get_absolute_url()}groupe-miroir/")
    assert "Entre nous" in page.content.decode()
