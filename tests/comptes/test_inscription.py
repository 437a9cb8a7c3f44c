"""Signing up, verifying, signing in, a lost password: allauth's flows in our words."""

import re

import pytest
from django.core import mail

from comptes.models import Utilisateur
from rappels.envoi import envoyer_les_messages_dus
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE, UtilisateurFactory

pytestmark = pytest.mark.django_db
ANGLAIS = re.compile(
    r"\b(the|your|please|sign|email address|password|click|account|hello|thank|you)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def _adresse_publique(settings):
    settings.ADRESSE_PUBLIQUE = "https://reflexes.example.org"


def s_inscrire(client, email="nouvelle@example.org", **champs):
    donnees = {
        "email": email,
        "nom": "Nouvelle",
        "password1": MOT_DE_PASSE,
        "password2": MOT_DE_PASSE,
    }
    return client.post("/compte/signup/", donnees | champs)


def recus():
    """What has been received, once the outbox has been rung."""
    envoyer_les_messages_dus()
    return mail.outbox


def chemin_du_courriel(motif):
    texte = recus()[-1].body
    return re.search(rf"https://reflexes\.example\.org(/\S*{motif}\S*)", texte).group(1)


def test_one_signs_up_verifies_then_signs_in():
    client = client_de(None)
    reponse = s_inscrire(client, "Nouvelle@Example.org")
    assert reponse.url == "/compte/confirm-email/"
    user = Utilisateur.objects.get()
    assert (user.email, user.nom) == ("nouvelle@example.org", "Nouvelle")
    assert "_auth_user_id" not in client.session
    connexion = {"login": "nouvelle@example.org", "password": MOT_DE_PASSE}
    assert client.post("/compte/login/", connexion).url == "/compte/confirm-email/"
    assert "_auth_user_id" not in client.session
    adresse = chemin_du_courriel("confirm-email")
    assert "Confirmer" in client.get(adresse).content.decode()
    client.post(adresse)
    assert client.post("/compte/login/", connexion).url == "/mon-espace/"
    assert client.get("/mon-espace/").status_code == 200


def test_the_confirmation_mail_is_ours_in_text_and_html():
    s_inscrire(client_de(None))
    courriel = recus()[0]
    assert courriel.subject == "Bienvenue : confirmez votre adresse e-mail"
    html, genre = courriel.alternatives[0]
    assert genre == "text/html"
    for texte in (courriel.body, html):
        assert "https://reflexes.example.org/compte/confirm-email/" in texte
        assert "testserver" not in texte
    assert not ANGLAIS.search(re.sub(r"https?://\S+", "", courriel.body))


def test_an_address_that_has_an_account_is_told_by_mail_and_not_on_screen(habitant):
    reponse = s_inscrire(client_de(None), habitant.email)
    assert reponse.url == "/compte/confirm-email/"
    assert recus()[0].subject == "Vous avez déjà un compte"
    assert "https://reflexes.example.org/compte/password/reset/" in recus()[0].body
    assert Utilisateur.objects.count() == 1


@pytest.mark.parametrize(
    "champs",
    [{"email": "pas une adresse"}, {"nom": ""}, {"password1": "court", "password2": "court"}]
    + [{"password2": "un autre mot de passe long"}],
)
def test_a_sign_up_that_lacks_something_says_so(champs):
    reponse = s_inscrire(client_de(None), **champs)
    assert reponse.status_code == 200
    assert not Utilisateur.objects.exists()
    assert 'role="alert"' in reponse.content.decode()


def test_a_lost_password_is_replaced_by_mail(habitant):
    client = client_de(None)
    client.post("/compte/password/reset/", {"email": habitant.email})
    assert recus()[0].subject == "Choisir un nouveau mot de passe"
    adresse = client.get(chemin_du_courriel("password/reset/key")).url
    nouveau = "un tout autre mot de passe"
    client.post(adresse, {"password1": nouveau, "password2": nouveau})
    habitant.refresh_from_db()
    assert habitant.check_password(nouveau)
    assert client.get(chemin_du_courriel("password/reset/key")).status_code == 200


def test_an_unknown_address_learns_nothing_on_screen():
    client = client_de(None)
    reponse = client.post("/compte/password/reset/", {"email": "inconnue@example.org"})
    assert reponse.url == "/compte/password/reset/done/"
    assert recus()[0].subject == "Aucun compte à cette adresse"


@pytest.mark.parametrize(
    "adresse", ["https://mechant.example/", "//mechant.example", "javascript:alert(1)"]
)
def test_no_one_is_sent_to_another_site(habitant, adresse):
    client = client_de(None)
    connexion = {"login": habitant.email, "password": MOT_DE_PASSE, "next": adresse}
    assert client.post(f"/compte/login/?next={adresse}", connexion).url == "/mon-espace/"
    assert client.post("/compte/logout/", {"next": adresse}).url == "/"


def test_signing_in_goes_back_to_where_one_was(habitant):
    client = client_de(None)
    adresse = client.get("/mon-compte/").url
    assert adresse == "/compte/login/?next=/mon-compte/"
    connexion = {"login": habitant.email, "password": MOT_DE_PASSE}
    assert client.post(adresse, connexion | {"next": "/mon-compte/"}).url == "/mon-compte/"


def test_a_wrong_password_and_a_closed_account_are_refused(habitant):
    client = client_de(None)
    page = client.post("/compte/login/", {"login": habitant.email, "password": "faux"})
    assert page.status_code == 200
    Utilisateur.objects.update(is_active=False)
    client.post("/compte/login/", {"login": habitant.email, "password": MOT_DE_PASSE})
    assert "_auth_user_id" not in client.session


def test_guessing_passwords_is_slowed_down(habitant):
    client = client_de(None)
    for _ in range(12):
        reponse = client.post("/compte/login/", {"login": habitant.email, "password": "faux"})
    assert "_auth_user_id" not in client.session
    assert "Trop" in reponse.content.decode() or reponse.status_code == 429


PAGES_VISITEUR = [
    "login/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "confirm-email/",
    "inactive/",
]
PAGES_CONNECTEES = [
    "logout/", "email/", "password/change/", "reauthenticate/", "2fa/", "2fa/totp/activate/",
]  # fmt: skip


def _texte(reponse):
    html = reponse.content.decode()
    corps = html[html.index("<main") : html.index("</main")]
    return re.sub(r"<[^>]+>", " ", corps)


@pytest.mark.parametrize("page", PAGES_VISITEUR)
def test_pages_for_visitors_are_in_french(page):
    reponse = client_de(None).get(f"/compte/{page}")
    assert reponse.status_code == 200
    assert not ANGLAIS.search(_texte(reponse)), _texte(reponse)


@pytest.mark.parametrize("page", PAGES_CONNECTEES)
def test_pages_of_the_account_are_in_french(page):
    user = UtilisateurFactory()
    client = client_de(None)
    client.post("/compte/login/", {"login": user.email, "password": MOT_DE_PASSE})
    reponse = client.get(f"/compte/{page}", follow=True)
    assert reponse.status_code == 200
    assert not ANGLAIS.search(_texte(reponse)), _texte(reponse)


def test_a_changed_password_is_told_in_french(habitant, settings):
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True
    client = client_de(habitant)
    nouveau = "un tout autre mot de passe"
    client.post(
        "/compte/password/change/",
        {"oldpassword": MOT_DE_PASSE, "password1": nouveau, "password2": nouveau},
    )
    texte = recus()[0].body
    assert "adresse IP" in texte
    assert not ANGLAIS.search(re.sub(r"https?://\S+|Mozilla.*", "", texte)), texte


@pytest.mark.parametrize("page", ["login", "signup", "password/reset"])
def test_an_address_is_called_the_same_on_every_page(page):
    adresse, client = f"/compte/{page}/", client_de(None)
    mauvaise = {"login": "x", "email": "x", "password": "x", "nom": "X"}
    for reponse in (client.get(adresse), client.post(adresse, mauvaise)):
        texte = reponse.content.decode()
        assert "courriel" not in texte.lower()
        assert "Adresse e-mail" in texte
    assert "Cette adresse e-mail n&#x27;est pas valide." in texte


def test_the_browser_may_fill_in_the_name():
    page = client_de(None).get("/compte/signup/").content.decode()
    assert 'autocomplete="name"' in page
