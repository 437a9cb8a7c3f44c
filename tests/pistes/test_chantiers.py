"""Chantiers: who sees and leads them, their states and history, the panorama, their ties."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from pistes.models import Chantier
from pistes.panorama import PAR_PAGE
from tests.conftest import client_de
from tests.fabriques import ChantierFactory, PisteFactory, VersionFactory, un_membre

SAISIE = {
    "titre": "Une liste papier",
    "intentions": "Joindre en une matinée les personnes isolées.",
    "moyens": "Deux agentes",
    "taille": "petite",
    "porteur": "responsable de l'accueil",
}
COLLAGE = "mot " * 50_000


@pytest.fixture
def chantier(organisation_a):
    return ChantierFactory(organisation=organisation_a, est_public=False)


def _noter(user, organisation=None, suite="", **champs):
    donnees = SAISIE | ({"organisation": organisation.pk} if organisation else {}) | champs
    return client_de(user).post(reverse("pistes:nouveau_chantier") + suite, donnees)


def _etat(user, chantier, action, motif=""):
    adresse = reverse("pistes:etat_du_chantier", args=[chantier.pk, action])
    return client_de(user).post(adresse, {"motif": motif})


def _montrer(user, chantier, public="oui"):
    adresse = reverse("pistes:visibilite_du_chantier", args=[chantier.pk])
    return client_de(user).post(adresse, {"public": public})


def test_a_member_notes_a_chantier_kept_to_the_organisation(agent_a, organisation_a, client):
    reponse = _noter(agent_a, organisation_a)
    chantier = Chantier.objects.get()
    assert reponse.url == reverse("pistes:liens_du_chantier", args=[chantier.pk])
    assert (chantier.organisation, chantier.etat, chantier.est_public) == (
        organisation_a,
        "idee",
        False,
    )
    assert chantier.journal.get().par == agent_a
    assert client.get(chantier.get_absolute_url()).status_code == 404


def test_the_same_form_sent_twice_notes_one_chantier(agent_a, organisation_a):
    _noter(agent_a, organisation_a)
    assert _noter(agent_a, organisation_a).url == Chantier.objects.get().get_absolute_url()


def test_nobody_notes_a_chantier_for_another_organisation(agent_a, organisation_b):
    assert _noter(agent_a, organisation_b).status_code == 422
    assert not Chantier.objects.exists()


def test_somebody_without_organisation_notes_none(habitant):
    assert _noter(habitant).status_code == 403


def test_a_curateur_notes_one_without_organisation_and_opens_it(curateur, client):
    _noter(curateur)
    chantier = Chantier.objects.get()
    assert chantier.organisation is None
    _montrer(curateur, chantier)
    assert client.get(chantier.get_absolute_url()).status_code == 200


def test_a_chantier_begun_on_a_piste_is_tied_to_it(agent_a, organisation_a):
    piste = PisteFactory()
    _noter(agent_a, organisation_a, suite=f"?piste={piste.slug}")
    assert list(Chantier.objects.get().pistes.all()) == [piste]


@pytest.mark.parametrize(
    "faute",
    [
        {"titre": ""},
        {"titre": "x" * 161},
        {"intentions": ""},
        {"intentions": "nul \x00"},
        {"intentions": COLLAGE},
        {"taille": "immense"},
        {"orientation": "absente"},
    ],
)
def test_a_faulty_chantier_is_refused_in_words_and_kept(agent_a, organisation_a, faute):
    reponse = _noter(agent_a, organisation_a, **faute)
    assert reponse.status_code == 422
    assert "est perdu" in reponse.content.decode()
    assert SAISIE["moyens"] in reponse.content.decode()
    assert not Chantier.objects.exists()


def test_html_in_a_chantier_is_only_words(agent_a, organisation_a):
    _noter(agent_a, organisation_a, intentions="<script>alert(1)</script> et [lien](javascript:x)")
    page = client_de(agent_a).get(Chantier.objects.get().get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_only_its_organisation_opens_it_the_curation_may_close_it(
    chantier, agent_a, agent_b, curateur, client
):
    assert _montrer(curateur, chantier).status_code == 403
    assert _montrer(agent_b, chantier).status_code == 404
    _montrer(agent_a, chantier)
    _montrer(agent_a, chantier)
    assert client.get(chantier.get_absolute_url()).status_code == 200
    assert [e.action for e in chantier.journal.all()] == ["ouvrir"]
    _montrer(curateur, chantier, "non")
    assert client.get(chantier.get_absolute_url()).status_code == 404


def test_its_life_is_led_by_named_steps_with_who_and_why(chantier, agent_a):
    _etat(agent_a, chantier, "ouvrir")
    _etat(agent_a, chantier, "ouvrir")
    _etat(agent_a, chantier, "clore")
    _etat(agent_a, chantier, "reprendre", "Il en restait.")
    chantier.refresh_from_db()
    assert chantier.etat == "ouvert"
    assert [(e.action, e.motif, e.par) for e in chantier.journal.all()] == [
        ("ouvrir", "", agent_a),
        ("clore", "", agent_a),
        ("reprendre", "Il en restait.", agent_a),
    ]
    page = client_de(agent_a).get(chantier.get_absolute_url()).content.decode()
    assert "Il en restait." in page


def test_abandoning_needs_a_reason_that_stays(chantier, agent_a):
    reponse = _etat(agent_a, chantier, "abandonner", "  ")
    assert reponse.status_code == 409
    assert "Dites pourquoi" in reponse.content.decode()
    _etat(agent_a, chantier, "abandonner", "Plus personne pour le porter.")
    chantier.refresh_from_db()
    assert chantier.etat == "abandonne"


def test_a_step_that_does_not_follow_is_refused_and_the_words_are_kept(chantier, agent_a):
    reponse = _etat(agent_a, chantier, "clore", "Mes mots")
    assert reponse.status_code == 409
    assert "« Idée »" in reponse.content.decode()
    assert "Mes mots" in reponse.content.decode()
    assert _etat(agent_a, chantier, "inconnue").status_code == 404


def test_a_stranger_leads_no_chantier(agent_b, organisation_a):
    public = ChantierFactory(organisation=organisation_a)
    assert _etat(agent_b, public, "ouvrir").status_code == 403
    with pytest.raises(PermissionDenied):
        public.changer_d_etat("ouvrir", par=agent_b)


def test_two_people_who_write_at_once_both_keep_their_words(chantier, agent_a, referent_a):
    adresse = reverse("pistes:modifier_chantier", args=[chantier.pk])
    lu = client_de(agent_a).get(adresse).context["form"].empreinte
    donnees = SAISIE | {"lu": lu}
    assert client_de(referent_a).post(adresse, donnees | {"moyens": "Trois"}).status_code == 302
    reponse = client_de(agent_a).post(adresse, donnees | {"moyens": "Quatre agentes"})
    assert reponse.status_code == 409
    html = reponse.content.decode()
    assert "Trois" in html
    assert "Quatre agentes" in html
    chantier.refresh_from_db()
    assert chantier.moyens == "Trois"
    nouveau = reponse.context["form"].empreinte
    client_de(agent_a).post(adresse, donnees | {"moyens": "Quatre", "lu": nouveau})
    chantier.refresh_from_db()
    assert chantier.moyens == "Quatre"
    assert chantier.journal.count() == 2


def test_ties_are_ticked_among_what_a_search_finds(chantier, agent_a):
    gardee, cochee, invisible = PisteFactory(), PisteFactory(), PisteFactory(publiee=False)
    terrain = VersionFactory(publiee=1).terrains.get().terrain
    chantier.pistes.add(gardee)
    adresse = reverse("pistes:liens_du_chantier", args=[chantier.pk])
    page = client_de(agent_a).get(adresse, {"q": "piste"})
    assert str(cochee.editions.get().titre) in page.content.decode()
    client_de(agent_a).post(
        adresse,
        {
            "piste_vue": [cochee.pk],
            "piste": [cochee.pk, invisible.pk, "abc", "9" * 40],
            "terrain": [terrain.pk],
        },
    )
    assert set(chantier.pistes.all()) == {gardee, cochee}
    assert list(chantier.terrains.all()) == [terrain]
    client_de(agent_a).post(adresse, {"piste_vue": [gardee.pk, cochee.pk]})
    assert not chantier.pistes.exists()
    assert client_de(agent_a).get(chantier.get_absolute_url()).status_code == 200


def test_the_panorama_is_filtered_and_grouped(client, organisation_a, agent_a):
    grande = ChantierFactory(titre="Des congélateurs partagés", taille="grande")
    ChantierFactory(titre="Des camions prêtés", organisation=organisation_a)
    ChantierFactory(titre="Un secret bien gardé", est_public=False, organisation=organisation_a)
    adresse = reverse("pistes:chantiers")
    page = client.get(adresse, {"groupe": "taille"})
    assert [g.titre.split(" ")[0] for g in page.context["panorama"].groupes] == ["Petit", "Grand"]
    assert "secret" not in page.content.decode()
    assert "secret" in client_de(agent_a).get(adresse).content.decode()
    for filtre in (
        {"q": "congélateur"},
        {"taille": "grande"},
        {"organisation": grande.organisation},
    ):
        html = client.get(adresse, filtre).content.decode()
        assert "congélateurs" in html, filtre
        assert "camions" not in html, filtre
    assert "Aucun chantier ne répond" in client.get(adresse, {"q": "girafe"}).content.decode()


@pytest.mark.parametrize("valeur", ["absente", "\x00", "'", "9" * 3000])
def test_a_filter_that_names_nothing_says_so_and_shows_nothing(client, db, valeur):
    ChantierFactory(titre="Un titre bien visible")
    for nom in ("orientation", "taille", "etat", "organisation", "groupe", "page"):
        reponse = client.get(reverse("pistes:chantiers"), {nom: valeur})
        assert reponse.status_code == 200, nom


def test_the_panorama_costs_and_weighs_the_same_with_many(client, db, compter_requetes):
    ChantierFactory()
    une = compter_requetes(reverse("pistes:chantiers"))
    modele = ChantierFactory()
    Chantier.objects.bulk_create(
        Chantier(
            titre=f"Un chantier dont le titre est assez long pour compter {n}",
            intentions="mot " * 300,
            taille="petite",
            organisation=modele.organisation,
            est_public=True,
        )
        for n in range(260)
    )
    assert compter_requetes(reverse("pistes:chantiers")) == une <= 10
    page = client.get(reverse("pistes:chantiers"))
    assert len(page.content) < 100_000
    assert page.context["panorama"].pages == 3
    suite = client.get(reverse("pistes:chantiers"), {"page": 3})
    assert sum(len(g.chantiers) for g in suite.context["panorama"].groupes) == 262 - 2 * PAR_PAGE


def test_a_chantiers_page_costs_the_same_with_many_ties(client, db, compter_requetes):
    chantier = ChantierFactory()
    chantier.pistes.add(PisteFactory())
    une = compter_requetes(chantier.get_absolute_url())
    chantier.pistes.add(*[PisteFactory() for _ in range(6)])
    assert compter_requetes(chantier.get_absolute_url()) == une <= 10


def test_the_api_serves_public_chantiers_alone(client, db):
    public, _ = ChantierFactory(), ChantierFactory(est_public=False)
    public.pistes.add(PisteFactory(slug="publique"), PisteFactory(slug="cachee", publiee=False))
    lus = client.get("/api/v1/chantiers/").json()["results"]
    assert [c["id"] for c in lus] == [public.pk]
    assert lus[0]["pistes"] == ["publique"]
    assert client.get("/api/v1/chantiers/", {"ampleur": "grande"}).json()["results"] == []


def test_chantiers_leave_as_a_file(administrateur):
    ChantierFactory(titre="=1+1", est_public=False)
    reponse = client_de(administrateur).get("/exports/chantiers.csv")
    csv = b"".join(reponse.streaming_content).decode()
    assert "'=1+1" in csv
    assert "Petit" in csv


def test_an_organisation_never_loses_its_members_rights_silently(chantier, organisation_a):
    parti = un_membre(organisation_a)
    adhesion = parti.adhesions.get()
    adhesion.terminer(par=parti)
    assert _etat(parti, chantier, "ouvrir").status_code == 404
