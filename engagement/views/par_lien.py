"""The pages by personal link of both sides: the conversation, one's accord, a place held. Only a POST acts:
mail scanners follow links.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from config.debit import HEURE
from config.debit import attente as secondes_a_attendre
from engagement.accords import accord_suivant, obstacle_a_la_reponse
from engagement.ecarts import ecart_pour
from engagement.forms.relation import DeclinerForm, ReponseForm
from engagement.lettre import creneaux_de
from engagement.liens import DUREE_DU_LIEN, attente_du_jeton, jeton_d_attente, mise_du_jeton
from engagement.models import AccordMission, MiseEnRelation
from engagement.models.accord import SEL
from engagement.presentation import L_AUTRE, coordonnees_de, lieu_montre, presentation
from engagement.refus import ActionRefusee
from engagement.transitions import AVANT_LA_MISSION, FINIES
from engagement.views.discretion import discrete

METHODES = ["GET", "HEAD", "POST"]
PAR_HEURE = 30  # words by one link
GABARITS = "engagement/relations"


def inconnu(request: HttpRequest) -> HttpResponse:
    """A link cut, too old, of somebody erased, or tampered with: said in one page, that tells nothing else."""
    return render(request, f"{GABARITS}/lien_inconnu.html", status=404)


@discrete
@login_not_required
@never_cache
@require_http_methods(METHODES)
def conversation(request: HttpRequest, jeton: str) -> HttpResponse:
    """What was said between this side and the cellule; answer, or decline."""
    trouvee = mise_du_jeton(jeton)
    if trouvee is None:
        return inconnu(request)
    mise, cote = trouvee
    posee = request.POST.get("geste", "") if request.method == "POST" else ""
    form = ReponseForm(request.POST if posee == "repondre" else None)
    refuser = DeclinerForm(request.POST if posee == "decliner" else None)
    envoye = {"repondre": form, "decliner": refuser}.get(posee)
    refus: list[str] = []
    if envoye is not None and envoye.is_valid():
        try:
            messages.success(request, _dire(mise, cote, posee, envoye.cleaned_data))
            return redirect(request.path)
        except ActionRefusee as raison:
            refus = raison.obstacles
            mise = mise_du_jeton(jeton)[0]  # type: ignore[index]
    contexte = {
        "mise": mise,
        "cote": cote,
        "jeton": jeton,
        "form": form,
        "refuser": refuser,
        "envoye": envoye,
        "refus": refus,
        "autre": presentation(mise, L_AUTRE[cote]),
        "coordonnees": coordonnees_de(mise, L_AUTRE[cote]),
        "lieu": lieu_montre(mise),
        "creneaux": [] if mise.offre.est_un_pret else creneaux_de(mise),
        # Notes of calls are the cellule's: each side reads what was written to it, and by it.
        "echanges": mise.echanges.filter(canal__in=["courriel", "lien"]).filter(
            Q(de=cote) | Q(a=cote)
        ),
        "accord": mise.accords.filter(cote=cote).exclude(etat="caduc").order_by("pk").last(),
        "attente": _attente(mise) if cote == "personne" else "",
        "finie": mise.etat in FINIES,
        "declinable": mise.etat in AVANT_LA_MISSION,
    }
    statut = 200 if request.method != "POST" else 409 if refus else 422
    return render(request, f"{GABARITS}/conversation.html", contexte, status=statut)


def _attente(mise: MiseEnRelation) -> str:
    attente = getattr(mise, "attente", None)
    return jeton_d_attente(attente) if attente and attente.etat in ("attend", "tenue") else ""


def _dire(mise: MiseEnRelation, cote: str, geste: str, dit: dict[str, str]) -> str:
    """Raises ActionRefusee; what was typed stays on the page."""
    if secondes_a_attendre(f"conversation:{mise.pk}:{cote}", [(HEURE, PAR_HEURE)]):
        raise ActionRefusee(
            "Beaucoup de messages viennent de partir d'ici : réessayez dans une heure."
        )
    if geste == "decliner":
        mise.decliner(cote=cote, motif=dit["motif"], prive=dit["prive"])  # type: ignore[arg-type]
        return "C'est noté, et c'est bien ainsi : vous n'avez pas à vous justifier."
    mise.ecrire(texte=dit["texte"], canal="lien", cote=cote)  # type: ignore[arg-type]
    return "Votre message est arrivé à la cellule."


@discrete
@login_not_required
@never_cache
@require_http_methods(METHODES)
def accord(request: HttpRequest, jeton: str) -> HttpResponse:
    """The exact text; agree, refuse, change one's mind until the mission begins."""
    accord = _accord_du_jeton(jeton)
    if accord is None:
        return inconnu(request)
    form = DeclinerForm(request.POST if request.method == "POST" else None)
    refus: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            _repondre(accord, request.POST.get("reponse", ""), form.cleaned_data)
            return redirect(request.path)
        except ActionRefusee as raison:
            refus = raison.obstacles
            accord = _accord_du_jeton(jeton) or accord
    mise, obstacle = accord.mise_en_relation, obstacle_a_la_reponse(accord)
    ecart = ecart_pour(accord)
    contexte = {
        "accord": accord,
        "mise": mise,
        "form": form,
        "refus": refus,
        "obstacle": obstacle,
        "suivant": accord_suivant(accord) if obstacle else None,
        "ecart": ecart,
        "attente": getattr(mise, "attente", None) if accord.etat == "donne" else None,
        "besoin_clos": mise.besoin.etat != "ouvert" and mise.etat == "rencontree",
    }
    statut = 200 if request.method != "POST" else 409 if refus else 422
    return render(request, f"{GABARITS}/accord.html", contexte, status=statut)


def _accord_du_jeton(jeton: str) -> AccordMission | None:
    try:
        pk = signing.loads(jeton, salt=SEL, max_age=DUREE_DU_LIEN)
    except signing.BadSignature:
        return None
    accords = AccordMission.objects.avec_tout()
    accord: AccordMission | None = accords.filter(pk=pk).first()
    return accord


def _repondre(accord: AccordMission, reponse: str, dit: dict[str, str]) -> None:
    if secondes_a_attendre(f"accord:{accord.pk}", [(HEURE, PAR_HEURE)]):
        raise ActionRefusee(
            "Beaucoup de réponses viennent de partir d'ici : réessayez dans une heure."
        )
    if reponse == "oui":
        accord.donner()
    elif reponse == "non":
        accord.refuser(motif=dit["motif"], prive=dit["prive"])
    else:
        raise ActionRefusee("Choisissez une des réponses proposées.")


@discrete
@login_not_required
@never_cache
@require_http_methods(METHODES)
def attente(request: HttpRequest, jeton: str) -> HttpResponse:
    """One's rank in the waiting list; take the place that is held, or leave the list."""
    attente = attente_du_jeton(jeton)
    if attente is None:
        return inconnu(request)
    mise, refus = attente.mise_en_relation, []
    if request.method == "POST":
        try:
            if request.POST.get("reponse") == "oui":
                mise.confirmer_place(cote="personne")
            elif request.POST.get("reponse") == "non":
                mise.decliner(cote="personne")
            else:
                raise ActionRefusee("Choisissez une des réponses proposées.")
            return redirect(request.path)
        except ActionRefusee as raison:
            refus = raison.obstacles
            attente = attente_du_jeton(jeton) or attente
            mise = attente.mise_en_relation
    contexte = {
        "attente": attente,
        "etat": attente.etat_au(),
        "mise": mise,
        "refus": refus,
        "creneaux": creneaux_de(mise),
    }
    statut = 200 if request.method != "POST" else 409
    return render(request, f"{GABARITS}/attente.html", contexte, status=statut)
