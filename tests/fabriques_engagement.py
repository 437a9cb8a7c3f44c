"""Factories of the desk. Traits lead a mise en relation through its own methods, never by its state."""

import datetime as dt
from typing import Any

import factory
import time_machine
from django.utils import timezone
from factory.django import DjangoModelFactory

from comptes.models import Utilisateur
from config.fichiers import preparer_image
from config.jours import jour_de
from engagement.models import (
    Besoin,
    Dispositif,
    ListeAppels,
    MiseEnRelation,
    Offre,
    Personne,
    Pret,
)
from engagement.semaine import MATIN, bit, masque
from tests.fabriques import OrganisationFactory, TerritoireFactory, UtilisateurFactory
from tests.fichiers_envoyes import une_photo

MARDI_MATIN = bit(1, MATIN)


class DispositifFactory(DjangoModelFactory):
    """Open, with two kinds of mission."""

    class Meta:
        model = Dispositif
        skip_postgeneration_save = True

    nom = factory.Sequence(lambda n: f"Réserve {n}")
    modele = "micro_mobilite"
    organisation = factory.SubFactory(OrganisationFactory)
    territoire = factory.SubFactory(TerritoireFactory)
    etat = "ouvert"
    debut = factory.LazyFunction(lambda: jour_de() - dt.timedelta(days=30))
    aux_habitants = True
    des_lieux = True
    du_materiel = True
    contact = "04 00 00 00 00, du lundi au vendredi"

    @factory.post_generation
    def genres(obj: Dispositif, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        if create:
            for rang, libelle in enumerate(extracted or ["Accueil", "Distribution alimentaire"]):
                obj.genres.create(libelle=libelle, rang=rang)


class PersonneFactory(DjangoModelFactory):
    """An agent whose address is confirmed."""

    class Meta:
        model = Personne

    dispositif = factory.SubFactory(DispositifFactory)
    statut = "agent"
    nom = factory.Sequence(lambda n: f"Volontaire {n}")
    fonction = "agent de voirie"
    email = factory.Sequence(lambda n: f"volontaire{n}@example.org")
    telephone = "06 00 00 00 01"
    manager_nom = "Responsable de la voirie"
    manager_email = factory.Sequence(lambda n: f"manager{n}@example.org")
    consentement = "en_ligne"
    confirmee_le = factory.LazyAttribute(lambda o: o.dispositif.cree_le)


class OffreFactory(DjangoModelFactory):
    """Time, the whole week."""

    class Meta:
        model = Offre

    personne = factory.SubFactory(PersonneFactory)
    dispositif = factory.SelfAttribute("personne.dispositif")
    titre = "Deux demi-journées par semaine"
    envies = "J'aime cuisiner et accueillir."
    territoire = factory.SubFactory(TerritoireFactory)


class BesoinFactory(DjangoModelFactory):
    """Open, in ten days for one half-day, unless ``creneaux`` are given."""

    class Meta:
        model = Besoin
        skip_postgeneration_save = True

    dispositif = factory.SubFactory(DispositifFactory)
    demandeur = factory.SubFactory(
        PersonneFactory,
        dispositif=factory.SelfAttribute("..dispositif"),
        statut="organisation",
        nom="Épicerie solidaire",
        manager_nom="",
        manager_email="",
    )
    titre = "Renfort à l'accueil"
    description = "Accueillir les personnes, préparer un café."
    territoire = factory.SubFactory(TerritoireFactory)
    accueil_fonction = "responsable de l'épicerie"
    accueil_email = factory.Sequence(lambda n: f"accueil{n}@example.org")
    binome = "une bénévole de l'épicerie"
    apprend = "L'accueil inconditionnel."
    etat = "ouvert"

    @factory.post_generation
    def creneaux(obj: Besoin, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        if not create:
            return
        demi_journees = extracted or [(un_jour_de_semaine(10), MATIN)]
        for jour, moment in demi_journees:
            obj.creneaux.create(jour=jour, moment=moment)
        jours = [jour for jour, _ in demi_journees]
        obj.debut, obj.fin, obj.semaine = min(jours), max(jours), masque(demi_journees)
        obj.save(update_fields=["debut", "fin", "semaine"])


def un_jour_de_semaine(dans: int) -> dt.date:
    """The first Monday to Friday at least that many days from today."""
    jour = jour_de() + dt.timedelta(days=dans)
    while jour.weekday() >= 5:
        jour += dt.timedelta(days=1)
    return jour


class MiseEnRelationFactory(DjangoModelFactory):
    """Proposed: an offer and a need of one dispositif."""

    class Meta:
        model = MiseEnRelation

    besoin = factory.SubFactory(BesoinFactory)
    dispositif = factory.SelfAttribute("besoin.dispositif")
    offre = factory.SubFactory(
        OffreFactory, personne__dispositif=factory.SelfAttribute("...besoin.dispositif")
    )
    personne = factory.SelfAttribute("offre.personne")


def un_mediateur(dispositif: Dispositif, **champs: Any) -> Utilisateur:
    """Somebody of the cellule."""
    user = UtilisateurFactory(**champs)
    dispositif.mediations.create(utilisateur=user)
    return user


def une_mise_en_relation_rencontree(
    par: Utilisateur | None = None, **champs: Any
) -> MiseEnRelation:
    """Proposed, discussed by phone, met: its lettre is begun."""
    mise = MiseEnRelationFactory(**champs)
    par = par or un_mediateur(mise.dispositif)
    mise.discuter(texte="Échange par téléphone.", par=par, de="personne")
    mise.noter_rencontre(par=par, notes="Visite faite ensemble.")
    return mise


def une_mise_en_relation_en_accords(
    par: Utilisateur | None = None, **champs: Any
) -> MiseEnRelation:
    """Met, its accords asked of every party."""
    mise = MiseEnRelationFactory(**champs)
    par = par or un_mediateur(mise.dispositif)
    mise.discuter(texte="Échange par téléphone.", par=par, de="personne")
    mise.noter_rencontre(par=par, notes="Visite faite ensemble.")
    mise.demander_accords(par=par)
    return mise


def une_mission(par: Utilisateur | None = None, **champs: Any) -> MiseEnRelation:
    """Every accord given: in mission, or in the waiting list when its need has no place left."""
    mise = une_mise_en_relation_en_accords(par, **champs)
    for accord in mise.accords.filter(etat="demande"):
        accord.donner()
    mise.refresh_from_db()
    return mise


def une_salle_photographiee(personne: Personne) -> Offre:
    """A room to lend, with its picture."""
    salle = OffreFactory(personne=personne, nature="lieu", titre="Salle de 40 places", envies="")
    photo = preparer_image(une_photo())
    salle.photos.create(
        fichier=photo.contenu, description="La salle vue de l'entrée", type_mime=photo.type_mime
    )
    return salle


class ListeAppelsFactory(DjangoModelFactory):
    """People to call for two months, with ``fiches`` sheets (two unless said)."""

    class Meta:
        model = ListeAppels
        skip_postgeneration_save = True

    dispositif = factory.SubFactory(DispositifFactory)
    titre = "Personnes de plus de 75 ans"
    fondement = "Inscription au registre nominatif."
    origine = "Registre du CCAS"
    effacer_le = factory.LazyFunction(lambda: jour_de() + dt.timedelta(days=60))
    script = "Bonjour, je vous appelle de la part de la ville."
    orientations = "Portage de repas\nAide à domicile"

    @factory.post_generation
    def fiches(obj: ListeAppels, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: N805
        for numero in range(1, (2 if extracted is None else extracted) + 1):
            obj.fiches.create(
                numero=numero, nom=f"Personne à appeler {numero}",
                telephone=f"06 00 00 {numero // 100:02} {numero % 100:02}", commune="Vigny-sur-Mer",
            )  # fmt: skip


def un_pret(mediateur: Utilisateur, dispositif: Dispositif, **offre: Any) -> Pret:
    """A room lent for two days from now, with a picture of it as it stands."""
    maintenant = timezone.now()
    salle = OffreFactory(
        personne__dispositif=dispositif, **{"nature": "lieu", "titre": "Salle des fêtes", **offre}
    )
    mise = une_mission(
        mediateur,
        besoin=BesoinFactory(dispositif=dispositif, nature=salle.nature),
        offre=salle,
        pret_debut=maintenant,
        pret_fin=maintenant + dt.timedelta(days=2),
    )
    photo = preparer_image(une_photo())
    mise.pret.photos.create(
        fichier=photo.contenu, description="La porte", type_mime=photo.type_mime
    )
    return mise.pret


def une_mission_terminee(mediateur: Utilisateur, dispositif: Dispositif) -> MiseEnRelation:
    """One half-day that took place two days ago, agreed the day before; its return has begun."""
    with time_machine.travel(timezone.now() - dt.timedelta(days=3)):
        creneaux = [(jour_de() + dt.timedelta(days=1), MATIN)]
        besoin = BesoinFactory(dispositif=dispositif, creneaux=creneaux)
        mise = une_mission(mediateur, besoin=besoin)
    mise.demi_journees.get().dire(faite=True, par=mediateur)
    mise.revenir(par=mediateur)
    return mise
