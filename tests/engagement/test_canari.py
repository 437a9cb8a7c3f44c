"""The canary: a marked private reason, put wherever it may be typed, is read by the cellule on one page and by
nobody anywhere else: no page of any role, no mail, no API answer, no export, no line of history.
"""

import json

import pytest
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse

from engagement.liens import jeton_de_conversation
from engagement.models import Echange, Ligne, MotifPrive
from rappels.models import Message
from rappels.registre import redacteur_de
from tests.conftest import client_de
from tests.fabriques import UtilisateurFactory
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    OffreFactory,
    PersonneFactory,
    un_mediateur,
    une_mise_en_relation_en_accords,
    une_mise_en_relation_rencontree,
    une_mission,
)

pytestmark = pytest.mark.django_db
CANARI = "CANARI-7f3a"


@pytest.fixture
def scene():
    """Four ways of confiding a reason: declined by each side, an accord refused, a mission stopped."""
    dispositif = DispositifFactory()
    mediateur = un_mediateur(dispositif)
    offrant, accueil = UtilisateurFactory(), UtilisateurFactory()
    personne = PersonneFactory(dispositif=dispositif, utilisateur=offrant, email=offrant.email)
    demandeur = PersonneFactory(
        dispositif=dispositif, utilisateur=accueil, email=accueil.email, statut="organisation"
    )

    def champs():
        besoin = BesoinFactory(dispositif=dispositif, demandeur=demandeur)
        return {"besoin": besoin, "offre": OffreFactory(personne=personne)}

    par_la_personne = une_mise_en_relation_rencontree(mediateur, **champs())
    page = reverse(
        "engagement:conversation", args=[jeton_de_conversation(par_la_personne, "personne")]
    )
    Client().post(page, {"geste": "decliner", "motif": "Trop loin", "prive": CANARI})
    par_la_cellule = une_mise_en_relation_rencontree(mediateur, **champs())
    client_de(mediateur).post(
        par_la_cellule.get_absolute_url(),
        {"geste": "decliner", "pour": "accueil", "motif": "Trop tard", "prive": CANARI},
    )
    refusee = une_mise_en_relation_en_accords(mediateur, **champs())
    accord = refusee.accords.get(cote="manager")
    Client().post(
        reverse("engagement:accord", args=[accord.jeton]),
        {"reponse": "non", "motif": "Pas ce mois-ci", "prive": CANARI},
    )
    arretee = une_mission(mediateur, **champs())
    arretee.interrompre(cote="personne", motif="Souci", prive=CANARI)
    mises = [par_la_personne, par_la_cellule, refusee, arretee]
    assert MotifPrive.objects.filter(texte__contains=CANARI).count() == len(mises)
    return {
        "mises": mises, "mediateur": mediateur, "dispositif": dispositif, "personne": personne,
        "offrant": offrant, "accueil": accueil, "demandeur": demandeur,
    }  # fmt: skip


def adresses(scene):
    """Every address of the desk that takes one thing, with each of these things: numbers, then tokens."""
    from engagement.urls import urlpatterns

    mise = scene["mises"][0]
    jetons = [scene["personne"].jeton, scene["demandeur"].jeton]
    for une in scene["mises"]:
        jetons += [jeton_de_conversation(une, cote) for cote in ("personne", "accueil")]
        jetons += [accord.jeton for accord in une.accords.all()]
    pks = {scene["dispositif"].pk, mise.besoin_id, mise.offre_id, scene["personne"].pk}
    pks |= {une.pk for une in scene["mises"]}
    par_numero, par_jeton = set(), set()
    for motif in urlpatterns:
        sortes = [type(c).__name__ for c in motif.pattern.converters.values()]
        if len(sortes) > 1:
            continue
        valeurs, ou = (jetons, par_jeton) if sortes == ["StringConverter"] else (pks, par_numero)
        for args in [[valeur] for valeur in valeurs] if sortes else [[]]:
            ou.add(reverse(f"engagement:{motif.name}", args=args))
    return sorted(par_numero), sorted(par_jeton)


@pytest.mark.lent
def test_the_private_reason_is_on_one_page_of_the_cellule_alone(scene):
    siennes = {mise.get_absolute_url() for mise in scene["mises"]}
    lecteurs = {
        "cellule": scene["mediateur"],
        "personne": scene["offrant"],
        "accueil": scene["accueil"],
        "administrateur": UtilisateurFactory(role="administrateur"),
        "visiteur": None,
    }
    par_numero, par_jeton = adresses(scene)
    vues = 0
    for role, user in lecteurs.items():
        client = client_de(user)
        # A link shows the same to whoever holds it: one reader is enough.
        liens = par_jeton if role == "visiteur" else []
        for chemin in [*par_numero, *liens, "/mon-espace/", "/", "/api/v1/", "/rappels/"]:
            if CANARI in corps(client.get(chemin)):
                assert role == "cellule", (role, chemin)
                assert chemin in siennes, (role, chemin)
                vues += 1
    assert vues == len(siennes)


def corps(reponse):
    """What came back, whatever its kind."""
    if reponse.streaming:
        return b"".join(reponse.streaming_content).decode(errors="replace")
    return reponse.content.decode(errors="replace")


def test_no_mail_carries_the_private_reason_nor_somebody_s_address_before_the_accords(scene):
    messages = list(Message.objects.all())
    assert {"mise_declinee", "accord_mission_refuse"} <= {m.genre for m in messages}
    for message in messages:
        assert CANARI not in json.dumps(message.donnees)
        courriel = redacteur_de(message.genre)(message)
        if courriel is None:
            continue
        pieces = b"".join(piece.contenu for piece in courriel.pieces).decode(errors="replace")
        assert CANARI not in courriel.objet + courriel.texte + courriel.html + pieces
        if message.genre != "mission_convenue":
            siens = message.destinataire.lower()
            for personne in (scene["personne"], scene["demandeur"]):
                if personne.email.lower() != siens:
                    assert personne.email not in courriel.texte


def test_no_line_of_history_and_no_word_of_the_conversation_carries_it(scene):
    assert CANARI not in serialize("json", Ligne.objects.all())
    assert CANARI not in serialize("json", Echange.objects.all())
    for mise in scene["mises"]:
        mise.refresh_from_db()
        assert CANARI not in serialize("json", [mise])
        assert CANARI not in serialize("json", mise.accords.all())


def test_a_second_reason_goes_under_the_first(scene):
    refusee = scene["mises"][2]
    refusee.decliner(cote="personne", prive="Autre chose")
    motif = MotifPrive.objects.get(mise_en_relation=refusee)
    assert CANARI in motif.texte
    assert "Autre chose" in motif.texte
