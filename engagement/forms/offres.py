"""What is offered: time (free words first), a place, equipment."""

from typing import Any

from django import forms
from django.db import connection

from comptes.models import Utilisateur
from config.jours import jour_de
from config.saisie import ZoneDeTexte
from engagement.forms.commune import AvecCommune
from engagement.forms.dates import Jour, verifier_ordre
from engagement.forms.semaine import AvecSemaine
from engagement.limites import Limite
from engagement.models import Dispositif, Nature, Offre
from engagement.models.vie_offre import MODIFIABLES
from engagement.semaine import SEMAINE_ENTIERE, WEEK_END, en_mots

BASSE = {"rows": 3}
MOTS_PROPOSES = 16
ETIQUETTES = 12
DE_TEMPS = ("envies", "etiquettes", "genres", "rayon", "refuse", "contraintes")
DE_CHOSE = ("titre", "lieu", "conditions", "etat_connu", "contraintes")
COMMUNS = ("debut", "fin")
CHANGEE = (
    "Quelqu'un a changé cette offre pendant que vous l'écriviez. Ce que vous aviez écrit est encore là, et "
    "n'est pas enregistré : relisez, puis enregistrez à nouveau pour le garder."
)


class OffreForm(AvecSemaine, AvecCommune, forms.ModelForm):  # type: ignore[type-arg]
    """One offer, to make or to change. ``cellule``: a médiateur·rice writes it, and may add words."""

    use_required_attribute = False
    etiquettes = forms.MultipleChoiceField(
        label="Des mots déjà utilisés ici, s'ils vous vont",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    autres_mots = forms.CharField(
        label="Autres mots",
        required=False,
        max_length=400,
        help_text="Séparés par des virgules : « permis B, langue des signes ».",
    )
    refuse = forms.MultipleChoiceField(
        label="Ce qui n'est pas possible pour vous",
        choices=Limite.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="C'est ferme : rien qui demande cela ne vous sera proposé.",
    )
    debut = Jour(label="À partir du")
    fin = Jour(label="Jusqu'au", required=False, help_text="Vide : jusqu'à ce que vous l'arrêtiez.")
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Offre
        fields = [
            "titre", "envies", "etiquettes", "genres", "debut", "fin", "rayon", "refuse", "contraintes",
            "lieu", "conditions", "etat_connu",
        ]  # fmt: skip
        widgets = {
            "envies": ZoneDeTexte({"rows": 4}),
            "contraintes": ZoneDeTexte(BASSE),
            "conditions": ZoneDeTexte(BASSE),
            "etat_connu": ZoneDeTexte(BASSE),
            "genres": forms.CheckboxSelectMultiple,
            "rayon": forms.RadioSelect,
        }
        labels = {
            "envies": "Ce que vous aimez faire, ce que vous savez faire",
            "contraintes": "Autre chose à savoir, avec vos mots",
            "etat_connu": "Dans quel état est-ce ?",
            "conditions": "À quelles conditions ?",
            "lieu": "Où est-ce, ou bien où venir le chercher ?",
            "rayon": "Jusqu'où pouvez-vous aller ?",
        }
        help_texts = {
            "envies": "Quelques mots suffisent. Ce qui vous plaît compte autant que ce que vous savez.",
            "contraintes": "Horaires, trajet, santé : seulement si vous voulez le dire.",
            "lieu": "Montrée à la cellule, puis à qui emprunte quand tout le monde est d'accord.",
        }

    def __init__(self, data: Any = None, *, instance: Offre, cellule: bool = False) -> None:
        self.nouvelle = instance.pk is None
        if self.nouvelle and instance.nature == Nature.TEMPS:
            instance.semaine = 0
        version = "" if self.nouvelle else instance.version()
        super().__init__(data, instance=instance, initial={"version": version})
        self.cellule, self.dispositif = cellule, instance.dispositif
        self.preparer_la_commune(instance.territoire if instance.territoire_id else None)
        self.preparer_la_semaine(instance.semaine)
        du_temps = instance.nature == Nature.TEMPS
        for nom in set(DE_CHOSE if du_temps else DE_TEMPS) - set(
            DE_TEMPS if du_temps else DE_CHOSE
        ):
            del self.fields[nom]
        if du_temps:
            self._preparer_les_mots()
            self._preparer_les_genres()
        else:
            self.fields["titre"].help_text = "« Salle de 40 places », « Trois vélos cargo »."
            self.fields["demi_journees"].label = "Quand est-ce libre ?"
        if not (du_temps and cellule):
            del self.fields["autres_mots"]

    def _preparer_les_mots(self) -> None:
        siens = self.instance.etiquettes if self.instance.pk else []
        mots = dict.fromkeys([*siens, *mots_deja_utilises(self.dispositif)])
        if not mots:
            del self.fields["etiquettes"]
            return
        champ: Any = self.fields["etiquettes"]
        champ.choices = [(mot, mot) for mot in mots]

    def _preparer_les_genres(self) -> None:
        combien = self.dispositif.genres_preferes
        champ: Any = self.fields["genres"]
        champ.queryset = self.dispositif.genres.all()
        champ.required = False
        champ.label = "Ce que vous préférez"
        champ.help_text = f"{combien} au plus." if combien > 1 else "Un seul."
        if not combien or not self.dispositif.genres.exists():
            del self.fields["genres"]

    def clean_genres(self) -> Any:
        """As many as the dispositif lets a person prefer."""
        choisis, au_plus = self.cleaned_data["genres"], self.dispositif.genres_preferes
        if len(choisis) > au_plus:
            raise forms.ValidationError(f"Gardez-en {au_plus} au plus : ceux que vous préférez.")
        return choisis

    def clean_debut(self) -> Any:
        """A new offer begins today or later."""
        return self._pas_passee("debut")

    def clean_fin(self) -> Any:
        """One that is over before it begins is a slip."""
        return self._pas_passee("fin")

    def _pas_passee(self, nom: str) -> Any:
        jour = self.cleaned_data[nom]
        if jour and jour < jour_de() and jour != getattr(self.instance, nom):
            raise forms.ValidationError("Cette date est passée.")
        return jour

    def clean(self) -> dict[str, Any]:
        """The week, the commune, the words; what cannot go together is said."""
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        verifier_ordre(self, "La fin vient avant le début.")
        donnees["territoire"] = self.commune_choisie(donnees)
        donnees["semaine"] = self._semaine(donnees)
        if "etiquettes" in self.fields or "autres_mots" in self.fields:
            donnees["mots"] = self._mots(donnees)
        return donnees

    def _semaine(self, donnees: dict[str, Any]) -> int:
        semaine = self.semaine_choisie(donnees)
        if self.instance.nature != Nature.TEMPS:
            return semaine or SEMAINE_ENTIERE
        if not semaine:
            self.add_error("demi_journees", "Cochez au moins une demi-journée.")
        elif Limite.WEEK_END in donnees.get("refuse", []):
            semaine &= ~WEEK_END
            if not semaine:
                self.add_error(
                    "demi_journees",
                    "Vous avez coché le week-end seulement, et « Pas le week-end » : gardez l'un des deux.",
                )
        return semaine

    def _mots(self, donnees: dict[str, Any]) -> list[str]:
        ajoutes = [mot.strip().lower() for mot in donnees.get("autres_mots", "").split(",")]
        if any(len(mot) > 40 for mot in ajoutes):
            self.add_error("autres_mots", "Un mot est trop long : 40 lettres au plus chacun.")
        mots = dict.fromkeys([*donnees.get("etiquettes", []), *filter(None, ajoutes)])
        if len(mots) > ETIQUETTES:
            self.add_error(None, f"{ETIQUETTES} mots au plus : retirez les moins utiles.")
        return list(mots)

    def validate_constraints(self) -> None:
        """Said above, under the right field."""

    def reprise(self) -> "OffreForm":
        """The same words over the offer of today: sent again, they are kept."""
        actuelle = Offre.objects.select_related("dispositif", "territoire").get(pk=self.instance.pk)
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = actuelle.version()
        return OffreForm(data, instance=actuelle, cellule=self.cellule)

    def modifier(self, *, par: Utilisateur | None = None) -> None:
        """Write the change. Raises ChangeeEntreTemps, ActionRefusee."""
        offre = self.appliquer()
        Offre.objects.get(pk=offre.pk).modifier(
            {nom: getattr(offre, nom) for nom in MODIFIABLES},
            vue=self.cleaned_data["version"],
            genres=self.cleaned_data.get("genres"),
            par=par,
        )

    def appliquer(self) -> Offre:
        """The offer as typed, not written yet."""
        offre: Offre = self.instance
        offre.territoire, offre.semaine = (
            self.cleaned_data["territoire"],
            self.cleaned_data["semaine"],
        )
        offre.etiquettes = self.cleaned_data.get("mots", offre.etiquettes)
        if offre.nature == Nature.TEMPS and (self.nouvelle or offre.titre.startswith("Du temps")):
            offre.titre = titre_du_temps(offre.semaine)
        return offre


def titre_du_temps(semaine: int) -> str:
    """What an offer of time is called: nobody has to find a title."""
    return f"Du temps : {en_mots(semaine)}"[:160]


def mots_deja_utilises(dispositif: Dispositif) -> list[str]:
    """The words that most people used here lately, most used first. One query on 2 000 rows at most."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT mot FROM (SELECT etiquettes FROM engagement_offre WHERE dispositif_id = %s "
            "ORDER BY cree_le DESC, id DESC LIMIT 2000) recentes, unnest(etiquettes) AS mot "
            "GROUP BY mot ORDER BY count(*) DESC, mot LIMIT %s",
            [dispositif.pk, MOTS_PROPOSES],
        )
        return [mot for (mot,) in curseur.fetchall()]
