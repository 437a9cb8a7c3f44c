"""What must stay true of the code itself, and of what is planned."""

import ast
import datetime as dt
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from rappels.models import Message
from tests.fabriques import donner_les_accords
from tests_programme.models import Test

RACINE = Path(__file__).resolve().parents[2]
SALLES = ["accueil", "comptes", "pistes", "rapports", "rappels", "reflexes", "tests_programme"]
# Where another model's own ``etat`` is assigned, by its own methods.
D_AUTRES_ETATS = {
    "comptes/models/adhesion.py",
    "pistes/models/chantier.py",
    "pistes/models/proposition.py",
    "pistes/models/textes.py",
    "pistes/models/vie.py",
    "pistes/models/vie_de_fiche.py",
    "pistes/pieces.py",
    "rapports/models.py",
    "reflexes/models/apport.py",
    "reflexes/models/lecture.py",
    "tests_programme/accords.py",
    "tests_programme/models/accord.py",
}


def affectations(fichier: Path) -> Iterator[int]:
    """Lines that assign an attribute ``etat``, also by setattr or by a queryset's update."""
    for noeud in ast.walk(ast.parse(fichier.read_text())):
        cibles: list[ast.expr] = []
        if isinstance(noeud, ast.Assign):
            cibles = [
                element
                for cible in noeud.targets
                for element in (cible.elts if isinstance(cible, ast.Tuple) else [cible])
            ]
        elif isinstance(noeud, ast.AugAssign | ast.AnnAssign):
            cibles = [noeud.target]
        if any(isinstance(cible, ast.Attribute) and cible.attr == "etat" for cible in cibles):
            yield noeud.lineno
        if isinstance(noeud, ast.Call) and _ecrit_l_etat(noeud):
            yield noeud.lineno


def _ecrit_l_etat(appel: ast.Call) -> bool:
    if isinstance(appel.func, ast.Name) and appel.func.id == "setattr":
        nom = appel.args[1]
        return isinstance(nom, ast.Constant) and nom.value == "etat"
    if not (isinstance(appel.func, ast.Attribute) and appel.func.attr == "update"):
        return False
    sur_un_test = "Test" in ast.unparse(appel.func) or "tests" in ast.unparse(appel.func).split(".")
    return sur_un_test and any(mot.arg == "etat" for mot in appel.keywords)


def test_only_the_life_of_the_test_assigns_its_state():
    fautifs = []
    for salle in SALLES:
        for fichier in sorted((RACINE / salle).rglob("*.py")):
            relatif = fichier.relative_to(RACINE).as_posix()
            if "/migrations/" in relatif or relatif in D_AUTRES_ETATS:
                continue
            lignes = list(affectations(fichier))
            if lignes and relatif != "tests_programme/models/pas.py":
                fautifs.append((relatif, lignes))
    assert fautifs == []


def test_migrations_are_complete(db):
    call_command(
        "makemigrations",
        "tests_programme",
        check=True,
        dry_run=True,
        stdout=StringIO(),
        verbosity=0,
    )


def prevus(test: Test) -> set[str]:
    return set(
        Message.objects.filter(sujet=f"test:{test.pk}", etat="prevu").values_list(
            "genre", flat=True
        )
    )


AVANT = {"peremption_14", "peremption_3", "peremption_0"}
APRES = {"evaluation_1", "evaluation_7", "evaluation_21", "evaluation_21_referent"}


def test_reminders_follow_the_life_of_the_test(en_etat, agent_a, referent_a):
    test = en_etat("pret")
    assert prevus(test) == set()
    test.demarrer(par=agent_a)
    assert prevus(test) == AVANT | APRES
    test.arreter(par=agent_a, motif="La neige.")
    assert prevus(test) == APRES
    fini = en_etat("evalue")
    assert prevus(fini) == {"evaluation_publiee"}


def test_an_extension_moves_every_reminder(en_etat, agent_a, referent_a):
    test = en_etat("en_cours")
    avant = set(
        Message.objects.filter(sujet=f"test:{test.pk}", etat="prevu").values_list(
            "prevu_le", flat=True
        )
    )
    nouvelle = test.date_peremption + dt.timedelta(days=20)
    test.demander_prolongation(par=agent_a, nouvelle_date=nouvelle, motif="La neige.")
    donner_les_accords(test)
    test.prolonger(par=agent_a)
    apres = Message.objects.filter(sujet=f"test:{test.pk}", etat="prevu")
    assert prevus(test) == AVANT | APRES
    assert not apres.exclude(donnees__annonce=nouvelle.isoformat()).exists()
    assert min(m.prevu_le for m in apres) > min(avant)


def test_giving_up_plans_nothing(en_etat):
    assert prevus(en_etat("abandonne")) == set()
