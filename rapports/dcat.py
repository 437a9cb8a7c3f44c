"""The open data as a DCAT catalogue in JSON-LD (W3C DCAT 2): what national portals harvest."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from rapports.formats import FORMATS
from rapports.ouvertes import ADRESSE_LICENCE, ECRITS, Jeu

CONTEXTE = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(jeux: list[Jeu]) -> dict[str, Any]:
    """The whole catalogue."""
    page = settings.ADRESSE_PUBLIQUE + reverse("rapports:donnees_ouvertes")
    return {
        "@context": CONTEXTE,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": "Réflexes publics : données ouvertes",
        "dct:language": "fr",
        "dct:publisher": {
            "@type": "foaf:Agent",
            "foaf:name": settings.EDITEUR or "Réflexes publics",
        },
        "dcat:dataset": [_jeu(page, jeu) for jeu in jeux],
    }


def _jeu(page: str, jeu: Jeu) -> dict[str, Any]:
    return {
        "@id": f"{page}#{jeu.export.cle}",
        "@type": "dcat:Dataset",
        "dct:identifier": f"reflexes-publics-{jeu.export.cle}",
        "dct:title": jeu.export.titre,
        "dct:description": jeu.export.presentation,
        "dct:modified": {
            "@type": "xsd:dateTime",
            "@value": jeu.publie_le.isoformat(timespec="seconds"),
        },
        "dct:accrualPeriodicity": {
            "@id": "http://publications.europa.eu/resource/authority/frequency/DAILY"
        },
        "dct:license": {"@id": ADRESSE_LICENCE},
        "dcat:keyword": ["action publique", "expérimentation", "collectivités"],
        "dcat:distribution": [_fichier(jeu, nom) for nom in ECRITS],
    }


def _fichier(jeu: Jeu, nom: str) -> dict[str, Any]:
    adresse = settings.ADRESSE_PUBLIQUE + reverse(
        "rapports:donnee_ouverte", args=[jeu.export.cle, nom]
    )
    return {
        "@id": adresse,
        "@type": "dcat:Distribution",
        "dct:title": f"{jeu.export.titre} ({nom.upper()})",
        "dcat:downloadURL": {"@id": adresse},
        "dcat:mediaType": FORMATS[nom].type_mime.partition(";")[0],
        "dcat:byteSize": jeu.tailles[nom],
        "dct:license": {"@id": ADRESSE_LICENCE},
        "spdx:checksum": {
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": jeu.empreintes[nom],
        },
    }
