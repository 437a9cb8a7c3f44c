from comptes.models.adhesion import Adhesion
from comptes.models.invitation import Invitation
from comptes.models.jeton_api import JetonApi
from comptes.models.organisation import Organisation
from comptes.models.territoire import Territoire
from comptes.models.utilisateur import Utilisateur

__all__ = ["Adhesion", "Invitation", "JetonApi", "Organisation", "Territoire", "Utilisateur"]
