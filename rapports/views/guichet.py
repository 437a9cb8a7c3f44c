"""A bac of the desk as a file, for the cellule that keeps it, and for nobody else."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from config.filtres import Filtre
from engagement.acces import RequeteConnectee, guichet_de
from engagement.bacs import PAR_CLE
from engagement.forms.guichet import FiltreDuGuichet
from engagement.historique import noter
from rapports.colonnes import Lecture
from rapports.export_guichet import export_du_bac, nom_du_fichier
from rapports.models import ExportFait
from rapports.views.exports import comptees, en_csv


@require_GET
def guichet(request: RequeteConnectee, pk: int, bac: str) -> HttpResponseBase:
    """The CSV of a bac, under the basket of the page; who took it is kept twice: by the platform and the dispositif."""
    dispositif = guichet_de(request.user, pk)
    if bac not in PAR_CLE:
        raise Http404
    filtre = FiltreDuGuichet(request.GET)
    panier = filtre.panier_choisi if filtre.is_valid() else "cellule"
    choisi, lecture = PAR_CLE[bac], Lecture(request.user, timezone.now())
    export = export_du_bac(choisi, dispositif, panier)
    fait = ExportFait.objects.create(
        quoi=export.cle, format="csv", par=request.user, fait_le=lecture.at,
        filtre={"dispositif": dispositif.pk, "panier": panier},
    )  # fmt: skip
    libelle = f"Liste exportée : {choisi.titre}"
    noter(pk, f"dispositif:{pk}", "exporter", libelle, par=request.user, at=lecture.at)
    reponse = en_csv(export, comptees(export.lignes(Filtre({}), lecture), fait))
    reponse["Content-Disposition"] = content_disposition_header(
        True, nom_du_fichier(choisi, lecture)
    )
    reponse["X-Content-Type-Options"] = "nosniff"
    reponse["Cache-Control"] = "private, no-store"
    return reponse
