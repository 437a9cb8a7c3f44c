"""``{% onglets_du_test as onglets %}``: the nav of the pages around a test."""

from typing import Any

from django import template

from tests_programme.onglets import onglets_de

register = template.Library()


@register.simple_tag(takes_context=True)
def onglets_du_test(context: dict[str, Any]) -> list[tuple[str, str, str]]:
    """For the ``test`` and the ``user`` of the page. Two queries at most, none when the page has a
    ``regard``.
    """
    return onglets_de(context["test"], context["user"], context.get("regard"))
