"""The catalogue in the administration: for curateur·rices; texts are read, nothing is deleted."""

from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from pistes.models import EditionPiste

MODELES = [
    modele
    for salle in ("reflexes", "pistes")
    for modele in apps.get_app_config(salle).get_models()
    if admin.site.is_registered(modele)
]
AVEC_BROUILLONS = {"editionpiste", "editionorientation", "versioncartographie"}


def _adresse(modele, page, *args):
    nom = f"admin:{modele._meta.app_label}_{modele._meta.model_name}_{page}"
    return reverse(nom, args=args)


def test_each_section_opens_for_a_curateur_and_deletes_nothing(client, corpus, curatrice):
    client.force_login(curatrice)
    for modele in MODELES:
        objet = modele._default_manager.first()
        assert client.get(_adresse(modele, "changelist")).status_code == 200
        assert client.get(_adresse(modele, "change", objet.pk)).status_code == 200
        suppression = client.post(_adresse(modele, "delete", objet.pk), {"post": "yes"})
        assert suppression.status_code == 403
        assert modele._default_manager.filter(pk=objet.pk).exists()


def test_an_administrateur_reads_what_has_no_draft_and_changes_nothing(
    client, corpus, administratrice
):
    client.force_login(administratrice)
    for modele in MODELES:
        attendu = 403 if modele._meta.model_name in AVEC_BROUILLONS else 200
        assert client.get(_adresse(modele, "changelist")).status_code == attendu
        assert client.get(_adresse(modele, "add")).status_code == 403


def test_an_agent_has_no_administration(client, corpus, agente):
    client.force_login(agente)
    assert client.get(reverse("admin:pistes_piste_changelist")).status_code == 302


def test_a_text_is_not_changed_from_the_administration(client, corpus, curatrice):
    client.force_login(curatrice)
    edition = EditionPiste.objects.publies().first()
    adresse = reverse("admin:pistes_editionpiste_change", args=[edition.pk])
    assert client.post(adresse, {"titre": "Réécrit"}).status_code == 403
    edition.refresh_from_db()
    assert edition.titre != "Réécrit"
