"""A corner of country: an EPCI and its communes, and two of one name in another département."""

from comptes.models import Territoire
from tests.fabriques import TerritoireFactory


def un_coin_de_pays() -> dict[str, Territoire]:
    """By name; the two « Saint-Martin » as « Saint-Martin du Nord » and « … du Sud »."""
    region = TerritoireFactory(niveau="region", nom="Hauts-de-France", code="32")
    nord = TerritoireFactory(niveau="departement", nom="Nord", code="59", region=region)
    aisne = TerritoireFactory(niveau="departement", nom="Aisne", code="02", region=region)
    epci = TerritoireFactory(
        niveau="epci", nom="Métropole", code="245900410", departement=nord, region=region
    )
    ici = {"epci": epci, "departement": nord, "region": region}
    la_bas = {"departement": aisne, "region": region}
    return {
        "region": region, "nord": nord, "aisne": aisne, "epci": epci,
        "Lambersart": TerritoireFactory(nom="Lambersart", code="59328", codes_postaux="59130", **ici),
        "Saint-Martin du Nord": TerritoireFactory(
            nom="Saint-Martin", code="59999", codes_postaux="59998", departement=nord, region=region
        ),
        "Saint-Martin du Sud": TerritoireFactory(
            nom="Saint-Martin", code="02999", codes_postaux="02998", **la_bas
        ),
    }  # fmt: skip
