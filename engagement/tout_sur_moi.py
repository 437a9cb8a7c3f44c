"""Everything a dispositif holds on one person, as a file they can read (RGPD, articles 15 and 20).

Never what others said in private, nor who looked by name: a function is enough.
"""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

if TYPE_CHECKING:
    from engagement.models import MiseEnRelation, Offre, Personne


def tout(personne: "Personne", at: dt.datetime | None = None) -> dict[str, Any]:
    """A dictionary that JSON can hold; its keys are in French, for the person. Some twelve queries."""
    mises = personne.mises_en_relation.select_related("besoin").order_by("proposee_le", "pk")
    besoins = list(personne.besoins.order_by("cree_le", "pk"))
    return {
        "fait_le": _valeur(at or timezone.now()),
        "dispositif": personne.dispositif.nom,
        "organisation": personne.dispositif.organisation.nom,
        "conservation": f"{personne.dispositif.conservation} mois après la fin",
        "vous": _lignes_de(
            personne,
            "statut nom fonction structure organisation email telephone manager_nom manager_email consentement "
            "consenti_le confirmee_le en_pause_depuis derniere_sollicitation_le cree_le",
        )
        | {"compte sur la plateforme": personne.utilisateur_id is not None},
        "absences": [str(absence) for absence in personne.absences.all()],
        "offres": [_offre(offre) for offre in personne.offres.select_related("territoire")],
        "besoins": [
            _lignes_de(
                b,
                "titre description lieu etat places accueil_fonction accueil_nom accueil_email binome apprend "
                "cree_le clos_le",
            )
            for b in besoins
        ],
        "mises en relation": [_mise(mise, "personne") for mise in mises],
        "mises en relation pour vos besoins": [
            _mise(mise, "accueil") for besoin in besoins for mise in besoin.mises_en_relation.all()
        ],
        "appels passés par vous": personne.fiches_appels.count(),
        "qui a regardé vos coordonnées": [
            {
                "le": _valeur(vue.le),
                "où": vue.page,
                "par": (vue.par.fonction if vue.par else "") or "une personne de la cellule",
            }
            for vue in personne.consultations.select_related("par")
        ],
    }


def _offre(offre: "Offre") -> dict[str, Any]:
    champs = (
        "nature titre etat envies etiquettes rayon debut fin contraintes lieu conditions etat_connu "
        "cree_le terminee_le"
    )
    return _lignes_de(offre, champs) | {
        "commune": offre.territoire.nom,
        "demi-journées": offre.quand,
        "limites fermes": offre.limites_en_mots,
        "genres préférés": [g.libelle for g in offre.genres.all()],
        "photos": [photo.description for photo in offre.photos.all()],
    }


def _mise(mise: "MiseEnRelation", cote: str) -> dict[str, Any]:
    from engagement.models import Pret, Retour

    dits = mise.echanges.filter(Q(de=cote) | Q(a=cote))
    demi_journees = mise.demi_journees.all()
    return _lignes_de(
        mise,
        "etat proposee_le raisons rencontre_le rencontre_lieu mission conditions pret_debut pret_fin "
        "retour_prevu_le motif terminee_le",
    ) | {
        "besoin": mise.besoin.titre,
        "échanges": _tous(dits, "le canal de a texte"),
        # Never copied out of the cellule's page: several may have confided, each in confidence of the others.
        "ce que vous avez confié à la cellule seule": "N'est pas recopié ici : demandez-le-lui.",
        "accords": _tous(
            mise.accords.filter(cote=cote), "nom email etat demande_le repondu_le recueilli_comment motif texte"
        ),
        "demi-journées": [{"jour": _valeur(d.jour), "état": d.get_etat_display()} for d in demi_journees],
        "bilan": _tous(
            mise.bilans.filter(cote=cote), "le content texte recommencer mot_public fonction consent"
        ),
        "prêt": _tous(Pret.objects.filter(mise_en_relation=mise), "etat etat_sortie etat_retour"),
        # What was said together at the return; the notes of calls are the cellule's, and may quote the host.
        "retour": _tous(
            Retour.objects.filter(mise_en_relation=mise) if cote == "personne" else [],
            "entretien_le sans_entretien appris suite",
        ),
        "points de suivi": [_valeur(p.prevu_le) for p in mise.points.all()] if cote == "personne" else [],
    }  # fmt: skip


def _tous(lignes: "Iterable[Model] | QuerySet[Any]", champs: str) -> list[dict[str, Any]]:
    return [_lignes_de(ligne, champs) for ligne in lignes]


def _lignes_de(objet: Model, champs: str) -> dict[str, Any]:
    """Each field under the words people see; empty ones are left out."""
    lues: dict[str, Any] = {}
    for nom in champs.split():
        afficher = getattr(objet, f"get_{nom}_display", None)
        valeur = getattr(objet, nom)
        if valeur not in (None, "", []):
            titre = str(objet._meta.get_field(nom).verbose_name)  # type: ignore[union-attr]
            lues[titre] = (
                str(afficher()) if afficher and not isinstance(valeur, list) else _valeur(valeur)
            )
    return lues  # fmt: skip


def _valeur(valeur: Any) -> Any:
    if isinstance(valeur, dt.datetime):
        return valeur.isoformat(timespec="minutes")
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    return valeur if isinstance(valeur, str | int | bool | list) else str(valeur)
