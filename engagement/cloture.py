"""What follows the closing of a dispositif, until nothing is left: needs, proposals, missions, offers, mails.

What remains is read from the rows themselves: a task that dies half way, or comes twice, changes nothing of the
end. Nobody is told twice: one mail an address, whose key says so.
"""

import dataclasses
import datetime as dt
import logging
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from engagement.cloture_annonces import annonces, joignables
from engagement.cloture_missions import ramener
from engagement.historique import noter
from engagement.transitions import AVANT_LA_MISSION
from rappels import boite

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.models import Besoin, Dispositif, MiseEnRelation

journal = logging.getLogger(__name__)

A_CLORE = ("a_confirmer", "a_qualifier", "ouvert")
# Up to there the person who closes waits for the end; beyond, a task goes on and the page says how far it is.
A_LA_MAIN = 30


@dataclasses.dataclass(frozen=True)
class Restes:
    """What is still open, in rows; and what a closing touches beside."""

    besoins: int
    propositions: int
    missions: int
    prets: int
    offres: int
    personnes: int
    # Of these, nobody can be written to: the cellule calls them.
    a_appeler: int

    @property
    def a_faire(self) -> int:
        """How many rows must still be closed one by one."""
        return self.besoins + self.propositions


def compter(dispositif: "Dispositif") -> Restes:
    """One query."""
    from engagement.models import Besoin, Dispositif, MiseEnRelation, Offre, Personne, Pret

    ici = {"dispositif": dispositif.pk}
    missions = MiseEnRelation.objects.filter(etat="en_mission", **ici)
    personnes = Personne.objects.filter(effacee_le=None, **ici)
    ensembles: dict[str, QuerySet[Any]] = {
        "besoins": Besoin.objects.filter(etat__in=A_CLORE, **ici),
        "propositions": MiseEnRelation.objects.filter(etat__in=AVANT_LA_MISSION, **ici),
        "missions": missions.filter(pret=None),
        "prets": Pret.objects.filter(etat="sorti", mise_en_relation__dispositif=dispositif.pk),
        "offres": Offre.objects.filter(etat__in=["active", "a_confirmer"], **ici),
        "personnes": personnes,
        "a_appeler": personnes.exclude(pk__in=joignables(dispositif).values("pk")),
    }
    comptes = {nom: Coalesce(Subquery(_nombre(lignes)), 0) for nom, lignes in ensembles.items()}
    # Named apart: a set may bear the name of a relation.
    colonnes = {f"c_{nom}": compte for nom, compte in comptes.items()}
    trouves: dict[str, int] = Dispositif.objects.filter(pk=dispositif.pk).values(**colonnes).get()
    return Restes(**{nom.removeprefix("c_"): nombre for nom, nombre in trouves.items()})


def _nombre(lignes: "QuerySet[Any]") -> "QuerySet[Any]":
    groupes = lignes.order_by().annotate(groupe=Value(1)).values("groupe")
    comptes: QuerySet[Any] = groupes.annotate(combien=Count("pk")).values("combien")
    return comptes


def achever(pk: int, *, at: dt.datetime | None = None) -> bool:
    """Go on with the closing of this dispositif; whether it is over. Harmless twice, and while another does."""
    from engagement.models import Dispositif

    dispositif = Dispositif.objects.en_cloture().filter(pk=pk).first()
    if dispositif is None:
        return True
    at = at or timezone.now()
    par = _qui_a_ferme(dispositif)
    _pour_chacun(dispositif.besoins.filter(etat__in=A_CLORE), _fermer_besoin, par, at)
    mises = dispositif.mises_en_relation
    _pour_chacun(mises.filter(etat__in=AVANT_LA_MISSION), _decliner, par, at)
    _pour_chacun(mises.filter(etat="en_mission"), ramener, par, at)
    return _finir(dispositif, at)


def achever_bientot() -> None:
    """Ring the worker at commit. Without a broker, the beat finds the same rows ten minutes later."""
    from engagement.tasks import achever_les_clotures

    transaction.on_commit(
        lambda: achever_les_clotures.apply_async(retry=False, expires=600), robust=True
    )


def _pour_chacun(lignes: "QuerySet[Any]", geste: Any, *args: Any) -> None:
    """Each in its own transaction. One that fails is for the log, and keeps no other from its turn."""
    for pk in list(lignes.order_by("pk").values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                geste(lignes.model.objects.get(pk=pk), *args)
        except Exception:
            journal.exception("%s %s: skipped", lignes.model.__name__, pk)


def motif(dispositif: "Dispositif") -> str:
    """What everybody who waited is told."""
    return (
        f"« {dispositif.nom} » ferme : cette proposition n'ira pas plus loin. Merci d'avoir été là."
    )


def _fermer_besoin(besoin: "Besoin", par: "Utilisateur | None", at: dt.datetime) -> None:
    """Those who wait for a place first: none is freed for them any more."""
    actives = besoin.mises_en_relation.filter(etat__in=AVANT_LA_MISSION)
    for mise in actives.order_by("attente__rang", "pk"):
        _decliner(mise, par, at)
    besoin.refresh_from_db()
    # Whoever closed may have left since: the need ends with its dispositif, which says by whom.
    besoin.clore(motif=f"« {besoin.dispositif.nom} » ferme.", at=at)
    # Said once, by the mail of the closing.
    boite.annuler(sujet=f"besoin:{besoin.pk}")


def _decliner(mise: "MiseEnRelation", par: "Utilisateur | None", at: dt.datetime) -> None:
    mise.decliner(par=par, cote="cellule", motif=motif(mise.dispositif), at=at)
    boite.annuler(sujet=f"mise_en_relation:{mise.pk}")


def _qui_a_ferme(dispositif: "Dispositif") -> "Utilisateur | None":
    fermetures = dispositif.historique.filter(sujet=f"dispositif:{dispositif.pk}", action="clore")
    ligne = fermetures.select_related("par").last()
    return ligne.par if ligne else None


@transaction.atomic
def _finir(dispositif: "Dispositif", at: dt.datetime) -> bool:
    """End the offers and tell everybody, once nothing waits any more."""
    type(dispositif).objects.select_for_update().get(pk=dispositif.pk)
    dispositif.refresh_from_db()
    if dispositif.cloture_achevee_le is not None:
        return True
    if compter(dispositif).a_faire:
        return False
    ouvertes = dispositif.offres.filter(etat__in=["active", "a_confirmer"])
    ouvertes.update(etat="terminee", terminee_le=at)
    boite.planifier_en_masse(annonces(dispositif))
    dispositif.cloture_achevee_le = at
    dispositif.save(update_fields=["cloture_achevee_le"])
    sujet = f"dispositif:{dispositif.pk}"
    noter(dispositif.pk, sujet, "achever", "Clôture achevée : chacun·e est prévenu·e", at=at)
    return True
