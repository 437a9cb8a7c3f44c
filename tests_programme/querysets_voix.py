"""The voices of those who lived a test, and their free texts: who is heard, who disagrees."""

from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, Count, Func, Q, QuerySet, Value, When

# What a voice says when the team has concluded otherwise: (verdict, position) -> words.
# A team without an answer cannot be contradicted; neither does somebody without an opinion contradict it.
DIVERGENCES = {
    ("confirmee", "desaccord"): "dit le contraire",
    ("confirmee", "nuance"): "nuance",
    ("infirmee", "accord"): "dit le contraire",
    ("infirmee", "nuance"): "nuance",
    ("nuancee", "accord"): "est plus affirmative",
    ("nuancee", "desaccord"): "est plus sévère",
}


def divergence(verdict: str, position: str) -> str:
    """What a voice does to the verdict, in words; empty when it does not disagree with it."""
    return DIVERGENCES.get((verdict, position), "")


class EtiquetableQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Words with tags."""

    def avec_etiquette(self, etiquette: str) -> Self:
        """Those that bear this tag; all of them without one."""
        return self.filter(etiquettes__contains=[etiquette]) if etiquette else self

    def etiquettes(self) -> QuerySet[Any, dict[str, Any]]:
        """Each tag with how many times it is used, most used first. One query."""
        mots = Func("etiquettes", function="unnest", output_field=CharField())
        mots.set_returning = True
        par_mot = self.order_by().annotate(mot=mots).values("mot").annotate(nombre=Count("pk"))
        tries: QuerySet[Any, dict[str, Any]] = par_mot.order_by("-nombre", "mot")
        return tries

    def suivants(self, pk: int) -> Self:
        """The next rows of the list, newest first, after that one (from the first one: 0)."""
        return self.order_by("-pk").filter(pk__lt=pk) if pk else self.order_by("-pk")


class TexteQuerySet(EtiquetableQuerySet):
    """What was answered to one question."""

    def textes_de(self, test: Any) -> Self:
        """The free texts of a test, with their question and day; the erased ones are gone."""
        return self.filter(question__questionnaire__test=test).exclude(texte="")


class VoixQuerySet(EtiquetableQuerySet):
    """Voices."""

    def lisibles(self) -> Self:
        """Those whose words are still there."""
        return self.exclude(texte="")

    def citables(self) -> Self:
        """Those whose author accepts to be quoted."""
        return self.lisibles().filter(consentement=True)

    def publiees(self) -> Self:
        """Those any reader of the test may read: quoted with consent, the évaluation published."""
        return self.citables().filter(test__etat="evalue")

    def divergentes(self) -> Self:
        """Those that disagree with the verdict of the évaluation: both versions are then shown."""
        paires = Q(pk__in=[])
        for verdict, position in DIVERGENCES:
            paires |= Q(test__evaluation__verdict=verdict, position=position)
        return self.filter(paires)

    def avec_divergence(self) -> Self:
        """With ``divergence``, what each does to the verdict in words, those that disagree first."""
        cas = [
            When(test__evaluation__verdict=verdict, position=position, then=Value(mots))
            for (verdict, position), mots in DIVERGENCES.items()
        ]
        return self.annotate(
            divergence=Case(*cas, default=Value(""), output_field=CharField()),
            rang=Case(When(divergence="", then=Value(1)), default=Value(0)),
        ).order_by("rang", "-pk")
