"""What one asks of the tests. Whatever depends on time takes ``at`` (an aware instant; now when None)."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from comptes.models import Utilisateur
from config.jours import jour_de
from pistes.models import EditionPiste

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


def _publics(prefixe: str = "") -> Q:
    return Q(**{f"{prefixe}visibilite": "public"}) & (
        Q(**{f"{prefixe}demarre_le__isnull": False}) | ~Q(**{f"{prefixe}source": ""})
    )


def visibles(user: "Utilisateur | AnonymousUser", prefixe: str = "") -> Q:
    """What this reader may see (DESIGN, "Who uses it")."""
    if not user.is_authenticated:
        return _publics(prefixe)
    if user.est_curateur or user.est_administrateur:
        return Q()
    siennes = user.adhesions.actives().values("organisation")
    return (
        _publics(prefixe)
        | Q(**{f"{prefixe}organisation__in": siennes})
        # Who animates a programme answers its teams: also on a draft, also on a test kept private.
        | Q(**{f"{prefixe}programme__in": user.programmes_animes.values("pk")})
    )


def _titre_de_la_piste() -> Subquery:
    """Its published title: there is one at most, so nothing to sort."""
    titres = EditionPiste.objects.publies().filter(piste=OuterRef("piste")).order_by()
    return Subquery(titres.values("titre")[:1])


class TestQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Tests, by state at an instant and by reader."""

    def en_cours(self, at: dt.datetime | None = None) -> Self:
        """Those that run at that instant: started, and their date not past."""
        return self.filter(etat="en_cours", date_peremption__gte=jour_de(at))

    def perimes(self, at: dt.datetime | None = None) -> Self:
        """Those past their date that no worker has recorded yet."""
        return self.filter(etat="en_cours", date_peremption__lt=jour_de(at))

    def a_evaluer(self, at: dt.datetime | None = None) -> Self:
        """Those that have ended without an évaluation, recorded or not."""
        return self.filter(
            Q(etat="a_evaluer") | Q(etat="en_cours", date_peremption__lt=jour_de(at))
        )

    def a_relire_par(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those whose évaluation waits to be read by this person, who did not submit it.

        Of their organisations; for curateur·rices, of any.
        """
        if not user.is_authenticated:
            return self.none()
        attendent = self.filter(etat="a_evaluer", evaluation__soumise_le__isnull=False)
        attendent = attendent.exclude(evaluation__soumise_par=user)
        return attendent if user.est_curateur else attendent.de_membre(user)

    def recits(self) -> Self:
        """Accounts from a publication."""
        return self.exclude(source="")

    def dans_l_etat(self, etat: str, at: dt.datetime | None = None) -> Self:
        """Those a reader sees in that state at that instant; ``recit``: every account."""
        if etat == "recit":
            return self.recits()
        if etat == "en_cours":
            return self.en_cours(at)
        if etat == "a_evaluer":
            return self.a_evaluer(at)
        if etat == "evalue":
            return self.filter(etat=etat)
        return self.filter(etat=etat, source="")

    def qui_rappellent(self) -> Self:
        """Those that may still have something to say: started, or meant to last and not asked about yet."""
        # Six months, three weeks, and some days for whoever answers late.
        recent = timezone.now() - dt.timedelta(days=240)
        a_demander = Q(evaluation__suites_date__gt=jour_de(recent)) | Q(
            evaluation__publiee_le__gt=recent
        )
        dure = Q(
            a_demander,
            etat="evalue",
            evaluation__suites="perenniser",
            evaluation__tient_dit_le=None,
        )
        return self.filter(Q(etat__in=["en_cours", "a_evaluer"]) | dure, source="")

    def publics(self) -> Self:
        """What any visitor may read: not kept private, and no draft (the shipped accounts apart)."""
        return self.filter(_publics())

    def de_membre(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those of the organisations the person belongs to today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(organisation__in=user.adhesions.actives().values("organisation"))

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """All that this reader may see."""
        return self.filter(visibles(user))

    def pour_liste(self) -> Self:
        """With all that a line of a list shows. One query."""
        return self.select_related("organisation", "programme", "piste", "evaluation").annotate(
            titre_piste=_titre_de_la_piste()
        )

    def jamais_demarres_pour(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Of the tests in preparation or given up, which are public to nobody: those of this reader.

        Nothing more than ``visible_to`` says of them; but told by keys, the database looks for a few
        rows where it would walk through all the drafts. One query at most.
        """
        if not user.is_authenticated:
            return self.none()
        if user.est_curateur or user.est_administrateur:
            return self
        siens = Utilisateur.objects.filter(pk=user.pk).values_list(
            ArraySubquery(user.adhesions.actives().order_by().values("organisation")),
            ArraySubquery(user.programmes_animes.order_by().values("pk")),
        )
        organisations, programmes = siens.get()
        return self.filter(Q(organisation__in=organisations) | Q(programme__in=programmes))

    def apres(self, cree_le: dt.datetime, pk: int) -> Self:
        """The next ones of the list, most recent first, after that row."""
        # The first condition says nothing more; it lets the index find its place.
        return self.filter(cree_le__lte=cree_le).exclude(cree_le=cree_le, pk__gte=pk)


class ProgrammeQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Programmes."""

    def suivis_par(self, user: "Utilisateur | AnonymousUser") -> Self:
        """Those this person is part of: by an organisation, as who animates it, in its groupe miroir."""
        if not user.is_authenticated:
            return self.none()
        siennes = user.adhesions.actives().values("organisation")
        lectures = user.lectures_miroir.filter(accepte_le__isnull=False, retire_le=None)
        return self.filter(
            Q(
                pk__in=self.model.organisations.through.objects.filter(
                    organisation__in=siennes
                ).values("programme")
            )
            | Q(pk__in=user.programmes_animes.values("pk"))
            | Q(pk__in=lectures.values("programme"))
        )

    def pour_liste(self) -> Self:
        """With how many organisations, and how many public tests, each holds. One query.

        Counted apart for each row: a page of a long list counts for its own programmes only.
        """
        membres = self.model.organisations.through.objects.filter(organisation__validee=True)
        tests = self.model._meta.get_field("tests").related_model.objects.publics()
        return self.annotate(
            nombre_organisations=_compte_par_programme(membres),
            nombre_tests=_compte_par_programme(tests),
        )

    def apres(self, debut: dt.date, pk: int) -> Self:
        """The next ones of the list, the latest first, after that row."""
        return self.filter(Q(debut__lt=debut) | Q(debut=debut, pk__gt=pk))


def _compte_par_programme(lignes: "models.QuerySet[Any]") -> Coalesce:
    comptees = lignes.filter(programme=OuterRef("pk")).order_by().values("programme")
    return Coalesce(Subquery(comptees.annotate(nombre=Count("pk")).values("nombre")), 0)


class EnseignementQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Lessons."""

    def publies(self) -> Self:
        """Those that are no draft: their test's évaluation is published, or it is an account."""
        return self.filter(Q(test__etat="evalue") | ~Q(test__source=""))

    def publics(self) -> Self:
        """The published ones any visitor may read."""
        return self.publies().filter(_publics("test__"))

    def visible_to(self, user: "Utilisateur | AnonymousUser") -> Self:
        """The published ones of the tests this reader may see."""
        return self.publies().filter(visibles(user, "test__"))

    def recents(self) -> Self:
        """Newest first, with their test and its organisation. One query."""
        return self.select_related("test__organisation").order_by(
            Coalesce("test__evaluation__publiee_le", "test__cree_le").desc(), "pk"
        )

    def pour_liste(self) -> Self:
        """Last written first, with their test, its organisation and the title of their piste. One query."""
        lecons = self.select_related("test__organisation", "piste__orientation")
        return lecons.annotate(titre_piste=_titre_de_la_piste()).order_by("-pk")
