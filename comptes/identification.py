"""How people are recognised. What they may do is in each room's ``perms.py``, and nowhere else."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend


class Identification(AuthenticationBackend):  # type: ignore[misc]
    """Signs people in, and gives no right: a refusal costs no look into Django's own tables of rights."""

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None: nobody is given rights by rows."""
        return set()
