"""A bac of the desk as a file, for the cellule that keeps it, and for nobody else."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from config.filtres import Filtre
from engagement.acces import RequeteConnectee, guichet_de
from engagement.bacs import PAR_CLE
from engagement.forms.guichet import FiltreDuGuichet
from engagement.historique import noter
from rapports.colonnes import Lecture
from rapports.export_guichet import export_du_bac, nom_du_fichier
from rapports.formats import FORMATS
from rapports.models import ExportFait
from rapports.views.exports import a_telecharger, comptees, reponse_de


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
    lignes = comptees(export.lignes(Filtre({}), lecture), fait)
    return a_telecharger(
        reponse_de(FORMATS["csv"], export, lignes, fait), nom_du_fichier(choisi, lecture)
    )
