"""An évaluation is read by somebody else before it is published, or handed back with a remark."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory, un_membre, un_test_soumis
from tests_programme.manques import TransitionRefusee
from tests_programme.models import Evaluation


def adresse(test, nom):
    return reverse(f"tests_programme:{nom}", args=[test.pk])


def messages_prevus(genre):
    prevus = Message.objects.filter(genre=genre, etat="prevu")
    return sorted(prevus.values_list("destinataire", flat=True))


@pytest.fixture
def soumis(organisation_a, agent_a, referent_a):
    """Submitted by the agent·e of A; the référent·e may read it."""
    return un_test_soumis(organisation=organisation_a, cree_par=agent_a, par=agent_a)


def publier(client, test):
    lue = client.get(adresse(test, "evaluation")).context["lue"]
    return client.post(adresse(test, "publier"), {"lue": lue})


def test_submitting_tells_those_who_may_read_it(soumis, agent_a, referent_a):
    assert messages_prevus("evaluation_a_relire") == [referent_a.email]
    ligne = soumis.journal.last()
    assert (ligne.action, ligne.par, ligne.de, ligne.vers) == (
        "soumettre", agent_a, "a_evaluer", "a_evaluer",
    )  # fmt: skip
    assert soumis.evaluation.soumise_par == agent_a


def test_alone_in_the_organisation_a_curateur_is_asked(organisation_a, agent_a, curateur):
    test = un_test_soumis(organisation=organisation_a, par=agent_a)
    assert messages_prevus("evaluation_a_relire") == [curateur.email]
    assert publier(client_de(curateur), test).status_code == 302


def test_without_a_referent_nor_a_bearer_every_other_member_is_asked(organisation_a, agent_a):
    collegues = sorted(un_membre(organisation_a).email for _ in range(2))
    un_test_soumis(organisation=organisation_a, cree_par=agent_a, par=agent_a)
    assert messages_prevus("evaluation_a_relire") == collegues


def test_nobody_is_their_own_second_reader(soumis, agent_a):
    client = client_de(agent_a)
    page = client.get(adresse(soumis, "evaluation"))
    assert "attend sa seconde lecture" in page.content.decode()
    assert adresse(soumis, "publier") not in page.content.decode()
    for action in ("publier", "rendre"):
        envoi = {"remarque": "x", "lue": page.context["lue"]}
        refus = client.post(adresse(soumis, action), envoi)
        assert refus.status_code == 409
        assert "C&#x27;est vous qui l&#x27;avez soumise" in refus.content.decode()
    soumis.refresh_from_db()
    assert soumis.etat == "a_evaluer"


def test_a_curateur_who_submits_as_a_member_does_not_publish_either(organisation_a, agent_a):
    membre = un_membre(organisation_a)
    membre.role = "curateur"
    membre.save(update_fields=["role"])
    test = un_test_soumis(organisation=organisation_a, par=membre)
    assert membre.email not in messages_prevus("evaluation_a_relire")
    with pytest.raises(TransitionRefusee):
        test.evaluer(par=membre)


def test_another_member_reads_and_publishes(soumis, agent_a, referent_a):
    assert publier(client_de(referent_a), soumis).status_code == 302
    soumis.refresh_from_db()
    assert (soumis.etat, soumis.evaluation.publiee_par) == ("evalue", referent_a)
    assert messages_prevus("evaluation_publiee") == [agent_a.email]
    assert messages_prevus("evaluation_a_relire") == []
    assert soumis.journal.last().par == referent_a


def test_published_twice_it_is_published_once(soumis, referent_a):
    client = client_de(referent_a)
    lue = client.get(adresse(soumis, "evaluation")).context["lue"]
    assert client.post(adresse(soumis, "publier"), {"lue": lue}).status_code == 302
    assert client.post(adresse(soumis, "publier"), {"lue": lue}).status_code == 409
    assert soumis.journal.filter(action="evaluer").count() == 1


def test_handed_back_with_a_remark(soumis, agent_a, referent_a):
    client = client_de(referent_a)
    vide = client.post(adresse(soumis, "rendre"), {"remarque": "  "})
    assert vide.status_code == 422
    assert "ce qui reste à revoir" in vide.content.decode()
    assert (
        client.post(adresse(soumis, "rendre"), {"remarque": "Et les voisins ?"}).status_code == 302
    )
    soumis.refresh_from_db()
    assert (soumis.evaluation.soumise_le, soumis.evaluation.remarque) == (None, "Et les voisins ?")
    assert soumis.journal.last().motif == "Et les voisins ?"
    assert messages_prevus("evaluation_rendue") == [agent_a.email]
    assert messages_prevus("evaluation_a_relire") == []
    page = client_de(agent_a).get(adresse(soumis, "evaluation")).content.decode()
    assert "Et les voisins ?" in page
    soumis.soumettre(par=agent_a)
    assert messages_prevus("evaluation_a_relire") == [referent_a.email]
    assert "Et les voisins ?" in client.get(adresse(soumis, "evaluation")).content.decode()


def ajouter_une_voix(client, test):
    return client.post(
        adresse(test, "evaluation"),
        {
            "quoi": "voix",
            "voix-fonction": "voisin",
            "voix-texte": "Moi aussi.",
            "voix-position": "",
        },
    )


def ajouter_une_lecon(client, test):
    champs = {"type": "obstacle", "texte": "La pluie.", "piste": test.piste_id}
    return client.post(
        adresse(test, "evaluation"),
        {"quoi": "enseignement", **{f"enseignement-{k}": v for k, v in champs.items()}},
    )


def brouillon(client, test, **champs):
    page = client.get(adresse(test, "evaluation") + "?modifier=1")
    tout = {nom: page.context["form"][nom].value() or "" for nom in page.context["form"].fields}
    valeurs = {nom: page.context["valeurs"][nom].value() for nom in page.context["valeurs"].fields}
    return client.post(
        adresse(test, "evaluation"),
        {"quoi": "brouillon", "version": page.context["version"], **tout, **valeurs, **champs},
    )


def changer_le_brouillon(client, test):
    return brouillon(client, test, reponse="Tout bien pesé, non.")


def retirer_une_voix(client, test):
    voix = test.voix.get().pk
    return client.post(reverse("tests_programme:retirer_voix", args=[test.pk, voix]))


@pytest.mark.parametrize(
    "changer", [ajouter_une_voix, ajouter_une_lecon, changer_le_brouillon, retirer_une_voix]
)
def test_what_was_submitted_and_changes_is_no_longer_submitted(changer, soumis, agent_a):
    reponse = changer(client_de(agent_a), soumis)
    assert reponse.status_code == 302
    soumis.refresh_from_db()
    assert soumis.evaluation.soumise_le is None
    assert soumis.journal.last().action == "reprendre"
    assert messages_prevus("evaluation_a_relire") == []
    page = client_de(agent_a).get(adresse(soumis, "evaluation"))
    assert "Faire relire" in page.content.decode()


def test_it_is_said_that_the_submission_no_longer_counts(soumis, agent_a):
    client = client_de(agent_a)
    changer_le_brouillon(client, soumis)
    page = client.get(adresse(soumis, "evaluation")).content.decode()
    assert "sa soumission ne vaut plus" in page


def test_saving_the_same_words_voids_nothing(soumis, agent_a):
    assert brouillon(client_de(agent_a), soumis).status_code == 302
    soumis.refresh_from_db()
    assert soumis.evaluation.est_soumise
    assert soumis.journal.last().action == "soumettre"


def test_nobody_publishes_what_they_have_not_read(soumis, agent_a, referent_a):
    client = client_de(referent_a)
    lue = client.get(adresse(soumis, "evaluation")).context["lue"]
    changer_le_brouillon(client_de(agent_a), soumis)
    assert client.post(adresse(soumis, "publier"), {"lue": lue}).status_code == 409
    soumis.refresh_from_db()
    soumis.soumettre(par=agent_a)
    refus = client.post(adresse(soumis, "publier"), {"lue": lue})
    assert refus.status_code == 409
    assert "a changé depuis que vous" in refus.content.decode()
    assert "Tout bien pesé" in refus.content.decode()
    assert client.post(adresse(soumis, "publier")).status_code == 409
    soumis.refresh_from_db()
    assert soumis.etat == "a_evaluer"


def test_the_reader_who_corrects_it_becomes_its_author(soumis, agent_a, referent_a):
    changer_le_brouillon(client_de(referent_a), soumis)
    soumis.refresh_from_db()
    soumis.soumettre(par=referent_a)
    with pytest.raises(TransitionRefusee):
        soumis.evaluer(par=referent_a)
    soumis.evaluer(par=agent_a)


@pytest.mark.parametrize("role", ["habitant", "agent_b", "administrateur"])
def test_who_has_no_right_to_read_it_does_not(role, soumis, clients, personnes):
    assert clients[role].get(adresse(soumis, "evaluation")).status_code == 403
    for action in ("publier", "rendre", "soumettre"):
        assert clients[role].post(adresse(soumis, action), {"remarque": "x"}).status_code == 403
    for faire in (
        lambda qui: soumis.evaluer(par=qui),
        lambda qui: soumis.rendre(par=qui, remarque="x"),
        lambda qui: soumis.reprendre(par=qui),
    ):
        with pytest.raises(PermissionDenied):
            faire(personnes[role])


def test_a_curateur_reads_and_does_not_write(soumis, clients):
    page = clients["curateur"].get(adresse(soumis, "evaluation") + "?modifier=1")
    assert page.status_code == 200
    assert "<h1>Lire avant de publier</h1>" in page.content.decode()
    assert ajouter_une_voix(clients["curateur"], soumis).status_code == 403
    assert Evaluation.objects.get().est_soumise


def test_a_private_test_is_read_by_curateurs_and_hidden_from_others(
    organisation_a, agent_a, clients
):
    prive = un_test_soumis(organisation=organisation_a, par=agent_a, visibilite="prive")
    assert clients["curateur"].get(adresse(prive, "evaluation")).status_code == 200
    assert clients["agent_b"].get(adresse(prive, "evaluation")).status_code == 404


def test_what_an_organisation_wrote_is_never_html_to_its_reader(soumis, curateur):
    mechant = "<img src=x onerror=alert(1)>"
    textes = ("reponse", "inattendu", "conditions", "autonomie", "suites_changement")
    Evaluation.objects.update(**dict.fromkeys(textes, mechant), remarque=mechant)
    soumis.criteres.update(valeur_observee=mechant, valeur_depart=mechant, surprise=mechant)
    html = client_de(curateur).get(adresse(soumis, "evaluation")).content.decode()
    assert "<img" not in html
    assert html.count("&lt;img src=x") >= 8


def test_my_space_says_what_waits_for_my_reading(soumis, agent_a, referent_a, curateur, agent_b):
    lien = f'href="{adresse(soumis, "evaluation")}"'
    for lit in (referent_a, curateur):
        assert lien in client_de(lit).get("/mon-espace/").content.decode()
    for autre in (agent_a, agent_b, UtilisateurFactory()):
        assert lien not in client_de(autre).get("/mon-espace/").content.decode()


def test_the_page_of_the_test_says_it_to_its_team_only(soumis, agent_a, clients):
    dit = "elle attend la lecture d'une autre personne"
    page = client_de(agent_a).get(soumis.get_absolute_url()).content.decode()
    assert dit in page
    for role in ("visiteur", "agent_b"):
        page = clients[role].get(soumis.get_absolute_url()).content.decode()
        assert dit not in page
        assert "Deux dossiers sur trois" not in page


def test_text_with_a_nul_is_refused_in_words(soumis, referent_a):
    refus = client_de(referent_a).post(adresse(soumis, "rendre"), {"remarque": "a\x00b"})
    assert refus.status_code == 422
    long = client_de(referent_a).post(adresse(soumis, "rendre"), {"remarque": "a" * 20_001})
    assert long.status_code == 422
    assert Evaluation.objects.get().est_soumise
