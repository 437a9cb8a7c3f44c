"""The panorama on paper: sixty chantiers on one A3 sheet, whatever they are grouped by."""

import re
from typing import Any

import pytest

from tests.fabriques import ChantierFactory, OrganisationFactory, OrientationFactory, RecueilFactory

MOTS = "mettre autour de la table celles et ceux qui connaissent le terrain et revenir le dire " * 4
A3_PAYSAGE = (1191, 842)  # points


@pytest.mark.parametrize("groupe", ["orientation", "taille", "etat"])
def test_sixty_chantiers_fit_on_one_a3_sheet(groupe: str, contexte: Any, db: None):
    recueil, organisation = RecueilFactory(), OrganisationFactory()
    orientations = [OrientationFactory(recueil=recueil, numero=n) for n in range(1, 8)]
    for n in range(60):
        ChantierFactory(
            titre=f"Chantier {n} : {MOTS[:70]}",
            intentions=MOTS,
            premiers_pas=MOTS,
            porteur="responsable de la vie associative",
            organisation=organisation,
            taille=["petite", "moyenne", "grande"][n % 3],
            orientation=[*orientations, None][n % 8],
        )
    visite = contexte("bureau", user=None)
    assert visite.ouvrir(f"/chantiers/?groupe={groupe}") == 200
    pdf = visite.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", pdf)) == 1
    boite = re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert boite is not None
    assert tuple(round(float(cote)) for cote in boite.groups()) == A3_PAYSAGE
