"""Filters on texts: ``{% load texte %}``, then ``{{ piste.constat|markdown }}``."""

from django import template
from django.utils.safestring import SafeString

from config.differences import differences as mots_changes
from config.differences import differences_en_ligne
from config.texte import markdown_sur

register = template.Library()


@register.filter(name="markdown")
def markdown(texte: str, titre: int = 3) -> SafeString:
    """Safe HTML; the argument is the level of the text's first headings (3 unless told)."""
    return markdown_sur(texte, titre)


@register.filter(name="differences")
def differences(avant: str, apres: str) -> SafeString:
    """``{{ avant|differences:apres }}``: paragraphs, with ``del`` and ``ins`` around what changed."""
    return mots_changes(avant, apres)


@register.filter(name="differences_en_ligne")
def differences_de_titre(avant: str, apres: str) -> SafeString:
    """The same for a title, without paragraphs."""
    return differences_en_ligne(avant, apres)
