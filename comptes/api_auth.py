"""Who speaks to the API: « Authorization: Bearer rp_… ». Without it one is a visitor."""

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import BasePermission

from comptes.models import JetonApi, Utilisateur

if TYPE_CHECKING:
    from rest_framework.request import Request
    from rest_framework.views import APIView

REFUS = "Ce jeton n'existe pas, a expiré ou a été coupé. Créez-en un autre dans « Mon compte »."


class ParJeton(BaseAuthentication):
    """The person of a key; the key itself is ``request.auth``."""

    def authenticate(self, request: "Request") -> tuple[Utilisateur, JetonApi] | None:
        """Raises AuthenticationFailed on a key that opens nothing: never a visitor by mistake."""
        mots = get_authorization_header(request).split()
        if not mots or mots[0].lower() != b"bearer":
            return None
        secret = mots[1].decode("ascii", "replace") if len(mots) == 2 else ""
        jeton = JetonApi.de_secret(secret)
        if jeton is None or JetonApi.Portee.LIRE not in jeton.portees:
            raise AuthenticationFailed(REFUS)
        jeton.servir()
        return jeton.utilisateur, jeton

    def authenticate_header(self, request: "Request") -> str:
        """So that a refusal is a 401."""
        return "Bearer"


class PeutEcrire(BasePermission):
    """A key that allows it; a visitor is asked for one."""

    message = "Ce jeton permet de lire, pas d'écrire."

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        jeton = request.auth
        return isinstance(jeton, JetonApi) and JetonApi.Portee.ECRIRE in jeton.portees


class DescriptionDuJeton(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """For the OpenAPI description."""

    target_class = ParJeton
    name = "jeton"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Un jeton personnel, créé dans « Mon compte ».",
        }
