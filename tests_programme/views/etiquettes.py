"""A team puts its own tags on what it was told."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.etiquettes import NOMBRE_MAXIMAL
from tests_programme.etiquettes import etiqueter as poser
from tests_programme.forms.voix import EtiquettesForm
from tests_programme.models import Test, ValeurReponse
from tests_programme.models.reponse import Etiquetable


@require_POST
def etiqueter(request: RequeteConnectee, pk: int, ligne: int) -> HttpResponse:
    """Tag a voice."""
    test = a_mener(request.user, pk)
    return _etiqueter(request, get_object_or_404(test.voix, pk=ligne), "voix", test)


@require_POST
def etiqueter_texte(request: RequeteConnectee, pk: int, ligne: int) -> HttpResponse:
    """Tag a free text."""
    test = a_mener(request.user, pk)
    texte = get_object_or_404(ValeurReponse.objects.textes_de(test), pk=ligne)
    return _etiqueter(request, texte, "textes", test)


def _etiqueter(
    request: RequeteConnectee, parole: Etiquetable, page: str, test: Test
) -> HttpResponse:
    form = EtiquettesForm(request.POST)
    if form.is_valid():
        dit = form.cleaned_data
        trop = poser(parole, avant=dit["avant"], apres=dit["etiquettes"])
        if trop:
            messages.warning(
                request, f"{NOMBRE_MAXIMAL} étiquettes au plus. Pas gardé : {', '.join(trop)}."
            )
        else:
            messages.success(request, "Étiquettes enregistrées.")
    else:
        messages.error(request, " ".join(str(e) for es in form.errors.values() for e in es))
    retour = request.POST.get("retour", "")
    # A path of ours; a word alone would be read as the name of an address.
    if not retour.startswith("/") or not url_has_allowed_host_and_scheme(retour, None):
        return redirect(f"tests_programme:{page}", test.pk)
    return redirect(f"{retour}#parole-{parole.pk}")
