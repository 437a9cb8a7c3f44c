"""Filters on texts: ``{% load texte %}``, then ``{{ piste.constat|markdown }}``."""

from django import template
from django.utils.safestring import SafeString

from config.texte import markdown_sur

register = template.Library()


@register.filter(name="markdown")
def markdown(texte: str, titre: int = 3) -> SafeString:
    """Safe HTML; the argument is the level of the text's first headings (3 unless told)."""
    return markdown_sur(texte, titre)
