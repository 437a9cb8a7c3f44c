"""The life of a text: who may do what, in which state, and what the history keeps."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pistes.models import EditionOrientation, EditionPiste
from pistes.perms import peut_relire
from pistes.redaction import ecrire_edition
from pistes.transitions import TRANSITIONS, TransitionRefusee
from rappels.models import Message
from tests.conftest import client_de
from tests.pistes.conftest import un_texte


@pytest.fixture
def brouillon(catalogue, curatrice):
    """A draft of piste 1 by the curatrice."""
    texte = un_texte(titre="Piste 1 relue")
    return ecrire_edition(catalogue.une.piste, texte, origine="curation", auteur=curatrice)


def _geste(edition, action):
    suffixe = "_orientation" if isinstance(edition, EditionOrientation) else ""
    nom = f"publier{suffixe}" if action == "publier" else f"{action}_texte{suffixe}"
    return reverse(f"pistes:{nom}", args=[edition.pk])


def _faire(user, edition, action, **donnees):
    return client_de(user).post(_geste(edition, action), donnees, follow=True)


def _etat(edition):
    edition.refresh_from_db()
    return edition.etat


def test_a_text_goes_from_draft_to_review_to_the_site(client, brouillon, curatrice, relectrice):
    _faire(curatrice, brouillon, "soumettre")
    assert _etat(brouillon) == "en_relecture"
    page = client.get(brouillon.get_absolute_url()).content.decode()
    assert "Piste 1 relue" not in page
    _faire(relectrice, brouillon, "publier")
    assert _etat(brouillon) == "publie"
    assert brouillon.publie_par == relectrice
    assert "Piste 1 relue" in client.get(brouillon.get_absolute_url()).content.decode()
    assert [(e.action, e.par) for e in brouillon.journal.all()] == [
        ("soumettre", curatrice),
        ("publier", relectrice),
    ]
    avant = brouillon.piste.editions.get(numero=1)
    assert avant.etat == "archive"
    assert avant.journal.get().action == "remplacer"


def test_a_draft_nobody_submitted_is_not_published(brouillon, relectrice):
    page = _faire(relectrice, brouillon, "publier").content.decode()
    assert "maintenant à l&#x27;état « Brouillon »" in page
    assert _etat(brouillon) == "brouillon"


def test_the_author_does_not_publish_their_own_text(brouillon, curatrice, relectrice):
    brouillon.soumettre(par=curatrice)
    page = _faire(curatrice, brouillon, "publier").content.decode()
    assert "une autre personne de la curation le relit" in page
    assert _etat(brouillon) == "en_relecture"


def test_alone_a_curateur_is_told_and_an_administrateur_is_the_second_reader(
    brouillon, curatrice, administratrice
):
    brouillon.soumettre(par=curatrice)
    page = _faire(curatrice, brouillon, "publier").content.decode()
    assert "un·e administrateur·rice peut le publier" in page
    liste = client_de(administratrice).get(reverse("pistes:brouillons")).content.decode()
    assert "Piste 1 relue" in liste
    lecture = client_de(administratrice).get(brouillon.get_draft_url())
    assert "Publier ce texte" in lecture.content.decode()
    _faire(administratrice, brouillon, "publier")
    assert _etat(brouillon) == "publie"


def test_with_two_curateurs_an_administrateur_has_no_say(
    brouillon, curatrice, relectrice, administratrice
):
    brouillon.soumettre(par=curatrice)
    assert not peut_relire(administratrice)
    assert client_de(administratrice).get(brouillon.get_draft_url()).status_code == 403
    assert _faire(administratrice, brouillon, "publier").status_code == 403
    with pytest.raises(PermissionDenied):
        brouillon.publier(par=administratrice)


def test_an_administrateur_standing_in_sees_no_draft_and_writes_nothing(
    brouillon, curatrice, administratrice
):
    client = client_de(administratrice)
    assert client.get(brouillon.get_draft_url()).status_code == 403
    assert "Piste 1 relue" not in client.get(reverse("pistes:brouillons")).content.decode()
    for action in ("soumettre", "ecarter", "restaurer", "archiver"):
        assert _faire(administratrice, brouillon, action, motif="x").status_code == 403
    assert _etat(brouillon) == "brouillon"


def test_a_suspended_curateur_does_not_count_as_a_second_reader(
    brouillon, curatrice, relectrice, administratrice
):
    brouillon.soumettre(par=curatrice)
    relectrice.is_active = False
    relectrice.save()
    _faire(administratrice, brouillon, "publier")
    assert _etat(brouillon) == "publie"


def test_given_back_with_a_remark_the_author_reads_it(brouillon, curatrice, relectrice):
    brouillon.soumettre(par=curatrice)
    _faire(relectrice, brouillon, "rendre", motif="La source manque.")
    assert _etat(brouillon) == "brouillon"
    assert brouillon.remarque == "La source manque."
    page = client_de(curatrice).get(brouillon.get_draft_url()).content.decode()
    assert "La source manque." in page
    assert brouillon.journal.last().motif == "La source manque."
    brouillon.soumettre(par=curatrice)
    assert brouillon.remarque == ""


def test_giving_back_asks_for_words_and_keeps_those_that_come_too_late(
    brouillon, curatrice, relectrice
):
    brouillon.soumettre(par=curatrice)
    assert "Dites pourquoi" in _faire(relectrice, brouillon, "rendre").content.decode()
    brouillon.publier(par=relectrice)
    page = _faire(relectrice, brouillon, "rendre", motif="Trop tard.").content.decode()
    assert "maintenant à l&#x27;état « Publié »" in page
    assert "Trop tard." in page
    assert _etat(brouillon) == "publie"


def test_a_draft_set_aside_stays_in_the_history_and_can_be_restored(brouillon, curatrice):
    _faire(curatrice, brouillon, "ecarter")
    assert _etat(brouillon) == "archive"
    reponse = _faire(curatrice, brouillon, "restaurer")
    neuve = brouillon.piste.editions.order_by("-numero").first()
    assert (neuve.numero, neuve.etat, neuve.titre) == (3, "brouillon", "Piste 1 relue")
    assert neuve.auteur == curatrice
    assert reponse.redirect_chain[0][0] == neuve.get_draft_url()


def test_a_public_text_taken_off_the_site_leaves_no_page(client, catalogue, curatrice):
    assert "Dites pourquoi" in _faire(curatrice, catalogue.une, "archiver").content.decode()
    assert _etat(catalogue.une) == "publie"
    _faire(curatrice, catalogue.une, "archiver", motif="Le lieu a fermé.")
    assert _etat(catalogue.une) == "archive"
    assert client.get(catalogue.une.get_absolute_url()).status_code == 404
    historique = client_de(curatrice).get(catalogue.une.get_history_url()).content.decode()
    assert "Le lieu a fermé." in historique


@pytest.mark.parametrize("action", ["soumettre", "ecarter"])
def test_a_double_click_changes_nothing_more(brouillon, curatrice, action):
    _faire(curatrice, brouillon, action)
    _faire(curatrice, brouillon, action)
    assert brouillon.journal.count() == 1


@pytest.mark.parametrize("action", ["soumettre", "publier", "rendre", "ecarter", "archiver"])
def test_a_stranger_changes_no_text(brouillon, catalogue, agente, curatrice, relectrice, action):
    for edition in (brouillon, catalogue.une):
        avant = _etat(edition)
        assert _faire(agente, edition, action, motif="x").status_code == 403
        assert _etat(edition) == avant


def test_the_history_is_never_rewritten(brouillon, curatrice):
    brouillon.soumettre(par=curatrice)
    entree = brouillon.journal.get()
    with pytest.raises(TypeError):
        entree.save()
    with pytest.raises(TypeError):
        entree.delete()


def test_an_orientation_lives_the_same_life(catalogue, curatrice, relectrice, client):
    edition = EditionOrientation.suivante(
        catalogue.communs, titre="Titre relu", texte="Relu.", origine="curation", auteur=curatrice
    )
    _faire(curatrice, edition, "soumettre")
    assert _faire(curatrice, edition, "publier").status_code == 200
    assert _etat(edition) == "en_relecture"
    _faire(relectrice, edition, "publier")
    assert "Titre relu" in client.get(catalogue.communs.get_absolute_url()).content.decode()


def test_the_others_are_told_by_a_mail_they_may_gather(brouillon, curatrice, relectrice):
    brouillon.soumettre(par=curatrice)
    message = Message.objects.get(genre="texte_a_relire")
    assert message.destinataire == relectrice.email
    brouillon.rendre(par=relectrice, remarque="À reprendre.")
    message.refresh_from_db()
    assert message.etat == "annule"
    assert Message.objects.get(genre="texte_rendu").destinataire == curatrice.email


@pytest.mark.parametrize("action", sorted(TRANSITIONS))
def test_every_transition_has_its_words_and_ends_where_the_table_says(action):
    transition = TRANSITIONS[action]
    assert transition.libelle
    assert transition.vers in EditionPiste.Etat.values
    assert set(transition.de) <= set(EditionPiste.Etat.values)


def test_a_refusal_names_every_obstacle(brouillon, curatrice, relectrice):
    with pytest.raises(TransitionRefusee) as refus:
        brouillon.publier(par=curatrice)
    assert len(refus.value.obstacles) == 2


def test_a_draft_beside_the_public_text_costs_ten_queries(
    brouillon, curatrice, django_assert_max_num_queries
):
    brouillon.renvois.create(vers=brouillon.piste)
    client = client_de(curatrice)
    client.get(brouillon.get_draft_url())
    with django_assert_max_num_queries(10):
        page = client.get(brouillon.get_draft_url())
    assert page.context["brouillon"] == brouillon
    assert page.context["publiee"] == brouillon.piste.editions.publies().get()
    assert client.get(reverse("pistes:brouillon", args=[999_999])).status_code == 404


def test_a_text_restored_twice_is_one_draft(brouillon, curatrice, relectrice):
    ancienne = brouillon.piste.editions.publies().get()
    for user in (curatrice, curatrice, relectrice):
        _faire(user, ancienne, "restaurer")
    repris = brouillon.piste.editions.exclude(pk__in=[brouillon.pk, ancienne.pk])
    assert [e.auteur for e in repris.order_by("numero")] == [curatrice, relectrice]
    assert {e.titre for e in repris} == {ancienne.titre}
