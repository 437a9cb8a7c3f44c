"""The outbox as an administrateur sees it: what waits, since when, what failed. Nothing is edited here."""

from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.timesince import timesince

from rappels import boite
from rappels.models import Battement, Message
from rappels.querysets import MessageQuerySet


class ADlAdministrateurSeul(admin.ModelAdmin):  # type: ignore[type-arg]
    """Addresses are personal data: curateurs, who also enter the administration, do not see them."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        # ``rappels`` knows no room: it asks the account, whatever its model.
        return bool(getattr(request.user, "est_administrateur", False))

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(ADlAdministrateurSeul):
    """The queue: its state, its age, its failures."""

    list_display = [
        "en_mots",
        "sujet",
        "destinataire",
        "etat",
        "prevu_le",
        "attente",
        "tentatives",
        "erreur",
    ]
    list_filter = ["etat", "genre"]
    search_fields = ["sujet", "destinataire", "cle"]
    date_hierarchy = "prevu_le"
    ordering = ["-prevu_le", "-pk"]
    list_per_page = 50
    show_full_result_count = False
    actions = ["renvoyer"]
    exclude = ["donnees"]  # what a mail will say is between the platform and its recipient

    @admin.display(description="genre", ordering="genre")
    def en_mots(self, message: Message) -> str:
        """What it is about."""
        return message.genre_en_mots

    @admin.display(description="en attente depuis")
    def attente(self, message: Message) -> str:
        """Its age past the promised instant, while it waits."""
        en_attente = message.etat in {Message.Etat.PREVU, Message.Etat.EN_ENVOI}
        return timesince(message.prevu_le) if en_attente and message.retard() else "–"

    @admin.display(description="dernière erreur")
    def erreur(self, message: Message) -> str:
        """Short; whole on the message's page."""
        return message.derniere_erreur[:120] or "–"

    def has_renvoyer_permission(self, request: HttpRequest) -> bool:
        """Whose right the action below is."""
        return self.has_view_permission(request)

    @admin.action(description="Renvoyer les messages échoués", permissions=["renvoyer"])
    def renvoyer(self, request: HttpRequest, queryset: MessageQuerySet) -> None:
        """Give the failed ones among those chosen a fresh start, and write who did."""
        with transaction.atomic():
            echoues = list(queryset.filter(etat=Message.Etat.ECHOUE).exclude(destinataire=""))
            nombre = boite.renvoyer(Message.objects.filter(pk__in=[m.pk for m in echoues]))
            for message in echoues:
                self.log_change(request, message, "Renvoyé")
        if nombre:
            self.message_user(request, f"Remis en partance : {nombre}.", messages.SUCCESS)
        else:
            self.message_user(request, "Aucun message échoué dans ce choix.", messages.WARNING)


@admin.register(Battement)
class BattementAdmin(ADlAdministrateurSeul):
    """When the bell was last heard."""

    list_display = ["nom", "le"]
