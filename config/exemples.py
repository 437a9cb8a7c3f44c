"""What the gallery of components shows: objects shaped like ours, without a database."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms

LE = dt.datetime(2026, 9, 3, 9, 12, tzinfo=dt.UTC)
JOUR = dt.date(2026, 11, 21)
MOTS_CLES = ("Influence", "Données", "Communs", "Ressources", "Contact", "Intendance", "Rituels")
ORIENTATIONS = [SimpleNamespace(numero=n, mot_cle=mot) for n, mot in enumerate(MOTS_CLES, 1)]
ETATS = [
    ("preparation", "En préparation"),
    ("en_cours", "En test"),
    ("a_evaluer", "À évaluer"),
    ("evalue", "Évalué"),
    ("abandonne", "Abandonné"),
    ("recit", "Récit d'un essai"),
]
ETAPES = [
    ("essentiel", "L'essentiel"),
    ("hypothese", "L'hypothèse"),
    ("limites", "Les limites"),
    ("observation", "L'observation"),
    ("parties", "Les personnes"),
    ("verification", "La vérification"),
]


class ExempleForm(forms.Form):
    """Every kind of field, some of them wrong."""

    use_required_attribute = False

    titre = forms.CharField(
        label="Titre", help_text="Court et parlant : « Un coup de fil avant la relance »."
    )
    retour_arriere = forms.CharField(
        label="Comment on revient en arrière",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Qui fait quoi pour remettre les choses comme avant, et en combien de temps.",
    )
    date_peremption = forms.DateField(
        label="Date de péremption",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="Le dernier jour du test, dans douze mois au plus.",
    )
    piste = forms.ChoiceField(
        label="Piste explorée", required=False, choices=[("", "Choisissez une piste")]
    )
    visibilite = forms.ChoiceField(
        label="Qui peut le lire",
        choices=[
            ("public", "Tout le monde"),
            ("prive", "Notre organisation et l'équipe de la plateforme"),
        ],
        widget=forms.RadioSelect,
        help_text="Tant qu'il est en préparation, seules votre organisation et l'équipe de la plateforme le voient.",
    )
    consentement = forms.BooleanField(
        label="La personne accepte d'être citée",
        required=False,
        help_text="Sans cet accord, ces mots restent dans votre équipe.",
    )


class ExempleFiltre(forms.Form):
    """A filter."""

    etat = forms.ChoiceField(label="État", required=False, choices=[("", "Tous les états")])
    piste = forms.ChoiceField(label="Piste", required=False, choices=[("", "Toutes les pistes")])
    q = forms.CharField(label="Mots", required=False)


def exemples() -> dict[str, Any]:
    """The context variable ``exemples`` of composants/galerie.html."""
    return {
        "date": dt.date(2027, 5, 12),
        "orientations": ORIENTATIONS,
        "etats": ETATS,
        "editions": _editions(),
        "tests": _tests(),
        "accords": _accords(),
        "manques": [
            SimpleNamespace(message="Dites à quoi on verra que c'est provisoire.", etape="limites"),
            SimpleNamespace(
                message="Choisissez au moins un critère à observer.", etape="observation"
            ),
            SimpleNamespace(message="Ce test a déjà été prolongé une fois.", etape=""),
        ],
        "regles": [
            SimpleNamespace(titre=titre, est_remplie=not manque, a_venir=False, manques=manque)
            for titre, manque in [
                ("Il vérifie une hypothèse", []),
                (
                    "Sa durée est limitée",
                    [SimpleNamespace(message="Fixez la date de péremption.", etape="limites")],
                ),
            ]
        ],
        "entrees": _entrees(),
        "etapes": [SimpleNamespace(cle=cle, titre=titre) for cle, titre in ETAPES],
        "faites": ["essentiel", "hypothese", "observation"],
        "form": ExempleForm(
            {"retour_arriere": "On cesse d'appeler, c'est tout.", "date_peremption": "2027-02-28"},
            auto_id="exemple_%s",
        ),
        "filtre": ExempleFiltre(auto_id="filtre_%s"),
    }


def _editions() -> list[SimpleNamespace]:
    textes = [
        (
            "Des comités de liaison citoyenne",
            "Des habitant·es disent ce qu'on ne voit pas depuis la mairie.",
            22,
            0,
        ),
        ("Un data lab", "Les quelques indicateurs dont la décision a besoin cette semaine.", 44, 1),
        (
            "Un mécénat public en nature",
            "Salles, véhicules, ingénierie : la collectivité prête ce qu'elle a.",
            72,
            3,
        ),
        ("Le portage d'initiative frugale", "On essaie d'abord, on raconte ensuite.", 98, 5),
        (
            "Nous retrouver ensemble",
            "Dire ce que chacun·e a vécu, avant de rouvrir les dossiers.",
            None,
            None,
        ),
    ]
    return [
        SimpleNamespace(
            titre=titre,
            accroche=accroche,
            get_absolute_url="#contenu",
            piste=SimpleNamespace(
                page=page, rang=page or 1, orientation=None if rang is None else ORIENTATIONS[rang]
            ),
        )
        for titre, accroche, page, rang in textes
    ]


def _tests() -> list[SimpleNamespace]:
    dans_vingt_jours = JOUR + dt.timedelta(days=20)
    return [
        _test(
            "Des tournées partagées",
            "en_cours",
            jours_restants=20,
            date_peremption=dans_vingt_jours,
        ),
        _test("Un minibus qui passe où on l'appelle", "en_cours"),
        _test("Des matinées sans réunion", "a_evaluer", jours_restants=-5, termine_le=LE),
        _test(
            "Trois questions à la sortie du guichet",
            "evalue",
            evaluation=SimpleNamespace(get_verdict_display="Hypothèse nuancée"),
        ),
        _test("Un coup de fil avant la relance de cantine", "preparation"),
        _test(
            "Les horaires de la crèche", "recit", est_recit=True, periode="de mai à novembre 2022"
        ),
        _test("Un registre tenu par les voisins", "abandonne"),
    ]


def _test(titre: str, etat: str, **autres: Any) -> SimpleNamespace:
    champs: dict[str, Any] = {
        "titre": titre,
        "organisation": "Ville de Montessai",
        "titre_piste": "Des guichets pro-actifs",
        "get_absolute_url": "#contenu",
        "etat_affiche": etat,
        "etat_libelle": dict(ETATS)[etat],
        "tourne": etat == "en_cours",
        "est_recit": False,
        "periode": "",
        "date_peremption": JOUR,
        "termine_le": None,
        "jours_restants": 0,
        "arrete_avant_sa_date": False,
        "evaluation": None,
    }
    return SimpleNamespace(**{**champs, **autres})


def _accords() -> list[SimpleNamespace]:
    lignes = [
        ("responsable de la régie scolaire", "Porteur·euse", "donne", LE, ""),
        ("cheffe du service éducation", "Manager", "refuse", LE, "Pas pendant la rentrée."),
        ("parent délégué au conseil d'école", "Usager·ère", "demande", None, ""),
        ("directrice générale adjointe", "Direction", "a_redemander", None, ""),
    ]
    return [
        SimpleNamespace(
            partie=SimpleNamespace(fonction=fonction, get_role_display=role),
            etat=etat,
            accord=None
            if etat == "a_redemander"
            else SimpleNamespace(demande_le=LE, repondu_le=repondu_le, motif=motif),
        )
        for fonction, role, etat, repondu_le, motif in lignes
    ]


def _entrees() -> list[SimpleNamespace]:
    lignes = [
        (0, "creer", None, "Préparation ouverte", ""),
        (9, "demarrer", "agente de la régie", "Test démarré", ""),
        (
            30,
            "demander",
            "agente de la régie",
            "Prolongation demandée",
            "Deux écoles ont commencé plus tard.",
        ),
        (72, "perimer", None, "Test périmé", ""),
    ]
    return [
        SimpleNamespace(
            le=LE + dt.timedelta(days=jours), action=action, par=par, libelle=libelle, motif=motif
        )
        for jours, action, par, libelle, motif in lignes
    ]
