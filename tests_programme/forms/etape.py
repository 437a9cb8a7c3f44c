"""What every step of the preparation shares."""

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from comptes.models import Utilisateur

AIRE = {"rows": 4}


class EtapeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The columns of one step. ``user``: who fills it."""

    use_required_attribute = False

    def __init__(self, *args: Any, user: "Utilisateur | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def colonnes(self) -> list[str]:
        """The columns of the test that this step writes."""
        return list(self._meta.fields or [])
