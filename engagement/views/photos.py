"""The pictures of what is lent: added and taken off by its owner or the cellule, seen by the cellule."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from config.fichiers import servir_en_petit
from config.saisie import numero
from engagement.acces import RequeteConnectee
from engagement.effacement import retirer_les_photos
from engagement.forms.photos import PhotoForm
from engagement.models import Offre, PhotoOffre


def geste_de_photo(request: HttpRequest, offre: Offre) -> PhotoForm | None:
    """Add or take off one picture; the form back when something is to correct."""
    if request.POST.get("geste") == "retirer_photo":
        retirer_les_photos(offre.photos.filter(pk=numero(request.POST.get("numero", ""))))
        messages.success(request, "Photo retirée.")
        return None
    form = PhotoForm(request.POST, request.FILES, offre=offre)
    if not form.is_valid():
        return form
    form.attacher()
    messages.success(request, "Photo ajoutée.")
    return None


@require_safe
def photo_offre(request: RequeteConnectee, pk: int) -> HttpResponse:
    """For the cellule, and for its owner with an account."""
    offres = Offre.objects.visible_to(request.user).values("pk")
    photo = PhotoOffre.objects.filter(pk=pk, offre__in=offres).first()
    if photo is None:
        raise Http404
    return servir_en_petit(photo.fichier)
