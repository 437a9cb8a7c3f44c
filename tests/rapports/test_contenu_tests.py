"""What the export of tests holds: the rows of the screen, as numbers, dates and harmless texts."""

import datetime as dt

import pytest
import time_machine

from config.jours import instant_de
from tests.conftest import client_de
from tests.fabriques import (
    OrganisationFactory,
    PisteFactory,
    ProgrammeFactory,
    TestFactory,
    un_test_a_evaluer,
    un_test_demarre,
    un_test_evalue,
    un_test_pret,
)
from tests.rapports.lecture import les_csv, les_xlsx, telecharger
from tests_programme.filtres import FiltreTests
from tests_programme.models import Test


@pytest.fixture
def des_tests(db):
    """One test in each state, and one past its date that no worker has recorded."""
    avant = instant_de(dt.date(2026, 3, 2), 10)
    tests = {
        "preparation": TestFactory(titre="Préparer l'été à la crèche"),
        "en_cours": un_test_demarre(titre="Appeler plutôt qu'écrire"),
        "perime": un_test_demarre(at=avant, jours=10, titre="Fini sans que personne le dise"),
        "a_evaluer": un_test_a_evaluer(titre="Arrêté par la météo"),
        "evalue": un_test_evalue(titre="Une équipe œuvre à deux"),
        "abandonne": TestFactory(titre="Jamais commencé"),
    }
    membre = un_test_pret(organisation=tests["abandonne"].organisation)
    membre.delete()
    auteur = tests["abandonne"].organisation.adhesions.get().utilisateur
    tests["abandonne"].renoncer(par=auteur, motif="Plus personne.")
    return tests


@pytest.mark.parametrize(
    "filtre",
    [
        "",
        *[f"etat={etat}" for etat in Test.Etat.values],
        "q=creche",
        "q=CRÈCHE&etat=preparation",
        "q=introuvable",
        "piste={piste}",
        "organisation={organisation}",
        "programme={programme}",
        "etat=evalue&piste={piste}&page=4&inconnu=1",
    ],
)
@pytest.mark.parametrize("lire", [les_csv, les_xlsx])
def test_the_rows_are_those_of_the_screen(filtre, lire, des_tests, client_admin, administrateur):
    evalue = des_tests["evalue"]
    evalue.programme = ProgrammeFactory()
    evalue.save(update_fields=["programme"])
    filtre = filtre.format(
        piste=evalue.piste.slug,
        organisation=evalue.organisation.pk,
        programme=evalue.programme.cle,
    )
    params = dict(paire.split("=") for paire in filtre.split("&") if paire)
    ecran = FiltreTests(params, user=administrateur).appliquer(
        Test.objects.visible_to(administrateur)
    )
    lignes = lire(client_admin, f"/exports/tests.{lire.__name__[4:]}?{filtre}")
    numeros = [int(getattr(ligne["Numéro"], "value", ligne["Numéro"])) for ligne in lignes]
    assert numeros == [test.pk for test in ecran.order_by("-cree_le", "-pk")]


def test_the_state_is_the_one_a_reader_is_shown(des_tests, administrateur):
    for at in [None, dt.timedelta(days=59), dt.timedelta(days=61), dt.timedelta(days=365)]:
        instant = dt.datetime.now(dt.UTC) + (at or dt.timedelta())
        with time_machine.travel(instant, tick=False):
            client = client_de(administrateur)
            lignes = {int(x["Numéro"]): x["État"] for x in les_csv(client, "/exports/tests.csv")}
            for test in Test.objects.all():
                assert lignes[test.pk] == test.etat_libelle


def test_every_column_says_what_the_test_says(client_admin):
    test = un_test_evalue(titre="Être là", organisation=OrganisationFactory(nom="Ville œuvrière"))
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["Titre"] == "Être là"
    assert ligne["Organisation"] == "Ville œuvrière"
    assert ligne["Type d'organisation"] == "Commune"
    assert ligne["Piste explorée"] == test.piste.editions.get().titre
    assert ligne["Hypothèse"] == test.hypothese
    assert ligne["Date de péremption"] == f"{test.date_peremption:%d/%m/%Y}"
    assert [ligne["Critères"], ligne["Personnes concernées"]] == ["1", "2"]
    assert [ligne["Voix d'usager·ères"], ligne["Enseignements"]] == ["1", "1"]
    assert [ligne["Verdict"], ligne["Suites"]] == ["Hypothèse confirmée", "Itérer"]
    assert ligne["Démonstration"] == "Non"
    assert ligne["Adresse"].endswith(f"/tests/{test.pk}/")


def test_no_address_or_name_of_a_person_leaves(client_admin):
    test = un_test_evalue()
    test.parties.update(nom="Camille Personne")
    test.voix.create(fonction="voisine", texte="À ne pas citer", consentement=False)
    for adresse in ["/exports/tests.csv", "/exports/pistes.csv"]:
        contenu = telecharger(client_admin, adresse).decode()
        assert "@" not in contenu.replace("'@", "")
        assert "Camille Personne" not in contenu
        assert "À ne pas citer" not in contenu


def test_a_draft_of_an_evaluation_does_not_leave(client_admin):
    from tests_programme.models import Evaluation

    test = un_test_a_evaluer()
    Evaluation.objects.create(test=test, verdict="infirmee", reponse="Brouillon secret")
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["Verdict"] == ""
    assert ligne["Réponse à l'hypothèse"] == ""


def test_a_draft_title_of_a_piste_does_not_leave(client_admin):
    TestFactory(piste=PisteFactory(publiee=False, publiee__titre="Titre en chantier"))
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["Piste explorée"] == ""


def test_an_instant_leaves_as_its_paris_day(client_admin):
    soir = dt.datetime(2026, 6, 30, 22, 30, tzinfo=dt.UTC)  # already 1 July in Paris
    Test.objects.filter(pk=TestFactory().pk).update(cree_le=soir)
    (ligne,) = les_csv(client_admin, "/exports/tests.csv")
    assert ligne["Créé le"] == "01/07/2026"
    (ligne,) = les_xlsx(client_admin, "/exports/tests.xlsx")
    assert ligne["Créé le"].value == dt.datetime(2026, 7, 1)


def test_a_filter_that_names_nothing_is_sent_back_instead_of_exporting_all(client_admin):
    TestFactory()
    for filtre in ["etat=peut-etre", "piste=nulle-part", "organisation=999999", "programme=x"]:
        reponse = client_admin.get(f"/exports/tests.csv?{filtre}")
        assert reponse.status_code == 400
        assert "Ce filtre ne désigne rien" in reponse.content.decode()
