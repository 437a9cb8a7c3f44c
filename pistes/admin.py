"""The catalogue in Django's administration: identities are corrected there, texts only read.

A text changes by a new draft (the page « Modifier » of a piste), so that its history is kept.
"""

from django.contrib import admin
from django.db import models

from pistes.models import (
    Detail,
    EditionOrientation,
    EditionPiste,
    Inspiration,
    Orientation,
    Piste,
    Recueil,
)
from reflexes.admin import LuParLesCurateurs, SansSuppression


@admin.register(Recueil)
class RecueilAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["titre", "cle", "annee", "editeur"]


@admin.register(Orientation)
class OrientationAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["numero", "mot_cle", "slug", "recueil"]
    list_display_links = ["mot_cle"]
    list_select_related = ["recueil"]
    filter_horizontal = ["aussi"]


@admin.register(Piste)
class PisteAdmin(SansSuppression, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["cle", "slug", "page", "orientation", "recueil"]
    list_select_related = ["orientation", "recueil"]
    list_filter = ["recueil"]
    search_fields = ["cle", "slug"]


class DetailInline(LuParLesCurateurs, admin.StackedInline):  # type: ignore[type-arg]
    model = Detail
    extra = 0


class InspirationInline(LuParLesCurateurs, admin.StackedInline):  # type: ignore[type-arg]
    model = Inspiration
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    extra = 0


@admin.register(EditionPiste)
class EditionPisteAdmin(LuParLesCurateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["titre", "piste", "numero", "etat", "origine", "auteur", "cree_le", "publie_le"]
    list_select_related = ["piste", "auteur"]
    list_filter = ["etat", "origine"]
    search_fields = ["titre"]
    inlines = [DetailInline, InspirationInline]


@admin.register(EditionOrientation)
class EditionOrientationAdmin(LuParLesCurateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["titre", "orientation", "numero", "etat", "origine", "cree_le", "publie_le"]
    list_select_related = ["orientation"]
    list_filter = ["etat", "origine"]
