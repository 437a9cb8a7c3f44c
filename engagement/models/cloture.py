"""How a dispositif opens and closes: both are acts of its cellule, marked and told."""

from django.db import models


class ClotureDuDispositif(models.Model):
    """What Dispositif is made of, beside its rules."""

    class Meta:
        abstract = True
