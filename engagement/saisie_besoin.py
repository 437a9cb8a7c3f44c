"""What the cellule writes on a need: refused when somebody else wrote meanwhile, with what is kept."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from engagement.limites import Limite
from engagement.refus import ActionRefusee

if TYPE_CHECKING:
    from comptes.models import Utilisateur
    from engagement.forms.besoin import BesoinForm
    from engagement.models import Besoin

CHAMPS = (
    "titre", "description", "genre_id", "urgence", "demande", "territoire_id", "lieu", "accueil_fonction",
    "accueil_nom", "accueil_email", "binome", "apprend", "debut", "fin",
)  # fmt: skip


class ChangeEntreTemps(Exception):
    """Somebody else saved meanwhile; ``ecarts``: (label, what is kept) where it differs from what was typed."""

    def __init__(self, ecarts: list[tuple[str, str]]) -> None:
        super().__init__()
        self.ecarts = ecarts


def version_de(besoin: "Besoin") -> str:
    """The fingerprint of what the page shows."""
    valeurs = [str(getattr(besoin, champ) or "") for champ in CHAMPS]
    return hashlib.blake2b(json.dumps(valeurs).encode(), digest_size=16).hexdigest()


@transaction.atomic
def enregistrer(
    besoin: "Besoin", form: "BesoinForm", *, vue: str, par: "Utilisateur", periode: Any = None
) -> None:
    """Write a valid form. ``periode``: the days of a loan. Raises ActionRefusee, ChangeEntreTemps."""
    saisi = {champ: getattr(form.instance, champ) for champ in CHAMPS}
    places = form.instance.places
    if periode is not None:
        saisi["debut"], saisi["fin"] = periode
    besoin._relire()
    if besoin.est_fini:
        raise ActionRefusee(
            f"Ce besoin est « {besoin.get_etat_display().lower()} » : il ne change plus."
        )
    if Limite.WEEK_END in besoin.demande:  # read from its slots, in no form
        saisi["demande"] = [*saisi["demande"], Limite.WEEK_END.value]
    if vue != version_de(besoin):
        ecarts = _ecarts(besoin, saisi)
        if ecarts:
            raise ChangeEntreTemps(ecarts)
    changes = [champ for champ, valeur in saisi.items() if getattr(besoin, champ) != valeur]
    for champ in changes:
        setattr(besoin, champ, saisi[champ])
    if changes:
        besoin.save(update_fields=changes)
        besoin.recalculer()
        noms = ", ".join(_libelle(champ) for champ in changes)
        besoin._noter("completer", f"Complété : {noms}", par, None)
    if places != besoin.places:
        besoin.changer_places(places, par=par)


def _ecarts(besoin: "Besoin", saisi: dict[str, Any]) -> list[tuple[str, str]]:
    trouves = []
    for champ, valeur in saisi.items():
        garde: Any = getattr(besoin, champ)
        if garde == valeur:
            continue
        nom = champ.removesuffix("_id")
        dit = getattr(besoin, nom) if nom != champ else garde
        trouves.append((_libelle(nom).capitalize(), str(dit or "(vide)")))
    return trouves


def _libelle(champ: str) -> str:
    """What a field is called."""
    from engagement.models import Besoin

    nom: Any = Besoin._meta.get_field(champ.removesuffix("_id"))
    return str(nom.verbose_name)
