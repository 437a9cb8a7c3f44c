"""What every read-only view of the API shares: fields one chooses, answers one need not send twice, limits told.

Errors are problem details (RFC 9457).
"""

import time
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import mixins, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.permissions import AllowAny
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import exception_handler

from comptes.api_auth import ParJeton

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from rest_framework.request import Request
    from rest_framework.response import Response
    from rest_framework.serializers import BaseSerializer
    from rest_framework.views import APIView

PROBLEME = "application/problem+json"
TITRES = {
    400: "La demande n'a pas été comprise",
    401: "Il faut un jeton",
    403: "Ce jeton ne le permet pas",
    404: "Il n'y a rien à cette adresse",
    405: "Cette adresse ne se lit pas ainsi",
    406: "Ce format n'existe pas",
    415: "Ce format n'est pas compris",
    429: "Trop de demandes",
}


class ChampsChoisis(BaseFilterBackend):
    """``?champs=titre,etat``: these fields only. It filters no row; it says so in the description of the API."""

    def filter_queryset(
        self, request: "Request", queryset: "QuerySet[Any]", view: "APIView"
    ) -> "QuerySet[Any]":
        return queryset

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        """For the OpenAPI description."""
        return [
            {
                "name": "champs",
                "in": "query",
                "required": False,
                "description": "Les champs voulus, séparés par des virgules. Sans lui : tous.",
                "schema": {"type": "string"},
            }
        ]


@method_decorator(conditional_page, name="dispatch")  # ETag, and 304 when nothing has changed
class LectureViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]
):
    """Read-only and open to all: only what this reader may see is ever in the queryset."""

    permission_classes = [AllowAny]
    authentication_classes = [ParJeton]
    filter_backends = [DjangoFilterBackend, ChampsChoisis]
    # Keys, slugs and codes, as in the addresses of the pages; nothing else reaches the database.
    lookup_value_regex = r"[-\w]+"

    def get_object(self) -> Any:
        """By key; when two enquêtes use the same one, the most recent row (or ``?enquete=``)."""
        cle = {self.lookup_field: self.kwargs[self.lookup_url_kwarg or self.lookup_field]}
        objet = self.filter_queryset(self.get_queryset()).filter(**cle).order_by("-pk").first()
        if objet is None:
            raise Http404
        return objet

    def get_serializer(self, *args: Any, **kwargs: Any) -> "BaseSerializer[Any]":
        """With the fields that were asked for. Raises ValidationError on one that does not exist."""
        serializer = super().get_serializer(*args, **kwargs)
        demandes = [nom for nom in self.request.query_params.get("champs", "").split(",") if nom]
        if demandes:
            champs = cast(Any, getattr(serializer, "child", serializer)).fields
            if inconnus := sorted(set(demandes) - set(champs)):
                raise ValidationError(
                    {"champs": [f"Champs inconnus : {', '.join(inconnus)[:200]}."]}
                )
            for nom in set(champs) - set(demandes):
                champs.pop(nom)
        return serializer

    def check_throttles(self, request: "Request") -> None:
        """The same as ever; what is left is kept for the headers."""
        self.limites = [t for t in self.get_throttles() if isinstance(t, SimpleRateThrottle)]
        attentes = [
            limite.wait() for limite in self.limites if not limite.allow_request(request, self)
        ]
        if attentes:
            self.throttled(request, max((a for a in attentes if a is not None), default=0.0))

    def finalize_response(
        self, request: "Request", response: "Response", *args: Any, **kwargs: Any
    ) -> "Response":
        """With the limit, what is left of it, and in how many seconds it begins again."""
        reponse = super().finalize_response(request, response, *args, **kwargs)
        for limite in getattr(self, "limites", []):
            historique = getattr(limite, "history", None)
            if historique is None:
                continue
            premiere = historique[-1] if historique else time.time()
            reponse["RateLimit-Limit"] = str(limite.num_requests)
            reponse["RateLimit-Remaining"] = str(max(0, limite.num_requests - len(historique)))
            reponse["RateLimit-Reset"] = str(max(0, int(premiere + limite.duration - time.time())))
        return reponse


def probleme(erreur: Exception, contexte: dict[str, Any]) -> "Response | None":
    """Errors as problem details; None for a fault of ours, which Django handles."""
    reponse = exception_handler(erreur, contexte)
    if reponse is None:
        return None
    dit = reponse.data
    detail = dit.get("detail") if isinstance(dit, dict) else None
    corps: dict[str, Any] = {
        "type": "about:blank",
        "title": TITRES.get(reponse.status_code, "Une erreur est survenue"),
        "status": reponse.status_code,
    }
    if detail is not None:
        corps["detail"] = str(detail)
    elif reponse.status_code == 400:
        corps["detail"] = "Certaines valeurs ne conviennent pas."
        corps["erreurs"] = dit
    reponse.data = corps
    reponse.content_type = PROBLEME
    return reponse


def decrire_les_problemes(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Hook of drf-spectacular: every operation may answer a problem."""
    result["components"]["schemas"]["Probleme"] = {
        "type": "object",
        "description": "Une erreur (RFC 9457).",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string", "description": "Ce qui s'est passé."},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "erreurs": {"description": "Par champ, ce qui ne convient pas."},
        },
    }
    contenu = {PROBLEME: {"schema": {"$ref": "#/components/schemas/Probleme"}}}
    for operations in result["paths"].values():
        for operation in operations.values():
            reponses = operation["responses"]
            for code in ("400", "404", "429"):
                reponses.setdefault(code, {"description": TITRES[int(code)], "content": contenu})
            reponses.setdefault("304", {"description": "Rien n'a changé (If-None-Match)."})
    return result
