"""The columns of the file: their titles, what they may hold, and a model to fill."""

from config.tableur_ecrit import ecrire
from engagement.models import Dispositif, Offre

# The first title of each is the one of the model; the others are those people write.
COLONNES: dict[str, tuple[str, ...]] = {
    "nom": ("Prénom et nom", "Nom", "Nom et prénom", "Nom complet", "Structure ou personne"),
    "statut": ("Qui", "Statut"),
    "fonction": ("Fonction", "Métier", "Poste"),
    "structure": ("Service ou structure", "Service", "Structure", "Employeur"),
    "email": ("Adresse e-mail", "E-mail", "Email", "Courriel", "Mail"),
    "telephone": ("Téléphone", "Tél", "Portable", "Mobile"),
    "manager_nom": ("Manager", "Nom du manager", "Responsable"),
    "manager_email": ("Adresse du manager", "E-mail du manager", "Mail du manager"),
    "nature": ("Quoi", "Nature"),
    "titre": ("Ce qui est proposé", "Titre", "Offre"),
    "envies": ("Envies et savoir-faire", "Envies", "Compétences", "Savoir-faire", "Motivations"),
    "etiquettes": ("Mots", "Étiquettes", "Tags"),
    "genres": ("Genres de mission", "Genre de mission", "Missions préférées"),
    "commune": ("Commune", "Ville", "Lieu de vie"),
    "code_postal": ("Code postal", "CP"),
    "rayon": ("Jusqu'où", "Rayon", "Mobilité"),
    "demi_journees": ("Demi-journées", "Disponibilités", "Quand", "Jours"),
    "debut": ("À partir du", "Début", "Du"),
    "fin": ("Jusqu'au", "Fin", "Au"),
    "refuse": ("Limites fermes", "Limites"),
    "contraintes": ("Contraintes", "Remarques", "À savoir"),
    "lieu": ("Adresse du lieu", "Lieu de retrait", "Adresse"),
    "conditions": ("Conditions", "Conditions de prêt"),
    "etat_connu": ("État", "État au départ"),
}
OBLIGATOIRES = ("nom", "commune")
LONGUEURS = {
    "nom": 120, "fonction": 120, "structure": 160, "manager_nom": 120, "titre": 160, "lieu": 200,
    "email": 254, "manager_email": 254,
}  # fmt: skip
EXEMPLES = (
    {
        "nom": "Prénom Nom", "statut": "habitant", "email": "prenom.nom@example.org",
        "telephone": "06 00 00 00 00", "nature": "temps", "envies": "Cuisiner, tenir un accueil",
        "etiquettes": "cuisine, permis B", "rayon": "intercommunalité",
        "demi_journees": "lundi matin, mardi, samedi après-midi", "refuse": "port de charge, escaliers",
    },
    {
        "nom": "Amicale du quartier", "statut": "organisation", "telephone": "04 00 00 00 00",
        "nature": "lieu", "titre": "Salle de 40 places", "demi_journees": "du lundi au vendredi",
        "conditions": "Ménage fait en partant", "lieu": "Place de la mairie",
    },
)  # fmt: skip


def modele(dispositif: Dispositif) -> str:
    """A file to fill, with two lines to replace."""
    exemples = [{**e, "commune": _commune(dispositif)} for e in EXEMPLES]
    titres = [titres[0] for titres in COLONNES.values()]
    return ecrire(titres, [[e.get(nom, "") for nom in COLONNES] for e in exemples])


def _commune(dispositif: Dispositif) -> str:
    """One that exists, near there: the first offer's, or the one of the dispositif."""
    if dispositif.territoire.niveau == "commune":
        return dispositif.territoire.nom
    premiere = Offre.objects.filter(dispositif=dispositif).select_related("territoire").first()
    return premiere.territoire.nom if premiere else "Nom de la commune"
