from rappels.views.choix import choix
from rappels.views.file import file_d_attente, renvoyer

__all__ = ["choix", "file_d_attente", "renvoyer"]
