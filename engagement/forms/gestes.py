"""The forms of the cellule's page of a mise en relation: which are open, what each one does."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from engagement.forms.relation import (
    DeclinerPourForm,
    EcrireForm,
    NoterRencontreForm,
    RecueillirForm,
    RencontreForm,
    Saisie,
)
from engagement.refus import ActionRefusee
from engagement.suite import gestes_permis
from engagement.transitions import FINIES

if TYPE_CHECKING:
    from django.http import QueryDict

    from comptes.models import Utilisateur
    from engagement.models import MiseEnRelation

Geste = Callable[["MiseEnRelation", "Utilisateur", Any], str]


def formulaires(
    mise: "MiseEnRelation", geste: str = "", data: "QueryDict | None" = None
) -> dict[str, Saisie]:
    """Those that the state allows; the one that was sent keeps what was typed, even when it came too late."""
    permis = gestes_permis(mise)
    ouverts: dict[str, Saisie] = {}
    if mise.etat not in FINIES or geste == "ecrire":
        depart = {"canal": "appel", "avec": "personne"}
        ouverts["ecrire"] = EcrireForm(_si("ecrire", geste, data), initial=depart)
    if "fixer_rencontre" in permis or geste == "fixer_rencontre":
        ouverts["fixer_rencontre"] = RencontreForm(_si("fixer_rencontre", geste, data))
    if "noter_rencontre" in permis or geste == "noter_rencontre":
        ouverts["noter_rencontre"] = NoterRencontreForm(_si("noter_rencontre", geste, data))
    if "decliner" in permis or geste == "decliner":
        ouverts["decliner"] = DeclinerPourForm(_si("decliner", geste, data))
    if "commencer" in permis or geste == "recueillir":
        ouverts["recueillir"] = RecueillirForm(_si("recueillir", geste, data), mise=mise)
    return ouverts


def _si(nom: str, geste: str, data: "QueryDict | None") -> "QueryDict | None":
    return data if nom == geste else None


def agir(geste: str, mise: "MiseEnRelation", par: "Utilisateur", form: Saisie | None) -> str:
    """Do it and say so. Raises ActionRefusee, PermissionDenied."""
    if geste not in GESTES:
        raise ActionRefusee("Choisissez un des gestes proposés sur cette page.")
    return GESTES[geste](mise, par, form)


def _ecrire(mise: "MiseEnRelation", par: "Utilisateur", form: EcrireForm) -> str:
    dit = form.cleaned_data
    canal, avec, texte = dit["canal"], dit["avec"], dit["texte"]
    if canal == "courriel":
        mise.ecrire(texte=texte, canal=canal, a=avec, par=par)
        from engagement.destinataires import adresse_de

        if not adresse_de(mise, avec):
            return "Noté. Aucune adresse e-mail n'est connue : rien n'est parti, appelez plutôt."
        return "Message envoyé. La réponse arrivera ici."
    mise.ecrire(texte=texte, canal=canal, de=avec if canal == "appel" else "cellule", par=par)
    return "C'est noté."


def _fixer(mise: "MiseEnRelation", par: "Utilisateur", form: RencontreForm) -> str:
    mise.fixer_rencontre(par=par, le=form.instant(), lieu=form.cleaned_data["lieu"])
    return "Rencontre fixée : chacun·e la reçoit pour son agenda."


def _annuler(mise: "MiseEnRelation", par: "Utilisateur", form: None) -> str:
    mise.annuler_rencontre(par=par)
    return "Rencontre annulée : chacun·e en est prévenu·e."


def _noter(mise: "MiseEnRelation", par: "Utilisateur", form: NoterRencontreForm) -> str:
    mise.noter_rencontre(par=par, notes=form.cleaned_data["notes"])
    return "Rencontre notée. La lettre est commencée à partir du besoin : relisez-la."


def _demander(mise: "MiseEnRelation", par: "Utilisateur", form: None) -> str:
    mise.demander_accords(par=par)
    return "Accords demandés."


def _recueillir(mise: "MiseEnRelation", par: "Utilisateur", form: RecueillirForm) -> str:
    dit = form.cleaned_data
    form.accords[dit["cote"]].recueillir(
        par=par,
        comment=dit["comment"],
        accepte=dit["reponse"] == "oui",
        motif=dit["motif"],
        prive=dit["prive"],
    )
    return "Réponse notée."


def _commencer(mise: "MiseEnRelation", par: "Utilisateur", form: None) -> str:
    mise.commencer(par=par)
    return "C'est enregistré : voyez ci-dessous où cela en est."


def _confirmer(mise: "MiseEnRelation", par: "Utilisateur", form: None) -> str:
    mise.confirmer_place(par=par)
    return "La place est prise."


def _decliner(mise: "MiseEnRelation", par: "Utilisateur", form: DeclinerPourForm) -> str:
    dit = form.cleaned_data
    mise.decliner(par=par, pour=dit["pour"], motif=dit["motif"], prive=dit["prive"])
    return "La mise en relation s'arrête ici."


GESTES: dict[str, Geste] = {
    "ecrire": _ecrire,
    "fixer_rencontre": _fixer,
    "annuler_rencontre": _annuler,
    "noter_rencontre": _noter,
    "demander_accords": _demander,
    "recueillir": _recueillir,
    "commencer": _commencer,
    "confirmer_place": _confirmer,
    "decliner": _decliner,
}
