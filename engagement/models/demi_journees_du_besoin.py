"""When a need is: its half-days, changed by named methods under its lock."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction

from engagement import creneaux
from engagement.historique import noter
from engagement.limites import Limite
from engagement.models.places_du_besoin import PlacesDuBesoin
from engagement.refus import ActionRefusee
from engagement.semaine import DemiJournee, masque, tombe_le_week_end

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin, Creneau, MiseEnRelation


class DemiJourneesDuBesoin(PlacesDuBesoin):
    """What Besoin is made of."""

    class Meta:
        abstract = True

    def recalculer(self: "Besoin") -> None:  # type: ignore[misc]
        """First and last day, half-days of the week, « uniquement le week-end »: read from its slots.

        A loan has a period instead: the half-days it covers.
        """
        if self.est_un_pret:
            demi_journees = _de_la_periode(self.debut, self.fin)
        else:
            demi_journees = list(self.creneaux.values_list("jour", "moment"))
            jours = [jour for jour, _ in demi_journees]
            self.debut, self.fin = min(jours, default=None), max(jours, default=None)
        self.semaine = masque(demi_journees)
        demande = [code for code in self.demande if code != Limite.WEEK_END]
        if demi_journees and all(tombe_le_week_end(jour) for jour, _ in demi_journees):
            demande.append(Limite.WEEK_END.value)
        self.demande = demande
        self.save(update_fields=["debut", "fin", "semaine", "demande"])

    @property
    def est_un_pret(self: "Besoin") -> bool:  # type: ignore[misc]
        """Whether a thing is asked for, that goes back."""
        return self.nature != "temps"

    @transaction.atomic
    def ajouter_creneaux(  # type: ignore[misc]
        self: "Besoin",
        demi_journees: Iterable[DemiJournee],
        *,
        par: "Utilisateur",
        at: dt.datetime | None = None,
    ) -> int:
        """Ask for more half-days; those it has already are left alone. Return how many are new.

        Raises PermissionDenied, ActionRefusee.
        """
        from engagement.models import Creneau

        self._ouvrir_au_changement(par)
        if self.est_un_pret:
            raise ActionRefusee("Un prêt a une période, pas des demi-journées.")
        siennes = set(self.creneaux.values_list("jour", "moment"))
        nouvelles = sorted(set(demi_journees) - siennes)
        if obstacles := creneaux.obstacles(nouvelles, deja=len(siennes), at=at):
            raise ActionRefusee(*obstacles)
        if not nouvelles:
            return 0
        Creneau.objects.bulk_create(
            [Creneau(besoin=self, jour=jour, moment=moment) for jour, moment in nouvelles]
        )
        self.recalculer()
        dit = (
            creneaux.en_mots(*nouvelles[0]) if len(nouvelles) == 1 else f"{len(nouvelles)} en plus"
        )
        self._noter("ajouter_creneaux", f"Demi-journées : {dit}", par, at)
        return len(nouvelles)

    @transaction.atomic
    def retirer_creneau(  # type: ignore[misc]
        self: "Besoin",
        creneau: "Creneau",
        *,
        par: "Utilisateur",
        motif: str = "",
        prevenir: bool = False,
        at: dt.datetime | None = None,
    ) -> int:
        """Take a half-day off; return how many people had it. Raises PermissionDenied, ActionRefusee.

        Somebody who has it is told why, and never finds out by themselves: ``prevenir`` says that we mean it.
        """
        from engagement import annonces_besoins

        self._ouvrir_au_changement(par)
        if creneaux.est_passe(creneau.jour, creneau.moment, at):
            raise ActionRefusee(
                "Cette demi-journée est passée : elle reste dans l'histoire du besoin."
            )
        if creneau.demi_journees.filter(etat__in=["faite", "manquee"]).exists():
            raise ActionRefusee("Quelqu'un a déjà dit comment cette demi-journée s'est passée.")
        if self.etat == self.Etat.OUVERT and self.creneaux.count() == 1:
            raise ActionRefusee(
                "C'est la seule demi-journée : ajoutez-en une autre d'abord, ou fermez le besoin."
            )
        prises = creneau.demi_journees.exclude(etat="annulee").select_related(
            "mise_en_relation__personne", "mise_en_relation__dispositif"
        )
        mises = [prise.mise_en_relation for prise in prises]
        if mises and not prevenir:
            qui = "Une personne vient" if len(mises) == 1 else f"{len(mises)} personnes viennent"
            raise ActionRefusee(
                f"{qui} cette demi-journée-là : dites d'abord pourquoi, pour prévenir."
            )
        if mises and not motif.strip():
            raise ActionRefusee("Dites pourquoi : ces mots sont envoyés à qui venait.")
        dit = creneaux.en_mots(creneau.jour, creneau.moment)
        for mise in mises:
            sujet = f"mise_en_relation:{mise.pk}"
            libelle = f"Demi-journée retirée par l'accueil : {dit}"
            noter(self.dispositif_id, sujet, "retirer_creneau", libelle, par=par, at=at)
            annonces_besoins.creneau_retire(mise, dit, motif.strip())
        for mise in self._qui_l_esperait(creneau, mises):
            mise._noter(
                "retirer_creneau", f"Demi-journée retirée par l'accueil : {dit}", par=par, at=at
            )
            mise._attendre("cellule", at)
        creneau.demi_journees.all().delete()
        creneau.delete()
        self.recalculer()
        self._noter("retirer_creneau", f"Demi-journée retirée : {dit}", par, at)
        return len(mises)

    def _qui_l_esperait(  # type: ignore[misc]
        self: "Besoin", creneau: "Creneau", mises: "list[MiseEnRelation]"
    ) -> "list[MiseEnRelation]":
        """Those whose letter names it and who have not begun: the text they agree to changes, the cellule says so."""
        lettres = self.mises_en_relation.actives().filter(creneaux=creneau)
        return list(lettres.exclude(pk__in=[mise.pk for mise in mises]))


def _de_la_periode(debut: dt.date | None, fin: dt.date | None) -> list[DemiJournee]:
    """Each half-day of a week that these days touch."""
    if debut is None or fin is None:
        return []
    jours = min((fin - debut).days, 6)
    return [(debut + dt.timedelta(days=n), moment) for n in range(jours + 1) for moment in (0, 1)]
