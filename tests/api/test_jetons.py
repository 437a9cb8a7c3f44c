"""Keys for other tools: made, shown once, used within their limits, cut."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from comptes.models import JetonApi
from tests.conftest import client_de
from tests.fabriques import PisteFactory, ProgrammeFactory, un_test_demarre
from tests.tests_programme.conftest import EN_ETAT
from tests_programme.models import Note, Test

pytestmark = pytest.mark.django_db


def cle(user, *portees, jours=30):
    return JetonApi.creer(utilisateur=user, nom="outil", portees=["lire", *portees], jours=jours)


def avec(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_a_key_is_shown_once_and_never_kept(agent_a):
    client = client_de(agent_a)
    page = client.post(
        "/mon-compte/jetons/", {"nom": "Intranet", "portees": ["ecrire"], "jours": 90}
    )
    jeton = JetonApi.objects.get()
    secret = page.content.decode().split("<code>")[1].split("</code>")[0]
    assert secret.startswith(jeton.debut)
    assert "no-store" in page["Cache-Control"]
    assert JetonApi.de_secret(secret) == jeton
    assert secret not in client.get("/mon-compte/jetons/").content.decode()
    assert secret not in str(JetonApi.objects.values())
    assert jeton.portees == ["lire", "ecrire"]
    assert jeton.expire_le - jeton.cree_le == dt.timedelta(days=90)


def test_a_form_without_a_name_keeps_what_was_typed(agent_a):
    page = client_de(agent_a).post("/mon-compte/jetons/", {"portees": ["ecrire"], "jours": 90})
    assert page.status_code == 422
    assert "Dites à quoi il servira" in page.content.decode()
    assert not JetonApi.objects.exists()


def test_ten_keys_at_most(agent_a):
    for _ in range(10):
        cle(agent_a)
    page = client_de(agent_a).post("/mon-compte/jetons/", {"nom": "x", "jours": 30})
    assert "coupez-en un" in page.content.decode()
    assert JetonApi.objects.count() == 10


def test_cut_expired_or_orphan_it_opens_nothing(agent_a, agent_b, time_machine):
    jeton, secret = cle(agent_a)
    assert Client().get("/api/v1/tests/", headers=avec(secret)).status_code == 200
    assert client_de(agent_b).post(f"/mon-compte/jetons/{jeton.pk}/couper/").status_code == 404
    client_de(agent_a).post(f"/mon-compte/jetons/{jeton.pk}/couper/")
    _, autre = cle(agent_a)
    _, encore = cle(agent_a)
    time_machine.move_to(timezone.now() + dt.timedelta(days=31), tick=False)
    agent_b.is_active = False
    agent_b.save()
    _, orphelin = cle(agent_b)
    for mauvais in (secret, autre, encore, orphelin, "rp_inconnu", "", "deux mots"):
        reponse = Client().get("/api/v1/tests/", headers=avec(mauvais))
        assert reponse.status_code == 401
        assert reponse["WWW-Authenticate"] == "Bearer"
        assert "Mon compte" in reponse.json()["detail"]


def test_its_last_use_is_shown(agent_a):
    _, secret = cle(agent_a)
    assert "Jamais" in client_de(agent_a).get("/mon-compte/jetons/").content.decode()
    Client().get("/api/v1/tests/", headers=avec(secret))
    assert JetonApi.objects.get().servi_le is not None
    assert "Jamais" not in client_de(agent_a).get("/mon-compte/jetons/").content.decode()


@pytest.mark.parametrize("visibilite", ["public", "prive"])
@pytest.mark.parametrize("etat", EN_ETAT)
def test_the_api_shows_a_test_to_whom_its_page_is_shown(
    etat, visibilite, organisation_a, personnes
):
    test = EN_ETAT[etat](organisation=organisation_a, visibilite=visibilite)
    for role, user in personnes.items():
        entetes = avec(cle(user)[1]) if user else {}
        page = client_de(user).get(test.get_absolute_url())
        reponse = Client().get(f"/api/v1/tests/{test.pk}/", headers=entetes)
        assert reponse.status_code == page.status_code, role
        vus = {t["id"] for t in Client().get("/api/v1/tests/", headers=entetes).json()["results"]}
        assert (test.pk in vus) is (page.status_code == 200), role


def un_test(**champs):
    return {"titre": "Un coup de fil", "piste": PisteFactory().slug, **champs}


def poster(secret, adresse, corps):
    return Client().post(
        f"/api/v1/{adresse}", corps, content_type="application/json", headers=avec(secret)
    )


def test_another_tool_prepares_a_test(agent_a, organisation_a):
    _, secret = cle(agent_a, "ecrire")
    programme = ProgrammeFactory()
    reponse = poster(secret, "tests/", un_test(programme=programme.cle, contexte="Trop d'oublis"))
    assert reponse.status_code == 201, reponse.json()
    test = Test.objects.get()
    assert (test.titre, test.organisation, test.programme) == (
        "Un coup de fil",
        organisation_a,
        programme,
    )
    assert (test.etat, test.cree_par) == ("preparation", agent_a)
    assert reponse.json()["id"] == test.pk


def test_sent_twice_it_is_one_test(agent_a):
    _, secret = cle(agent_a, "ecrire")
    corps = un_test(envoi=str(uuid.uuid4()))
    un, deux = poster(secret, "tests/", corps).json(), poster(secret, "tests/", corps).json()
    assert un["id"] == deux["id"]
    assert Test.objects.count() == 1


@pytest.mark.parametrize(
    ("corps", "dit"),
    [
        ({"titre": ""}, "titre"),
        ({"piste": "n-existe-pas"}, "piste"),
        ({"programme": "n-existe-pas"}, "programme"),
        ({"organisation": 999_999}, "organisation"),
        ({"visibilite": "secret"}, "visibilite"),
        ({"envoi": "pas un uuid"}, "envoi"),
    ],
)
def test_what_does_not_fit_is_said_by_field(corps, dit, agent_a):
    _, secret = cle(agent_a, "ecrire")
    reponse = poster(secret, "tests/", un_test(**corps))
    assert reponse.status_code == 400
    assert dit in reponse.json()["erreurs"]
    assert not Test.objects.exists()


def test_without_the_right_nothing_is_written(agent_a, habitant, personnes):
    _, lecture = cle(agent_a)
    assert poster(lecture, "tests/", un_test()).status_code == 403
    assert Client().post("/api/v1/tests/", un_test(), "application/json").status_code == 401
    _, sans_organisation = cle(habitant, "ecrire")
    refus = poster(sans_organisation, "tests/", un_test())
    assert refus.status_code == 403
    assert "organisation" in refus.json()["detail"]
    # A session is not a key: another site's page cannot write for whoever is signed in here.
    assert (
        client_de(agent_a).post("/api/v1/tests/", un_test(), "application/json").status_code == 401
    )
    assert not Test.objects.exists()


def test_another_tool_writes_in_the_journal(agent_a, organisation_a):
    test = un_test_demarre(organisation=organisation_a)
    _, secret = cle(agent_a, "ecrire")
    envoi = str(uuid.uuid4())
    corps = {"texte": "Dix personnes ce matin.", "portee": "public", "envoi": envoi}
    for _ in range(2):
        reponse = poster(secret, f"tests/{test.pk}/notes/", corps)
        assert reponse.status_code == 201, reponse.json()
    note = Note.objects.get()
    assert (note.texte, note.portee, note.auteur) == ("Dix personnes ce matin.", "public", agent_a)


def test_a_journal_is_written_by_its_team_in_its_time(agent_a, agent_b, organisation_a):
    test = un_test_demarre(organisation=organisation_a)
    _, secret_b = cle(agent_b, "ecrire")
    assert poster(secret_b, f"tests/{test.pk}/notes/", {"texte": "x"}).status_code == 403
    _, secret = cle(agent_a, "ecrire")
    demain = (timezone.now() + dt.timedelta(days=2)).date().isoformat()
    for corps, champ in [({"texte": ""}, "texte"), ({"texte": "x", "le": demain}, "le")]:
        reponse = poster(secret, f"tests/{test.pk}/notes/", corps)
        assert reponse.status_code == 400
        assert champ in reponse.json()["erreurs"]
    assert not Note.objects.exists()
