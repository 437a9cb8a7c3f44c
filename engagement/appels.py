"""The caller's side of a permanence inversée: their personal link, the sheet that comes next."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db.models import Case, Count, Q, Value, When
from django.urls import reverse

from config.jours import jour_de
from rappels.redaction import lien

if TYPE_CHECKING:
    from engagement.models import Dispositif, FicheAppel, Personne

SEL = "engagement.appelant"
DUREE = 120 * 24 * 3600  # seconds; each lot brings a fresh link
MONTREES = 50


def jeton_de(personne: "Personne") -> str:
    """The signed token of a caller's page."""
    return signing.dumps(personne.pk, salt=SEL)


def lien_de(personne: "Personne") -> str:
    """The whole address of a caller's page."""
    return lien(reverse("engagement:appeler", args=[jeton_de(personne)]))


def appelant_du_jeton(jeton: str) -> "Personne | None":
    """The caller of a link; None when damaged, too old, or the person erased."""
    from engagement.models import Personne

    try:
        pk = signing.loads(jeton, salt=SEL, max_age=DUREE)
    except signing.BadSignature:
        return None
    lues = Personne.objects.select_related("dispositif__organisation")
    personne: Personne | None = lues.filter(pk=pk, effacee_le=None).first()
    return personne


def fiches_de(personne: "Personne", at: dt.datetime | None = None) -> "list[FicheAppel]":
    """What this person has to call now: promised calls first, then easy ones. One query.

    A list past its date shows nothing, whether the job has run or not.
    """
    jour = jour_de(at)
    siennes = personne.fiches_appels.ouvertes().filter(
        liste__effacee_le=None, liste__effacer_le__gt=jour
    )
    dues = siennes.filter(Q(etat="a_appeler") | Q(rappeler_le__lte=jour) | Q(rappeler_le=None))
    promise = Case(When(etat="a_rappeler", then=Value(0)), default=Value(1))
    ordre = dues.order_by(promise, "rappeler_le", "difficulte", "liste", "numero")
    return list(ordre.select_related("liste__dispositif")[:MONTREES])


def plus_tard(personne: "Personne", at: dt.datetime | None = None) -> "list[Any]":
    """The days of the calls promised for later. One query."""
    siennes = personne.fiches_appels.filter(
        liste__effacee_le=None, etat="a_rappeler", rappeler_le__gt=jour_de(at)
    )
    return list(siennes.order_by("rappeler_le").values_list("rappeler_le", flat=True)[:10])


def volontaires(dispositif: "Dispositif", q: str = "", *, liste_pk: int) -> "list[Personne]":
    """Who may be given sheets: an active offer of time. Those who have the fewest first; fifty at most. One query."""
    from engagement.models import Offre, Personne

    actives = Offre.objects.actives().filter(dispositif=dispositif, nature="temps")
    gens = Personne.objects.filter(pk__in=actives.values("personne"))
    if q:
        gens = gens.filter(nom__icontains=q)
    siennes = Q(fiches_appels__liste=liste_pk, fiches_appels__etat__in=["a_appeler", "a_rappeler"])
    gens = gens.annotate(en_main=Count("fiches_appels", filter=siennes))
    return list(gens.order_by("en_main", "nom", "pk")[:MONTREES])
