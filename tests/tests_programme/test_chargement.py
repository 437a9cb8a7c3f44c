"""The shipped programme and the demonstration, loaded once, twice, and after an edit."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comptes.models import Organisation
from config.jours import jour_de
from rappels.models import Message
from tests.fabriques import TerritoireFactory, UtilisateurFactory, un_membre
from tests_programme import demonstration
from tests_programme.models import Accord, Enseignement, Programme, Test

pytestmark = pytest.mark.django_db


def charger() -> str:
    sortie = StringIO()
    call_command("charger_programmes", stdout=sortie)
    return sortie.getvalue()


def test_without_the_pistes_nothing_is_loaded_and_the_message_says_what_to_do():
    with pytest.raises(CommandError, match="charger_corpus"):
        charger()
    assert not Organisation.objects.exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"rien\.toml"):
        call_command("charger_programmes", fichier=tmp_path / "rien.toml")


def test_the_thirteen_tests_of_2022_are_there(carnet):
    TerritoireFactory(niveau="commune", code="69123", nom="Lyon")
    assert "chargés" in charger()
    programme = Programme.objects.get()
    assert programme.organisations.count() == 12
    assert programme.pistes.count() == 3
    assert programme.seances.count() == 6
    recits = Test.objects.recits()
    assert recits.count() == 13
    assert all(recit.est_recit and recit.programme == programme for recit in recits)
    assert not recits.exclude(pk__in=Test.objects.publics()).exists()
    assert Organisation.objects.get(cle="lyon").territoire.nom == "Lyon"
    assert Organisation.objects.get(cle="grenoble").territoire is None
    lecon = Enseignement.objects.filter(test__cle="nantes-medicaments").first()
    assert lecon.piste.cle == "carnet-090"
    medicaments = Test.objects.get(cle="nantes-medicaments")
    assert medicaments.evaluation.verdict == "confirmee"
    assert medicaments.criteres.count() == 3
    assert not Message.objects.exists()


def test_loading_twice_changes_nothing(carnet):
    charger()
    avant = list(Test.objects.values_list("pk", "modifie_le"))
    assert "rien à faire" in charger()
    assert list(Test.objects.values_list("pk", "modifie_le")) == avant
    assert Enseignement.objects.filter(test__source="").count() == 0


def test_territories_loaded_later_are_joined(carnet):
    charger()
    TerritoireFactory(niveau="commune", code="69123", nom="Lyon")
    charger()
    assert Organisation.objects.get(cle="lyon").territoire.nom == "Lyon"


def test_an_organisation_that_signed_up_by_itself_is_found_by_its_siren(carnet):
    deja = Organisation.objects.create(nom="Mairie de Lyon", type="commune", siren="216901231")
    charger()
    deja.refresh_from_db()
    assert (deja.cle, deja.nom) == ("lyon", "Mairie de Lyon")


def test_an_edit_is_never_overwritten(carnet):
    charger()
    Test.objects.filter(cle="nantes-medicaments").update(titre="Retouché", empreinte_livree="autre")
    Enseignement.objects.filter(test__cle="cergy-champs").first().delete()
    Test.objects.filter(cle="cergy-champs").update(empreinte_livree="autre")
    sortie = charger()
    assert "a été modifié ici" in sortie
    assert Test.objects.get(cle="nantes-medicaments").titre == "Retouché"
    assert Enseignement.objects.filter(test__cle="cergy-champs").count() == 4


def test_a_corrected_delivery_replaces_an_untouched_account(carnet, monkeypatch):
    charger()
    from tests_programme import recits_lus

    lire = recits_lus.lire

    def corrige(fichier):
        livre = lire(fichier)
        livre.recits[0].champs["titre"] = "Un titre corrigé"
        livre.recits[0].enseignements.pop()
        return livre

    monkeypatch.setattr(recits_lus, "lire", corrige)
    assert "1 mis à jour" in charger()
    premier = Test.objects.get(cle="gironde-vendange")
    assert premier.titre == "Un titre corrigé"
    assert premier.enseignements.count() == 1


def test_an_account_says_where_it_comes_from_and_what_is_not_known(carnet):
    charger()
    page = Client().get(Test.objects.get(cle="lyon-manager").get_absolute_url()).content.decode()
    assert "Récit documenté dans TOPOGUIDE" in page
    assert "La suite n'est pas connue" in page
    assert "<strong>En test</strong>" not in page
    fini = Client().get(Test.objects.get(cle="nantes-medicaments").get_absolute_url())
    assert "La suite n'est pas connue" not in fini.content.decode()
    assert "Hypothèse confirmée" in fini.content.decode()


def jouer(at: dt.datetime | None = None) -> int:
    organisations, demos = demonstration.lire()
    creees = demonstration.charger_les_organisations(organisations)
    auteurs = {}
    for cle, organisation in creees.items():
        adhesion = organisation.adhesions.first()
        auteurs[cle] = adhesion.utilisateur if adhesion else un_membre(organisation)
    lecteur = UtilisateurFactory(role="curateur")
    return demonstration.charger(demos, creees, auteurs, lecteur=lecteur, at=at)


def test_the_demonstration_lives_around_today(carnet):
    assert jouer() == 8
    etats = {test.cle: test.etat_affiche for test in Test.objects.all()}
    assert etats == {
        "demo-appel-avant-relance": "preparation",
        "demo-deux-heures": "preparation",
        "demo-tournees": "en_cours",
        "demo-minibus": "en_cours",
        "demo-matinees": "a_evaluer",
        "demo-trois-questions": "evalue",
        "demo-trois-questions-gare": "preparation",
        "demo-outils": "evalue",
        "demo-registre": "abandonne",
    }
    assert all(test.est_demo for test in Test.objects.all())
    tournees = Test.objects.get(cle="demo-tournees")
    assert tournees.jours_restants == 3
    assert Message.objects.filter(sujet=f"test:{tournees.pk}", etat="prevu").exists()
    presque = Test.objects.get(cle="demo-appel-avant-relance")
    assert [m.etape for m in presque.manques_pour_demarrer()] == ["parties"]
    evalue = Test.objects.get(cle="demo-trois-questions")
    assert [e.action for e in evalue.journal.all()] == [
        "creer",
        "demarrer",
        "perimer",
        "soumettre",
        "evaluer",
    ]
    assert evalue.suivants.get().changement == evalue.evaluation.suites_changement
    assert list(evalue.journal.values_list("le", flat=True)) == sorted(
        evalue.journal.values_list("le", flat=True)
    )
    assert evalue.journal.last().le < timezone.now()
    assert (jour_de() - jour_de(evalue.termine_le)).days == 29
    assert not Accord.objects.exclude(partie__email__endswith="example.org").exists()


def test_the_demonstration_is_loaded_only_once(carnet):
    jouer()
    assert jouer() == 0
    assert Test.objects.count() == 9
