"""The person with an account: an e-mail address, a name to be called by, perhaps a platform role."""

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from comptes.refus import DecisionImpossible


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    """Makes accounts; the e-mail is stored in lower case, so one address is one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Utilisateur":
        """Create an account. Raises ValueError without an e-mail."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "Utilisateur":
        """Create an administrateur (Django's createsuperuser command)."""
        return self.create_user(email, password, role=Utilisateur.Role.ADMINISTRATEUR, **fields)

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        return self.get(email=(username or "").strip().lower())


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """An account. Personal data: kept while the account lives, erased with it."""

    class Role(models.TextChoices):
        """Platform roles; roles inside an organisation are on Adhesion."""

        AUCUN = "", "Sans rôle de plateforme"
        CURATEUR = "curateur", "Curateur·rice"
        ADMINISTRATEUR = "administrateur", "Administrateur·rice"

    email = models.EmailField("adresse e-mail", unique=True)
    nom = models.CharField("prénom et nom", max_length=120, blank=True)
    fonction = models.CharField("fonction", max_length=120, blank=True)
    role = models.CharField(
        "rôle sur la plateforme",
        max_length=20,
        choices=Role.choices,
        default=Role.AUCUN,
        blank=True,
    )
    is_active = models.BooleanField("compte actif", default=True)
    date_joined = models.DateTimeField("inscription", default=timezone.now)

    objects = UtilisateurManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    # Asked by createsuperuser: people are shown by their name.
    REQUIRED_FIELDS: ClassVar[list[str]] = ["nom"]

    class Meta:
        verbose_name = "compte"
        verbose_name_plural = "comptes"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="comptes_email_unique_sans_casse",
                violation_error_message="Un compte existe déjà avec cette adresse.",
            )
        ]

    def __str__(self) -> str:
        return self.nom_public

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    @property
    def nom_public(self) -> str:
        """How others see this person; never their address."""
        return self.nom or self.fonction or "Une personne"

    @property
    def est_curateur(self) -> bool:
        """27e Région staff who curate the catalogue and animate programmes."""
        return self.is_active and self.role == self.Role.CURATEUR

    @property
    def est_administrateur(self) -> bool:
        """Who looks after accounts, organisations, exports."""
        return self.is_active and self.role == self.Role.ADMINISTRATEUR

    @property
    def is_staff(self) -> bool:
        """Django's administration is for both platform roles; what each sees there is in admin.py."""
        return self.est_curateur or self.est_administrateur

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """What a room's ``perms.py`` declares is decided there: no stored permission is looked up for it.

        Asking the other backends for one that was refused costs two queries a page.
        """
        if rules.perm_exists(perm):
            return bool((self.is_active and self.is_superuser) or rules.has_perm(perm, self, obj))
        return super().has_perm(perm, obj)

    @transaction.atomic
    def supprimer(self) -> None:
        """Erase the account for good, with its memberships and second factors.

        What it wrote for others stays without its name: foreign keys to people are emptied. What the rooms
        hold of the person themselves is forgotten first (comptes/departs.py). An
        organisation left without référent·e is looked after by the administrateur·rices (decideurs).
        Raises DecisionImpossible for the last administrateur·rice, or when a room must still reach them.
        """
        from comptes.departs import oublier
        from comptes.models.invitation import Invitation

        self.garder_un_administrateur()
        oublier(self)
        Invitation.objects.filter(par=self).fermer()
        self.delete()

    def garder_un_administrateur(self) -> None:
        """Raise DecisionImpossible when nobody else administers the site. Call inside a transaction.

        Those who do stay locked until its end: two of them may leave at once.
        """
        administrateurs = Utilisateur.objects.filter(role=self.Role.ADMINISTRATEUR, is_active=True)
        if [a.pk for a in administrateurs.order_by("pk").select_for_update()] == [self.pk]:
            raise DecisionImpossible(
                "C'est la dernière personne à administrer le site : donnez d'abord ce rôle à quelqu'un "
                "d'autre."
            )
