"""Accounts, organisations and territories in Django's administration: for administrateur·rices alone."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from comptes.administration import EnLectureSeule, ReserveAuxAdministrateurs
from comptes.forms import CompteAdministreForm
from comptes.models import Adhesion, Invitation, Organisation, Territoire, Utilisateur

admin.site.site_header = "Réflexes publics"
admin.site.site_title = "Réflexes publics"
admin.site.index_title = "Administration"
# One door: the same sign-in, rate limits and second factor as everybody.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


class AdhesionEnLigne(EnLectureSeule, ReserveAuxAdministrateurs, admin.TabularInline):  # type: ignore[type-arg]
    """Seen from a person or an organisation; decided on the site, where the rules are."""

    model = Adhesion
    fields = ["utilisateur", "organisation", "role", "etat", "cree_le", "decidee_le"]
    readonly_fields = ["utilisateur", "organisation", "role", "etat", "cree_le", "decidee_le"]
    extra = 0


@admin.register(Utilisateur)
class UtilisateurAdmin(ReserveAuxAdministrateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    """Roles, and closing an account. Addresses and passwords are the person's own affair."""

    list_display = ["email", "nom", "fonction", "role", "is_active", "date_joined"]
    list_filter = ["role", "is_active"]
    search_fields = ["email", "nom"]
    fields = ["email", "nom", "fonction", "role", "is_active", "date_joined", "last_login"]
    readonly_fields = ["email", "date_joined", "last_login"]
    ordering = ["email"]
    list_per_page = 50
    form = CompteAdministreForm
    inlines = [AdhesionEnLigne]

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # people sign up, and are invited

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False  # the account is closed here; erasing it is the person's own decision


@admin.register(Organisation)
class OrganisationAdmin(ReserveAuxAdministrateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    """Those that wait first."""

    list_display = ["nom", "type", "siren", "territoire", "validee", "cree_le"]
    list_filter = ["validee", "type", "est_demo"]
    list_select_related = ["territoire"]
    search_fields = ["nom", "siren"]
    autocomplete_fields = ["territoire"]
    fields = ["nom", "type", "siren", "territoire", "validee"]
    ordering = ["validee", "nom"]
    list_per_page = 50
    inlines = [AdhesionEnLigne]
    actions = ["valider"]

    @admin.action(description="Valider les organisations choisies", permissions=["change"])
    def valider(self, request: HttpRequest, queryset: "QuerySet[Organisation]") -> None:
        """Through the method the site uses."""
        assert isinstance(request.user, Utilisateur)
        attendues = list(queryset.filter(validee=False))
        for organisation in attendues:
            organisation.valider(par=request.user)
            self.log_change(request, organisation, "Validée")
        self.message_user(request, f"Organisations validées : {len(attendues)}.", messages.SUCCESS)


class SansEcrire(EnLectureSeule, ReserveAuxAdministrateurs, admin.ModelAdmin):  # type: ignore[type-arg]
    """Shown to administrateur·rices, written elsewhere."""


@admin.register(Adhesion)
class AdhesionAdmin(SansEcrire):
    """Decided on the organisation's page."""

    list_display = [
        "utilisateur",
        "utilisateur__email",
        "organisation",
        "role",
        "etat",
        "cree_le",
        "decidee_le",
    ]
    list_filter = ["etat", "role"]
    list_select_related = ["utilisateur", "organisation"]
    search_fields = ["utilisateur__email", "organisation__nom"]
    ordering = ["-cree_le"]


@admin.register(Invitation)
class InvitationAdmin(SansEcrire):
    """Sent and cancelled on the organisation's page. Its link is nowhere but in the mail."""

    list_display = ["email", "organisation", "role", "cree_le", "acceptee_le", "annulee_le"]
    list_select_related = ["organisation"]
    search_fields = ["email", "organisation__nom"]
    ordering = ["-cree_le"]


@admin.register(Territoire)
class TerritoireAdmin(SansEcrire):
    """Loaded by ``charger_territoires``."""

    list_display = ["nom", "niveau", "code", "siren", "population", "departement"]
    list_filter = ["niveau"]
    list_select_related = ["departement"]
    search_fields = ["nom", "code", "siren"]
    ordering = ["niveau", "nom"]
    show_full_result_count = False
