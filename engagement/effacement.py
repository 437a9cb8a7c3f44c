"""What this room forgets: of a person, every word that tells who they are; of a dispositif, all of them in time.

What stays counts: how many offers, half-days, missions, where (the commune) and when. The history has no name.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from engagement.transitions import AVANT_LA_MISSION, Qui
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation, Personne
    from engagement.querysets import MiseEnRelationQuerySet

CHAMPS_D_UNE_PERSONNE = (
    "nom", "fonction", "structure", "email", "telephone", "manager_nom", "manager_email",
)  # fmt: skip
OFFRE_VIDE: dict[str, Any] = {
    "titre": "Offre effacée", "envies": "", "etiquettes": [], "refuse": [], "contraintes": "", "lieu": "",
    "conditions": "", "etat_connu": "",
}  # fmt: skip
BESOIN_VIDE: dict[str, Any] = {
    "titre": "Besoin effacé", "description": "", "lieu": "", "apprend": "", "binome": "",
    "accueil_fonction": "", "accueil_nom": "", "accueil_email": "",
}  # fmt: skip
MISE_VIDE: dict[str, Any] = {
    "raisons": [], "pourquoi": "", "rencontre_lieu": "", "rencontre_notes": "", "mission": "",
    "conditions": "", "retour_avec": "",
}  # fmt: skip
S_EN_VA = "La personne ne participe plus."
A_DEMANDE = "La personne a demandé que ses données soient effacées."


def decliner_ce_qui_attend(
    mises: "Iterable[MiseEnRelation]",
    *,
    cote: Qui,
    par: "Utilisateur | None" = None,
    at: dt.datetime | None = None,
) -> None:
    """Say no, kindly, to what was only proposed. Inside a transaction."""
    for mise in mises:
        if mise.etat in AVANT_LA_MISSION:
            mise.decliner(cote=cote, par=par, motif=S_EN_VA, at=at)


def se_retirer_de_tout(
    personne: "Personne", *, par: "Utilisateur | None" = None, at: dt.datetime | None = None
) -> None:
    """Nothing waits for this person any more, on either side; missions under way stop."""
    from engagement.models import Besoin, MiseEnRelation

    lues = MiseEnRelation.objects.select_related("besoin", "personne", "dispositif").order_by(
        "besoin"
    )
    cotes: list[tuple[Qui, MiseEnRelationQuerySet]] = [
        ("personne", lues.filter(personne=personne)),
        ("accueil", lues.filter(besoin__demandeur=personne)),
    ]
    for cote, mises in cotes:
        decliner_ce_qui_attend(mises, cote=cote, par=par, at=at)
        for mise in mises.filter(etat="en_mission"):
            mise.interrompre(cote=cote, par=par, motif=S_EN_VA, prive=A_DEMANDE, at=at)
    for besoin in Besoin.objects.filter(demandeur=personne).exclude(etat__in=["clos", "ecarte"]):
        besoin.clore(par=par, at=at)
    for offre in personne.offres.exclude(etat="terminee"):
        offre.terminer(par=par, at=at)


def vider(personne: "Personne") -> None:
    """Every word about them, or to them. Pictures leave the disk once it is certain. Inside a transaction."""
    from engagement.models import (
        AccordMission,
        Attente,
        Besoin,
        Bilan,
        Echange,
        MiseEnRelation,
        MotifPrive,
        PhotoOffre,
        PhotoPret,
        PointSuivi,
        Pret,
        Retour,
        Suggestion,
    )  # fmt: skip

    mises = MiseEnRelation.objects.filter(Q(personne=personne) | Q(besoin__demandeur=personne))
    pks = list(mises.values_list("pk", flat=True))
    besoins = list(personne.besoins.values_list("pk", flat=True))
    offres = list(personne.offres.values_list("pk", flat=True))
    _taire(personne, offres, besoins, pks)
    retirer_les_photos(PhotoOffre.objects.filter(offre__in=offres))
    retirer_les_photos(PhotoPret.objects.filter(pret__offre__in=offres))
    Pret.objects.filter(offre__in=offres).update(etat_sortie="", etat_retour="")
    Suggestion.objects.filter(Q(offre__in=offres) | Q(besoin__in=besoins)).delete()
    personne.offres.update(**OFFRE_VIDE)
    Besoin.objects.filter(pk__in=besoins).update(**BESOIN_VIDE)
    mises.filter(pk__in=pks).update(**MISE_VIDE)
    # What the other side is about to be told says nothing of them.
    mises.filter(pk__in=pks).exclude(motif=S_EN_VA).update(motif="")
    siennes = {"mise_en_relation__in": pks}
    Echange.objects.filter(**siennes).delete()
    MotifPrive.objects.filter(**siennes).delete()
    Attente.objects.filter(**siennes, etat="tenue").update(etat="retiree", tenue_jusqua=None)
    PointSuivi.objects.filter(**siennes).update(texte="")
    Retour.objects.filter(**siennes).update(appris="", suite="", sans_entretien="")
    Bilan.objects.filter(**siennes, consent=False).update(texte="", mot_public="", fonction="")
    # A word somebody agreed to see quoted stays, signed by a function: not when they ask to be forgotten.
    Bilan.objects.filter(mise_en_relation__personne=personne, cote="personne").update(
        texte="", mot_public="", fonction="", consent=False, choisi_le=None
    )
    AccordMission.objects.filter(**siennes).update(
        email="", nom="", motif="", texte="", recueilli_comment=""
    )
    personne.absences.all().delete()
    personne.consultations.all().delete()


def _taire(personne: "Personne", offres: list[int], besoins: list[int], mises: list[int]) -> None:
    """What waits in the outbox for them, or about them alone, does not leave; the others are still told."""
    adresses = {personne.email, personne.email.lower(), personne.manager_email} - {""}
    for offre in offres:
        boite.annuler(sujet=f"offre:{offre}")
    boite.annuler(sujet=f"personne:{personne.pk}")
    for famille, numeros in {"besoin": besoins, "mise_en_relation": mises}.items():
        for numero in numeros:
            boite.annuler(sujet=f"{famille}:{numero}", destinataires=adresses)


def renouveler_la_cle(personne: "Personne") -> None:
    """Their half-days follow their key (the trigger of migration 0002 copies it)."""
    personne.demi_journees.update(cle=personne.cle)


def retirer_les_photos(photos: Any) -> None:
    """Rows now; files after the commit."""
    fichiers = [(p.fichier.storage, p.fichier.name) for p in photos]
    photos.delete()
    transaction.on_commit(lambda: [garde.delete(nom) for garde, nom in fichiers], robust=True)
