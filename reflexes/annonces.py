"""Which mails the enquête plans, and for whom. The words are in ``courriels``; call inside the transaction.

No mail carries the words of a témoignage: withdrawn, they would stay in the mailboxes.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from config.jours import jour_de
from rappels import boite

if TYPE_CHECKING:
    from reflexes.models import Enquete


def annoncer_ce_qui_attend(enquete: "Enquete", at: dt.datetime | None = None) -> None:
    """Tell the curateur·rices that témoignages wait: once a day, however many a workshop brings."""
    from comptes.models import Utilisateur

    at = at or timezone.now()
    curateurs = Utilisateur.objects.filter(role=Utilisateur.Role.CURATEUR, is_active=True)
    for email in curateurs.values_list("email", flat=True):
        boite.planifier(
            genre="temoignages_a_lire",
            sujet=f"enquete:{enquete.pk}",
            destinataire=email,
            cle=f"temoignages_a_lire:{enquete.pk}:{email}:{jour_de(at)}",
        )


def annoncer_la_publication(temoignage: Any) -> None:
    """Tell who brought it that it can be read: once a day and an enquête."""
    moment = f"{temoignage.enquete_id}:{jour_de(temoignage.lu_le)}"
    _a_qui_l_apporta(temoignage, "temoignage_publie", moment)


def annoncer_la_mise_a_l_ecart(temoignage: Any) -> None:
    """Tell who brought it why it is not published."""
    _a_qui_l_apporta(temoignage, "temoignage_ecarte", f"{temoignage.lu_le:%Y%m%dT%H%M%S%f}")


def _a_qui_l_apporta(temoignage: Any, genre: str, moment: str) -> None:
    """Which one it is about stands in the data alone: who reads the queue must not learn who brought it."""
    qui = temoignage.depose_par
    if qui is not None and qui.is_active:
        boite.planifier(
            genre=genre,
            sujet=f"apport:{qui.pk}",
            destinataire=qui.email,
            cle=f"{genre}:{qui.email}:{moment}",
            donnees={"temoignage": temoignage.pk},
        )
