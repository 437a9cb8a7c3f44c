"""The pages around one test, and who may open which: the one place that decides what the nav shows."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse

from comptes.models import Adhesion
from tests_programme.models import Note, Programme, Test

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from comptes.models import Utilisateur


@dataclasses.dataclass(frozen=True)
class Regard:
    """What one reader is to one test."""

    test: Test
    le_voit: bool  # may open its page
    membre: bool  # of its organisation: leads it
    anime: bool  # its programme, or is curateur·rice
    plateforme: bool  # curateur·rice or administrateur·rice
    du_programme: bool  # of its programme, by an organisation, its animation or its groupe miroir
    # At least one note of its journal de bord; asked only of who does not follow the test.
    lit_des_notes: bool = False

    @property
    def suit(self) -> bool:
        """Whether they follow its inner life: team, animation, platform."""
        return self.membre or self.anime or self.plateforme

    @property
    def a_demarre(self) -> bool:
        """Whether it has run, or runs."""
        return self.test.demarre_le is not None


def regard_sur(
    test: Test, user: "Utilisateur | AnonymousUser", *, le_voit: bool | None = None
) -> Regard:
    """``le_voit``: what the caller knows, having loaded the test with the right to see it.

    One query, two for who does not follow the test: the notes they may read decide whether its journal
    opens, and the team's page does not wait for that.
    """
    droits = {}
    if le_voit is None:
        droits["le_voit"] = Exists(Test.objects.visible_to(user).filter(pk=OuterRef("pk")))
    if user.is_authenticated:
        droits["membre"] = Exists(
            Adhesion.objects.actives().filter(
                utilisateur=user, organisation=OuterRef("organisation")
            )
        )
        droits["anime"] = Exists(
            Programme.animateurs.through.objects.filter(
                utilisateur=user, programme=OuterRef("programme")
            )
        )
        droits["du_programme"] = Exists(
            Programme.objects.suivis_par(user).filter(pk=OuterRef("programme"))
        )
    lignes = Test.objects.filter(pk=test.pk).order_by()
    trouves = (lignes.values(**droits).first() or {}) if droits else {}
    curateur = user.is_authenticated and user.est_curateur
    regard = Regard(
        test=test,
        le_voit=trouves.get("le_voit", False) if le_voit is None else le_voit,
        membre=trouves.get("membre", False),
        anime=curateur or trouves.get("anime", False),
        plateforme=user.is_authenticated and (curateur or user.est_administrateur),
        du_programme=trouves.get("du_programme", False),
    )
    if regard.suit:
        return regard
    notes = Note.objects.visible_to(user).filter(test=test)
    return dataclasses.replace(regard, lit_des_notes=notes.exists())


@dataclasses.dataclass(frozen=True)
class Onglet:
    """One page around a test. ``montre`` says for whom, and when it makes sense."""

    cle: str
    titre: str
    montre: Callable[[Regard], bool]
    # The name of its address, when it is not the key; it takes the test's number alone.
    adresse: str = ""


# In the order in which they are shown. A page added around a test adds its line here.
ONGLETS = (
    Onglet("test", "Le test", lambda r: r.le_voit),
    Onglet("journal", "Journal de bord", lambda r: r.suit or r.lit_des_notes),
    Onglet("points", "Points", lambda r: r.suit and r.a_demarre),
    Onglet("voix", "Voix", lambda r: r.membre),
    Onglet(
        "commentaires",
        "Commentaires",
        lambda r: (
            r.le_voit and r.test.programme_id is not None and (r.du_programme or r.plateforme)
        ),
    ),
    Onglet("paroles", "Voix", lambda r: not r.membre and r.le_voit and r.test.etat == "evalue"),
    Onglet("entraide", "Entraide", lambda r: r.suit),
)


def onglets_de(
    test: Test, user: "Utilisateur | AnonymousUser", regard: Regard | None = None
) -> list[tuple[str, str, str]]:
    """The nav of a test for a reader: (key, title, address). Empty when there is nowhere else to go.

    Accounts from a publication have no life here. Two queries at most, none with ``regard``.
    """
    if test.est_recit:
        return []
    regard = regard or regard_sur(test, user)
    montres = [
        (o.cle, o.titre, reverse(f"tests_programme:{o.adresse or o.cle}", args=[test.pk]))
        for o in ONGLETS
        if o.montre(regard)
    ]
    return montres if len(montres) > 1 else []
