"""A crisis: a dispositif opened on one page, filled from a table of 2 500 offers, closed with a marked end.

Led through the screens alone, by the référent·e of a collectivité (DOMAIN: « opened in minutes, closed with a
marked end »; the size is Grenoble's).
"""

from django.core import mail

from engagement.models import Dispositif, Offre
from engagement.tasks import achever_les_clotures
from rappels.envoi import envoyer_les_messages_dus
from rappels.models import Message
from tests.navigateur.test_creche import Ecran
from tests.territoires_engagement import un_coin_de_pays

TITRES = "Prénom et nom;Qui;Adresse e-mail;Téléphone;Envies;Commune;Demi-journées;Limites fermes"
BONNES = 2_500
CASSEES = [
    "Sans commune;habitante;sans@example.org;0600000001;Cuisiner;Nulle-Part;lundi matin;",
    ";habitante;anonyme@example.org;0600000002;Cuisiner;Lambersart;lundi matin;",
    "Adresse fausse;habitante;pas-une-adresse;0600000003;Cuisiner;Lambersart;lundi matin;",
]


def tableau() -> bytes:
    """Good lines, and three that are not."""
    bonnes = [
        f"Volontaire {n};habitante;v{n}@foule.example;06{n:08};Appeler, cuisiner;Lambersart;mardi;"
        for n in range(BONNES)
    ]
    return "\r\n".join([TITRES, *bonnes, *CASSEES]).encode("cp1252")


def test_a_crisis_is_opened_filled_and_closed(contexte, referent_a, organisation_a):
    metropole = un_coin_de_pays()["epci"]
    organisation_a.territoire = metropole
    organisation_a.save()
    ecran = Ecran(contexte("bureau", user=referent_a))

    ecran.ouvrir("/engagement/nouveau/")
    ecran.cocher("modele", "reserve_citoyenne")
    ecran.remplir(nom="Réserve de la canicule", contact="03 00 00 00 00")
    ecran.page.locator("#id_en_crise").check()
    ecran.activer("main button[value=ouvrir]")
    dispositif = Dispositif.objects.get()
    assert (dispositif.etat, dispositif.en_crise) == ("ouvert", True)
    assert dispositif.territoire == metropole

    ecran.ouvrir(f"/engagement/{dispositif.pk}/offres/importer/")
    ecran.page.locator("#id_fichier").set_input_files(
        {"name": "volontaires.csv", "mimeType": "text/csv", "buffer": tableau()}
    )
    ecran.activer("main form button[type=submit]")
    assert not Offre.objects.exists()  # shown before anything is written
    ecran.cocher("consentement", "en_ligne")
    ecran.remplir(precision="Formulaire de la ville, ce matin")
    ecran.page.locator("#id_d_accord").check()
    ecran.page.locator("#id_prevenir").uncheck()
    ecran.activer("main button:has-text('Importer')")
    assert "2500 offres importées" in ecran.texte.replace("\u202f", "").replace("\xa0", "")
    assert "3 restent à corriger" in ecran.texte
    assert Offre.objects.filter(etat="active").count() == BONNES

    ecran.ouvrir(f"/engagement/{dispositif.pk}/guichet/")
    assert "Réserve de la canicule" in ecran.texte

    ecran.ouvrir(f"/engagement/{dispositif.pk}/fermer/")
    assert "2500 personnes" in ecran.texte.replace("\u202f", "").replace("\xa0", "")
    ecran.remplir(mot_de_fin="La chaleur est passée. Merci d'avoir été là.")
    ecran.page.locator("#id_compris").check()
    ecran.activer("main button.bouton-danger")
    achever_les_clotures()
    dispositif.refresh_from_db()
    assert dispositif.etat == "clos"
    assert dispositif.cloture_achevee_le is not None
    assert not Offre.objects.exclude(etat="terminee").exists()

    # One mail an address; two of them are read.
    adieux = Message.objects.filter(genre="dispositif_clos")
    assert adieux.count() == adieux.values("destinataire").distinct().count() >= BONNES
    Message.objects.exclude(destinataire__in=["v1@foule.example", "v2@foule.example"]).delete()
    envoyer_les_messages_dus()
    assert [m.to for m in mail.outbox] == [["v1@foule.example"], ["v2@foule.example"]]
    assert all("La chaleur est passée" in m.body for m in mail.outbox)

    visiteur = Ecran(contexte("telephone"))
    visiteur.ouvrir(dispositif.get_absolute_url())
    assert "La chaleur est passée" in visiteur.texte
    assert "J'offre" not in visiteur.texte
