"""A document shaped like ENSEMBLE, in words of ours, with the scars of its PDF."""

ENSEMBLE = """ Un recueil
d'essai

L'édito n'est pas une piste.

1/ D'abord , se revoir… ensemble.
2/  Essayer ce que la tem-
pête a montré.
3/ Partager nos outils.

Dix thèmes
 1
D'ABORD,
SE REVOIR… ENSEMBLE

Après une tempête, on se revoit. Les équipes ont tra-
vaillé séparément et leur tra-
vail a changé.

Le travail reprend ensuite, avec un savoir-
faire neuf. Ce savoir-faire se garde. Peut-
on s'en passer ? On peut essayer.

Lien vers la fiche « Se revoir »

  DES LEVIERS,
   DES PISTES :

•  Une équipe anime les retrouvailles et
n'oublie personne.

  Elle le fait avec des médiatrices.

•  Un temps par service, puis un temps

pour toutes et tous.

(1) Une note de bas de page.

https://exemple.fr/se-revoir.pdf
 2 ESSAYER CE QUE LA TEMPÊTE
A MONTRÉ EN PLUS

On a délégué pour de bon.

  DES LEVIERS, DES PISTES :

•  Garder ce qui a marché.
 PARTAGER NOS OUTILS

Seul, aucun service n'y arrive.

  DES LEVIERS,
   DES PISTES :

•  Une armoire commune.
•  Un prêt d'une semaine.
"""
