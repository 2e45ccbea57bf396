"""Who and what a text names."""

import pytest

from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer, KnownAlias, KnownEntity
from service.extraction.names import Mention
from service.extraction.protocol import Document

KNOWN = (
    KnownEntity("peru", "Peru", "place", (KnownAlias("Peruvian", "demonym"),)),
    KnownEntity("lima", "Lima", "place", part_of="peru"),
    KnownEntity("ana-quispe", "Ana Quispe", "person", (KnownAlias("Quispe", "short"),)),
    KnownEntity(
        "interior-ministry-of-peru", "Interior Ministry of Peru", "organization",
        (KnownAlias("Ministry of the Interior of Peru"),),
    ),
    KnownEntity("security-council", "National Security Council", "organization"),
    KnownEntity(
        "andean-pact", "Andean Defence Treaty Organization", "organization", (KnownAlias("ADTO", "acronym"),)
    ),
)  # fmt: skip
GAZETTEER = Gazetteer(KNOWN)
MINISTRY = "interior-ministry-of-peru"


def mentions(text: str) -> list[Mention]:
    found = analyse(Document(text), GAZETTEER).mentions
    assert all(text[item.start : item.end] == item.surface for item in found)
    return found


def one(text: str, surface: str) -> Mention:
    found = [item for item in mentions(text) if item.surface == surface]
    assert found, [(item.surface, item.name) for item in mentions(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "surface", "entity"),
    [
        ("Ana Quispe spoke in Lima.", "Ana Quispe", "ana-quispe"),
        ("Quispe spoke in Lima.", "Quispe", "ana-quispe"),
        ("President Ana Kispe spoke.", "Ana Kispe", "ana-quispe"),
        ("She flew to Lima.", "Lima", "lima"),
        ("Peruvian troops left.", "Peruvian", "peru"),
        ("Peru's interior ministry said so.", "Peru's interior ministry", MINISTRY),
        ("The Peruvian interior ministry said so.", "Peruvian interior ministry", MINISTRY),
        ("The Ministry of Internal Affairs of Peru spoke.", "Ministry of Internal Affairs of Peru", MINISTRY),
        ("The National Security Council met.", "National Security Council", "security-council"),
        ("Troops of the ADTO arrived.", "ADTO", "andean-pact"),
    ],
)  # fmt: skip
def test_known_names_in_their_forms(text: str, surface: str, entity: str) -> None:
    assert one(text, surface).entity == entity


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The National Security Committee met.", "National Security Committee"),
        ("Luis Quispe spoke.", "Luis Quispe"),
        ("Limassol is a port.", "Limassol"),
    ],
)
def test_other_names_that_resemble_known_ones_stay_apart(text: str, surface: str) -> None:
    found = [item for item in mentions(text) if item.start == text.index(surface)]
    assert all(item.entity is None for item in found)


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("It was probed by the British Transport Police.", "British Transport Police", None),
        ("Turkish Airlines stopped flights.", "Turkish Airlines", None),
        ("The Kenyan Red Cross took them in.", "Kenyan Red Cross", None),
        (
            "The Syrian Observatory for Human Rights counted them.",
            "Syrian Observatory for Human Rights",
            None,
        ),
        ("The British Labour Party lost.", "Labour Party", None),
        ("It met the Justice Department and left.", "Justice Department", None),
        ("General Motors closed a plant.", "General Motors", None),
        ("The European People's Party won.", "European People's Party", None),
        ("The Securities and Exchange Commission sued.", "Securities and Exchange Commission", None),
        ("The Ministry of Trade and Industry said so.", "Ministry of Trade and Industry", None),
        ("The Kremlin and Defense Department met.", "Defense Department", None),
        ("Then Senate Majority Leader Ana Costa rose.", "Senate", None),
        ("The Danish Seamen Union struck. The Seamen Union won.", "Seamen Union", "Danish Seamen Union"),
    ],
)
def test_how_far_the_name_of_a_body_goes(text: str, surface: str, name: str | None) -> None:
    found = [item for item in mentions(text) if item.surface == surface and item.kind == "organization"]
    assert [item.name for item in found] == [name or surface]


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("President Marta Ruiz left.", "Marta Ruiz", "person"),
        ("The Nordic Aviation Authority closed the airport.", "Nordic Aviation Authority", "organization"),
        ("They live near Lake Titicaca.", "Lake Titicaca", "place"),
        ("She lives in Nairobi.", "Nairobi", "place"),
        ("German officials left.", "German", "place"),
    ],
)
def test_unknown_names_are_proposed_with_a_kind_and_flagged(text: str, surface: str, kind: str) -> None:
    found = one(text, surface)
    assert found.kind == kind
    assert found.entity is None
    assert "new" in found.flags


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("Shares fell. Northrop Vale lost Dawson orders and Dawson's shares slid.", "Dawson", "organization"),
        (
            "He flew to Dawson. Workers at Dawson were told that Dawson's revenue fell.",
            "Dawson",
            "organization",
        ),
        ("Vazha Torko militants fled. Vazha Torko said so.", "Vazha Torko", "organization"),
        ("They live in Lowmere. It rained near Lowmere and Lowmere was flooded.", "Lowmere", "place"),
        ("It was told by analyst Zork Vexley of the bank.", "Zork Vexley", "person"),
        ("The singer Zork Vexley, 34, was hurt.", "Zork Vexley", "person"),
        ("It was Tam Kwok-lun, who left.", "Tam Kwok-lun", "person"),
        ("Then Mobility Command ordered it.", "Mobility Command", "organization"),
        ("He went to the World Textile Summit.", "World Textile Summit", "event"),
    ],
)
def test_what_stands_beside_a_name_anywhere_says_of_what_kind_it_is(
    text: str, surface: str, kind: str
) -> None:
    assert {item.kind for item in mentions(text) if item.surface == surface} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "US Secretary of State Ana Costa left.",
        "U.S. Secretary of Defense Ana Costa left.",
        "It was the Chief of Police Ana Costa.",
        "It was the Chancellor of the Exchequer Ana Costa.",
        "Ex-Secretary of State Ana Costa left.",
    ],
)
def test_what_an_office_is_for_is_no_part_of_the_name_behind_it(text: str) -> None:
    assert [item.surface for item in mentions(text) if item.kind == "person"] == ["Ana Costa"]


def test_a_body_that_any_country_may_have_is_named_with_its_country() -> None:
    whose = "Electoral Commission of Kenya"
    for text in (
        "Kenya's Electoral Commission met. The Electoral Commission rose.",
        "The Kenyan Electoral Commission met. The Electoral Commission rose.",
    ):
        assert {item.name for item in mentions(text) if item.kind == "organization"} == {whose}
    assert one("The Electoral Commission met.", "Electoral Commission").name == "Electoral Commission"
    assert one("Germany's Dawson Bank met.", "Dawson Bank").name == "Dawson Bank"


@pytest.mark.parametrize("name", ["Hamas", "YouGov", "Al-Shabaab"])
def test_some_words_are_names_also_where_they_begin_the_only_sentence(name: str) -> None:
    assert one(f"{name} spoke first.", name).kind == "organization"
    assert [item for item in mentions("Anger spoke first.") if item.surface == "Anger"] == []


def test_letters_behind_a_body_are_its_name_at_home() -> None:
    text = "The State Committee of Mines (GKZ) met. Two men left. The GKZ rose."
    assert {item.name for item in mentions(text) if item.surface == "GKZ"} == {"State Committee of Mines"}
    assert one("The State Committee of Mines (AFP) met.", "AFP").name == "AFP"


def test_an_office_alone_names_nobody() -> None:
    assert [
        item for item in mentions("It was told at the Prime Minister's house.") if item.entity is None
    ] == []


def test_an_office_between_two_names_belongs_to_neither() -> None:
    found = mentions("It was Dawson CEO Ana Brown. Then NASA Administrator Paul Green spoke of it at length.")
    assert [(item.surface, item.kind) for item in found] == [
        ("Dawson", "organization"),
        ("Ana Brown", "person"),
        ("NASA", "organization"),
        ("Paul Green", "person"),
    ]
    assert (
        one("It was the Office of the Prime Minister.", "Office of the Prime Minister").kind == "organization"
    )


def test_a_line_may_end_with_the_ministry_s_topic() -> None:
    assert one("Statement by Peru's Ministry of Health", "Peru's Ministry of Health").kind == "organization"
    letter = "Letter to the Ministry of the Interior\n\nPeru waits."
    assert one(letter, "Ministry of the Interior").entity == MINISTRY


def test_an_acronym_counts_only_through_its_definition() -> None:
    text = "The Pacific Fisheries Commission (PFC) met. The PFC closed the season."
    assert {item.name for item in mentions(text) if item.surface == "PFC"} == {"Pacific Fisheries Commission"}
    assert one("The PFC closed the season.", "PFC").name == "PFC"


def test_a_surname_later_in_the_text_is_the_full_name() -> None:
    found = one("Marta Ruiz arrived. Later Ruiz left.", "Ruiz")
    assert found.name == "Marta Ruiz"
    assert "short" in found.flags


def test_what_refers_back_is_resolved_and_flagged() -> None:
    text = "Peru's interior ministry spoke. The ministry named nobody. Ana Quispe left. She was tired."
    assert one(text, "The ministry").entity == "interior-ministry-of-peru"
    assert one(text, "The ministry").flags == ("coreference",)
    assert one(text, "She").entity == "ana-quispe"
    assert one(text, "She").flags == ("pronoun",)


def test_a_ministry_without_a_country_belongs_to_the_text_s_country_and_says_so() -> None:
    found = one("Lima was quiet. The interior ministry of the day said so. Peru waited.", "interior ministry")
    assert found.entity == "interior-ministry-of-peru"
    assert "place_inferred" in found.flags


@pytest.mark.parametrize(
    "text",
    [
        "Massive floods hit.",
        "On Monday it rained.",
        "In March nobody came.",
        "PERUVIAN troops met.",
    ],
)
def test_first_words_and_dates_are_no_names(text: str) -> None:
    assert mentions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "LIMA, Jan 11 (Agency) - Police arrested 20 people on Monday, a spokesman said.",
        "LIMA (Agency) — Police arrested 20 people on Monday, a spokesman said.",
        "LIMA - Police arrested 20 people on Monday, a spokesman said.",
    ],
)
def test_a_dateline_in_capitals_names_the_place(text: str) -> None:
    found = one(text, "LIMA")
    assert (found.kind, found.entity) == ("place", "lima")


def test_a_place_that_nobody_stored_is_one_in_capitals_too() -> None:
    found = one("MOSCOW (Agency) - Police arrested 20 people on Monday.", "MOSCOW")
    assert (found.kind, found.name, found.entity) == ("place", "Moscow", None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Culture Secretary Marta Ruiz left.", "Marta Ruiz"),
        ("Harbour Police Spokesman SSP Marta Ruiz left town with three others.", "Marta Ruiz"),
        ("Democrat Linda Ruiz left.", "Linda Ruiz"),
        ("Unlike President Marta Ruiz, nobody left.", "Marta Ruiz"),
        ("Former Ohio Gov. Marta Ruiz left.", "Marta Ruiz"),
        ("On Sunday Marta O’Hara left.", "Marta O’Hara"),
        ("He met Linda Ruiz MP in town.", "Linda Ruiz"),
        ("A former Soviet Central Asian police spokesman Marta Ruiz left.", "Marta Ruiz"),
    ],
)
def test_titles_parties_and_first_words_are_no_part_of_a_name(text: str, name: str) -> None:
    people = [item for item in mentions(text) if item.kind == "person"]
    assert [item.surface for item in people] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The Home Secretary left.",
        "They voted on Election Day.",
        "The Iowa Democrats won.",
        "The Senator (R-Fla.) left.",
        "It was an East African port.",
    ],
)
def test_offices_days_and_adjectives_are_no_persons(text: str) -> None:
    assert [item.surface for item in mentions(text) if item.kind == "person"] == []


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Ruiz left early. Later Linda Ruiz spoke.", "Ruiz", "Linda Ruiz"),
        ("Linda Ruiz left. Linda spoke.", "Linda", "Linda Ruiz"),
        ("Linda Ruiz left. Linda Ruiz met Marco Ruiz. Ruiz spoke.", "Ruiz", "Linda Ruiz"),
        ("The Peru Rail Company grew. Peru grew.", "Peru", "Peru"),
        ("The Sun Rail Company grew. Sun hired 40 people.", "Sun", "Sun Rail Company"),
    ],
)
def test_a_word_of_a_name_is_the_whole_name_unless_it_is_a_country(
    text: str, surface: str, name: str
) -> None:
    assert [item.name for item in mentions(text) if item.surface == surface] == [name]


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("Mayor Linda Ruiz met police chief Marco Paz. The mayor spoke.", "The mayor", "Linda Ruiz"),
        (
            "Police spokesman Marco Paz came, then Linda Ruiz. The police spokesman left.",
            "spokesman",
            "Marco Paz",
        ),
        ("Linda Ruiz, the governor, met Marco Paz. The governor left.", "The governor", "Linda Ruiz"),
        ("Linda Ruiz met Mr. Paz. She spoke.", "She", "Linda Ruiz"),
        ("Mr. Paz met Linda Ruiz. Later he spoke.", "he", "Paz"),
    ],
)
def test_a_role_or_a_pronoun_stands_for_whom_it_fits(text: str, surface: str, name: str) -> None:
    assert [item.name for item in mentions(text) if item.surface == surface and item.start > 12] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "A spokesman for the port came. Linda Ruiz left. The spokesman said nothing.",
        "Linda Ruiz met Marco Paz. The minister said nothing.",
    ],
)
def test_a_role_that_nobody_was_said_to_have_stands_for_nobody(text: str) -> None:
    assert [item.surface for item in mentions(text) if "coreference" in item.flags] == []


def test_whoever_wrote_the_article_is_not_whom_it_speaks_of() -> None:
    found = mentions("By Linda Ruiz, Marea News\nThe mayor left town with her dog.")
    assert [item.surface for item in found if "pronoun" in item.flags or "coreference" in item.flags] == []


def test_a_pronoun_that_opens_a_sentence_is_its_subject() -> None:
    text = "Linda Ruiz spoke. She thanked Lucy Paz before she left."
    assert [item.name for item in mentions(text) if "pronoun" in item.flags] == ["Linda Ruiz", "Linda Ruiz"]


@pytest.mark.parametrize("text", ["Marco Paz left. They burned the prosecutor's office."])
def test_an_office_that_belongs_to_a_role_is_no_person(text: str) -> None:
    assert [item.surface for item in mentions(text)] == ["Marco Paz"]
