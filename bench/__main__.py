"""``python -m bench`` runs every benchmark; ``python -m bench NAME --size N`` one of them."""

import argparse
import importlib

from bench.base import base_de_mesure
from bench.registre import MESURES

MODULES = [
    "export_csv",
    "export_xlsx",
    "organisations",
    "listes",
    "tests_pages",
    "catalogue_pages",
    "suggestions",
    "dispositif",
    "guichet",
    "rappels_envoi",
    "rappels_planification",
]


def main() -> None:
    """Each benchmark has an empty database, and ends with ``NAME ratio=… floor=… size=…``."""
    analyse = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    analyse.add_argument("nom", nargs="?", choices=MODULES, metavar="NAME", help=", ".join(MODULES))
    analyse.add_argument("--size", type=_taille, help="rows; each benchmark has its own default")
    options = analyse.parse_args()
    with base_de_mesure():
        for nom in [options.nom] if options.nom else MODULES:
            importlib.import_module(f"bench.{nom}")
            mesure = MESURES[nom]
            taille = options.size or mesure.taille
            _vider()
            print(mesure.mesurer(taille).ligne(nom, taille), flush=True)


def _taille(texte: str) -> int:
    """At least as many rows as a page shows."""
    taille = int(texte)
    if taille < 20:
        raise argparse.ArgumentTypeError("at least 20")
    return taille


def _vider() -> None:
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0)


if __name__ == "__main__":
    main()
