"""Who is written to about a test: addresses, each once, in lower case."""

from typing import TYPE_CHECKING

from comptes.models import Adhesion, Utilisateur

if TYPE_CHECKING:
    from tests_programme.models import Test


def porteurs(test: "Test") -> list[str]:
    """The addresses of those who bear the test, each once: porteur·euses, and who created it.

    Who has left the organisation is not written to about its tests. With nobody left, the référent·es
    are: a running test always reminds somebody.
    """
    adresses = {p.email.lower() for p in test.parties.all() if p.role == "porteur" and p.email}
    membres = test.organisation.adhesions.actives()
    createur = membres.filter(utilisateur=test.cree_par_id).select_related("utilisateur").first()
    if createur is not None:
        adresses.add(createur.utilisateur.email.lower())
    return sorted(adresses) or referents(test)


def referents(test: "Test") -> list[str]:
    """The addresses of the organisation's référent·es."""
    adhesions = test.organisation.adhesions.referents().select_related("utilisateur")
    return sorted({a.utilisateur.email.lower() for a in adhesions})


def lecteurs(test: "Test") -> list[str]:
    """Who is asked to read a submitted évaluation: the other members who bear the test, and référent·es.

    Without any of them, every other member; without any other member, the curateur·rices. Some five queries.
    """
    auteur = test.evaluation.soumise_par
    sauf = auteur.email.lower() if auteur else ""
    adhesions = test.organisation.adhesions.actives().select_related("utilisateur")
    autres = {a.utilisateur.email.lower(): a.role for a in adhesions}
    autres.pop(sauf, None)
    if not autres:
        return [adresse for adresse in curateurs() if adresse != sauf]
    qui_porte = set(porteurs(test))
    choisis = [
        adresse
        for adresse, role in autres.items()
        if role == Adhesion.Role.REFERENT or adresse in qui_porte
    ]
    return sorted(choisis or autres)


def animateurs(test: "Test") -> list[str]:
    """Who animates the test's programme; without anybody, the curateur·rices."""
    animent = test.programme.animateurs.filter(is_active=True) if test.programme else []
    return sorted(u.email.lower() for u in animent) or curateurs()


def curateurs() -> list[str]:
    """The curateur·rices of the platform."""
    actifs = Utilisateur.objects.filter(role=Utilisateur.Role.CURATEUR, is_active=True)
    return sorted(email.lower() for email in actifs.values_list("email", flat=True))
