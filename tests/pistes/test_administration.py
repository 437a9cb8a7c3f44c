"""The catalogue in Django's administration: for curateur·rices; texts are read, nothing is deleted."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

MODELES = [
    modele
    for salle in ("reflexes", "pistes")
    for modele in apps.get_app_config(salle).get_models()
    if admin.site.is_registered(modele)
]
AVEC_BROUILLONS = {"editionpiste", "editionorientation", "versioncartographie"}


@pytest.mark.parametrize("modele", MODELES)
def test_each_section_opens_for_a_curateur_and_deletes_nothing(client, corpus, curatrice, modele):
    client.force_login(curatrice)
    nom = f"admin:{modele._meta.app_label}_{modele._meta.model_name}"
    objet = modele._default_manager.first()
    assert client.get(reverse(f"{nom}_changelist")).status_code == 200
    assert client.get(reverse(f"{nom}_change", args=[objet.pk])).status_code == 200
    assert (
        client.post(reverse(f"{nom}_delete", args=[objet.pk]), {"post": "yes"}).status_code == 403
    )
    assert modele._default_manager.filter(pk=objet.pk).exists()


@pytest.mark.parametrize("modele", MODELES)
def test_an_administrateur_reads_what_has_no_draft_and_changes_nothing(
    client, corpus, administratrice, modele
):
    client.force_login(administratrice)
    nom = f"admin:{modele._meta.app_label}_{modele._meta.model_name}"
    cache = modele._meta.model_name in AVEC_BROUILLONS
    assert client.get(reverse(f"{nom}_changelist")).status_code == (403 if cache else 200)
    assert client.get(reverse(f"{nom}_add")).status_code == 403


def test_an_agent_has_no_administration(client, corpus, agente):
    client.force_login(agente)
    assert client.get(reverse("admin:pistes_piste_changelist")).status_code == 302


def test_a_text_is_not_changed_from_the_administration(client, corpus, curatrice):
    from pistes.models import EditionPiste

    client.force_login(curatrice)
    edition = EditionPiste.objects.publies().first()
    adresse = reverse("admin:pistes_editionpiste_change", args=[edition.pk])
    assert client.post(adresse, {"titre": "Réécrit"}).status_code == 403
    edition.refresh_from_db()
    assert edition.titre != "Réécrit"
