"""The suggestions of a whole dispositif in one task, against writing the same rows alone.

The sizes of Nantes (families helped) and Grenoble (offers), in one département: 1 400 needs, 2 500 offers.
"""

from bench import foule_guichet
from bench.registre import Resultat, comparer, mesure
from engagement.models import Suggestion
from engagement.tasks import calculer_suggestions

DEPARTEMENT = "38"
BESOINS_PAR_OFFRE = 1400 / 2500
FOIS = 3


@mesure("dispositif", taille=2500)
def dispositif(taille: int) -> Resultat:
    """``taille`` offers. Run three times: each replaces what was kept."""
    foule = foule_guichet.remplir(
        taille, round(taille * BESOINS_PAR_OFFRE), departement=DEPARTEMENT
    )
    pk = foule.dispositif.pk
    gardees = calculer_suggestions.apply(args=[pk]).get()
    lignes = list(Suggestion.objects.all())
    resultat = comparer(
        lambda: calculer_suggestions.apply(args=[pk]).get(), lambda: ecrire(lignes), FOIS
    )
    print(f"dispositif {gardees} suggestions in {resultat.nous:.2f} s, aim 10 s")
    return resultat


def ecrire(lignes: list[Suggestion]) -> None:
    """The same rows, ready, in place of those kept."""
    Suggestion.objects.all().delete()
    Suggestion.objects.bulk_create(lignes, batch_size=4000)
