"""The mails about the cellule of a dispositif, its last day and its closing."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from config.jours import jour_de
from engagement.cellule import ARRIVEE
from engagement.cloture_annonces import MAIL as CLOTURE
from engagement.destinataires import de_la_cellule
from engagement.rappels_dispositif import A_CLORE
from rappels.redaction import en_bref, jour_en_mots, lien, rediger
from rappels.registre import Courriel, redige

if TYPE_CHECKING:
    from engagement.models import Dispositif, MiseEnRelation
    from rappels.models import Message

GABARITS = "engagement/courriels"


@redige(ARRIVEE, libelle="Arrivée dans la cellule d'un dispositif", indispensable=True)
def cellule_arrivee(message: "Message") -> Courriel | None:
    """Tells somebody that they keep a desk from now on."""
    from engagement.models import Mediation

    places = Mediation.objects.actives().select_related("dispositif__organisation", "utilisateur")
    place = places.filter(pk=message.numero).first()
    if place is None or place.utilisateur.email.lower() != message.destinataire.lower():
        return None
    contexte = {"dispositif": place.dispositif, "lien": lien(place.dispositif.get_absolute_url())}
    return rediger(
        message,
        objet=f"Vous tenez le guichet de « {en_bref(place.dispositif.nom)} »",
        gabarit=f"{GABARITS}/cellule_arrivee",
        contexte=contexte,
    )


@redige(A_CLORE, libelle="Dispositif à fermer, son dernier jour passé", aux_heures_ouvrees=True)
def dispositif_a_clore(message: "Message") -> Courriel | None:
    """Reminds the cellule that its dispositif waits for its end."""
    from engagement.models import Dispositif

    dispositifs = Dispositif.objects.a_clore().select_related("organisation")
    dispositif = dispositifs.filter(pk=message.numero).first()
    if dispositif is None or dispositif.fin is None:
        return None
    if message.donnees.get("fin") != dispositif.fin.isoformat():
        return None
    if message.destinataire.lower() not in de_la_cellule(dispositif):
        return None
    contexte = {
        "dispositif": dispositif,
        "fin": jour_en_mots(dispositif.fin),
        "lien": lien(reverse("engagement:clore_dispositif", args=[dispositif.pk])),
    }
    return rediger(
        message,
        objet=f"« {en_bref(dispositif.nom)} » est à fermer",
        gabarit=f"{GABARITS}/dispositif_a_clore",
        contexte=contexte,
    )


@redige(CLOTURE, libelle="Fermeture d'un dispositif", indispensable=True)
def dispositif_clos(message: "Message") -> Courriel | None:
    """Tells each person once that it is over: their half-days, what goes on, what is to bring back, thanks."""
    from engagement.models import Dispositif

    dispositifs = Dispositif.objects.select_related("organisation")
    dispositif = dispositifs.filter(pk=message.numero, etat="clos").first()
    if dispositif is None:
        return None
    sienne = _de_la_personne(dispositif, message) or _de_la_mission(dispositif, message)
    if sienne is None:
        return None
    contexte = {
        "dispositif": dispositif,
        "le": jour_en_mots(jour_de(dispositif.clos_le)),
        "lien": lien(dispositif.get_absolute_url()),
        **sienne,
    }
    return rediger(
        message,
        objet=f"« {en_bref(dispositif.nom)} » ferme : merci",
        gabarit=f"{GABARITS}/dispositif_clos",
        contexte=contexte,
    )


def _de_la_personne(dispositif: "Dispositif", message: "Message") -> dict[str, Any] | None:
    """What is theirs; None when they were erased, or have another address, since."""
    from engagement.models import DemiJournee, Personne

    personnes = Personne.objects.filter(dispositif=dispositif, effacee_le=None)
    personne: Personne | None = personnes.filter(pk=message.donnees.get("personne")).first()
    if personne is None or personne.email.lower() != message.destinataire.lower():
        return None
    faites = DemiJournee.objects.filter(
        personne=personne, mise_en_relation__dispositif=dispositif, etat=DemiJournee.Etat.FAITE
    )
    return {
        "demi_journees": faites.count(),
        "missions": _en_mots(dispositif.mises_en_relation.filter(personne=personne)),
        "accueils": _en_mots(dispositif.mises_en_relation.filter(besoin__demandeur=personne)),
        "emprunts": [
            {"titre": mise.offre.titre, "avant": jour_en_mots(jour_de(mise.pret.fin))}
            for mise in dispositif.mises_en_relation.filter(
                besoin__demandeur=personne, pret__etat="sorti"
            ).select_related("offre", "pret")
        ],
        "pret_attendu": dispositif.mises_en_relation.filter(
            personne=personne, pret__etat="sorti"
        ).exists(),
    }


def _de_la_mission(dispositif: "Dispositif", message: "Message") -> dict[str, Any] | None:
    """Who welcomes, or manages, one mission: what becomes of it."""
    mises = dispositif.mises_en_relation.filter(pk=message.donnees.get("mise_en_relation"))
    mise: MiseEnRelation | None = mises.select_related("besoin", "personne").first()
    if mise is None:
        return None
    adresses = {mise.besoin.accueil_email.lower(), mise.personne.manager_email.lower()}
    if message.destinataire.lower() not in adresses:
        return None
    return {"accueils": _en_mots(mises)}


def _en_mots(mises: Any) -> list[dict[str, str]]:
    """Missions that go on, each with its last half-day."""
    lignes = []
    en_mission = mises.filter(etat="en_mission", pret=None).select_related("besoin")
    for mise in en_mission.prefetch_related("demi_journees"):
        jours = [d.jour for d in mise.demi_journees.all() if d.etat != "annulee"]
        if jours:
            lignes.append({"titre": mise.besoin.titre, "dernier": jour_en_mots(max(jours))})
    return lignes
