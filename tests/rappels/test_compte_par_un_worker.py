"""An account mail written by another process, which has seen no request."""

import re

import pytest
from django.conf import settings

from rappels.models import Message
from tests.conftest import client_de
from tests.fabriques import MOT_DE_PASSE

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.lent]


def test_a_lost_password_is_found_again_by_the_mail_of_a_worker(habitant, courrier, processus):
    client = client_de(None)
    client.post("/compte/password/reset/", {"email": habitant.email})
    lance = processus("manage.py", "envoyer_rappels")
    assert lance.wait(timeout=60) == 0, lance.stdout.read()
    [mail] = courrier.recus
    texte = mail.get_body(("plain",)).get_content()
    chemin = re.search(rf"{re.escape(settings.ADRESSE_PUBLIQUE)}(/\S+/key/\S+)", texte).group(1)
    nouveau = f"{MOT_DE_PASSE} neuf"
    client.post(client.get(chemin).url, {"password1": nouveau, "password2": nouveau})
    habitant.refresh_from_db()
    assert habitant.check_password(nouveau)
    assert Message.objects.get().donnees == {}
