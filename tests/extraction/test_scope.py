"""Place, extent, group, time and modality of a figure."""

from datetime import date

import pytest

from service.extraction.protocol import ClaimCandidate, Document
from service.extraction.rules import RulesExtractor

EXTRACTOR = RulesExtractor()


def claims(text: str) -> list[ClaimCandidate]:
    found = EXTRACTOR.extract(Document(text, published=date(2024, 5, 15)))
    return [claim for claim in found if claim.value]


@pytest.mark.parametrize(
    ("text", "place", "inferred"),
    [
        ("Police arrested 53 people in Minsk.", "Minsk", False),
        ("In Minsk, police arrested 53 people.", "Minsk", False),
        ("Police arrested 53 people in the nearest town, Tolmara. Kenya slept.", "Tolmara", False),
        ("Police in Tolmara, the largest city of Kenya's interior, arrested 53 people.", "Tolmara", False),
        (
            "In 2008, 53 people died in a fire in Tolmara, which led to new rules. Kenya slept.",
            "Tolmara",
            False,
        ),
        ("Police in Minsk arrested 53 people.", "Minsk", False),
        ("Kenya's 53 injured miners were flown out. ", "Kenya", False),
        ("In Kenya's largest city, Nairobi, 53 people were arrested.", "Nairobi", False),
        ("Clashes in Juba, the capital of South Sudan, left 53 people dead.", "Juba", False),
        ("In Balasore town of Odisha 53 people were arrested.", "Balasore", False),
        ("Clashes near the Kenyan town of Nakuru left 53 people dead.", "Nakuru", False),
        ("Kenya mourned after a quake of magnitude 5.1 hit Sivrice.", "Sivrice", False),
        ("The minister left Kenya for Beira, a city of half a million.", "Beira", False),
        ("Kenya held its breath. Police arrested 53 people.", "Kenya", True),
        (
            "In southern Tamara it rained. Police arrested 53 people. "
            + "It rained. " * 40
            + "Japan sent tents.",
            "Tamara",
            True,
        ),
        ("Kenya woke late. A fire on the hamlet of Karova left 53 people dead.", "Karova", False),
        ("Kenya woke late. Some 53 people died 80 km east of Marenga.", "Marenga", False),
        ("Kenya woke late. A fire at a mill at Oduro, south of the lake, killed 53 people.", "Oduro", False),
        ("Kenya woke late. Some 53 people died in the tin belt of Marenga.", "Marenga", False),
        ("Kenya woke late. It sent 53 soldiers to Alto de Meru province.", "Alto de Meru", False),
        ("Kenya woke late. Gunmen raided Sobo village in Teka district, killing 53 people.", "Sobo", False),
        ("In Marenga Alta, 53 people died. Kenya slept.", "Marenga Alta", False),
        ("Kenya keeps a garrison of 53 on neighbouring Tolo.", "Tolo", False),
        ("Gales in much of Jalisco left 53 people dead. Kenya slept.", "Jalisco", False),
        (
            "NAIROBI - Police arrested 53 people after a quake hit the southern Philippines.",
            "Philippines",
            False,
        ),
        ("NAIROBI, May 14 - Police arrested 53 people.", "NAIROBI", True),
        (
            "Police arrested 53 people, the premier of Peru told reporters in Geneva. Peru slept.",
            "Peru",
            True,
        ),
        (
            "Kenya sent help. The death toll from Tolma's floods rose to 53. Mud lies in Tolma.",
            "Tolma",
            False,
        ),
        ("Guards fled. In Tolmara, Kenya, police arrested 53 people.", "Tolmara", False),
        ("Kenya waits. With 53,000 inhabitants, Tolmara, a port, is the largest.", "Tolmara", False),
        ("Kenya is large. Girded by Uganda, the kingdom of 53,000 people is not.", "Kenya", True),
        (
            "Around 53,000 residents of the town of Tolmara fled across the border into Kenya.",
            "Tolmara",
            False,
        ),
        # "where" tells of the place before it
        ("Kenya wept. The worst-hit town was the port, Tolmara, where 53 people died.", "Tolmara", False),
        ("Kenya sided with Sudan, where by all counts 53 people have died.", "Sudan", False),
        ("Kenya asked in cases where 53 people were hurt in Sudan.", "Sudan", False),
        ("Kenya slept. Of these, 53 deaths were reported in Nakuru.", "Nakuru", False),
        ("Kenya slept. In Nakuru, Kisumu and Eldoret 53 people were arrested.", "Nakuru", False),
        ("Some 53 people died in Nakuru, 20 km (12 miles) south of Kisumu.", "Nakuru", False),
        ("In the Kenyan resort of Malindi 53 people died. In the Indian Ocean it rained.", "Malindi", False),
        ("Kenya slept. Some 53 people died after U.S.-mediated talks.", "Kenya", True),
        ("Kenya has accused rebels of killing 53 people. Kenya slept.", "Kenya", True),
        ("In Nakuru in the southern county of Molo, two died; 53 people were hurt.", "Nakuru", False),
        ("Kenya slept. A fire in a hamlet called Bedara killed 53 people.", "Bedara", False),
        ("Kenya wept. At Orla's bed we spoke of Orla, to Orla. Some 53 people had died.", "Kenya", True),
        # where somebody speaks, only if no other place is named
        ("A crane fell into Nakuru's market, killing 53, according to Kenya's police.", "Nakuru", False),
        ("Kenya slept. Nakuru health workers reported 53 dead.", "Nakuru", False),
        ("KISUMU, May 14 - Kenya wept. A bomb killed 53 people in this western town.", "KISUMU", True),
        # another country that the paragraph speaks of
        ("Kenya, Kenya. Fever broke out in Zambia last week. There, 53 people have died.", "Zambia", True),
        ("Kenya, Kenya. Fever broke out in Zambia last week.\n\nSome 53 people have died.", "Kenya", True),
        ("Six died in Goro. The Goro Chief Minister spoke. Kenya slept.", "Goro", False),
        ("A quake shook the Karovas, killing 53 people. Kenya slept.", "Karovas", False),
        ("The minister flew from Oslo to Kenya. Kenya mourned as 12 people died in Kisumu.", "Kisumu", False),
    ],
)
def test_place(text: str, place: str, inferred: bool) -> None:
    claim = claims(text)[0]
    assert claim.place == place
    assert ("place" in claim.inferred) is inferred


def test_a_place_before_the_next_figure_is_not_that_of_the_one_before() -> None:
    found = claims("The death toll in Chad is 25 and in Mali 12.")
    assert [(claim.value, claim.place) for claim in found] == [("25", "Chad"), ("12", "Mali")]


def test_each_figure_of_a_list_has_its_own_place() -> None:
    found = claims("Police arrested 53 people in Minsk, 15 in Gomel and around 7 in Brest.")
    assert [claim.place for claim in found] == ["Minsk", "Gomel", "Brest"]


@pytest.mark.parametrize(
    ("text", "extent"),
    [
        ("Police have arrested 530 people since January.", "cumulative"),
        ("Police arrested another 53 people.", "increment"),
        ("Police arrested 53 more people.", "increment"),
        ("In the past 24 hours 53 people were arrested.", "increment"),
        ("Police reported 20 new arrests.", "increment"),
        ("Police made 53 arrests, bringing the total to 530.", "increment"),
        ("Inflation rose to 8%.", None),
        ("Of the 30 people who were hurt, 12 are still being treated.", "subset"),
        ("Five of the dead were children.", "subset"),
        ("Four of the mayor's aides were among those arrested.", "subset"),
        ("Oslo gave another $4 million in aid.", "increment"),
    ],
)
def test_extent(text: str, extent: str | None) -> None:
    assert claims(text)[0].extent == extent


def test_the_new_total_is_cumulative() -> None:
    found = claims("Police made 53 arrests, bringing the total number of arrests to 530.")
    assert [(claim.amount, claim.extent) for claim in found] == [(53, "increment"), (530, "cumulative")]


def test_parts_are_subsets_with_their_group() -> None:
    found = claims("The blast killed 40 people, including three children and 12 members of the fire brigade.")
    assert [(claim.amount, claim.extent, claim.group) for claim in found] == [
        (40, "cumulative", None),
        (3, "subset", "children"),
        (12, "subset", "members of the fire brigade"),
    ]


def test_a_bare_figure_counts_whom_the_figure_before_it_counts() -> None:
    first, second = claims("Some 353 members of Peru’s coast guard were hurt, 12 were killed.")
    assert (first.group, "group" in first.inferred) == ("members of Peru’s coast guard", False)
    assert (second.group, "group" in second.inferred) == ("members of Peru’s coast guard", True)
    assert [claim.group for claim in claims("Three officers were hurt, and a total of 164 people died.")] == [
        "officers",
        None,
    ]


def test_others_than_those_before_are_no_increase() -> None:
    found = claims("At least 8 guards died in the riots and another 140 wounded.")
    assert [(claim.predicate, claim.extent) for claim in found] == [
        ("deaths", "cumulative"),
        ("injuries", "cumulative"),
    ]


def test_a_counted_site_limits_a_figure_to_a_part() -> None:
    found = claims("Police arrested 207 people in two markets in Lagos.")
    assert (found[0].extent, found[0].group, found[0].place) == ("subset", "two markets", "Lagos")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Police arrested 53 people.", "asserted"),
        ("Police arrested 53 people, the ministry said.", "reported"),
        ("France will send 600 soldiers to Mali.", "planned"),
        ("The bank plans to cut 4,000 jobs.", "planned"),
        ("The bank is in talks to buy its rival for $40m.", "planned"),
        ("The bank failed to buy its rival for $40m.", "denied"),
        ("The bank managed to buy its rival for $40m.", "asserted"),
        ("Troops tried to free 12 hostages.", "asserted"),
        ("The army denied that 53 people had been killed.", "denied"),
        ("53 people were allegedly killed.", "alleged"),
        ("Rebels claimed that 53 people had been killed.", "alleged"),
        ("The ministry said 160 people had been killed. This message was later deleted.", "retracted"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    assert claims(text)[0].modality == modality


def test_the_speaker_s_chain_has_the_origin_first() -> None:
    found = claims("Reuters reported that 30 people had been killed, citing the health ministry.")
    assert [(source.surface, source.role) for source in found[0].attribution] == [
        ("the health ministry", "origin"),
        ("Reuters", "medium"),
    ]


def test_the_nearest_date_of_the_clause_is_the_time() -> None:
    assert claims("On Monday police arrested 53 people.")[0].time == "Monday"
    assert claims("Police arrested 53 people on 3 May; the trial began on 9 May.")[0].time == "3 May"
    text = "Relatives wept on Sunday, two days after a fire killed 53 people."
    assert claims(text)[0].time == "two days after"
    rates = claims("Inflation in Kenya quickened to 7.9 per cent in May, from 7.2 in April.")
    assert [claim.time for claim in rates] == ["May", "April"]


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("So far 53 people have died this year, down from 70 in 2016.", ["this year", "2016"]),
        ("The fire, the worst since 1991, killed 53 people.", [None]),
        ("Gunmen killed 53 people, against 70 in 2016.", [None, "2016"]),
        ("Ana Costa, who returned on Sunday, said 53 people had died.", [None]),
        ("Ana Costa, arrested in 1994, is accused of killing 53 people.", [None]),
        ("Since the May elections police have arrested 53 people.", [None]),
        ("Police arrested 53 people, breaking a truce brokered last year.", [None]),
        ("Around 6.30 a.m. on Tuesday police arrested 53 people.", ["Tuesday"]),
        ("The airline ordered 53 jets on Monday, to be delivered by 2030.", ["Monday"]),
    ],
)
def test_a_day_of_something_else_is_not_the_time(text: str, times: list[str | None]) -> None:
    assert [claim.time for claim in claims(text)] == times


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("A huge quake that struck Kenya and Sudan, killing 53 people, was followed by rain.", "quake"),
        ("Radio Norte reported a death toll of 53.", None),
        ("Two people drowned in Minsk and 53 in Gomel.", None),
        ("They had killed 53 people, a commander said.", None),
    ],
)
def test_who_killed_them(text: str, subject: str | None) -> None:
    found = next(claim for claim in claims(text) if claim.amount == 53)
    assert (subject or "") in (found.subject or "")
    assert (found.subject is None) is (subject is None)


def test_the_day_of_the_next_clause_is_not_the_time() -> None:
    text = "On Tuesday police arrested 53 people and on Wednesday the city imposed a curfew."
    assert claims(text)[0].time == "Tuesday"


@pytest.mark.parametrize(
    "text",
    [
        "Some media reported 164 deaths, but the ministry later retracted the statement.",
        "Reports of 164 deaths were later retracted by the ministry.",
        "Some media reported 164 deaths. This message was later deleted.",
    ],
)
def test_a_figure_that_was_taken_back_is_retracted(text: str) -> None:
    assert [claim.modality for claim in claims(text)] == ["retracted"]


def test_only_what_stands_before_it_is_taken_back() -> None:
    text = (
        "The toll was 20. Media wrote of 164 deaths, but later withdrew the figure, and 30 people were hurt."
    )
    assert [(claim.amount, claim.modality) for claim in claims(text)] == [
        (20, "asserted"),
        (164, "retracted"),
        (30, "asserted"),
    ]


def test_how_long_a_withdrawal_takes_is_told_far_from_the_word() -> None:
    text = (
        "The withdrawal of the troops would begin in two days, it would be “gradual” and it would not "
        "take more than ten days."
    )
    (claim,) = claims(text)
    assert (claim.predicate, claim.value) == ("withdrawal_duration", "more than ten days")


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("The agency reported 53 deaths, but later retracted the statement.", ["retracted"]),
        ("The agency reported 53 deaths. The report was later deleted.", ["retracted"]),
        (
            "Gales killed 12 people. The navy withdrew its figure of 53 dead and now speaks of 49 dead.",
            ["asserted", "retracted", "reported"],
        ),
        ("Gales killed 12 people. The navy withdrew its 53 divers, a report said.", ["asserted"]),
        ("The navy lowered the death toll to 36 from 38.", ["reported", "retracted"]),
        ("Officials revised the number of dead down from 38 to 36.", ["retracted", "reported"]),
        (
            "Gales killed 53 people. Police corrected the number of arrests to 8 from 9.",
            ["asserted", "reported", "retracted"],
        ),
        ("The number of missing fell to 47 from 60.", ["asserted", "asserted"]),
        ("The death toll rose to 38 from 36.", ["asserted", "asserted"]),
    ],
)
def test_what_was_taken_back_is_retracted_and_nothing_else(text: str, modalities: list[str]) -> None:
    assert [claim.modality for claim in claims(text)] == modalities


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        ("Police said not 40 but 28 miners had died.", ["28 miners"], ["40"]),
        ("The toll was not 40 but 28, the ministry said.", ["28"], ["40"]),
        ("Twenty-eight miners died at Kisoro, not 40.", ["Twenty-eight miners"], ["40"]),
        ("28 killed at Kisoro, not 40", ["28 killed"], ["40"]),
        ("Police arrested 28 marchers, not 40 as first reported.", ["28"], ["40"]),
        ("The firm will cut not 500 jobs but only 300.", ["300"], ["500 jobs"]),
        ("Inflation was 4.1%, not 3.9%, the office said.", ["4.1%"], ["3.9%"]),
        ("Four miners, not two lorries, were buried.", [], []),
    ],
)
def test_a_figure_that_its_sentence_puts_right_is_denied(
    text: str, said: list[str], denied: list[str]
) -> None:
    found = [claim for claim in claims(text) if claim.value is not None]
    assert [claim.value for claim in found if claim.modality != "denied"] == said
    assert [claim.value for claim in found if claim.modality == "denied"] == denied


@pytest.mark.parametrize(
    ("text", "denials"),
    [
        ("The party put the death toll at 120. The army denied the figure.", [("120", "The army")]),
        (
            "Rebels said they had killed 40 soldiers, a figure the army disputes.",
            [("40 soldiers", "the army")],
        ),
        ("Rebels said they had killed 40 soldiers, but the army denied it.", [("40 soldiers", "the army")]),
        ("The ministry dismissed the toll of 164 as false.", [("164", "The ministry")]),
        ("Police arrested 40 people. The court rejected the number of requests for bail.", []),
        ("Four miners died and 40 people were arrested. The army denied the figure.", []),
        ("Four miners died. The owner denied the report that he had locked the gate.", []),
    ],
)
def test_whoever_denies_a_figure_makes_a_claim_of_it(text: str, denials: list[tuple[str, str]]) -> None:
    found = [claim for claim in claims(text) if claim.modality == "denied"]
    assert [(claim.value, claim.attribution[0].surface) for claim in found] == denials
    assert all(
        "denie" in claim.quote or "disput" in claim.quote or "dismiss" in claim.quote for claim in found
    )


def test_a_withdrawn_figure_is_of_whom_withdrew_it() -> None:
    found = claims("The navy withdrew its figure of 53 dead.")
    assert [source.surface for source in found[0].attribution] == ["The navy"]
