"""The export shows both versions: the verdict of the team, and the voices that say otherwise."""

import csv
import io

from tests.conftest import client_de
from tests.fabriques import un_test_evalue


def test_the_voices_that_dispute_the_verdict_stand_beside_it(administrateur):
    test = un_test_evalue()
    test.voix.create(
        origine="entretien", fonction="voisine", texte="=On attend plus.", position="desaccord",
        consentement=True,
    )  # fmt: skip
    test.voix.create(fonction="agent", texte="D'accord.", position="accord", consentement=True)
    test.voix.create(fonction="x", texte="Taire", position="desaccord", consentement=False)
    page = client_de(administrateur).get("/exports/tests.csv")
    lignes = csv.DictReader(
        io.StringIO(b"".join(page.streaming_content).decode("utf-8-sig")), delimiter=";"
    )
    (ligne,) = (ligne for ligne in lignes if ligne["Titre"] == test.titre)
    assert ligne["Verdict"] == "Hypothèse confirmée"
    assert ligne["Dont voix qui s'écartent du verdict"] == "1"
    assert ligne["Ce que disent ces voix"] == (
        "Pas d'accord : l'hypothèse ne se vérifie pas (voisine, Entretien) : =On attend plus."
    )
