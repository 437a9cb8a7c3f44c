"""Pictures of offers and loans that nothing names any more leave the disk the next night."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from engagement import orphelins, tasks
from tests.fabriques_engagement import DispositifFactory, un_mediateur, un_pret

pytestmark = pytest.mark.django_db


def test_a_picture_nobody_names_goes_and_the_others_stay():
    dispositif = DispositifFactory()
    photo = un_pret(un_mediateur(dispositif), dispositif).photos.get()
    perdue = default_storage.save("prets/2026/11/perdue.jpg", ContentFile(b"."))
    aussi = default_storage.save("offres/2026/11/perdue.jpg", ContentFile(b"."))
    assert tasks.effacer_les_orphelins() == 0  # a form may still be on its way
    assert orphelins.effacer_les_orphelins(timezone.now() + dt.timedelta(days=2)) == 2
    assert not default_storage.exists(perdue)
    assert not default_storage.exists(aussi)
    assert default_storage.exists(photo.fichier.name)
