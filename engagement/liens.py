"""The personal links of a mise en relation: people without an account read, answer and decline by them."""

from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from rappels.redaction import lien

if TYPE_CHECKING:
    from engagement.models import Attente, MiseEnRelation

SEL_CONVERSATION = "engagement.conversation"
SEL_ATTENTE = "engagement.attente"
# A link longer unused than this is asked for again; each mail brings a fresh one.
DUREE_DU_LIEN = 400 * 24 * 3600  # seconds
COTES_PAR_LIEN = ("personne", "accueil")


def jeton_de_conversation(mise: "MiseEnRelation", cote: str) -> str:
    """The signed token of one side's page."""
    return signing.dumps([mise.pk, cote], salt=SEL_CONVERSATION)


def lien_de_conversation(mise: "MiseEnRelation", cote: str) -> str:
    """The whole address of one side's page, for a mail."""
    return lien(reverse("engagement:conversation", args=[jeton_de_conversation(mise, cote)]))


def mise_du_jeton(jeton: str) -> "tuple[MiseEnRelation, str] | None":
    """The mise en relation of a link and whose link it is; None when damaged, too old, or the person erased."""
    from engagement.models import MiseEnRelation

    try:
        pk, cote = signing.loads(jeton, salt=SEL_CONVERSATION, max_age=DUREE_DU_LIEN)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    mise = MiseEnRelation.objects.avec_tout().filter(pk=pk).first()
    if mise is None or cote not in COTES_PAR_LIEN:
        return None
    if cote == "personne" and mise.personne.effacee_le is not None:
        return None
    return mise, cote


def jeton_d_attente(attente: "Attente") -> str:
    """The signed token by which a held place is confirmed."""
    return signing.dumps(attente.pk, salt=SEL_ATTENTE)


def attente_du_jeton(jeton: str) -> "Attente | None":
    """The place in the waiting list of a link; None when damaged, too old, or the person erased."""
    from engagement.models import Attente

    try:
        pk = signing.loads(jeton, salt=SEL_ATTENTE, max_age=DUREE_DU_LIEN)
    except signing.BadSignature:
        return None
    attentes = Attente.objects.select_related("besoin", "mise_en_relation__personne")
    attente: Attente | None = attentes.filter(
        pk=pk, mise_en_relation__personne__effacee_le=None
    ).first()
    return attente
