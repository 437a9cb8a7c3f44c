"""A room or equipment lent: it leaves, it is waited for, it comes back, and nobody gets it twice."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from config.jours import instant_de
from engagement import prets
from engagement.liens import jeton_de_conversation
from engagement.models import Pret
from engagement.refus import ActionRefusee
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    un_mediateur,
    une_mission,
)
from tests.fichiers_envoyes import une_photo

pytestmark = pytest.mark.django_db
LUNDI = dt.date(2027, 3, 1)
VENDREDI = dt.date(2027, 3, 5)


def le(jour, heure=9):
    return instant_de(jour, heure)


def un_pret(salle, debut=LUNDI, fin=VENDREDI, mediateur=None):
    """The room agreed from Monday 9:00 to Friday 18:00, every accord given."""
    besoin = BesoinFactory(dispositif=salle.dispositif, nature=salle.nature, titre="Distribution")
    return une_mission(
        mediateur, besoin=besoin, offre=salle, mediateur=mediateur,
        pret_debut=le(debut), pret_fin=le(fin, 18),
    )  # fmt: skip


@pytest.fixture
def prete():
    with time_machine.travel(le(dt.date(2027, 2, 24)), tick=False) as horloge:
        dispositif = DispositifFactory(contact="04 00 00 00 00")
        mediateur = un_mediateur(dispositif)
        salle = OffreFactory(
            personne__dispositif=dispositif, nature="lieu", titre="Salle des fêtes", lieu="Place 1"
        )
        mise = un_pret(salle, mediateur=mediateur)
        assert mise.etat == "en_mission"
        yield mise.pret, mediateur, horloge


def attendus(pret, genre):
    messages = Message.objects.filter(sujet=f"mise_en_relation:{pret.mise_en_relation_id}")
    return messages.filter(genre=genre).exclude(etat="annule")


def page(pret):
    return reverse("engagement:pret", args=[pret.pk])


def test_a_room_lent_and_not_brought_back_in_time(prete):
    pret, mediateur, horloge = prete
    hote = pret.mise_en_relation.besoin.accueil_email
    horloge.move_to(le(LUNDI))
    client = client_de(mediateur)
    assert "Ça part" in client.get(page(pret)).content.decode()
    client.post(page(pret), {"geste": "sortir", "etat": "Propre, deux clés."})
    pret.refresh_from_db()
    assert (pret.etat, pret.etat_sortie) == ("sorti", "Propre, deux clés.")
    assert (
        "Propre, deux clés."
        in redacteur_de("pret_sorti")(attendus(pret, "pret_sorti").get(destinataire=hote)).texte
    )
    # Wednesday, Friday, the Wednesday after, then the whole cellule on Friday.
    for genre, jour in (
        ("pret_2", dt.date(2027, 3, 3)),
        ("pret_0", VENDREDI),
        ("pret_3", dt.date(2027, 3, 10)),
    ):
        message = attendus(pret, genre).get()
        assert (message.destinataire, message.prevu_le) == (hote, instant_de(jour, 8))
        horloge.move_to(message.prevu_le)
        assert "Salle des fêtes" in redacteur_de(genre)(message).texte
    message = attendus(pret, "pret_cellule").get()
    assert (message.destinataire, message.prevu_le) == (
        mediateur.email,
        instant_de(dt.date(2027, 3, 12), 8),
    )
    horloge.move_to(message.prevu_le)
    assert "un appel est nécessaire" in redacteur_de("pret_cellule")(message).texte
    assert Pret.objects.en_retard().get() == pret
    assert pret.est_en_retard()
    assert "En retard" in client.get(page(pret)).content.decode()
    # It comes back, whole: everybody knows, thanks leave, the mise en relation is closed.
    client.post(page(pret), {"geste": "rendre", "etat": "Propre."})
    pret.refresh_from_db()
    pret.mise_en_relation.refresh_from_db()
    assert (pret.etat, pret.mise_en_relation.etat) == ("rendu", "close")
    assert attendus(pret, "pret_rendu").count() == 2
    assert attendus(pret, "remerciements").count() == 2
    assert (
        "Merci d'en avoir pris soin"
        in redacteur_de("remerciements")(
            attendus(pret, "remerciements").get(destinataire=hote)
        ).texte
    )


def test_reminders_stop_once_it_is_back(prete):
    pret, mediateur, horloge = prete
    horloge.move_to(le(LUNDI))
    pret.sortir(par=mediateur)
    horloge.move_to(le(dt.date(2027, 3, 2)))
    pret.rendre(par=mediateur, etat="Bien.")
    for genre in ("pret_2", "pret_0", "pret_3", "pret_cellule"):
        assert not attendus(pret, genre).exists()
    assert pret.fin == le(dt.date(2027, 3, 2))  # the days left are free again


def test_damaged_it_waits_for_the_cellule(prete):
    pret, mediateur, horloge = prete
    horloge.move_to(le(LUNDI))
    pret.sortir(par=mediateur)
    client = client_de(mediateur)
    client.post(page(pret), {"geste": "rendre", "etat": "Une vitre cassée.", "abime": "on"})
    pret.refresh_from_db()
    pret.mise_en_relation.refresh_from_db()
    assert (pret.abime, pret.mise_en_relation.etat) == (True, "retour")
    courriel = redacteur_de("pret_rendu")(attendus(pret, "pret_rendu").first())
    assert "abîmé ou incomplet" in courriel.texte
    mission = client.get(f"/engagement/missions/{pret.mise_en_relation_id}/").content.decode()
    assert "Noter le retour" in mission


def test_two_loans_never_overlap_and_the_second_is_refused_in_words(prete):
    pret, _, _ = prete
    besoin = BesoinFactory(dispositif=pret.offre.dispositif, nature="lieu")
    autre = MiseEnRelationFactory(
        besoin=besoin, offre=pret.offre,
        pret_debut=le(VENDREDI, 10), pret_fin=le(dt.date(2027, 3, 8)),
    )  # fmt: skip
    with pytest.raises(ActionRefusee, match="Déjà prêté sur cette période"):
        prets.prevoir(autre)
    autre.pret_debut = le(VENDREDI, 18)  # the hour it is due back
    assert prets.prevoir(autre).etat == "prevu"


@pytest.mark.parametrize(
    ("debut", "fin", "dit"),
    [
        (None, None, "quand le prêt commence"),
        (dt.date(2027, 3, 5), dt.date(2027, 3, 1), "Le retour vient après le départ"),
        (dt.date(2027, 1, 5), dt.date(2027, 1, 8), "passées"),
        (dt.date(2029, 1, 5), dt.date(2029, 1, 8), "ne couvre pas"),
    ],
)
def test_dates_that_make_no_loan_are_refused_in_words(prete, debut, fin, dit):
    pret, _, _ = prete
    pret.offre.fin = dt.date(2028, 1, 1)
    mise = MiseEnRelationFactory.build(
        offre=pret.offre,
        besoin=pret.mise_en_relation.besoin,
        pret_debut=le(debut) if debut else None,
        pret_fin=le(fin) if fin else None,
    )
    with pytest.raises(ActionRefusee, match=dit):
        prets.prevoir(mise)


def test_a_thing_not_back_cannot_leave_again(prete):
    pret, mediateur, horloge = prete
    suivant = un_pret(pret.offre, dt.date(2027, 3, 8), dt.date(2027, 3, 9), mediateur).pret
    horloge.move_to(le(LUNDI))
    pret.sortir(par=mediateur)
    horloge.move_to(le(dt.date(2027, 3, 8)))
    client = client_de(mediateur)
    assert "pas encore revenu" in client.get(page(suivant)).content.decode()
    refus = client.post(page(suivant), {"geste": "sortir", "etat": "Mots gardés"})
    assert refus.status_code == 409
    assert "pas encore revenu" in refus.content.decode()
    assert "Mots gardés" in refus.content.decode()
    pret.rendre(par=mediateur, etat="Bien.")
    assert client.post(page(suivant), {"geste": "sortir", "etat": "Bien"}).status_code == 302


def test_it_does_not_leave_before_its_day_nor_after_its_end(prete):
    pret, mediateur, horloge = prete
    with pytest.raises(ActionRefusee, match="commence lundi 1er mars 2027"):
        pret.sortir(par=mediateur)
    horloge.move_to(le(dt.date(2027, 3, 6)))
    with pytest.raises(ActionRefusee, match="déjà passée"):
        pret.sortir(par=mediateur)
    jamais = attendus(pret, "pret_cellule").get()
    horloge.move_to(jamais.prevu_le)
    assert "jamais été noté" in redacteur_de("pret_cellule")(jamais).texte


def test_a_second_click_notes_nothing_twice(prete):
    pret, mediateur, horloge = prete
    horloge.move_to(le(LUNDI))
    client = client_de(mediateur)
    client.post(page(pret), {"geste": "sortir", "etat": "Un"})
    encore = client.post(page(pret), {"geste": "sortir", "etat": "Deux"}, follow=True)
    assert "déjà noté" in encore.content.decode()
    pret.refresh_from_db()
    assert (pret.etat, pret.etat_sortie) == ("sorti", "Un")


def test_it_is_kept_longer_when_nobody_waits_for_it(prete):
    pret, mediateur, horloge = prete
    un_pret(pret.offre, dt.date(2027, 3, 10), dt.date(2027, 3, 11), mediateur)
    horloge.move_to(le(LUNDI))
    pret.sortir(par=mediateur)
    client = client_de(mediateur)
    for jour, statut in (("31/02/2027", 422), ("2027-03-02", 409), ("2027-03-10", 409)):
        assert client.post(page(pret), {"geste": "prolonger", "jour": jour}).status_code == statut
    voulu = {"geste": "prolonger", "jour": "2027-03-09"}
    assert client.post(page(pret), voulu).status_code == 302
    pret.refresh_from_db()
    assert pret.fin == le(dt.date(2027, 3, 9), 18)
    assert attendus(pret, "pret_0").get().prevu_le == instant_de(dt.date(2027, 3, 9), 8)


def test_pictures_are_kept_with_their_words_and_seen_by_few(prete, agent_a):
    pret, mediateur, horloge = prete
    horloge.move_to(le(LUNDI))
    client = client_de(mediateur)
    envoi = {"geste": "sortir", "etat": "Bien.", "photo_1": une_photo()}
    sans = client.post(page(pret), envoi)
    assert sans.status_code == 422
    assert "pour qui ne la voit pas" in sans.content.decode()
    client.post(page(pret), {**envoi, "photo_1": une_photo(), "vue_1": "L'entrée"})
    photo = pret.photos.get()
    assert (photo.description, photo.au_retour) == ("L'entrée", False)
    url = reverse("engagement:photo_pret", args=[photo.pk])
    assert client.get(url).status_code == 200
    assert 'alt="L&#x27;entrée"' in client.get(page(pret)).content.decode()
    assert client_de(agent_a).get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_whoever_lends_notes_it_too_and_a_stranger_sees_nothing(prete, habitant, agent_a):
    pret, _, horloge = prete
    personne = pret.mise_en_relation.personne
    personne.utilisateur = habitant
    personne.save()
    horloge.move_to(le(LUNDI))
    assert client_de(agent_a).get(page(pret)).status_code == 404
    assert client_de(habitant).get(page(pret)).status_code == 200
    client_de(habitant).post(page(pret), {"geste": "sortir", "etat": "Bien."})
    pret.refresh_from_db()
    assert pret.etat == "sorti"


def test_without_an_account_whoever_lends_notes_it_by_their_link(prete):
    pret, _, horloge = prete
    horloge.move_to(le(LUNDI))
    mise = pret.mise_en_relation
    url = reverse("engagement:mon_pret", args=[jeton_de_conversation(mise, "personne")])
    envoi = {"geste": "sortir", "etat": "Bien.", "photo_1": une_photo(), "vue_1": "La porte"}
    assert Client().post(url, envoi).status_code == 302
    html = Client().get(url).content.decode()
    image = re.search(r'src="(/engagement/mon-pret/[^"]+)"', html).group(1)
    assert Client().get(image).status_code == 200
    assert Client().post(url, {"geste": "rendre", "etat": "Bien."}).status_code == 302
    mise.refresh_from_db()
    assert mise.etat == "close"
    # Whoever borrows reads where the loan stands, and notes nothing.
    hote = jeton_de_conversation(mise, "accueil")
    assert Client().get(reverse("engagement:ma_mission", args=[hote])).status_code == 200
    assert Client().get(reverse("engagement:mon_pret", args=[hote])).status_code == 404
    autre = reverse("engagement:photo_de_mon_pret", args=[hote, pret.photos.get().pk])
    assert Client().get(autre).status_code == 404


def test_when_a_thing_is_free_is_shown_day_by_day(prete, agent_a):
    pret, mediateur, _ = prete
    url = reverse("engagement:calendrier_objet", args=[pret.offre_id])
    html = client_de(mediateur).get(url).content.decode()
    assert html.count('<td class="jour-pris">') == 5
    assert "lundi 1 mars 2027, 09:00" in html
    assert client_de(agent_a).get(url).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_loans_agreed_at_the_same_instant_give_one():
    with time_machine.travel(le(dt.date(2027, 2, 24)), tick=False):
        salle = OffreFactory(nature="lieu")
        mises = [
            MiseEnRelationFactory(
                besoin=BesoinFactory(dispositif=salle.dispositif, nature="lieu"), offre=salle,
                pret_debut=le(LUNDI), pret_fin=le(VENDREDI),
            )
            for _ in range(2)
        ]  # fmt: skip
        issues, depart = [], threading.Barrier(2)

        def convenir(mise):
            depart.wait()
            try:
                with transaction.atomic():
                    prets.prevoir(mise)
                issues.append("convenu")
            except ActionRefusee as refus:
                issues.append(str(refus))
            finally:
                connection.close()

        fils = [threading.Thread(target=convenir, args=[mise]) for mise in mises]
        for fil in fils:
            fil.start()
        for fil in fils:
            fil.join()
    assert sorted(issues) == ["Déjà prêté sur cette période.", "convenu"]
    assert Pret.objects.count() == 1


def test_a_loan_that_will_not_take_place_frees_its_days_and_both_sides_know(prete):
    pret, mediateur, _ = prete
    client = client_de(mediateur)
    interrompre = reverse("engagement:interrompre_mission", args=[pret.mise_en_relation_id])
    assert interrompre in client.get(page(pret)).content.decode()
    client.post(interrompre, {"prive": "Fête annulée.", "motif": ""})
    pret.refresh_from_db()
    pret.mise_en_relation.refresh_from_db()
    assert (pret.etat, pret.mise_en_relation.etat) == ("annule", "interrompue")
    assert attendus(pret, "mission_interrompue").count() == 2  # both sides: no manager for a loan
    assert not attendus(pret, "pret_0").exists()
    assert un_pret(pret.offre, mediateur=mediateur).etat == "en_mission"


def test_a_thing_that_is_out_is_not_interrupted(prete):
    pret, mediateur, horloge = prete
    horloge.move_to(le(LUNDI))
    pret.sortir(par=mediateur)
    with pytest.raises(ActionRefusee, match="« sorti »"):
        pret.mise_en_relation.interrompre(par=mediateur, prive="Plus envie.")
    with pytest.raises(ActionRefusee, match="notez d'abord son retour"):
        pret.mise_en_relation.revenir(par=mediateur)


def test_the_pages_cost_ten_queries_at_most(prete, django_assert_max_num_queries):
    pret, mediateur, _ = prete
    mise = une_mission(mediateur, besoin=BesoinFactory(dispositif=pret.offre.dispositif))
    client = client_de(mediateur)
    pour = reverse("engagement:ma_mission", args=[jeton_de_conversation(mise, "personne")])
    for adresse in (page(pret), f"/engagement/missions/{mise.pk}/", pour):
        client.get(adresse)
        with django_assert_max_num_queries(10):
            client.get(adresse)
