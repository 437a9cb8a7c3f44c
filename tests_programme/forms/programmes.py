"""A programme as its animation writes it: texts, pistes, organisations, people."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet

from comptes.models import Organisation, Utilisateur
from config.saisie import ZoneDeTexte, numero
from tests_programme.forms.choix import COCHES, ChoixDePersonnes, ChoixDePistes
from tests_programme.forms.dates_bornees import JourPlausible, verifier_ordre
from tests_programme.models import Programme

if TYPE_CHECKING:
    from django.http import QueryDict

# How many names a search shows.
TROUVEES = 20


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]
    """Unticked is taken off. An organisation is found by the beginning of its name, never in a list of all."""

    use_required_attribute = False
    debut = JourPlausible(label="Début")
    fin = JourPlausible(label="Fin", required=False, help_text="Si vous la connaissez déjà.")
    pistes = ChoixDePistes(label="Pistes explorées", required=False)
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Organisations", required=False, widget=COCHES
    )
    chercher = forms.CharField(
        label="Ajouter une organisation",
        required=False,
        max_length=160,
        help_text="Le début de son nom. Si plusieurs lui ressemblent, vous choisirez.",
    )
    animateurs = ChoixDePersonnes(
        Utilisateur.objects.none(), label="Animateur·rices", required=False, widget=COCHES
    )
    adresse = forms.EmailField(
        label="Ajouter une personne qui anime",
        required=False,
        max_length=254,
        help_text="L'adresse e-mail de son compte.",
        error_messages={"invalid": "Cette adresse e-mail n'est pas valide."},
    )

    class Meta:
        model = Programme
        fields = ["titre", "debut", "fin", "presentation", "pistes"]
        widgets = {"presentation": ZoneDeTexte({"rows": 8})}
        help_texts = {"presentation": "Ce que vous explorez ensemble, et comment."}
        error_messages = {"titre": {"required": "Donnez un titre au programme."}}

    def __init__(self, data: "QueryDict | None" = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["debut"].error_messages["required"] = "Dites quand le programme commence."
        self.trouvees = self._chercher(data.get("chercher", "") if data is not None else "")
        listes: dict[str, QuerySet[Any]] = {
            "organisations": Organisation.objects.all(),
            "animateurs": Utilisateur.objects.all(),
        }
        for nom, toutes in listes.items():
            siens = self.en_base(nom)
            demandes = {numero(v) for v in data.getlist(nom)} if data is not None else set()
            champ: Any = self.fields[nom]
            champ.initial = siens
            champ.queryset = toutes.filter(pk__in=self._permis(nom, siens, demandes))

    def en_base(self, nom: str) -> list[int]:
        """The rows of one of its lists as the database holds them now. One query."""
        if self.instance.pk is None:
            return []
        return sorted(getattr(self.instance, nom).values_list("pk", flat=True))

    def _permis(self, nom: str, siens: list[int], demandes: set[int]) -> set[int]:
        """Who may be ticked: who is there, and for organisations those a search could have shown."""
        permis = set(siens)
        if nom == "organisations":
            montrables = Organisation.objects.filter(validee=True, pk__in=demandes)
            permis |= {*montrables.values_list("pk", flat=True), *(o.pk for o in self.trouvees)}
        return permis

    def _chercher(self, saisie: str) -> list[Organisation]:
        """The validated organisations that a search names; a whole name means itself."""
        saisie = saisie.replace("\x00", "").strip()[:160]
        if not saisie:
            return []
        validees = Organisation.objects.filter(validee=True)
        juste = list(validees.filter(nom__iexact=saisie)[:TROUVEES])
        return juste or list(validees.nommees(saisie)[:TROUVEES])

    def clean_titre(self) -> str:
        """One title, one programme: a form sent twice makes no second one."""
        titre = str(self.cleaned_data["titre"])
        homonymes = Programme.objects.filter(titre__iexact=titre).exclude(pk=self.instance.pk)
        if homonymes.exists():
            raise forms.ValidationError("Un programme porte déjà ce titre.")
        return titre

    def clean_adresse(self) -> str:
        adresse = str(self.cleaned_data["adresse"]).strip().lower()
        if adresse and not Utilisateur.objects.filter(email=adresse, is_active=True).exists():
            raise forms.ValidationError(
                "Aucun compte n'a cette adresse. La personne doit d'abord créer le sien."
            )
        return adresse

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        verifier_ordre(self, "Un programme ne peut pas finir avant d'avoir commencé.")
        cochees = {o.pk for o in donnees.get("organisations") or ()}
        if donnees.get("chercher") and not cochees & {o.pk for o in self.trouvees}:
            if not self.trouvees:
                self.add_error("chercher", "Aucune organisation ne porte ce nom.")
            elif len(self.trouvees) > 1:
                self.add_error(
                    "chercher",
                    "Plusieurs organisations portent ce nom : elles sont ajoutées à la liste, "
                    "cochez la bonne.",
                )
        return donnees

    def voulues(self, nom: str) -> list[int]:
        """What a list must hold once saved, sorted."""
        pks = {objet.pk for objet in self.cleaned_data[nom]}
        if nom == "organisations" and not pks & {o.pk for o in self.trouvees}:
            pks |= {o.pk for o in self.trouvees}
        if nom == "animateurs" and self.cleaned_data["adresse"]:
            ajoutes = Utilisateur.objects.filter(email=self.cleaned_data["adresse"], is_active=True)
            pks |= set(ajoutes.values_list("pk", flat=True))
        return sorted(pks)
