"""Organisations and accounts as exports."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from comptes.models import Adhesion, Organisation, Utilisateur
from config.filtres import Filtre
from rapports.colonnes import Colonne, Lecture, jour, nombre
from rapports.exports import Export
from tests_programme.models import Test


def administre(user: Utilisateur | AnonymousUser) -> bool:
    """Who looks after accounts and organisations: these hold names and addresses."""
    return bool(getattr(user, "est_administrateur", False))


def leurs_organisations(lecture: Lecture) -> Subquery:
    """The organisations an account belongs to today, with the role there."""
    adhesions = Adhesion.objects.actives().filter(utilisateur=OuterRef("pk")).order_by()
    dite = Concat("organisation__nom", Value(" ("), "role", Value(")"), output_field=TextField())
    jointes = StringAgg(dite, "\n", order_by="organisation__nom", output_field=TextField())
    return Subquery(adhesions.values("utilisateur").annotate(dit=jointes).values("dit"))


def page_de_l_organisation(lecture: Lecture) -> Concat:
    """The page of the organisation."""
    debut = Value(f"{settings.ADRESSE_PUBLIQUE}/organisations/")
    return Concat(debut, Cast("pk", CharField()), Value("/"), output_field=TextField())


ORGANISATIONS = Export(
    cle="organisations",
    titre="Les organisations",
    presentation="Une ligne par organisation : ce qu'elle est, où, combien de tests elle mène.",
    colonnes=(
        Colonne("Nom", "nom", largeur=36),
        Colonne("Type", "type", "choix", dict(Organisation.Type.choices)),
        Colonne("SIREN", "siren", largeur=12),
        Colonne("Territoire", "territoire__nom", largeur=28),
        Colonne("Code officiel du territoire", "territoire__code", largeur=12),
        Colonne(
            "Membres",
            nombre(lambda _: Adhesion.objects.actives(), "organisation"),
            "nombre",
            largeur=10,
            reservee=True,
        ),
        Colonne(
            "Tests",
            nombre(lambda lecture: Test.objects.visible_to(lecture.user), "organisation"),
            "nombre",
            largeur=10,
            aide="Ceux que vous pouvez lire.",
        ),
        Colonne("Validée", "validee", "oui_non", largeur=10),
        Colonne("Démonstration", "est_demo", "oui_non", largeur=10),
        Colonne("Créée le", jour("cree_le"), "date", largeur=12),
        Colonne("Adresse", page_de_l_organisation, largeur=40),
    ),
    filtre=lambda data, user: Filtre(data),
    selection=lambda _, lecture: Organisation.objects.visible_to(lecture.user).order_by(
        "nom", "pk"
    ),
    joindre=lambda organisations: organisations,
)


def tous_les_comptes(_: Any, lecture: Lecture) -> QuerySet[Any]:
    """Every account, oldest first; nobody else's than an administrateur's to read."""
    if not administre(lecture.user):
        return Utilisateur.objects.none()
    return Utilisateur.objects.order_by("date_joined", "pk")


COMPTES = Export(
    cle="comptes",
    titre="Les comptes",
    presentation="Une ligne par compte. Des noms et des adresses : à ne garder que le temps nécessaire.",
    colonnes=(
        Colonne("Adresse e-mail", "email", largeur=30),
        Colonne("Prénom et nom", "nom", largeur=28),
        Colonne("Fonction", "fonction", largeur=28),
        Colonne("Rôle sur la plateforme", "role", "choix", dict(Utilisateur.Role.choices)),
        Colonne("Organisations", leurs_organisations, largeur=40),
        Colonne("Actif", "is_active", "oui_non", largeur=8),
        Colonne("Inscription", jour("date_joined"), "date", largeur=12),
        Colonne("Dernière connexion", jour("last_login"), "date", largeur=12),
    ),
    filtre=lambda data, user: Filtre(data),
    selection=tous_les_comptes,
    joindre=lambda comptes: comptes,
    ouvert_a=administre,
)
