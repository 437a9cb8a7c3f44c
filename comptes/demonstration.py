"""The demonstration accounts: one for each role, all under example.org."""

from allauth.account.models import EmailAddress
from django.db import transaction

from comptes.models import Adhesion, Organisation, Utilisateur

ORGANISATIONS = {
    "montessai": ("Ville de Montessai (démonstration)", Organisation.Type.COMMUNE),
    "val-temoin": ("Communauté de communes du Val Témoin (démonstration)", Organisation.Type.EPCI),
}
# address, name, platform role, organisation and role in it, words for the role
COMPTES = (
    ("habitant@example.org", "Habitante", "", None, "habitant·e"),
    ("agent-a@example.org", "Agente de Montessai", "", ("montessai", "agent"), "agent·e de Montessai"),
    (
        "referent-a@example.org", "Référent de Montessai", "", ("montessai", "referent"),
        "référent·e de Montessai",
    ),
    (
        "mediateur@example.org", "Médiatrice de Montessai", "", ("montessai", "agent"),
        "médiateur·rice : tient le guichet de Montessai",
    ),
    ("agent-b@example.org", "Agent du Val Témoin", "", ("val-temoin", "agent"), "agent·e du Val Témoin"),
    ("curateur@example.org", "Curatrice", "curateur", None, "curateur·rice"),
    ("administrateur@example.org", "Administrateur", "administrateur", None, "administrateur·rice"),
)  # fmt: skip


@transaction.atomic
def creer_comptes(mot_de_passe: str) -> list[tuple[str, str]]:
    """Create the accounts that are missing, addresses verified; return each address with its role's words.

    An account that is there keeps its password and whatever was changed since.
    """
    organisations = {
        cle: Organisation.objects.get_or_create(
            cle=cle, defaults={"nom": nom, "type": type_, "est_demo": True}
        )[0]
        for cle, (nom, type_) in ORGANISATIONS.items()
    }
    for email, nom, role, place, _ in COMPTES:
        if Utilisateur.objects.filter(email=email).exists():
            continue
        user = Utilisateur.objects.create_user(email, mot_de_passe, nom=nom, role=role)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        if place:
            Adhesion.objects.create(
                utilisateur=user,
                organisation=organisations[place[0]],
                role=place[1],
                etat=Adhesion.Etat.ACTIVE,
            )
    return [(email, mots) for email, *_, mots in COMPTES]
