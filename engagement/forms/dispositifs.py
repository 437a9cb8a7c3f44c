"""Opening a dispositif, and coming into its cellule."""

from typing import Any

from django import forms

from comptes.champs import OrganisationNommee
from comptes.models import Organisation, Utilisateur
from config.jours import jour_de
from engagement.forms.dates import Jour
from engagement.forms.territoire import AvecTerritoire
from engagement.modeles import MODELES, Modele
from engagement.models import Dispositif

# Addresses one page takes; more are added on the page of the cellule.
GUICHET = 20
INCONNUE = "Aucun compte n'a l'adresse {}. La personne doit d'abord créer le sien."


def comptes_de(adresses: str) -> tuple[list[Utilisateur], list[str]]:
    """The accounts of these addresses, and those nobody has. One query."""
    lues = dict.fromkeys(a.lower() for a in adresses.replace(",", " ").replace(";", " ").split())
    trouves = {u.email: u for u in Utilisateur.objects.filter(email__in=lues, is_active=True)}
    return [trouves[a] for a in lues if a in trouves], [a for a in lues if a not in trouves]


class OuvertureForm(AvecTerritoire, forms.ModelForm):  # type: ignore[type-arg]
    """One short page: a model, a name, a territory, who keeps the desk. The rest may be changed later."""

    use_required_attribute = False
    moi = forms.BooleanField(label="Je tiens le guichet", required=False)
    guichet = forms.CharField(
        label="Avec qui",
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Les adresses e-mail de leurs comptes, une par ligne. Quatre ou cinq personnes, c'est bien.",
    )
    fin = Jour(label="Ferme le", required=False, help_text="Vide : la cellule le fermera.")

    field_order = [
        "organisation", "modele", "nom", "lieu", "lieu_choix", "contact", "en_crise", "fin", "moi", "guichet",
    ]  # fmt: skip

    class Meta:
        model = Dispositif
        fields = ["modele", "organisation", "nom", "contact", "en_crise", "fin"]
        widgets = {"modele": forms.RadioSelect}
        help_texts = {"nom": "Tel que vous le direz au téléphone : « Réserve solidaire de … »."}
        error_messages = {
            "nom": {"required": "Donnez-lui un nom."},
            "modele": {"required": "Choisissez un modèle."},
        }

    def __init__(self, *args: Any, user: Utilisateur, modele: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.preparer_le_lieu(None)
        champ: Any = self.fields["modele"]
        champ.choices = [(m.cle, f"{m.nom} : {m.resume}") for m in MODELES.values()]
        champ.initial = modele if modele in MODELES else None
        self._preparer_l_organisation()

    def _preparer_l_organisation(self) -> None:
        """A référent·e has few; an administrateur·rice names one."""
        siennes = Organisation.objects.filter(
            adhesions__in=self.user.adhesions.referents(), validee=True
        ).select_related("territoire")
        self.siennes = list(siennes.order_by("nom")[:50])
        self.fields["moi"].initial = bool(self.siennes)
        if self.user.est_administrateur:
            nommee = OrganisationNommee(
                label="Organisation", help_text="Le début de son nom suffit s'il n'y en a qu'une."
            )
            nommee.parmi = Organisation.objects.filter(validee=True)
            self.fields["organisation"] = nommee
        else:
            champ: Any = self.fields["organisation"]
            champ.queryset, champ.empty_label = siennes, None
            if len(self.siennes) == 1:
                champ.initial, champ.widget = self.siennes[0].pk, forms.HiddenInput()
        if len(self.siennes) == 1 and self.siennes[0].territoire:
            self.fields["lieu"].initial = self.siennes[0].territoire.nom

    def clean_organisation(self) -> Organisation:
        valeur = self.cleaned_data["organisation"]
        if isinstance(valeur, Organisation):
            return valeur
        trouvees = list(Organisation.objects.filter(pk__in=valeur or [])[:2])
        if len(trouvees) != 1:
            raise forms.ValidationError(
                "Plusieurs organisations répondent : écrivez le nom entier."
            )
        trouvee: Organisation = trouvees[0]
        return trouvee

    def clean_fin(self) -> Any:
        fin = self.cleaned_data["fin"]
        if fin is not None and fin < jour_de():
            raise forms.ValidationError("Cette date est déjà passée.")
        return fin

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        territoire = self.lieu_choisi(donnees)
        if territoire is not None:
            self.instance.territoire = territoire
        self.mediateurs, inconnues = comptes_de(donnees.get("guichet") or "")
        if inconnues:
            self.add_error("guichet", INCONNUE.format(", ".join(inconnues[:5])))
        if len(self.mediateurs) > GUICHET:
            self.add_error("guichet", f"{GUICHET} personnes au plus pour commencer.")
        if donnees.get("moi") and self.user not in self.mediateurs:
            self.mediateurs.insert(0, self.user)
        if not self.mediateurs and not inconnues:
            self.add_error("guichet", "Dites qui tient le guichet : sans personne, rien n'ouvre.")
        return donnees

    def dispositif(self) -> Dispositif:
        """What was asked, with what its model proposes."""
        modele: Modele = MODELES[self.cleaned_data["modele"]]
        dispositif = self.instance
        for champ, valeur in modele.regles.items():
            setattr(dispositif, champ, valeur)
        dispositif.presentation = modele.presentation
        dispositif.ce_qui_est_demande = modele.ce_qui_est_demande
        assert isinstance(dispositif, Dispositif)
        return dispositif


class ArriveeForm(forms.Form):
    """Somebody for the cellule, by the address of their account."""

    use_required_attribute = False
    email = forms.EmailField(
        label="Adresse e-mail de son compte",
        max_length=254,
        error_messages={
            "required": "Écrivez l'adresse de la personne.",
            "invalid": "Cette adresse e-mail n'est pas valide.",
        },
    )

    def clean_email(self) -> str:
        adresse = str(self.cleaned_data["email"]).strip().lower()
        self.trouve = Utilisateur.objects.filter(email=adresse, is_active=True).first()
        if self.trouve is None:
            raise forms.ValidationError(INCONNUE.format(adresse))
        return adresse
