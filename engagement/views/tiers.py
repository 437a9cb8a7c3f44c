"""What is held on a manager or on whoever welcomes, by the link of an accord: read, taken away, erased."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from engagement import tiers
from engagement.models import AccordMission
from engagement.models.accord import SEL
from engagement.refus import ActionRefusee
from engagement.views.discretion import discrete


@discrete
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def donnees_d_un_tiers(request: HttpRequest, jeton: str) -> HttpResponse:
    """A page in words; ``?fichier=1`` the same as a file; POST forgets."""
    accord = _accord(jeton)
    if accord is None:
        return render(request, "engagement/moi/inconnu.html", status=404)
    dispositif, manques, statut = accord.mise_en_relation.dispositif, tiers.obstacles(accord), 200
    if request.method == "POST":
        try:
            tiers.effacer(accord)
            return render(request, "engagement/moi/effacee.html", {"dispositif": dispositif})
        except ActionRefusee as refus:
            manques, statut = refus.obstacles, 409
    elif request.GET.get("fichier"):
        return JsonResponse(
            tiers.tout(accord),
            json_dumps_params={"ensure_ascii": False, "indent": 2},
            headers={"Content-Disposition": 'attachment; filename="mes-donnees.json"'},
        )
    contexte = {
        "dispositif": dispositif,
        "accord": accord,
        "rubriques": tiers.en_mots(accord),
        "obstacles": manques,
    }
    return render(request, "engagement/moi/tiers.html", contexte, status=statut)


def _accord(jeton: str) -> AccordMission | None:
    try:
        pk = signing.loads(jeton, salt=SEL)
    except (signing.BadSignature, ValueError):
        return None
    lus = AccordMission.objects.select_related("mise_en_relation__dispositif__organisation")
    trouve: AccordMission | None = lus.filter(pk=pk).first()
    return trouve
