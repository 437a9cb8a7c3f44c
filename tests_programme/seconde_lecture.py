"""The second reading of an évaluation: who is asked, what they read, what stands in the way."""

import datetime as dt
from typing import TYPE_CHECKING

from rappels import boite
from reflexes.models import empreinte_de
from tests_programme.destinataires import lecteurs
from tests_programme.manques import Manque
from tests_programme.transitions import TRANSITIONS, lecture_de

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur
    from tests_programme.models import Test

DEMANDE = "evaluation_a_relire"
CHANGEE = "L'évaluation a changé depuis que vous l'avez ouverte : relisez-la avant de la publier."
DIT = {
    "a_soumettre": "L'évaluation n'est pas encore soumise : faites-la d'abord relire par une autre personne.",
    "soumise": "L'évaluation attend déjà sa seconde lecture.",
}
A_ELLE_MEME = (
    "C'est vous qui l'avez soumise : une autre personne de l'organisation, ou un·e curateur·rice de la "
    "plateforme, doit la lire avant qu'elle paraisse."
)


def manques_de_lecture(test: "Test", action: str, par: "Utilisateur") -> list[Manque]:
    """What the table says of the reading, and that nobody is one's own second reader."""
    transition, lecture = TRANSITIONS[action], lecture_de(test)
    if transition.lecture not in {"", lecture}:
        return [Manque(DIT[lecture])]
    if transition.qui == "lecture" and est_de_sa_main(test, par):
        return [Manque(A_ELLE_MEME)]
    return []


def est_de_sa_main(test: "Test", user: "Utilisateur | AnonymousUser") -> bool:
    """Whether this person submitted the évaluation that waits."""
    return user.pk is not None and bool(test.evaluation.soumise_par_id == user.pk)


def empreinte_de_l_evaluation(test: "Test") -> str:
    """The fingerprint of all that is published with the évaluation. Four queries."""
    from tests_programme.models import Evaluation

    textes = [
        f.name for f in Evaluation._meta.fields if f.editable and f.name not in {"id", "test"}
    ]
    evaluation = Evaluation.objects.filter(test=test).values_list(*textes).first()
    lignes = [
        test.criteres.values_list("pk", "valeur_observee"),
        test.voix.values_list("pk", "fonction", "texte", "position", "consentement"),
        test.enseignements.values_list("pk", "type", "texte", "piste"),
    ]
    return empreinte_de([[str(v) for v in evaluation or ()], *[list(ligne) for ligne in lignes]])


def demander(test: "Test") -> None:
    """Tell at once those who may read it. Call inside the transaction of the submission."""
    soumise_le = test.evaluation.soumise_le
    for adresse in lecteurs(test):
        _planifier(test, DEMANDE, adresse, soumise_le)


def ne_plus_demander(test: "Test") -> None:
    """Cancel the asking that has not left."""
    boite.annuler(sujet=f"test:{test.pk}", genres=[DEMANDE])


def prevenir(
    test: "Test",
    genre: str,
    auteur: "Utilisateur | None",
    soumise_le: dt.datetime | None,
    par: "Utilisateur",
) -> None:
    """Tell who submitted it what its reader decided."""
    if auteur is not None and auteur.is_active and auteur.pk != par.pk:
        _planifier(test, genre, auteur.email.lower(), soumise_le)


def _planifier(test: "Test", genre: str, adresse: str, soumise_le: dt.datetime | None) -> None:
    assert soumise_le is not None
    boite.planifier(
        genre=genre,
        sujet=f"test:{test.pk}",
        destinataire=adresse,
        cle=f"{genre}:test:{test.pk}:{adresse}:{soumise_le.timestamp():.6f}",
        donnees={"soumise_le": soumise_le.isoformat()},
    )
