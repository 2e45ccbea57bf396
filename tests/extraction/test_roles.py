"""Which of a sentence's places, speakers and dates a claim has, and which are of something else."""

from datetime import date

import pytest

from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer
from service.extraction.names import Mention
from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

PUBLISHED = date(2024, 5, 15)


def claims(text: str, predicate: str) -> list[ClaimCandidate]:
    found = RulesExtractor().extract(Document(text, published=PUBLISHED))
    return [claim for claim in found if claim.predicate == predicate]


def named(text: str) -> list[Mention]:
    return analyse(Document(text, published=PUBLISHED), Gazetteer()).mentions


@pytest.mark.parametrize(
    ("text", "predicate", "place"),
    [
        ("Kenya wept. A bus fell into a gorge, killing nine pupils from Lagos and Accra.", "deaths", "Kenya"),
        ("Kenya wept. Rebels held nine pupils kidnapped from Lagos.", "hostages", "Lagos"),
        ("Kenya wept. The army evacuated nine pupils from Lagos.", "evacuated", "Lagos"),
        ("Kenya votes. A quarrel over the Yemen war weighs on the election.", "election", "Kenya"),
        ("Kenya wept. Nine nurses died in the Yemen war.", "deaths", "Yemen"),
        ("Kenya waits. Praise from the Lagos lawyer came before the election.", "election", "Kenya"),
        ("Kenya wept. Nine people died in a fire, the Lagos governor said.", "deaths", "Lagos"),
        (
            "Kenya wept. Nine people died in it, said Ana Costa, a professor at the University of Lagos.",
            "deaths",
            "Kenya",
        ),
        ("Kenya wept. A family in Lagos said nine of the dead were their relatives.", "deaths", "Kenya"),
        ("Kenya wept. The plane crashed on a flight to Lagos.", "disaster", "Kenya"),
        ("Kenya wept. Voters in the Congo head to the polls for an election.", "election", "Congo"),
        ("The move left a scar in Ghana, two years after nine pupils died in Togo.", "deaths", "Togo"),
        ("A fire killed nine pupils in Ghana, as leaders met in Togo.", "deaths", "Ghana"),
    ],
)
def test_where_somebody_is_from_or_works_is_not_where_it_happened(
    text: str, predicate: str, place: str
) -> None:
    assert [claim.place for claim in claims(text, predicate)] == [place]


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("He lost his stake in Lundmark. Shares in Lundmark fell.", "Lundmark", "organization"),
        ("The two ads hit Brandão on taxes. Brandão campaign staff shrugged.", "Brandão", "person"),
        ("A storm hit Brandão on Monday.", "Brandão", "place"),
        ("They came near Brandão's camp, and near Brandão supporters.", "Brandão", "person"),
        ("She made her name in Republican politics.", "Republican", "organization"),
        ("MPs read the Harbour Road Bill in May.", "Harbour Road Bill", "organization"),
        ("It rose at Holm & Lake again.", "Holm & Lake", "organization"),
    ],
)
def test_what_is_held_or_has_followers_is_no_place(text: str, name: str, kind: str) -> None:
    assert {mention.kind for mention in named(text) if mention.surface == name} == {kind}


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ana Costa met Bernie Holm. She said no.", "She", "Ana Costa"),
        ("Ana Costa met Bernie Holm. He said no.", "He", "Bernie Holm"),
        # Nobody knows which a name is whose bearer other sentences call "he".
        (
            "Tsering Wangdu said he was ill. Tsering Wangdu said he was tired. "
            "Ana Costa met Tsering Wangdu. Then Tsering Wangdu left. She wept.",
            "She",
            "Ana Costa",
        ),
    ],
)
def test_a_pronoun_stands_for_nobody_who_is_called_otherwise(text: str, pronoun: str, name: str) -> None:
    assert [mention.name for mention in named(text) if mention.surface == pronoun] == [name]


def test_a_family_name_that_stands_first_is_the_person_again() -> None:
    text = "Spokeswoman Hua Minzhi came. Later Hua left."
    assert {mention.name for mention in named(text) if mention.kind == "person"} == {"Hua Minzhi"}


@pytest.mark.parametrize(
    ("text", "predicate", "speakers"),
    [
        ("Nine people died, police said on Friday, three of them children.", "deaths", ["police", "police"]),
        ("Nine people died, police said, including three children.", "deaths", ["police", "police"]),
        ("Nine people died, police said, and 30 were injured.", "injuries", ["police"]),
        (
            "Nine people died, said Ana Costa, the mayor, and 30 were injured.",
            "injuries",
            ["Ana Costa, the mayor"],
        ),
        ("Nine people died, police said, while 30 were injured.", "injuries", [None]),
        ("The rights group Zorya lists 53 political prisoners.", "arrests", ["The rights group Zorya"]),
        ("Aid organisations count 9,000 dead.", "deaths", ["Aid organisations"]),
    ],
)
def test_figures_behind_the_words_that_say_who_said_so(
    text: str, predicate: str, speakers: list[str | None]
) -> None:
    said = [claim.attribution[0].surface if claim.attribution else None for claim in claims(text, predicate)]
    assert said == speakers


def test_the_company_at_the_end_of_a_sentence_is_its_subject() -> None:
    text = "Lundmark Corp will sell its mills to Holm Corp, the company said."
    assert [mention.name for mention in named(text) if "coreference" in mention.flags] == ["Lundmark Corp"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("A man shouting “mercy” stabbed nine people.", []),
        ("A man, saying “enough is enough,” stabbed nine people.", []),
        ("The crowd chanted “no more” and police hurt nine people.", []),
        ("The mayor said “bandits” had hurt nine people.", ["The mayor"]),
        ("The mayor left, saying “we are lost” and that nine people were hurt.", ["The mayor"]),
    ],
)
def test_what_is_done_after_a_shout_is_told_by_the_article(text: str, speakers: list[str]) -> None:
    said = [claim.attribution for claim in claims(text, "injuries")]
    assert [[source.surface for source in chain] for chain in said] == [speakers]


def test_what_is_called_so_says_nothing() -> None:
    text = "Nine people died at a mill in Lima, called Phoenix Holm, according to police."
    (claim,) = claims(text, "deaths")
    assert [source.surface for source in claim.attribution] == ["police"]


def test_who_holds_an_office_is_told_by_the_article_and_not_by_its_holder() -> None:
    text = "Nine people died, said the interior minister, Ana Costa, and 30 were injured."
    assert [claim.attribution for claim in claims(text, "holds_office")] == [()]


@pytest.mark.parametrize(
    ("text", "predicate", "times"),
    [
        ("The mayor said in March it was a fire that broke out at the mill.", "disaster", [None]),
        ("A fire broke out, the mayor said in March, and 30 were injured.", "disaster", [None]),
        (
            "He fled on May 9, when gunmen of the old guard, his rivals, attacked the mill.",
            "attack",
            ["May 9"],
        ),
        ("Profits rose 31 percent from a year earlier to 2 million dollars.", "profit", [None]),
        ("Inflation stood at 4 percent, more than in 2022.", "inflation", [None]),
        ("The surge in attacks, up compared to 2022, alarmed the mayor.", "attack", [None]),
        ("Inflation rose to 4 percent from 3 percent in March.", "inflation", [None, "March"]),
        ("Lima borders Callao, which shut its port on Monday.", "borders", [None]),
    ],
)
def test_a_date_of_the_saying_or_of_what_is_compared_is_not_the_time(
    text: str, predicate: str, times: list[str | None]
) -> None:
    assert [claim.time for claim in claims(text, predicate)] == times


@pytest.mark.parametrize(
    ("text", "surface", "start"),
    [
        ("Riots shook Lima in 2019. The cabinet fell that December.", "December", date(2019, 12, 1)),
        ("It was 8 percent in March after 7 the month before.", "the month before", date(2024, 2, 1)),
        ("It was 8 percent in 2020, 7 a year earlier.", "a year earlier", date(2019, 1, 1)),
    ],
)
def test_a_month_or_year_that_counts_from_the_date_before_it(text: str, surface: str, start: date) -> None:
    found = analyse(Document(text, published=PUBLISHED), Gazetteer()).dates
    assert [item.start_date for item in found if item.surface == surface] == [start]
