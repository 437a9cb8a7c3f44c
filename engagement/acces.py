"""Loading a thing of the desk with the right to see or act on it, in one act: no view holds an unchecked one."""

from typing import TYPE_CHECKING, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from engagement.models import Besoin, Dispositif, MiseEnRelation, Offre, Pret
from engagement.perms import peut_regler, tient_le_guichet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


class RequeteConnectee(HttpRequest):
    """What LoginRequiredMiddleware lets through: somebody is signed in."""

    user: "Utilisateur"


def dispositif_a_lire(user: "Utilisateur | AnonymousUser", pk: int) -> Dispositif:
    """A dispositif this reader may see. Raises Http404. One query."""
    lus = Dispositif.objects.visible_to(user).select_related("organisation", "territoire")
    dispositif = lus.filter(pk=pk).first()
    if dispositif is None:
        raise Http404
    return cast(Dispositif, dispositif)


def dispositif_du_guichet(user: "Utilisateur", pk: int) -> Dispositif:
    """A dispositif whose desk this person keeps. Raises Http404 unseen, PermissionDenied when only seen."""
    dispositif = dispositif_a_lire(user, pk)
    if not tient_le_guichet(user, dispositif):
        raise PermissionDenied
    return dispositif


def dispositif_a_regler(user: "Utilisateur", pk: int) -> Dispositif:
    """A dispositif whose rules this person may change. Raises Http404, PermissionDenied."""
    dispositif = dispositif_a_lire(user, pk)
    if not peut_regler(user, dispositif):
        raise PermissionDenied
    return dispositif


def besoin_du_guichet(user: "Utilisateur", pk: int) -> Besoin:
    """A need of a dispositif whose desk this person keeps. Raises Http404 for anybody else. One query."""
    besoins = Besoin.objects.filter(dispositif__in=Dispositif.objects.de_la_cellule(user))
    lus = besoins.select_related(
        "dispositif__organisation", "demandeur", "territoire", "genre", "mediateur"
    )
    besoin = lus.filter(pk=pk).first()
    if besoin is None:
        raise Http404
    return cast(Besoin, besoin)


def offre_du_guichet(user: "Utilisateur", pk: int) -> Offre:
    """An offer of a dispositif whose desk this person keeps. Raises Http404 for anybody else. One query."""
    offres = Offre.objects.filter(dispositif__in=Dispositif.objects.de_la_cellule(user))
    offre = (
        offres.select_related("dispositif__organisation", "personne", "territoire")
        .filter(pk=pk)
        .first()
    )
    if offre is None:
        raise Http404
    return cast(Offre, offre)


def pret_a_suivre(user: "Utilisateur", pk: int) -> Pret:
    """A loan of a desk this person keeps, or of their own thing. Raises Http404 for anybody else. One query."""
    prets = Pret.objects.visible_to(user).select_related(
        "offre", "mise_en_relation__dispositif__organisation", "mise_en_relation__besoin__demandeur",
        "mise_en_relation__personne", "mise_en_relation__offre",
    )  # fmt: skip
    pret = prets.filter(pk=pk).first()
    if pret is None:
        raise Http404
    return cast(Pret, pret)


def mise_en_relation_du_guichet(user: "Utilisateur", pk: int) -> MiseEnRelation:
    """A mise en relation of a desk this person keeps. Raises Http404 for anybody else. One query."""
    mises = MiseEnRelation.objects.filter(dispositif__in=Dispositif.objects.de_la_cellule(user))
    mise = mises.select_related(
        "dispositif__organisation", "besoin__demandeur", "besoin__territoire",
        "offre__territoire", "personne", "mediateur", "attente", "pret",
    ).filter(pk=pk).first()  # fmt: skip
    if mise is None:
        raise Http404
    return cast(MiseEnRelation, mise)


def guichet_de(user: "Utilisateur", pk: int) -> Dispositif:
    """The desk this person keeps. Raises Http404 for anybody else, whatever they see of the dispositif. One query."""
    miens = Dispositif.objects.de_la_cellule(user).select_related(
        "organisation__territoire__departement", "territoire"
    )
    dispositif = miens.filter(pk=pk).first()
    if dispositif is None:
        raise Http404
    return cast(Dispositif, dispositif)
