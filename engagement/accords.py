"""The accords of a mise en relation: whose, on which text, and what is still missing (DOMAIN: three consents)."""

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from config.jours import jour_de
from engagement import annonces
from engagement.destinataires import adresse_de, nom_de
from engagement.lettre import creneaux_de, empreinte, texte_de
from engagement.transitions import FINIES

if TYPE_CHECKING:
    from engagement.models import AccordMission, MiseEnRelation

TEXTE_CHANGE = "Le texte a changé depuis ce message. La cellule doit vous demander votre accord sur le nouveau texte."
BESOIN_CLOS = "Entre-temps, ce besoin a été refermé : votre réponse n'est plus attendue. L'offre reste ouverte."
PASSEES = "Une demi-journée de cette lettre est déjà passée. La cellule doit vous proposer d'autres dates."


def parties(mise: "MiseEnRelation") -> list[str]:
    """Whose accord is asked: the person, the manager of origin of an agent if the dispositif asks it, the host.

    A loan asks no manager: nobody leaves their post.
    """
    manager = (
        mise.dispositif.accord_manager and mise.personne.est_agent and not mise.offre.est_un_pret
    )
    return ["personne", *(["manager"] if manager else []), "accueil"]


@dataclasses.dataclass(frozen=True)
class EtatAccord:
    """Where one party stands. ``etat``: a_demander, a_redemander (the text has changed), or the accord's."""

    cote: str
    etat: str
    accord: "AccordMission | None" = None
    # Nobody can be written to there: the cellule asks by phone, or at the counter.
    sans_adresse: bool = False

    @property
    def qui(self) -> str:
        """The party in words."""
        from engagement.models import Cote

        return str(Cote(self.cote).label)


def etat_des_accords(mise: "MiseEnRelation", texte: str = "") -> list[EtatAccord]:
    """Every party with its answer on today's text. Two queries; ``texte``: when it is known."""
    attendue = empreinte(texte or texte_de(mise))
    tous = list(mise.accords.all())
    actuels = {a.cote: a for a in tous if a.empreinte == attendue and a.etat != "caduc"}
    deja = {a.cote for a in tous}
    etats = []
    for cote in parties(mise):
        accord = actuels.get(cote)
        sinon = "a_redemander" if cote in deja else "a_demander"
        etat = accord.etat if accord else sinon
        etats.append(EtatAccord(cote, etat, accord, not adresse_de(mise, cote)))
    return etats


def tous_donnes(mise: "MiseEnRelation") -> bool:
    """Whether every party agreed to today's text. Two queries."""
    return all(e.etat == "donne" for e in etat_des_accords(mise))


def manques_pour_commencer(mise: "MiseEnRelation", at: dt.datetime | None = None) -> list[str]:
    """What still prevents the mission, in words: accords missing on today's text, a need closed, a day past."""
    dits = {"refuse": "a été refusé", "demande": "est attendu", "a_demander": "est à demander"}
    manques = [
        f"L'accord « {e.qui.lower()} » {dits.get(e.etat, 'est à redemander : le texte a changé')}."
        for e in etat_des_accords(mise)
        if e.etat != "donne"
    ]
    if mise.besoin.etat != "ouvert":
        manques.append("Le besoin n'est plus ouvert.")
    if _est_passee(mise, at):
        manques.append("Une demi-journée de la lettre est déjà passée : proposez d'autres dates.")
    return manques


def _est_passee(mise: "MiseEnRelation", at: dt.datetime | None) -> bool:
    creneaux = creneaux_de(mise)
    return bool(creneaux) and creneaux[0].jour < jour_de(at)


def demander(mise: "MiseEnRelation", at: dt.datetime) -> list[str]:
    """Ask every party not yet asked on today's text, and void the older ones; return who was asked.

    Under the lock of the need. What the text replaces: see engagement/ecarts.py.
    """
    from engagement.models import AccordMission

    texte = texte_de(mise)
    attendue = empreinte(texte)
    annuler_les_accords(mise)
    demandes = []
    for cote in parties(mise):
        accord, nouveau = AccordMission.objects.get_or_create(
            mise_en_relation=mise,
            cote=cote,
            empreinte=attendue,
            defaults={
                "texte": texte,
                "demande_le": at,
                "email": adresse_de(mise, cote),
                "nom": nom_de(mise, cote)[:120],
            },
        )
        if not nouveau and accord.etat == "caduc":
            # The text came back to one already asked: what was said of it then no longer counts.
            accord.redemander(adresse_de(mise, cote), at)
            nouveau = True
        if nouveau:
            annonces.accord_demande(accord)
            demandes.append(cote)
    return demandes


def annuler_les_accords(mise: "MiseEnRelation") -> None:
    """What was asked or agreed on another text than today's lapses; a place held goes back, the rank stays."""
    from engagement.attente import suspendre

    autres = mise.accords.exclude(empreinte=empreinte(texte_de(mise)))
    anciens = autres.filter(etat__in=["demande", "donne"])
    annonces.plus_d_accord_a_demander(list(anciens.values_list("pk", flat=True)))
    if anciens.update(etat="caduc"):
        suspendre(mise)


def obstacle_a_la_reponse(accord: "AccordMission", *, at: dt.datetime | None = None) -> str:
    """Why this answer can no longer be given, in words; "" when it can. Two queries."""
    mise = accord.mise_en_relation
    if mise.personne.effacee_le is not None:
        return "La personne a demandé que l'on efface tout ce qui la concerne : rien n'est plus attendu."
    if mise.etat == "declinee" and mise.besoin.etat != "ouvert":
        return BESOIN_CLOS
    if mise.etat == "declinee":
        return "Cette mise en relation a été déclinée : votre réponse n'est plus attendue."
    if mise.etat in FINIES:
        return "Cette mission est terminée : votre réponse n'est plus attendue."
    if mise.etat != "rencontree":
        return "La mission est déjà convenue : pour l'arrêter, écrivez à la cellule."
    if accord.etat == "caduc" or accord.empreinte != empreinte(texte_de(mise)):
        return TEXTE_CHANGE
    if _est_passee(mise, at or timezone.now()):
        return PASSEES
    return ""


def accord_suivant(accord: "AccordMission") -> "AccordMission | None":
    """The accord on today's text that replaces this one, asked of the same party at the same address."""
    for etat in etat_des_accords(accord.mise_en_relation):
        suivant = etat.accord
        if suivant and suivant != accord and suivant.cote == accord.cote:
            return suivant if suivant.email.lower() == accord.email.lower() else None
    return None
