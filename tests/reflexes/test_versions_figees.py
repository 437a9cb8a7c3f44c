"""A published version does not change: the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from reflexes.models import (
    Controverse,
    ControverseFigee,
    Enquete,
    Terrain,
    TerrainFige,
    VersionCartographie,
)

pytestmark = pytest.mark.django_db
REFUS = "est publiée : elle ne change plus"


@pytest.fixture
def version(db):
    enquete = Enquete.objects.create(cle="e", titre="Enquête", debut="2020-01-01")
    controverse = Controverse.objects.create(
        enquete=enquete, cle="c", numero=1, theme="t", pole_a="a", pole_b="b"
    )
    terrain = Terrain.objects.create(controverse=controverse, cle="t")
    version = VersionCartographie.objects.create(
        enquete=enquete, code="V1", rang=1, titre="Première"
    )
    figee = ControverseFigee.objects.create(
        version=version, controverse=controverse, numero=1, theme="t", pole_a="a", pole_b="b"
    )
    TerrainFige.objects.create(
        version=version, controverse=figee, terrain=terrain, numero="1.1", titre="Terrain"
    )
    return version


def _refuse(action):
    with pytest.raises(IntegrityError, match=REFUS), transaction.atomic():
        action()


def test_a_draft_version_is_edited_freely(version):
    version.terrains.update(titre="Autre")
    version.terrains.all().delete()
    version.controverses.all().delete()
    version.delete()
    assert not VersionCartographie.objects.exists()


@pytest.mark.parametrize("lignes", ["terrains", "controverses"])
def test_what_a_published_version_says_is_neither_changed_nor_deleted(version, lignes):
    version.publier()
    figees = getattr(version, lignes)
    _refuse(lambda: figees.update(texte="Réécrit"))
    _refuse(lambda: figees.all().delete())


def test_nothing_is_added_to_a_published_version_nor_moved_into_it(version):
    version.publier()
    figee = version.controverses.get()
    autre = VersionCartographie.objects.create(
        enquete=version.enquete, code="V2", rang=2, titre="Deuxième"
    )
    terrain = Terrain.objects.create(controverse=figee.controverse, cle="neuf")
    neuf = {"controverse": figee, "terrain": terrain, "numero": "1.2", "titre": "Neuf"}
    _refuse(lambda: TerrainFige.objects.create(version=version, **neuf))
    brouillon = TerrainFige.objects.create(version=autre, **neuf)
    brouillon.version = version
    _refuse(brouillon.save)


def test_a_published_version_cannot_be_withdrawn_retitled_or_deleted(version):
    version.publier()
    lignes = VersionCartographie.objects.filter(pk=version.pk)
    _refuse(lambda: lignes.update(publiee_le=None))
    _refuse(lambda: lignes.update(titre="Autre"))
    _refuse(version.delete)


def test_publishing_twice_keeps_the_first_date(version):
    version.publier()
    premiere = version.publiee_le
    VersionCartographie.objects.get(pk=version.pk).publier()
    assert VersionCartographie.objects.get(pk=version.pk).publiee_le == premiere
