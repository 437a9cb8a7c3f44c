"""What the addresses of the desk point to.

Of the cast: ``agent_b`` keeps the desk, ``habitant`` offers, ``agent_a`` asks and welcomes; ``referent_a``,
``curateur`` and ``administrateur`` are strangers to it, whatever their role.
"""

import dataclasses

from comptes.models import Utilisateur
from engagement.models import Besoin, Dispositif, ListeAppels, MiseEnRelation, Offre, Personne, Pret
from tests.fabriques_engagement import (
    BesoinFactory,
    DispositifFactory,
    ListeAppelsFactory,
    MiseEnRelationFactory,
    OffreFactory,
    PersonneFactory,
    un_pret,
    une_mise_en_relation_en_accords,
    une_mission,
    une_mission_terminee,
    une_salle_photographiee,
)


@dataclasses.dataclass
class MondeDuGuichet:
    """One dispositif, open, with an offer, a need, and one introduced to the other."""

    dispositif: Dispositif
    en_preparation: Dispositif
    personne: Personne
    offre: Offre
    salle: Offre
    accueil: Personne
    besoin: Besoin
    mise_en_relation: MiseEnRelation
    en_accords: MiseEnRelation
    en_attente: MiseEnRelation
    mission: MiseEnRelation
    terminee: MiseEnRelation
    prete: Pret
    recu: Besoin
    non_confirme: Besoin
    liste: ListeAppels


def creer_guichet(
    *, mediateur: Utilisateur, offrant: Utilisateur, accueil: Utilisateur
) -> MondeDuGuichet:
    """Fill the database."""
    organisation = mediateur.adhesions.first().organisation
    dispositif = DispositifFactory(organisation=organisation)
    dispositif.mediations.create(utilisateur=mediateur)
    en_preparation = DispositifFactory(organisation=organisation, etat="preparation")
    en_preparation.mediations.create(utilisateur=mediateur)
    personne = PersonneFactory(dispositif=dispositif, utilisateur=offrant, email=offrant.email)
    demandeur = PersonneFactory(
        dispositif=dispositif, utilisateur=accueil, email=accueil.email, statut="organisation"
    )
    offre = OffreFactory(personne=personne)
    besoin = BesoinFactory(dispositif=dispositif, demandeur=demandeur)
    complet = BesoinFactory(dispositif=dispositif, demandeur=demandeur, places=1)
    une_mission(mediateur, besoin=complet)
    liste = ListeAppelsFactory(dispositif=dispositif)
    liste.fiches.update(appelant=personne)
    return MondeDuGuichet(
        dispositif=dispositif,
        en_preparation=en_preparation,
        personne=personne,
        offre=offre,
        salle=une_salle_photographiee(personne),
        accueil=demandeur,
        besoin=besoin,
        mise_en_relation=MiseEnRelationFactory(besoin=besoin, offre=offre, mediateur=mediateur),
        en_accords=une_mise_en_relation_en_accords(
            mediateur, besoin__dispositif=dispositif, besoin__demandeur=demandeur
        ),
        en_attente=une_mission(mediateur, besoin=complet),
        mission=une_mission(mediateur, besoin__dispositif=dispositif, besoin__demandeur=demandeur),
        terminee=une_mission_terminee(mediateur, dispositif),
        prete=un_pret(mediateur, dispositif),
        recu=BesoinFactory(dispositif=dispositif, demandeur=demandeur, etat="a_qualifier"),
        non_confirme=BesoinFactory(
            dispositif=dispositif, demandeur=demandeur, etat="a_confirmer", titre="Non confirmé"
        ),
        liste=liste,
    )
