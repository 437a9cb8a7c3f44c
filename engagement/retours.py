"""The planned return (DOMAIN): its talk, what was learnt, the bilan of both sides, the thanks."""

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from config.jours import jour_de
from engagement.destinataires import de_l_accueil, de_la_personne, du_manager
from engagement.historique import noter
from engagement.perms import tient_le_guichet
from engagement.rappels_retour import replanifier
from engagement.refus import ActionRefusee
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation, Retour


def ouvrir(
    mise: "MiseEnRelation", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
) -> None:
    """The inside of ``MiseEnRelation.revenir``, its rows locked. Raises ActionRefusee."""
    if mise.est_un_pret:
        if mise.pret.etat == "sorti":
            raise ActionRefusee("L'objet n'est pas revenu : notez d'abord son retour.")
    elif mise.demi_journees.exclude(etat="annulee").filter(jour__gte=jour_de(at)).exists():
        raise ActionRefusee(
            "Il reste des demi-journées à venir : annulez-les, ou interrompez la mission."
        )
    mise._terminer("revenir", par=par, at=at or timezone.now(), attend="cellule")
    mise._retour()
    if not mise.est_un_pret:
        replanifier(mise, at=at)
        _annoncer(mise)


def retour_de(mise: "MiseEnRelation") -> "Retour | None":
    """Its return as it is told so far. One query."""
    from engagement.models import Retour

    retour: Retour | None = Retour.objects.filter(mise_en_relation=mise).first()
    return retour


def manques(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> list[str]:
    """What is missing before it closes."""
    obstacles = []
    if mise.demi_journees.filter(etat="prevue").exists():
        obstacles.append("Dites de chaque demi-journée si elle a eu lieu.")
    retour = retour_de(mise)
    if retour is None or (retour.entretien_le is None and not retour.sans_entretien):
        obstacles.append("Notez l'entretien de retour, ou dites pourquoi il n'a pas eu lieu.")
    return obstacles


@transaction.atomic
def noter_retour(
    mise: "MiseEnRelation",
    *,
    par: "Utilisateur",
    entretien_le: dt.date | None = None,
    sans_entretien: str = "",
    appris: str = "",
    suite: str = "",
    at: dt.datetime | None = None,
) -> None:
    """What the talk said, or why there was none. Raises PermissionDenied, ActionRefusee."""
    mise._verrouiller()
    if not tient_le_guichet(par, mise.dispositif):
        raise PermissionDenied
    if mise.etat_au(at) != mise.Etat.RETOUR:
        raise ActionRefusee("Le retour se note quand la mission est finie, et avant de la clore.")
    if entretien_le is not None and entretien_le > jour_de(at):
        raise ActionRefusee("Ce jour n'est pas encore passé.")
    retour = mise._retour()
    retour.entretien_le, retour.sans_entretien = entretien_le, sans_entretien
    retour.appris, retour.suite = appris, suite
    retour.save(update_fields=["entretien_le", "sans_entretien", "appris", "suite"])
    sujet = f"mise_en_relation:{mise.pk}"
    dit = "Entretien de retour noté" if entretien_le else "Retour noté, sans entretien"
    noter(mise.dispositif_id, sujet, "noter_retour", dit, par=par, at=at)
    replanifier(mise, at=at)


def remercier(mise: "MiseEnRelation", *, at: dt.datetime | None = None) -> None:
    """Plan the thanks to both sides, once. A loan is thanked for too."""
    retour = mise._retour()
    if retour.remerciee_le is not None:
        return
    _planifier(mise, "remerciements", "personne", de_la_personne(mise.personne))
    _planifier(mise, "remerciements", "accueil", de_l_accueil(mise))
    retour.remerciee_le = at or timezone.now()
    retour.save(update_fields=["remerciee_le"])
    replanifier(mise, at=at)


def _annoncer(mise: "MiseEnRelation") -> None:
    """The mission is over: the day of the talk, and how it went according to both sides."""
    _planifier(mise, "retour_annonce", "personne", de_la_personne(mise.personne))
    _planifier(mise, "retour_annonce", "manager", du_manager(mise))
    _planifier(mise, "bilan_demande", "personne", de_la_personne(mise.personne))
    _planifier(mise, "bilan_demande", "accueil", de_l_accueil(mise))


def _planifier(mise: "MiseEnRelation", genre: str, cote: str, adresses: list[str]) -> None:
    sujet = f"mise_en_relation:{mise.pk}"
    for adresse in adresses:
        boite.planifier(
            genre=genre,
            sujet=sujet,
            destinataire=adresse,
            cle=f"{genre}:{sujet}:{cote}:{adresse}",
            donnees={"cote": cote, "lieu": mise.dispositif.organisation.lieu},
        )
