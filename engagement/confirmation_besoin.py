"""Links about a need, for who asked: to say that it is theirs, to follow it without an account."""

from typing import TYPE_CHECKING

from django.core import signing

if TYPE_CHECKING:
    from engagement.models import Besoin

SEL_CONFIRMATION = "engagement.besoin.confirmer"
JOURS_POUR_CONFIRMER = 7
DUREE_DU_SUIVI = 400 * 24 * 3600  # seconds; each mail brings a fresh one


def jeton_de_confirmation(besoin: "Besoin") -> str:
    """The signed token of the page on which one confirms."""
    return signing.dumps(besoin.pk, salt=SEL_CONFIRMATION)


def besoin_a_confirmer(jeton: str) -> "Besoin | None":
    """The need of a confirmation link; None when it was damaged, is too old, or is gone."""
    return _lire(jeton, SEL_CONFIRMATION, JOURS_POUR_CONFIRMER * 24 * 3600)


def besoin_suivi(jeton: str) -> "Besoin | None":
    """The need that a link follows; None when it was damaged, is too old, or the person was erased."""
    from engagement.models.besoin import SEL

    besoin = _lire(jeton, SEL, DUREE_DU_SUIVI)
    return None if besoin is None or besoin.etat == besoin.Etat.A_CONFIRMER else besoin


def _lire(jeton: str, sel: str, duree: int) -> "Besoin | None":
    from engagement.models import Besoin

    try:
        pk = signing.loads(jeton, salt=sel, max_age=duree)
    except signing.BadSignature:
        return None
    besoins = Besoin.objects.select_related(
        "dispositif__organisation", "demandeur", "territoire__departement", "genre", "mediateur"
    )
    besoin: Besoin | None = besoins.filter(pk=pk, demandeur__effacee_le=None).first()
    return besoin
