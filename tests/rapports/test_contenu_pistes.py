"""What the export of pistes holds: the published texts, filtered as on the screen."""

import pytest

from pistes.filtres import FiltrePistes
from pistes.models import EditionPiste
from tests.fabriques import OrientationFactory, PisteFactory, RecueilFactory, TestFactory
from tests.rapports.lecture import les_csv, les_xlsx


@pytest.fixture
def des_pistes(db):
    recueil = RecueilFactory(cle="carnet-essai", titre="Carnet d'essai", annee=2019)
    orientation = OrientationFactory(recueil=recueil, numero=3, mot_cle="Communs", slug="en-commun")
    autre = OrientationFactory(recueil=recueil, numero=1, mot_cle="Données", slug="par-usages")
    une = PisteFactory(recueil=recueil, orientation=orientation, rang=50, page=50)
    edition = une.editions.get()
    edition.mots_cles.set([orientation, autre])
    EditionPiste.objects.filter(pk=edition.pk).update(
        titre="Plateforme de l'engagement", autres_titres=["Plate-forme", "=HYPERLINK()"]
    )
    edition.details.create(rang=1, titre="Premier point")
    edition.details.create(rang=2, titre="Second point")
    edition.inspirations.create(rang=1, titre="Ailleurs")
    edition.renvois.create(vers=PisteFactory(recueil=recueil, rang=51))
    PisteFactory(recueil=recueil, rang=52, publiee=False, publiee__titre="Pas encore")
    TestFactory(piste=une)
    return une


def test_every_column_says_what_the_piste_says(des_pistes, client_admin):
    ligne = les_csv(client_admin, "/exports/pistes.csv")[0]
    assert ligne["Titre"] == "Plateforme de l'engagement"
    assert ligne["Autres titres"] == "Plate-forme / =HYPERLINK()"
    assert ligne["Recueil"] == "Carnet d'essai"
    assert ligne["Orientation"] == "Orientation 3"
    assert ligne["Mots-clés"] == "#Données, #Communs"
    assert ligne["Détails"] == "Premier point\nSecond point"
    comptes = ["Nombre de détails", "Inspirations", "Renvois", "Tests", "Enseignements"]
    assert [ligne[titre] for titre in comptes] == ["2", "1", "1", "1", "0"]
    assert ligne["Adresse"].endswith(f"/pistes/{des_pistes.slug}/")


def test_drafts_do_not_leave(des_pistes, client_admin):
    lignes = les_csv(client_admin, "/exports/pistes.csv")
    assert len(lignes) == 2
    assert "Pas encore" not in {ligne["Titre"] for ligne in lignes}


@pytest.mark.parametrize(
    "filtre",
    ["", "recueil=carnet-essai", "orientation=en-commun", "mot_cle=par-usages", "q=ENGAGEMENT"]
    + ["mot-cle=en-commun", "q=introuvable", "recueil=carnet-essai&q=plateforme"],
)
@pytest.mark.parametrize("lire", [les_csv, les_xlsx])
def test_the_rows_are_those_of_the_screen(filtre, lire, des_pistes, client_admin):
    PisteFactory()
    params = dict(paire.split("=") for paire in filtre.split("&") if paire)
    ecran = FiltrePistes(params).appliquer(EditionPiste.objects.publies()).pour_liste()
    lignes = lire(client_admin, f"/exports/pistes.{lire.__name__[4:]}?{filtre}")
    titres = [getattr(ligne["Titre"], "value", ligne["Titre"]) for ligne in lignes]
    assert titres == [edition.titre for edition in ecran]


def test_a_filter_that_names_nothing_is_sent_back(des_pistes, client_admin):
    for filtre in ["recueil=x", "orientation=x", "mot_cle=x"]:
        assert client_admin.get(f"/exports/pistes.xlsx?{filtre}").status_code == 400
