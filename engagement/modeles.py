"""The five models a dispositif opens from: what each proposes, in our own words, with the source of each figure.

Nothing here binds: whoever opens changes what does not suit them. DOMAIN, « What the documents say about
matching people ».

Longer than 150 lines: five texts and their figures, side by side.
"""

import dataclasses
from typing import Any

CARNET = "Réflexes publics, carnet de l'enquête (2020)"
TOPOGUIDE = "Capacités publiques, topoguide (2022)"


@dataclasses.dataclass(frozen=True)
class Source:
    """Where a figure of the rules comes from."""

    fait: str
    document: str


@dataclasses.dataclass(frozen=True)
class Modele:
    """``regles``: the fields of Dispositif it sets; what it leaves out keeps its default."""

    cle: str
    nom: str
    resume: str
    presentation: str
    ce_qui_est_demande: str
    genres: tuple[str, ...]
    regles: dict[str, Any]
    sources: tuple[Source, ...]
    # Of the CARNET: the page of the piste it puts to work.
    page: int


RESERVE_CITOYENNE = Modele(
    cle="reserve_citoyenne",
    nom="Réserve citoyenne",
    resume="Des habitant·es et des agent·es donnent des demi-journées pour des missions proches de chez elles et eux.",
    presentation=(
        "Vous avez quelques heures, une envie d'aider, un savoir-faire ou simplement de la bonne volonté ? "
        "Dites-le ici. Une équipe lit chaque offre et chaque demande, vous appelle, et vous présente "
        "l'un·e à l'autre quand cela convient aux deux."
    ),
    ce_qui_est_demande=(
        "À la personne : dire ce qui lui plaît et ce qu'elle ne peut pas faire, prévenir en cas "
        "d'empêchement.\n\n"
        "À l'accueil : être là le premier jour, nommer quelqu'un qui accompagne, dire merci.\n\n"
        "Chacun·e peut refuser ou s'arrêter à tout moment, sans se justifier devant l'autre."
    ),
    genres=(
        "Distribution alimentaire", "Courses et médicaments", "Appels de convivialité",
        "Accueil et orientation du public", "Aide aux devoirs", "Logistique et manutention",
    ),
    regles={
        "aux_agents": True,
        "aux_habitants": True,
        "aux_organisations": False,
        "genres_preferes": 2,
        "par_semaine": 3,
        "accord_manager": True,
    },
    sources=(
        Source(
            "Deux genres de mission au choix, des demi-journées, deux ou trois par semaine : réserve de la "
            "métropole de Lille, tenue par une cellule de quatre à cinq agent·es.",
            f"{CARNET}, p. 66 et 72",
        ),
        Source(
            "Près de 2 500 offres d'aide à Grenoble, 1 400 familles aidées à Nantes.",
            f"{CARNET}, p. 50",
        ),
    ),
    page=50,
)  # fmt: skip

MICRO_MOBILITE = Modele(
    cle="micro_mobilite",
    nom="Micro-mobilité professionnelle",
    resume="Des agent·es prêtent main-forte à un autre service, un temps donné, puis reviennent à leur poste.",
    presentation=(
        "Un autre service a besoin de bras, de têtes ou d'un regard neuf ; vous avez envie de voir "
        "ailleurs. La cellule vous fait rencontrer l'équipe qui accueille. Rien ne commence sans votre accord, "
        "celui de votre manager et celui de l'accueil. Le retour est prévu dès le départ."
    ),
    ce_qui_est_demande=(
        "À l'agent·e : être volontaire, dire ses envies et ses contraintes ; elles sont respectées.\n\n"
        "Au manager d'origine : donner son accord, garder le lien, préparer le retour.\n\n"
        "À l'accueil : décrire la mission, nommer un binôme, prendre le temps d'apprendre le métier."
    ),
    genres=(
        "Renfort d'accueil", "Renfort de terrain", "Renfort administratif", "Cellule de crise",
        "Projet ou expertise", "Petite enfance et personnes âgées",
    ),
    regles={
        "aux_agents": True,
        "aux_habitants": False,
        "aux_organisations": False,
        "genres_preferes": 2,
        "duree_maximale": 731,
        "accord_manager": True,
    },
    sources=(
        Source(
            "Des missions d'appui qui peuvent durer jusqu'à deux ans : Département de l'Isère.",
            f"{TOPOGUIDE}, micro-mobilité",
        ),
        Source(
            "Une cellule qui met en relation plutôt qu'une affectation d'office, un binôme, un manager "
            "d'origine associé.",
            f"{CARNET}, p. 66",
        ),
    ),
    page=66,
)  # fmt: skip

MECENAT_COMPETENCES = Modele(
    cle="mecenat_competences",
    nom="Mécénat de compétences",
    resume="Des agent·es mettent leur métier au service d'associations, sur leur temps de travail.",
    presentation=(
        "Une association cherche un coup de main en comptabilité, en droit, en graphisme, en cuisine ? "
        "Des agent·es peuvent l'aider quelques demi-journées par mois, sur leur temps de travail et sans perte "
        "de salaire. La cellule les présente l'un·e à l'autre."
    ),
    ce_qui_est_demande=(
        "À l'agent·e : choisir librement, tenir ses demi-journées, prévenir si ce n'est plus possible.\n\n"
        "Au manager d'origine : accorder l'absence et l'inscrire au planning.\n\n"
        "À l'association : un besoin précis, une personne qui accueille, un mot de bilan."
    ),
    genres=(
        "Gestion et comptabilité", "Droit et démarches", "Communication et graphisme", "Numérique",
        "Animation et pédagogie", "Travaux et technique",
    ),
    regles={
        "aux_agents": True,
        "aux_habitants": False,
        "aux_organisations": False,
        "genres_preferes": 2,
        "par_mois": 4,
        "accord_manager": True,
    },
    sources=(
        Source(
            "Jusqu'à deux jours par mois, par une autorisation spéciale d'absence : Département de la "
            "Seine-Saint-Denis.",
            f"{TOPOGUIDE}, micro-mobilité",
        ),
        Source("Deux genres de mission au choix : réserve de la métropole de Lille.", f"{CARNET}, p. 72"),
    ),
    page=72,
)  # fmt: skip

MECENAT_NATURE = Modele(
    cle="mecenat_nature",
    nom="Mécénat en nature",
    resume="Des services et des organisations prêtent des salles, du matériel, des véhicules à qui agit près d'ici.",
    presentation=(
        "Une salle libre le mardi, vingt tables, un utilitaire, une cuisine : ce qui dort peut servir. "
        "Dites ce que vous pouvez prêter et à quelles conditions, ou ce qui vous manque. La cellule vérifie, "
        "note l'état au départ et au retour, et rappelle les dates."
    ),
    ce_qui_est_demande=(
        "À qui prête : décrire l'objet ou le lieu, ses conditions, quand il est libre.\n\n"
        "À qui emprunte : venir le chercher, en prendre soin, le rendre à la date dite."
    ),
    genres=(
        "Salle ou local", "Véhicule", "Tables, chaises, barnums", "Cuisine et froid",
        "Outils et matériel technique", "Impression et informatique",
    ),
    regles={
        "aux_agents": True,
        "aux_habitants": False,
        "aux_organisations": True,
        "du_temps": False,
        "des_lieux": True,
        "du_materiel": True,
        "genres_preferes": 6,
        "accord_manager": False,
    },
    sources=(
        Source(
            "Appui logistique, locaux inoccupés, conventions simples : mécénat public en nature.",
            f"{CARNET}, p. 72",
        ),
    ),
    page=72,
)  # fmt: skip

JOURS_VOLONTARIAT = Modele(
    cle="jours_volontariat",
    nom="Jours de volontariat",
    resume="Chaque agent·e dispose de quelques jours par an pour aider ailleurs, en crise ou non.",
    presentation=(
        "Quelques jours de votre temps de travail peuvent aller à un autre service ou à une association. "
        "Vous dites quand et pour quoi ; la cellule cherche avec vous la mission qui convient et vous "
        "présente l'équipe qui accueille."
    ),
    ce_qui_est_demande=(
        "À l'agent·e : poser ses jours avec son manager, dire ce qui lui plaît.\n\n"
        "Au manager d'origine : accorder les jours et les compter comme du travail.\n\n"
        "À l'accueil : un besoin décrit, une personne qui accompagne."
    ),
    genres=(
        "Accueil et lien social", "Solidarité alimentaire", "Nature et jardins", "Aller vers les publics",
        "Coup de main technique",
    ),
    regles={
        "aux_agents": True,
        "aux_habitants": False,
        "aux_organisations": False,
        "genres_preferes": 2,
        "par_mois": 2,
        "accord_manager": True,
    },
    sources=(
        Source(
            "Des jours pris sur le temps de travail, valorisés, ouverts à toutes et tous : l'idée est du "
            "carnet ; le nombre de jours est à vous.",
            f"{CARNET}, p. 66",
        ),
    ),
    page=66,
)  # fmt: skip

MODELES = {
    m.cle: m
    for m in (
        RESERVE_CITOYENNE, MICRO_MOBILITE, MECENAT_COMPETENCES, MECENAT_NATURE, JOURS_VOLONTARIAT,
    )
}  # fmt: skip
