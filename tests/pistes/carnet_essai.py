"""A notebook of our own, small and healthy, in the shape of the real one."""

CARNET = """# Réflexes d'essai

# Les terrains de l'enquête

## Controverse #1

### La participation citoyenne, victime collatérale ou repli stratégique ?

Un texte original sur la participation.

#### [Terrain 1.1]

##### Les usages et devenir des budgets participatifs.

Un texte original sur les budgets.

# Table des matières des orientations

## Orientation 1

### Diversifier les sources d'influence

- **Les comités d'essai** <sup>22</sup>, pour décider à plusieurs
[#Influence](#)
- **Les veilleurs d'essai** <sup>28</sup>, pour voir venir
[#Influence](#)

## Orientation 1

# Diversifier les sources d'influence

Un texte original sur l'influence.

## Piste • Les comités d'essai

#Influence

**Décider à plusieurs, même dans l'urgence.**

Le constat original des comités, qui renvoie aux veilleurs <sup>28</sup>.

## Levier

Le levier original des comités.

## Détails

### Un premier point

Son texte original.

## Inspirations

**Ailleurs en France**

On l'a fait là-bas.

https://exemple.fr/comites

## Piste • Les veilleurs d'essai

#Influence

**Voir venir.**

Le constat original des veilleurs.

## Levier

Le levier original des veilleurs.

## Détails

**Un point**

Un texte.

## Inspirations

**Ici**

On le fait.
"""
