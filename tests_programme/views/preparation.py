"""Preparing a test, one thing at a time. Each page sent is saved as a draft."""

import re
import uuid

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from comptes.models import Organisation
from pistes.models import Piste
from reflexes.models import empreinte_de
from tests_programme import etapes
from tests_programme.acces import RequeteConnectee, a_mener
from tests_programme.accords import accords_manquants, etat_des_accords
from tests_programme.forms import EssentielForm
from tests_programme.forms.saisie import ChangeEntreTemps, DejaFige, Saisie
from tests_programme.manques import Manque, manques_pour_demarrer
from tests_programme.models import Programme, Test
from tests_programme.regles import ranger, regles, regles_a_venir

FIGE = "Ce test n'est plus en préparation : ses textes ne changent plus."


@require_http_methods(["GET", "HEAD", "POST"])
def nouveau(request: RequeteConnectee) -> HttpResponse:
    """The first step; the test exists once it is sent."""
    organisations = list(Organisation.objects.de_membre(request.user)[:2])
    if not organisations:
        return render(request, "tests_programme/sans_organisation.html", {"rubrique": "tests"})
    depart = {
        "piste": Piste.objects.publiees().filter(slug=_demande(request, "piste")).first(),
        "programme": Programme.objects.filter(cle=_demande(request, "programme")).first(),
        "organisation": organisations[0] if len(organisations) == 1 else None,
        "visibilite": "public",
    }
    form = EssentielForm(
        request.POST if request.method == "POST" else None, user=request.user, initial=depart
    )
    jeton = _jeton(request)
    if request.method == "POST" and form.is_valid():
        envoi = empreinte_de(
            [jeton, *(str(getattr(v, "pk", v)) for v in form.cleaned_data.values())]
        )
        test = Test.ouvrir(par=request.user, empreinte_envoi=envoi, **form.cleaned_data)
        return _suite(request, test, "essentiel")
    contexte = {
        "form": form,
        "jeton": jeton,
        "regles": regles_a_venir(),
        **_cadre("essentiel", None),
    }
    return render(request, "tests_programme/etape.html", contexte, status=_statut(request))


def _demande(request: RequeteConnectee, nom: str) -> str:
    """A key asked for in the address; PostgreSQL knows no text with a NUL."""
    return request.GET.get(nom, "").replace("\x00", "")


def _jeton(request: RequeteConnectee) -> str:
    """What tells a form sent twice from two forms: drawn when it is shown, kept when it comes back."""
    recu = request.POST.get("jeton", "")
    return recu if re.fullmatch("[0-9a-f]{32}", recu) else uuid.uuid4().hex


@require_http_methods(["GET", "HEAD", "POST"])
def etape(request: RequeteConnectee, pk: int, etape: str) -> HttpResponse:
    """One step of a draft."""
    test = a_mener(request.user, pk)
    if etape not in etapes.PAR_CLE:
        raise Http404
    if test.est_fige:
        return _refus_fige(request, test)
    if etape == "verification":
        return verification(request, test)
    envoyee = request.POST if request.method == "POST" else None
    saisie = Saisie(etape, test, request.user, envoyee)
    conflit = False
    if envoyee is not None and saisie.is_valid():
        try:
            perdus = saisie.enregistrer(envoyee.get("version", ""))
            _dire_les_accords_perdus(request, perdus)
            return _suite(request, test, etape)
        except DejaFige:
            return _refus_fige(request, test)
        except ChangeEntreTemps:
            conflit = True
    accords = etat_des_accords(test, "demarrage")
    contexte = {
        "form": saisie.form,
        "regles": regles(test, accords),
        "lignes": saisie.lignes,
        "version": saisie.version(),
        "ecarts": saisie.ecarts() if conflit else [],
        "conflit": conflit,
        "accords": accords if etape == "parties" else [],
        **_cadre(etape, test),
    }
    statut = 409 if conflit else _statut(request)
    return render(request, "tests_programme/etape.html", contexte, status=statut)


def _dire_les_accords_perdus(request: RequeteConnectee, nombre: int) -> None:
    if nombre:
        s = "s" if nombre > 1 else ""
        messages.warning(
            request,
            f"Le texte a changé : {nombre} accord{s} ne {'valent' if s else 'vaut'} plus. Quand vous les "
            "redemanderez, chaque personne verra ce qui a changé.",
        )


def verification(
    request: RequeteConnectee, test: Test, manques: list[Manque] | None = None, status: int = 200
) -> HttpResponse:
    """All that was written, all that is missing, and the button."""
    prefetch_related_objects([test], "criteres", "parties")
    accords = etat_des_accords(test, "demarrage")
    trouves = manques_pour_demarrer(test) + accords_manquants(test, "demarrage", accords)
    contexte = {
        "manques": trouves if manques is None else manques,
        "refus": manques is not None,
        "regles": ranger(trouves),
        "criteres": test.criteres.all(),
        "accords": accords,
        "a_ecrire": sum(etat.a_demander for etat in accords),
        "accords_perdus": sum(etat.etat == "a_redemander" for etat in accords),
        **_cadre("verification", test),
    }
    return render(request, "tests_programme/verification.html", contexte, status=status)


def _cadre(cle: str, test: Test | None) -> dict[str, object]:
    """Before the test exists, no other step opens."""
    return {
        "rubrique": "tests",
        "etape": etapes.PAR_CLE[cle],
        "etapes": etapes.ETAPES,
        "faites": etapes.remplies(test),
        "racine": f"{test.get_absolute_url()}preparer/" if test else "",
        "test": test,
    }


def _suite(request: RequeteConnectee, test: Test, cle: str) -> HttpResponse:
    """Where the pressed button leads."""
    choix = request.POST.get("suite", "continuer")
    if choix == "plus-tard":
        messages.success(
            request, "Brouillon enregistré. Vous le retrouverez ici quand vous voudrez."
        )
        return redirect(test)
    vers = cle if choix == "lignes" else etapes.suivante(cle)
    return redirect("tests_programme:etape", test.pk, vers)


def _refus_fige(request: RequeteConnectee, test: Test) -> HttpResponse:
    messages.error(request, FIGE)
    return redirect(test)


def _statut(request: RequeteConnectee) -> int:
    """A page sent back with errors is not a success: 422."""
    return 422 if request.method == "POST" else 200
