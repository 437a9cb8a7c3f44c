from accueil.views.accueil import accueil
from accueil.views.espace import mon_espace
from accueil.views.metrics import metrics
from accueil.views.pages import accessibilite, donnees_personnelles, mentions_legales
from accueil.views.recherche import recherche
from accueil.views.sante import sante

__all__ = [
    "accessibilite",
    "accueil",
    "donnees_personnelles",
    "mentions_legales",
    "metrics",
    "mon_espace",
    "recherche",
    "sante",
]
