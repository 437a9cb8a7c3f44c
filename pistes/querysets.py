"""What one asks of the catalogue."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Subquery

from pistes.perms import curateurs

if TYPE_CHECKING:
    from comptes.models import Utilisateur


# Of a LienVerifie, what a page tells.
CHAMPS_DE_VISITE = ("verifie_le", "repond_le")


class EditionQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Editions of texts."""

    def publies(self) -> Self:
        """The only ones that are public: pages, search, API, exports and feeds all begin here."""
        return self.filter(etat="publie")

    def brouillons(self) -> Self:
        """Those somebody still writes."""
        return self.filter(etat="brouillon")

    def en_relecture(self) -> Self:
        """Those that wait for a second reader."""
        return self.filter(etat="en_relecture")

    def en_travail(self) -> Self:
        """Those that are not public yet and may become so."""
        return self.filter(etat__in=["brouillon", "en_relecture"])

    def a_relire_par(self, user: "Utilisateur") -> Self:
        """Those this person may publish. Two queries (three for an administrateur·rice)."""
        if user.est_curateur:
            return self.en_relecture().exclude(auteur=user.pk)
        if not user.est_administrateur:
            return self.none()
        seuls = list(curateurs().values_list("pk", flat=True)[:2])
        if len(seuls) > 1:
            return self.none()
        siens = models.Q(auteur__in=seuls) if seuls else ~models.Q(auteur=user.pk)
        return self.en_relecture().filter(siens)


class EditionOrientationQuerySet(EditionQuerySet):
    """Editions of orientations."""

    def pour_liste(self) -> Self:
        """With what a list shows, in the order of the recueil. One query."""
        return self.select_related("orientation__recueil").order_by(
            "orientation__recueil__annee", "orientation__recueil_id", "orientation__numero"
        )


class EditionPisteQuerySet(EditionQuerySet):
    """Editions of pistes."""

    def pour_liste(self) -> Self:
        """With what a list shows, in the order of the recueil. One query."""
        return self.select_related("piste__recueil", "piste__orientation").order_by(
            "piste__recueil__annee", "piste__recueil_id", "piste__rang"
        )

    def apres(self, annee: int, recueil: int, rang: int) -> Self:
        """Those that come after that place in the order of ``pour_liste``."""
        plus_loin = models.Q(piste__recueil=recueil, piste__rang__gt=rang)
        plus_loin |= models.Q(piste__recueil__gt=recueil)
        return self.filter(
            models.Q(piste__recueil__annee__gt=annee)
            | (models.Q(piste__recueil__annee=annee) & plus_loin)
        )

    def pour_page(self) -> Self:
        """With all the words of a piste's page. Three more queries."""
        return self.select_related("piste__recueil", "piste__orientation").prefetch_related(
            "mots_cles", "details", "inspirations"
        )

    def avec_leurs_visites(self) -> Self:
        """With what the last visit of each inspiration's link saw. No query more than ``pour_page``."""
        inspirations = apps.get_model("pistes.Inspiration")._default_manager
        visites = apps.get_model("pistes.LienVerifie")._default_manager
        du_lien = visites.filter(adresse=OuterRef("lien"))
        champs = {f"lien_{nom}": Subquery(du_lien.values(nom)[:1]) for nom in CHAMPS_DE_VISITE}
        sans_cela = self.prefetch_related(None)
        return sans_cela.prefetch_related(
            "mots_cles",
            "details",
            models.Prefetch("inspirations", inspirations.annotate(**champs).order_by("rang")),
        )

    def pour_redaction(self) -> Self:
        """With every row that makes its text. Four more queries."""
        renvois = apps.get_model("pistes.Renvoi")._default_manager.select_related("vers")
        return self.pour_page().prefetch_related(models.Prefetch("renvois", renvois))


class PisteQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Pistes as identities."""

    def publiees(self) -> Self:
        """Those that have a public text."""
        return self.filter(editions__etat="publie")

    def avec_dernier_titre(self) -> Self:
        """All of them, drafts included: with the public title, else the latest one. One query."""
        editions = apps.get_model("pistes.EditionPiste")._default_manager
        siennes = editions.filter(piste=OuterRef("pk")).annotate(publique=models.Q(etat="publie"))
        titre = siennes.order_by("-publique", "-numero").values("titre")[:1]
        return self.annotate(titre=Subquery(titre)).order_by("rang")

    def avec_titre(self) -> Self:
        """Those, with their public title, in the order of the recueils. For rooms that know no edition."""
        avec = self.publiees().annotate(titre=F("editions__titre"))
        return avec.order_by("recueil__annee", "recueil_id", "rang")
