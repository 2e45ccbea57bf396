"""News articles that nobody wrote: as varied as real ones in names, places, figures, dates and words, and the
same for the same seed."""

import datetime as dt
import random
from collections.abc import Iterator

PLACES = """
Nairobi Accra Lagos Kampala Lusaka Harare Tunis Cairo Oran Dakar Bamako Lima Quito Bogota
Caracas Santiago Montevideo Asuncion Havana Managua Toronto Chicago Houston Seattle Denver
Boston Madrid Seville Lisbon Porto Turin Naples Athens Sofia Bucharest Belgrade Zagreb Vienna
Prague Warsaw Krakow Vilnius Riga Tallinn Helsinki Oslo Bergen Stockholm Hamburg Munich Leipzig
Antwerp Rotterdam Lyon Marseille Glasgow Cardiff Dublin Ankara Izmir Tbilisi Yerevan Baku
Tashkent Bishkek Almaty Karachi Lahore Delhi Mumbai Chennai Kolkata Dhaka Colombo Yangon Bangkok
Hanoi Manila Jakarta Surabaya Taipei Seoul Busan Osaka Nagoya Sapporo Sydney Perth Brisbane
Auckland Wellington
""".split()
COUNTRIES = """
Kenya Ghana Nigeria Uganda Zambia Tunisia Egypt Algeria Senegal Mali Peru Ecuador Colombia Chile
Cuba Canada Spain Portugal Italy Greece Bulgaria Romania Serbia Croatia Austria Poland Lithuania
Latvia Estonia Finland Norway Sweden Germany Belgium France Ireland Turkey Armenia Uzbekistan
Kazakhstan Pakistan India Bangladesh Thailand Vietnam Indonesia Japan Australia
""".split()
GIVEN = """
Amina Boris Carla David Elena Farid Grace Hugo Irina Jonas Karim Leila Marco Nadia Oscar Paula
Quentin Rosa Samir Tanya Umar Vera Walter Ximena Yusuf Zofia Anders Beatriz Cyril Dorota Emeka
Fatou Goran Hanna Ivan Jasmin
""".split()
SYLLABLES = (
    "ka ro mi len dor va sti pe mar tin ho ba ru san gel ti no be ral du vi kor ma ze fi lo dan".split()
)
ROLES = [
    "interior ministry",
    "health ministry",
    "defence ministry",
    "Red Cross",
    "city council",
    "coast guard",
    "prosecutor's office",
    "fire service",
    "statistics office",
    "central bank",
    "foreign ministry",
]
SOURCES = [
    "Daily Courier",
    "Northern Gazette",
    "Harbour Post",
    "Evening Star Tribune",
    "Capital Wire",
    "Valley Times",
    "Morning Ledger",
    "Coastline News",
    "Free Tribune",
    "Central Press Agency",
]
HEDGES = ["", "", "", "", "about ", "at least ", "more than ", "nearly ", "up to ", "around ", "almost "]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
VERBS = ["said", "reported", "announced", "confirmed", "told reporters", "said in a statement"]
EVENTS = [
    "{H}{N} people were killed in {P} on {D}, {S} {V}.",
    "A blast killed {N} people and injured {H}{M} others in {P} on {D}, according to {S}.",
    "Police arrested {H}{N} people in {P} on {D}, {S} {V}.",
    "{S} {V} on {D} that {H}{M} people had been injured in {P}.",
    "{H}{L} residents were evacuated from {P}, {S} {V}.",
    "The death toll in {C} has risen to {N}, {S} {V} on {D}.",
    "{C} will send {H}{L} troops to {P}, the defence ministry {V}.",
    "{X} resigned on {D} after talks in {P}.",
    "{X} was dismissed as head of {S} on {D}.",
    "{S} {V} that {H}{L} people protested in {P} on {D}.",
    "{X} met {Y} in {P} on {D} to discuss the border.",
    "Inflation in {C} reached {R} percent, {S} {V}.",
    "{H}{M} houses were destroyed in {P}, {S} {V} on {D}.",
    "{X} denied that {N} soldiers had been detained in {P}.",
    "{H}{N} people are missing after the ferry sank off {P}, {S} {V}.",
]
FILLERS = [
    "Shops along the {w} stayed closed, and the trams to the {w} {w} did not run until late in the morning.",
    "Many had waited for a {w} like this, and for the {w} that comes with it, for years.",
    "The {w} of the old {w} drew visitors even so, and nobody at the {w} thought of leaving.",
    "Behind the {w} a narrow path leads past the {w} to the {w}, where the {w} used to stand.",
    "The {w} had been brought down to the {w} before dawn, wrapped in {w} and old {w}.",
    "Neighbours brought {w}, {w} and {w} to the hall beside the {w}.",
    "In {P} the {w} is older than the {w}, and its {w} still keeps the books by hand.",
    "On clear days one sees the {w} from the {w}, and beyond it the long grey line of the {w}.",
]


class Author:
    """Writes articles from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.names = [self.person() for _ in range(400)]
        self.words = sorted(
            {"".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(5000)}
        )

    def person(self) -> str:
        surname = "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 3))).capitalize()
        return f"{self.random.choice(GIVEN)} {surname}"

    def speaker(self) -> str:
        roll = self.random.random()
        if roll < 0.5:
            return f"the {self.random.choice(ROLES)}"
        return (
            self.random.choice(self.names) if roll < 0.8 else f"{self.random.choice(COUNTRIES)}'s {ROLES[0]}"
        )

    def sentence(self, pattern: str, places: list[str], country: str) -> str:
        pick = self.random
        values = {
            "{H}": pick.choice(HEDGES),
            "{N}": str(pick.randint(2, 400)),
            "{M}": str(pick.randint(3, 900)),
            "{L}": f"{pick.randint(1, 90) * 100:,}",
            "{R}": f"{pick.uniform(1, 20):.1f}",
            "{P}": pick.choice(places),
            "{C}": country,
            "{D}": pick.choice(DAYS),
            "{S}": self.speaker(),
            "{V}": pick.choice(VERBS),
            "{X}": pick.choice(self.names),
            "{Y}": pick.choice(self.names),
        }
        for name, value in values.items():
            pattern = pattern.replace(name, value)
        while "{w}" in pattern:
            pattern = pattern.replace("{w}", pick.choice(self.words), 1)
        return pattern[:1].upper() + pattern[1:]

    def article(self, fillers: int, length: int = 3000) -> dict[str, str]:
        """`fillers` is how many sentences that claim nothing stand beside one that does. The sentence that
        makes the text `length` characters long or longer is its last."""
        places, country = self.random.sample(PLACES, 3), self.random.choice(COUNTRIES)
        first, second = self.random.choices(self.words, k=2)
        paragraphs = [f"{country} counts the cost as {first} meets {second}"]
        while (left := length - sum(map(len, paragraphs))) > 0:
            sentences: list[str] = []
            while len(sentences) <= fillers and sum(map(len, sentences)) < left:
                kind = FILLERS if sentences else EVENTS
                sentences.append(self.sentence(self.random.choice(kind), places, country))
            paragraphs.append(" ".join(sentences))
        day = dt.date(2022, 1, 1) + dt.timedelta(days=self.random.randint(0, 700))
        return {
            "text": "\n\n".join(paragraphs),
            "source": self.random.choice(SOURCES),
            "published_at": day.isoformat(),
        }


def articles(number: int, fillers: int = 4, seed: int = 1) -> Iterator[dict[str, str]]:
    """With four fillers about eight claims in 3 kB, twice what is found in news of all kinds; with none about
    thirty-five, as in the densest reports on a crisis."""
    author = Author(seed)
    for _ in range(number):
        yield author.article(fillers)
