"""Offering: by an agent, an inhabitant or an organisation themselves, or by the cellule for somebody."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from config.jours import instant_de
from engagement import debits
from engagement.acces import RequeteConnectee, dispositif_a_lire, guichet_de
from engagement.arrivees import Arrivee, accueillir
from engagement.forms.offres import OffreForm
from engagement.forms.personnes import statuts_permis
from engagement.forms.qui import PourQuelquUnForm, QuiForm
from engagement.models import Dispositif, Nature, Offre, Personne
from engagement.models.vie_offre import FERME
from engagement.refus import ActionRefusee

DEJA_LA = "Cette offre était déjà là : elle n'y est qu'une fois."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offrir(request: HttpRequest, pk: int) -> HttpResponse:
    """One calm page: what, when and where, who. What was typed stays on the page whatever goes wrong."""
    dispositif = dispositif_a_lire(request.user, pk)
    nature = _nature(request, dispositif)
    if not dispositif.est_ouvert() or not nature or _doit_se_connecter(request, dispositif):
        return _seuil(request, dispositif)
    envoyee = request.POST if request.method == "POST" else None
    form = OffreForm(envoyee, instance=Offre(dispositif=dispositif, nature=nature))
    qui = QuiForm(
        envoyee, dispositif=dispositif, user=request.user, connue=_deja_connue(request, dispositif)
    )
    if envoyee is not None and qui.est_piegee:
        return redirect("engagement:offre_recue", pk)
    if not (form.is_bound and form.is_valid() & qui.is_valid()):
        return _page(request, dispositif, form, qui, statut=422 if form.is_bound else 200)
    if attente := _attente(request, qui):
        return _page(request, dispositif, form, qui, statut=429, attente=attente // 60)
    try:
        arrivee, deja_la = _deposer(request, dispositif, form, qui)
    except ActionRefusee as refus:
        return _page(request, dispositif, form, qui, statut=409, refus=str(refus))
    if not request.user.is_authenticated:
        return redirect("engagement:offre_recue", pk)
    messages.success(request, DEJA_LA if deja_la else "Merci. Votre offre est enregistrée.")
    return redirect("engagement:mon_engagement", arrivee.personne.jeton)


@login_not_required
@require_safe
def offre_recue(request: HttpRequest, pk: int) -> HttpResponse:
    """The same words whether the address was known or not: nobody learns here who offers."""
    contexte = {"dispositif": dispositif_a_lire(request.user, pk)}
    return render(request, "engagement/offres/recue.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def saisir_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """The cellule writes down what somebody said by phone, at a counter or on paper."""
    dispositif = guichet_de(request.user, pk)
    nature = _nature(request, dispositif)
    if not dispositif.est_ouvert() or not nature:
        return _seuil(request, dispositif)
    envoyee = request.POST if request.method == "POST" else None
    offre = Offre(dispositif=dispositif, nature=nature)
    form = OffreForm(envoyee, instance=offre, cellule=True)
    qui = PourQuelquUnForm(envoyee, dispositif=dispositif)
    if not (form.is_bound and form.is_valid() & qui.is_valid()):
        return _page(request, dispositif, form, qui, statut=422 if form.is_bound else 200)
    try:
        arrivee, deja_la = _deposer_pour(request, dispositif, form, qui)
    except ActionRefusee as refus:
        return _page(request, dispositif, form, qui, statut=409, refus=str(refus))
    _dire(request, arrivee, deja_la)
    return redirect("engagement:offre", form.instance.pk)


def _attente(request: HttpRequest, qui: QuiForm) -> int:
    """Seconds to wait before this sending is accepted; an account waits for nothing."""
    if request.user.is_authenticated:
        return 0
    return debits.attente(request, qui.cleaned_data["email"])


def _deposer(
    request: HttpRequest, dispositif: Dispositif, form: OffreForm, qui: QuiForm
) -> tuple[Arrivee, bool]:
    user = request.user if request.user.is_authenticated else None
    champs = qui.champs_de_la_personne
    if user is not None:
        champs["email"] = user.email.lower()
    arrivee = accueillir(dispositif, champs, utilisateur=user)
    offre = form.appliquer()
    offre.personne = arrivee.personne
    genres = form.cleaned_data.get("genres", [])
    _, deja_la = offre.deposer(genres=genres, a_confirmer=arrivee.a_confirmer, par=user)
    return arrivee, deja_la


def _deposer_pour(
    request: RequeteConnectee, dispositif: Dispositif, form: OffreForm, qui: PourQuelquUnForm
) -> tuple[Arrivee, bool]:
    champs = qui.champs_de_la_personne
    champs["consentement"] = qui.cleaned_data["consentement"]
    champs["consenti_le"] = instant_de(qui.cleaned_data["consenti_le"], 12)
    arrivee = accueillir(dispositif, champs, par=request.user)
    offre = form.appliquer()
    offre.personne, offre.regardee_le = (
        arrivee.personne,
        timezone.now(),
    )  # who writes it has read it
    genres = form.cleaned_data.get("genres", [])
    gardee, deja_la = offre.deposer(genres=genres, par=request.user)
    form.instance = gardee
    return arrivee, deja_la


def _dire(request: HttpRequest, arrivee: Arrivee, deja_la: bool) -> None:
    if deja_la:
        messages.info(request, DEJA_LA)
    elif arrivee.nouvelle:
        messages.success(request, "Offre enregistrée, avec l'accord de la personne.")
    else:
        messages.success(
            request,
            "Offre enregistrée. Cette personne était déjà connue : elle n'y est qu'une fois.",
        )


def natures_permises(dispositif: Dispositif) -> list[tuple[str, str]]:
    """What one may offer here."""
    permises = {
        Nature.TEMPS: dispositif.du_temps,
        Nature.LIEU: dispositif.des_lieux,
        Nature.MATERIEL: dispositif.du_materiel,
    }
    return [(n.value, str(n.label)) for n, oui in permises.items() if oui]


def _nature(request: HttpRequest, dispositif: Dispositif) -> str:
    """The one asked for, or the only one there is; "" when it is still to choose."""
    permises = [valeur for valeur, _ in natures_permises(dispositif)]
    demandee = request.POST.get("nature") or request.GET.get("nature", "")
    if len(permises) == 1:
        return permises[0]
    return demandee if demandee in permises else ""


def _doit_se_connecter(request: HttpRequest, dispositif: Dispositif) -> bool:
    """Only agents may offer here, and an agent is known by their account."""
    if request.user.is_authenticated:
        return False
    return [valeur for valeur, _ in statuts_permis(dispositif)] == [Personne.Statut.AGENT]


def _deja_connue(request: HttpRequest, dispositif: Dispositif) -> Personne | None:
    if not request.user.is_authenticated:
        return None
    siennes = dispositif.personnes.filter(utilisateur=request.user, effacee_le=None)
    trouvee: Personne | None = siennes.first()
    return trouvee


def _seuil(request: HttpRequest, dispositif: Dispositif) -> HttpResponse:
    """Before the form: closed, to sign in, or what to choose from."""
    contexte = {
        "dispositif": dispositif,
        "ferme": "" if dispositif.est_ouvert() else FERME,
        "se_connecter": _doit_se_connecter(request, dispositif),
        "natures": natures_permises(dispositif),
    }
    statut = 409 if request.method == "POST" else 200
    return render(request, "engagement/offres/seuil.html", contexte, status=statut)


def _page(
    request: HttpRequest,
    dispositif: Dispositif,
    form: OffreForm,
    qui: "QuiForm | PourQuelquUnForm",
    *,
    statut: int,
    attente: int = 0,
    refus: str = "",
) -> HttpResponse:
    contexte = {
        "dispositif": dispositif,
        "form": form,
        "qui": qui,
        "nature": form.instance.nature,
        "pour_quelqu_un": isinstance(qui, PourQuelquUnForm),
        "attente": attente,
        "refus": refus,
    }
    reponse = render(request, "engagement/offres/offrir.html", contexte, status=statut)
    if attente:
        reponse["Retry-After"] = str(attente * 60)
    return reponse
