"""The one screen of a loan, for whoever may note it: the cellule, or whoever lends, with or without an account."""

import dataclasses
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from engagement import photos_pret
from engagement.forms.pret import EtatForm, ProlongationForm, RetourDuPretForm
from engagement.models import Pret
from engagement.perms import tient_le_guichet
from engagement.refus import ActionRefusee
from engagement.transitions import Qui

if TYPE_CHECKING:
    from comptes.models import Utilisateur

DEJA = {
    "sortir": "Le départ de ce prêt est déjà noté.",
    "rendre": "Le retour de ce prêt est déjà noté.",
}


@dataclasses.dataclass
class EcranDePret:
    """A loan on somebody's screen. ``par``: their account; ``jeton``: their link, else ""."""

    request: HttpRequest
    pret: Pret
    par: "Utilisateur | None" = None
    jeton: str = ""

    @property
    def cote(self) -> Qui | None:
        """What the link proved."""
        return "personne" if self.jeton else None

    @property
    def adresse(self) -> str:
        """Of this page."""
        if self.jeton:
            return reverse("engagement:mon_pret", args=[self.jeton])
        return reverse("engagement:pret", args=[self.pret.pk])

    def repondre(self) -> HttpResponse:
        """Show it, or note what comes next. ``geste``: what the person saw, so that a second click does nothing."""
        if self.request.method != "POST":
            return self._page()
        geste = self.request.POST.get("geste", "")
        if geste == "prolonger":
            return self._prolonger()
        if geste != self.pret.geste_suivant:
            dit = DEJA.get(geste, "Ce prêt a changé : voici où il en est.")
            messages.info(self.request, dit)
            return redirect(self.adresse)
        form = self._formulaire(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(422, form=form)
        try:
            self._noter(form)
        except ActionRefusee as refus:
            form.add_error(None, str(refus))
            return self._page(409, form=form)
        dit = "Départ noté." if geste == "sortir" else "Retour noté. Merci."
        messages.success(self.request, dit)
        return redirect(self.adresse)

    def _prolonger(self) -> HttpResponse:
        form = ProlongationForm(self.request.POST, fin=self.pret.fin)
        if not form.is_valid():
            return self._page(422, prolongation=form)
        try:
            self.pret.prolonger(fin=form.nouvelle_fin(), par=self.par, cote=self.cote)
        except ActionRefusee as refus:
            form.add_error("jour", str(refus))
            return self._page(409, prolongation=form)
        messages.success(
            self.request, "Le prêt est prolongé. Les rappels suivent la nouvelle date."
        )
        return redirect(self.adresse)

    def _formulaire(self, *donnees: Any) -> EtatForm:
        au_retour = self.pret.etat == Pret.Etat.SORTI
        return RetourDuPretForm(*donnees) if au_retour else EtatForm(*donnees)

    @transaction.atomic
    def _noter(self, form: EtatForm) -> None:
        """The state, then its pictures, or nothing."""
        au_retour = self.pret.etat == Pret.Etat.SORTI
        dit = {"etat": form.cleaned_data["etat"], "par": self.par, "cote": self.cote}
        if au_retour:
            self.pret.rendre(**dit, abime=form.cleaned_data["abime"])
        else:
            self.pret.sortir(**dit)
        photos_pret.attacher(self.pret, form.photos, au_retour=au_retour, par=self.par)

    def _page(self, status: int = 200, **formulaires: Any) -> HttpResponse:
        """Some ten queries."""
        pret, mise = self.pret, self.pret.mise_en_relation
        photos = list(pret.photos.all())
        contexte = {
            "pret": pret,
            "mise": mise,
            "offre": pret.offre,
            "jeton": self.jeton,
            "du_guichet": self.par is not None and tient_le_guichet(self.par, mise.dispositif),
            "form": self._formulaire() if pret.geste_suivant else None,
            "prolongation": ProlongationForm(fin=pret.fin),
            "photos_depart": [p for p in photos if not p.au_retour],
            "photos_retour": [p for p in photos if p.au_retour],
            "autre_dehors": pret.autre_dehors(),
            **formulaires,
        }
        return render(self.request, "engagement/prets/pret.html", contexte, status=status)
