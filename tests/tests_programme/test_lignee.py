"""The lineage of a test: everything a reader may see of it, drawn and listed, whatever its size."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.conftest import client_de
from tests.fabriques import TestFactory, un_test_demarre
from tests_programme import filiation
from tests_programme.lignee import TESTS_MAXIMUM
from tests_programme.models import Test


def adresse(test):
    return reverse("tests_programme:lignee", args=[test.pk])


@pytest.fixture
def famille(organisation_a, organisation_b, agent_a):
    """grand-parent → parent (private) → test → enfant, and another child of the grand-parent."""

    def naitre(titre, issu_de=None, **champs):
        recit = {"source": "Un guide", "organisation": organisation_a, **champs}
        return TestFactory(titre=titre, issu_de=issu_de, **recit)

    aieul = naitre("Aïeul")
    parent = naitre("Parent caché", aieul, visibilite="prive")
    test = naitre("Celui-ci", parent)
    naitre("Enfant", test, organisation=organisation_b, changement="Le soir.")
    naitre("Oncle", aieul)
    return test


def arbre(client, test):
    return [
        (n.numero, n.test.titre, n.profondeur, n.parent and n.parent.numero, n.indirect, n.ici)
        for n in client.get(adresse(test)).context["arbre"].noeuds
    ]


def test_a_reader_sees_the_whole_tree_but_what_is_hidden_from_them(famille, agent_a):
    assert arbre(client_de(agent_a), famille) == [
        (1, "Aïeul", 0, None, False, False),
        (2, "Parent caché", 1, 1, False, False),
        (3, "Celui-ci", 2, 2, False, True),
        (4, "Enfant", 3, 3, False, False),
        (5, "Oncle", 1, 1, False, False),
    ]
    assert arbre(Client(), famille) == [
        (1, "Aïeul", 0, None, False, False),
        (2, "Celui-ci", 1, 1, True, True),
        (3, "Enfant", 2, 2, False, False),
        (4, "Oncle", 1, 1, False, False),
    ]
    html = Client().get(adresse(famille)).content.decode()
    assert "Parent caché" not in html
    assert "n° 1, indirectement" in html
    assert "Le soir." in html


def test_the_drawing_and_the_list_say_the_same(famille, agent_a):
    html = client_de(agent_a).get(adresse(famille)).content.decode()
    dessin, liste = html.split('class="tableau arbre"')[1].split("</svg>")
    for titre in ("Aïeul", "Parent caché", "Celui-ci", "Enfant", "Oncle"):
        assert titre in dessin
        assert titre in liste
    assert dessin.count("<path d=") == 4


def test_the_page_of_the_test_has_a_small_one(famille):
    html = Client().get(famille.get_absolute_url()).content.decode()
    assert f'href="{adresse(famille)}"' in html
    assert "Enfant" in html.split("<svg")[-1].split("</svg>")[0]
    seul = TestFactory(source="Un guide")
    assert adresse(seul) not in Client().get(seul.get_absolute_url()).content.decode()


def test_a_private_test_has_no_page_of_lineage_for_strangers(organisation_a, clients):
    prive = un_test_demarre(organisation=organisation_a, visibilite="prive")
    assert clients["visiteur"].get(adresse(prive)).status_code == 404
    assert clients["agent_b"].get(adresse(prive)).status_code == 404
    assert clients["agent_a"].get(adresse(prive)).status_code == 200


def test_titles_are_never_html(organisation_a):
    aieul = TestFactory(source="x", titre="<script>alert(1)</script>", organisation=organisation_a)
    test = TestFactory(source="x", issu_de=aieul, organisation=organisation_a)
    html = Client().get(adresse(test)).content.decode()
    assert "<script>alert" not in html


def test_a_lineage_never_turns_in_a_circle(organisation_a):
    aieul = TestFactory(organisation=organisation_a)
    test = TestFactory(organisation=organisation_a, issu_de=aieul)
    for pk, issu_de in ((aieul.pk, test.pk), (aieul.pk, aieul.pk)):
        with pytest.raises(IntegrityError, match="lignee_sans_boucle"), transaction.atomic():
            Test.objects.filter(pk=pk).update(issu_de=issu_de)


def test_a_very_large_tree_ends_and_costs_the_same(organisation_a, django_assert_max_num_queries):
    champs = {"organisation": organisation_a, "source": "x"}
    aieul = TestFactory(**champs)
    TestFactory(issu_de=aieul, piste=aieul.piste, **champs)
    with django_assert_max_num_queries(6):
        Client().get(adresse(aieul))
    Test.objects.bulk_create(
        Test(titre=f"T{n}", piste=aieul.piste, issu_de=aieul, **champs)
        for n in range(TESTS_MAXIMUM + 20)
    )
    with django_assert_max_num_queries(6):
        page = Client().get(adresse(aieul))
    assert len(page.context["arbre"].noeuds) == TESTS_MAXIMUM
    assert "Cette lignée est très grande" in page.content.decode()
    dernier = Test.objects.order_by("-pk").first()
    assert [n.test for n in Client().get(adresse(dernier)).context["arbre"].noeuds] == [dernier]


def test_taking_a_test_up_and_going_on_both_keep_the_lineage(
    en_etat, agent_a, agent_b, organisation_b
):
    test = en_etat("evalue")
    ailleurs = filiation.s_inspirer(test, organisation=organisation_b, par=agent_b)
    suite = test.iterer(par=agent_a)
    titres = {n.test.pk for n in client_de(agent_a).get(adresse(test)).context["arbre"].noeuds}
    assert titres == {test.pk, suite.pk}
    titres = {n.test.pk for n in client_de(agent_b).get(adresse(test)).context["arbre"].noeuds}
    assert titres == {test.pk, ailleurs.pk}
    assert ailleurs.changement == ""
