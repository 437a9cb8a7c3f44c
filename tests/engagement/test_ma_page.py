"""A person's own page by link: gestures, changes, all about me as a file, being forgotten."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from config.jours import jour_de
from engagement.models import (
    ConsultationContact,
    DemiJournee,
    Echange,
    Ligne,
    MiseEnRelation,
    MotifPrive,
    Offre,
    Personne,
    PhotoOffre,
    Pret,
)  # fmt: skip
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_mission,
    une_salle_photographiee,
)
from tests.fichiers_envoyes import une_photo
from tests.territoires_engagement import un_coin_de_pays

pytestmark = pytest.mark.django_db


@pytest.fixture
def personne():
    return PersonneFactory(nom="Nom Unique", telephone="06 98 76 54 32", email="unique@example.org")


def page(personne, nom="mon_engagement", *args):
    return reverse(f"engagement:{nom}", args=[personne.jeton, *args])


def texte(reponse):
    return reponse.content.decode().replace("&#x27;", "'")


def changement(offre, **champs):
    """What the page of an offer sends."""
    return {
        "version": offre.version(), "envies": offre.envies, "demi_journees": ["0"], "commune": "Lambersart",
        "rayon": "commune", "debut": f"{offre.debut:%Y-%m-%d}", **champs,
    }  # fmt: skip


def test_the_page_says_what_was_proposed_and_for_how_long_it_waits(client, personne):
    mise = MiseEnRelationFactory(offre=OffreFactory(personne=personne))
    MiseEnRelation.objects.update(attend_depuis=mise.attend_depuis - dt.timedelta(days=3))
    html = texte(client.get(page(personne)))
    assert "On attend votre réponse depuis 3 jours." in html
    assert mise.besoin.titre in html
    assert reverse("engagement:conversation", args=["x"])[:-2] in html


def test_a_page_by_link_is_kept_by_nobody_and_told_to_nobody(client, personne):
    reponse = client.get(page(personne))
    assert reponse["Referrer-Policy"] == "same-origin"
    assert "noindex" in reponse["X-Robots-Tag"]
    assert "no-store" in reponse["Cache-Control"]


@pytest.mark.parametrize("jeton", ["x", "MQ:abc:def", "é", "a" * 3000])
@pytest.mark.parametrize("nom", ["mon_engagement", "mes_donnees", "effacer_mes_donnees"])
def test_a_damaged_link_opens_nothing_and_says_what_to_do(client, personne, nom, jeton):
    reponse = client.get(reverse(f"engagement:{nom}", args=[jeton]))
    assert reponse.status_code == 404
    assert "Ce lien n'ouvre rien" in texte(reponse)


def test_one_pauses_comes_back_and_says_absences(client, personne):
    offre = OffreFactory(personne=personne)
    client.post(page(personne), {"geste": "pause"})
    assert not Offre.objects.actives().exists()
    client.post(page(personne), {"geste": "reprendre"})
    assert list(Offre.objects.actives()) == [offre]
    jour = jour_de()
    absence = {"geste": "absence", "debut": f"{jour:%d/%m/%Y}", "fin": ""}
    client.post(page(personne), absence)
    client.post(page(personne), absence)
    posee = personne.absences.get()
    assert (posee.debut, posee.fin) == (jour, jour)
    assert not Offre.objects.actives().exists()
    client.post(page(personne), {"geste": "retirer_absence", "numero": posee.pk})
    assert not personne.absences.exists()
    actions = Ligne.objects.filter(sujet=f"personne:{personne.pk}").values_list("action", flat=True)
    assert list(actions) == ["mettre_en_pause", "reprendre", "s_absenter"]


@pytest.mark.parametrize(
    ("debut", "fin", "dit"),
    [
        ("31/02/2027", "", "n'existe pas"),
        ("2027-03-02", "2027-03-01", "après son début"),
        ("2020-03-02", "2020-03-03", "déjà passée"),
        ("2027-03-02", "2032-03-03", "faites plutôt une pause"),
        ("", "", "à partir de quel jour"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_in_words(client, personne, debut, fin, dit):
    reponse = client.post(page(personne), {"geste": "absence", "debut": debut, "fin": fin})
    assert reponse.status_code == 422
    assert dit in texte(reponse)


def test_an_unknown_gesture_or_somebody_else_s_offer_changes_nothing(client, personne):
    autre = OffreFactory()
    assert client.post(page(personne), {"geste": "x"}).status_code == 409
    donnees = {"geste": "terminer", "numero": autre.pk}
    assert client.post(page(personne), donnees).status_code == 404
    assert client.get(page(personne, "mon_offre", autre.pk)).status_code == 404


def test_ending_an_offer_declines_what_was_proposed(client, personne):
    mise = MiseEnRelationFactory(offre=OffreFactory(personne=personne))
    client.post(page(personne), {"geste": "terminer", "numero": mise.offre.pk})
    mise.refresh_from_db()
    assert (mise.etat, mise.declinee_par, mise.offre.etat) == ("declinee", "personne", "terminee")


def test_an_offer_is_changed_from_one_s_page(client, personne):
    un_coin_de_pays()
    offre = OffreFactory(personne=personne)
    reponse = client.post(page(personne, "mon_offre", offre.pk), changement(offre, envies="Lire"))
    offre.refresh_from_db()
    assert reponse.status_code == 302
    assert (offre.envies, offre.quand, offre.territoire.nom) == (
        "Lire", "lundi matin", "Lambersart",
    )  # fmt: skip


def test_two_people_who_change_one_offer_lose_nothing(client, personne):
    un_coin_de_pays()
    offre = OffreFactory(personne=personne)
    perimee = changement(offre, envies="Les mots de la seconde personne")
    Offre.objects.update(envies="Les mots de la première")
    reponse = client.post(page(personne, "mon_offre", offre.pk), perimee)
    assert reponse.status_code == 409
    assert "Les mots de la seconde personne" in texte(reponse)
    offre.refresh_from_db()
    assert offre.envies == "Les mots de la première"
    client.post(page(personne, "mon_offre", offre.pk), {**perimee, "version": offre.version()})
    offre.refresh_from_db()
    assert offre.envies == "Les mots de la seconde personne"


def test_an_ended_offer_does_not_change(client, personne):
    un_coin_de_pays()
    offre = OffreFactory(personne=personne)
    offre.terminer()
    reponse = client.post(page(personne, "mon_offre", offre.pk), changement(offre))
    assert reponse.status_code == 409
    assert "est terminée" in texte(reponse)


def test_pictures_are_added_described_and_taken_off(client, personne):
    salle = OffreFactory(personne=personne, nature="lieu", titre="Salle")
    adresse = page(personne, "mon_offre", salle.pk)
    sans = client.post(adresse, {"geste": "photo", "fichier": une_photo()})
    assert sans.status_code == 422
    client.post(adresse, {"geste": "photo", "fichier": une_photo(), "description": "L'entrée"})
    photo = salle.photos.get()
    assert client.get(page(personne, "ma_photo", photo.pk)).status_code == 200
    autre = PersonneFactory()
    assert client.get(page(autre, "ma_photo", photo.pk)).status_code == 404
    client.post(adresse, {"geste": "retirer_photo", "numero": photo.pk})
    assert not PhotoOffre.objects.exists()


def test_a_new_address_is_confirmed_by_its_own_mail_only(client, personne):
    donnees = {"statut": "habitant", "nom": "Nom Unique", "email": "Nouvelle@example.org"}
    assert client.post(page(personne, "mes_coordonnees"), donnees).status_code == 302
    personne.refresh_from_db()
    assert (personne.email, personne.joignable) == ("nouvelle@example.org", False)
    message = Message.objects.get(genre="adresse_a_confirmer")
    lien = redacteur_de(message.genre)(message).texte
    jeton = lien.split("?adresse=")[1].split()[0]
    client.post(page(personne), {"geste": "confirmer_adresse", "adresse": "faux"})
    personne.refresh_from_db()
    assert not personne.joignable
    client.post(page(personne), {"geste": "confirmer_adresse", "adresse": jeton})
    personne.refresh_from_db()
    assert personne.joignable


def test_an_address_of_somebody_else_is_refused(client, personne):
    autre = PersonneFactory(dispositif=personne.dispositif)
    donnees = {"statut": "habitant", "nom": "Nom", "email": autre.email.upper()}
    reponse = client.post(page(personne, "mes_coordonnees"), donnees)
    assert reponse.status_code == 422
    assert "quelqu'un d'autre" in texte(reponse)


def test_all_about_me_is_a_file_one_can_read(client, personne):
    mise = MiseEnRelationFactory(offre=OffreFactory(personne=personne, refuse=["week_end"]))
    mise.decliner(cote="accueil", motif="Déjà quelqu'un", prive="SECRET DE L'ACCUEIL")
    autre = MiseEnRelationFactory(offre=mise.offre)
    autre.decliner(cote="personne", motif="Non merci", prive="CE QUE J'AI CONFIÉ")
    mediateur = un_mediateur(personne.dispositif, nom="Prénom De La Cellule", fonction="médiatrice")
    ConsultationContact.objects.create(personne=personne, par=mediateur, page="Sa page")
    reponse = client.get(page(personne, "mes_donnees"))
    brut = reponse.content.decode()
    tout = json.loads(brut)
    assert "attachment" in reponse["Content-Disposition"]
    assert tout["vous"]["téléphone"] == "06 98 76 54 32"
    assert tout["offres"][0]["limites fermes"] == ["Pas le week-end"]
    assert tout["qui a regardé vos coordonnées"][0]["par"] == "médiatrice"
    # What was told to the cellule alone is on its page and nowhere else, not even in one's own file.
    assert "CE QUE J'AI CONFIÉ" not in brut
    assert "SECRET DE L'ACCUEIL" not in brut
    assert "Prénom De La Cellule" not in brut


def test_being_forgotten_says_what_goes_then_leaves_figures_only(client, personne):
    salle = une_salle_photographiee(personne)
    offre = OffreFactory(
        personne=personne, envies="Nom Unique aime lire", contraintes="secret", refuse=["escaliers"]
    )
    mise = MiseEnRelationFactory(offre=offre)
    mise.discuter(texte="Nom Unique vous répond", cote="personne")
    passee = MiseEnRelationFactory(offre=salle)
    passee.decliner(cote="personne", prive="Nom Unique est malade")
    cle = personne.cle
    assert "Ce qui reste, sans nom" in texte(client.get(page(personne, "effacer_mes_donnees")))
    personne.refresh_from_db()
    assert personne.nom  # GET changes nothing
    adresse = page(personne, "effacer_mes_donnees")
    assert "C'est effacé" in texte(client.post(adresse))
    assert "C'est effacé" in texte(client.post(adresse))  # a second click
    personne.refresh_from_db()
    mise.refresh_from_db()
    assert (personne.nom, personne.email, personne.telephone, personne.manager_email) == ("",) * 4
    assert personne.cle != cle
    assert (mise.etat, mise.declinee_par) == ("declinee", "personne")
    assert not PhotoOffre.objects.exists()
    assert not Echange.objects.exists()
    assert not MotifPrive.objects.exists()
    assert Offre.objects.filter(personne=personne, etat="terminee").count() == 2
    assert client.get(page(personne)).status_code == 404
    lignes = Ligne.objects.filter(sujet=f"personne:{personne.pk}").values_list("action", flat=True)
    assert list(lignes) == ["effacer"]


def test_nothing_of_a_forgotten_person_stays_in_any_column():
    dispositif = DispositifFactory()
    personne = PersonneFactory(
        dispositif=dispositif, nom="Aubépine Canari", email="canari@example.org"
    )
    mise = une_mission(
        offre=OffreFactory(personne=personne, envies="Canari"), besoin__dispositif=dispositif
    )
    personne.effacer()
    mise.refresh_from_db()
    assert mise.etat == "interrompue"
    assert DemiJournee.objects.filter(mise_en_relation=mise).count()
    assert set(DemiJournee.objects.values_list("cle", flat=True)) == {personne.cle}
    from django.apps import apps

    for modele in apps.get_app_config("engagement").get_models():
        for ligne in modele.objects.values():
            assert "canari" not in str(ligne).lower(), modele
    attendent = Message.objects.filter(etat="prevu", destinataire="canari@example.org")
    assert not attendent.exists()


def test_who_asked_is_forgotten_with_their_needs():
    besoin = BesoinFactory(
        titre="Aide pour Aubépine", lieu="3 rue du Canari", accueil_nom="Aubépine"
    )
    mise = MiseEnRelationFactory(besoin=besoin)
    besoin.demandeur.effacer()
    besoin.refresh_from_db()
    mise.refresh_from_db()
    assert (besoin.etat, besoin.titre, besoin.lieu, besoin.accueil_nom) == (
        "clos", "Besoin effacé", "", "",
    )  # fmt: skip
    assert mise.etat == "declinee"
    assert Personne.objects.get(pk=mise.personne_id).nom


def test_one_is_not_forgotten_while_something_lent_is_out(client, personne):
    salle = OffreFactory(personne=personne, nature="materiel", titre="Vélo")
    mise = MiseEnRelationFactory(offre=salle)
    from django.utils import timezone
    from psycopg2.extras import DateTimeTZRange

    demain = timezone.now() + dt.timedelta(days=1)
    Pret.objects.create(
        mise_en_relation=mise, offre=salle, etat="sorti", periode=DateTimeTZRange(timezone.now(), demain)
    )  # fmt: skip
    reponse = client.post(page(personne, "effacer_mes_donnees"))
    assert reponse.status_code == 409
    assert "n'est pas encore revenu" in texte(reponse)
    personne.refresh_from_db()
    assert personne.nom
    compte = UtilisateurFactory()
    personne.utilisateur = compte
    personne.save()
    from comptes.refus import DecisionImpossible

    with pytest.raises(DecisionImpossible):
        compte.supprimer()


def test_an_account_that_goes_takes_its_offers():
    personne = PersonneFactory(utilisateur=UtilisateurFactory())
    OffreFactory(personne=personne)
    personne.utilisateur.supprimer()
    personne.refresh_from_db()
    assert (personne.nom, personne.email, personne.utilisateur) == ("", "", None)


def test_mon_espace_leads_to_one_s_page(client):
    personne = PersonneFactory(utilisateur=UtilisateurFactory())
    MiseEnRelationFactory(offre=OffreFactory(personne=personne))
    client.force_login(personne.utilisateur)
    html = texte(client.get("/mon-espace/"))
    assert page(personne) in html
    assert "1 proposition attend votre réponse" in html
