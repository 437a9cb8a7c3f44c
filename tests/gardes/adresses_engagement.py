"""Who may open what at the desk (see tests/monde_guichet.py for who is who)."""

from collections.abc import Callable, Sequence
from typing import Any

from engagement.liens import jeton_d_attente, jeton_de_conversation
from tests.gardes.adresse import TOUS, Adresse
from tests.monde import Monde
from tests.monde_guichet import MondeDuGuichet

CELLULE = frozenset({"agent_b"})


def guichet(
    nom: str, args: Callable[[MondeDuGuichet], Sequence[Any]] = lambda g: [], **options: Any
) -> Adresse:
    """An address of the desk; strangers meet 404 unless the row says otherwise."""

    def du_monde(monde: Monde) -> Sequence[Any]:
        assert monde.guichet is not None
        return args(monde.guichet)

    options = {"refus": 404, "refus_equipe": 404, "refus_membre": 404, **options}
    return Adresse(f"engagement:{nom}", du_monde, **options)


# Whoever keeps the desk, and the administration, which rules dispositifs and sees nobody's data.
TENEURS = frozenset({"agent_b", "administrateur"})
VU: dict[str, Any] = {"refus": 403, "refus_equipe": 403, "refus_membre": 403}
CACHE: dict[str, Any] = {"refus_visiteur": 404}

ADRESSES: list[Adresse] = [
    guichet("dispositifs", get=TOUS),
    guichet("dispositif", lambda g: [g.dispositif.pk], get=TOUS),
    guichet(
        "dispositif", lambda g: [g.en_preparation.pk], get=TENEURS, note="en-preparation", **CACHE
    ),
    guichet(
        "nouveau_dispositif",
        get=frozenset({"referent_a", "administrateur"}),
        post=frozenset({"referent_a", "administrateur"}),
        **VU,
    ),
    guichet("ouvrir_dispositif", lambda g: [g.en_preparation.pk], get=None, post=TENEURS),
    guichet("regler", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet("cellule", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet(
        "quitter_la_cellule",
        lambda g: [g.dispositif.pk, g.dispositif.mediations.earliest("pk").pk],
        get=None,
        post=TENEURS,
        **VU,
    ),
    guichet("clore_dispositif", lambda g: [g.dispositif.pk], get=TENEURS, post=TENEURS, **VU),
    guichet("recit", lambda g: [g.dispositif.pk], get=CELLULE, **CACHE),
    guichet("ecrire_recit", lambda g: [g.dispositif.pk], get=CELLULE, post=CELLULE, **VU),
    guichet("choisir_mot", lambda g: [g.dispositif.pk], get=None, post=CELLULE, **VU),
    guichet("mise_en_relation", lambda g: [g.mise_en_relation.pk], get=CELLULE, post=CELLULE),
    guichet("lettre", lambda g: [g.en_accords.pk], get=CELLULE, post=CELLULE),
    guichet(
        "conversation",
        lambda g: [jeton_de_conversation(g.mise_en_relation, "personne")],
        get=TOUS,
        post=TOUS,
    ),
    guichet("accord", lambda g: [g.en_accords.accords.earliest("pk").jeton], get=TOUS, post=TOUS),
    guichet("attente", lambda g: [jeton_d_attente(g.en_attente.attente)], get=TOUS, post=TOUS),
]
