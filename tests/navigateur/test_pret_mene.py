"""A room lent, noted at a counter on a phone, and not brought back in time: until it is, and damaged."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from config.jours import instant_de, jour_de
from engagement.models import PhotoPret
from rappels.envoi import envoyer_les_messages_dus
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    OffreFactory,
    un_jour_de_semaine,
    un_mediateur,
    une_mission,
)
from tests.fichiers_envoyes import une_photo
from tests.navigateur.test_creche import Ecran


def le(jour: dt.date, heure: int = 9) -> dt.datetime:
    return instant_de(jour, heure)


@pytest.fixture
def convenu():
    """The room is agreed for two days, by everybody's accord; the dates are days to come."""
    dispositif = DispositifFactory()
    mediateur = un_mediateur(dispositif, email="mediation@example.org")
    salle = OffreFactory(
        personne__dispositif=dispositif, nature="lieu", titre="Salle des fêtes", lieu="Place 1"
    )
    besoin = BesoinFactory(dispositif=dispositif, nature="lieu", titre="Distribution")
    depart = un_jour_de_semaine(3)
    mise = une_mission(
        mediateur, besoin=besoin, offre=salle, mediateur=mediateur,
        pret_debut=le(depart), pret_fin=le(depart + dt.timedelta(days=1), 18),
    )  # fmt: skip
    return mise.pret, mediateur, depart


def test_a_room_not_brought_back_in_time_until_it_is_damaged(contexte, convenu):
    pret, mediateur, depart = convenu
    hote = pret.mise_en_relation.besoin.accueil_email
    envoyer_les_messages_dus()
    mail.outbox.clear()

    with time_machine.travel(le(depart, 10), tick=True):
        comptoir = Ecran(contexte("telephone", user=mediateur))
        comptoir.ouvrir(f"/engagement/prets/{pret.pk}/")
        comptoir.remplir(etat="Propre, deux clés.")
        _photographier(comptoir, 1, "La salle vide, les chaises rangées")
        comptoir.activer("main button[value=sortir]")
        pret.refresh_from_db()
        assert (pret.etat, pret.etat_sortie) == ("sorti", "Propre, deux clés.")

    dernier = depart + dt.timedelta(days=1)
    recus: list[tuple[str, str]] = []
    for jours in range(20):
        with time_machine.travel(le(dernier + dt.timedelta(days=jours), 11), tick=True):
            envoyer_les_messages_dus()
    recus = [(m.to[0], m.subject) for m in mail.outbox if "Salle des fêtes" in m.body]
    assert [a for a, _ in recus].count(hote) >= 3  # the day, late, and what was noted
    assert any(a == mediateur.email for a, _ in recus)  # then the cellule

    with time_machine.travel(le(dernier + dt.timedelta(days=20), 10), tick=True):
        bureau = Ecran(contexte("bureau", user=mediateur))
        bureau.ouvrir(f"/engagement/{pret.offre.dispositif_id}/guichet/")
        assert "Prêts pas encore revenus" in bureau.texte
        assert "Salle des fêtes" in bureau.texte or "Distribution" in bureau.texte
        comptoir = Ecran(contexte("telephone", user=mediateur))
        comptoir.ouvrir(f"/engagement/prets/{pret.pk}/")
        assert "En retard" in comptoir.texte
        comptoir.remplir(etat="Une vitre cassée, une clé manque.")
        comptoir.page.locator("#id_abime").check()
        _photographier(comptoir, 1, "La vitre cassée, côté cour")
        comptoir.activer("main button[value=rendre]")
        pret.refresh_from_db()
        assert (pret.etat, pret.abime) == ("rendu", True)
        assert pret.rendu_le is not None
        assert pret.rendu_le <= timezone.now()
        # Both states and both pictures are there for whoever looks back.
        comptoir.ouvrir(f"/engagement/prets/{pret.pk}/")
        assert "Propre, deux clés." in comptoir.texte
        assert "Une vitre cassée" in comptoir.texte
        images = comptoir.page.locator("main img")
        assert images.count() == PhotoPret.objects.count() == 2
        assert {images.nth(n).get_attribute("alt") for n in range(2)} == {
            "La salle vide, les chaises rangées",
            "La vitre cassée, côté cour",
        }
        bureau.ouvrir(f"/engagement/{pret.offre.dispositif_id}/guichet/")
        assert "Prêts pas encore revenus" not in bureau.texte
        pret.mise_en_relation.refresh_from_db()
        assert pret.mise_en_relation.etat == "retour"  # damaged: the cellule ends it
        assert jour_de() > dernier


def _photographier(ecran: Ecran, rang: int, vue: str) -> None:
    photo = une_photo()
    ecran.page.locator(f"#id_photo_{rang}").set_input_files(
        {"name": photo.name, "mimeType": "image/jpeg", "buffer": photo.read()}
    )
    ecran.remplir(**{f"vue_{rang}": vue})
