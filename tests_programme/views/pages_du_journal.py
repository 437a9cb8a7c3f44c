"""The two pages of the journal de bord: the notes with the next one to write, and one note to correct."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.reperes import jour_lu, repere
from config.saisie import numero
from tests_programme.forms.saisie_note import SaisieNote
from tests_programme.models import Note, Test
from tests_programme.models.carnet import carnet_ouvert
from tests_programme.perms import peut_modifier

PAR_PAGE = 20
FERME = (
    "Le journal de ce test ne change plus. Votre texte n'est pas enregistré ; copiez-le d'ici si vous "
    "voulez le garder."
)


def page_du_journal(
    request: HttpRequest, test: Test, saisie: SaisieNote | None = None, status: int = 200
) -> HttpResponse:
    """Some eight queries, however many notes there are."""
    membre = request.user.is_authenticated and peut_modifier(request.user, test)
    if saisie is None and membre and carnet_ouvert(test):
        assert request.user.is_authenticated
        saisie = SaisieNote(test, request.user)
    visibles = Note.objects.visible_to(request.user).filter(test=test)
    place = jour_lu(request.GET.get("apres", ""))
    notes = list((visibles.apres(*place) if place else visibles).recentes()[: PAR_PAGE + 1])
    contexte = {
        "rubrique": "tests",
        "onglet": "journal",
        "test": test,
        "membre": membre,
        "ouvert": carnet_ouvert(test),
        "saisie": saisie,
        "notes": notes[:PAR_PAGE],
        "suivante": f"?apres={repere(notes[PAR_PAGE - 1].le, notes[PAR_PAGE - 1].pk)}"
        if len(notes) > PAR_PAGE
        else "",
        "debut": request.path if place else "",
        "enregistres": _enregistres(request, notes) if membre else [],
    }
    return render(request, "tests_programme/journal.html", contexte, status=status)


def _enregistres(request: HttpRequest, notes: list[Note]) -> list[str]:
    """The sendings of this person that are safe: the draft kept in their browser may go."""
    siennes = {str(n.envoi) for n in notes if n.auteur_id == request.user.pk}
    if fraiche := numero(request.GET.get("note", "")):
        envois = Note.objects.visible_to(request.user).filter(pk=fraiche, auteur=request.user.pk)
        siennes |= {str(envoi) for envoi in envois.values_list("envoi", flat=True)}
    return sorted(siennes)


def page_de_la_note(
    request: HttpRequest,
    saisie: SaisieNote,
    status: int = 200,
    *,
    conflit: bool = False,
) -> HttpResponse:
    """The form, and the button that takes the note off."""
    contexte = {
        "rubrique": "tests",
        "onglet": "journal",
        "test": saisie.test,
        "note": saisie.note,
        "saisie": saisie,
        "version": saisie.note.version(),
        "conflit": conflit,
        "ecarts": saisie.ecarts() if conflit else [],
        "voix": saisie.note.voix.all(),
    }
    return render(request, "tests_programme/note.html", contexte, status=status)
