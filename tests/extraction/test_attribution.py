"""Who is said to have said what."""

import pytest

from service.extraction.analysis import analyse
from service.extraction.attribution import Attribution
from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import Document

GAZETTEER = Gazetteer()

# sentence, source, cue, start of the content
SAID = [
    ("The ministry said that the bridge was closed.", "The ministry", "said", "the bridge was closed"),
    ("The ministry said the bridge was closed.", "The ministry", "said", "the bridge was closed"),
    ("Police on Monday said the road was open.", "Police", "said", "the road was open"),
    ("The bridge was closed, the ministry said.", "the ministry", "said", "The bridge was closed"),
    (
        "The bridge was closed on Sunday, police said in a statement.",
        "police", "said", "The bridge was closed on Sunday",
    ),
    (
        "Hospital officials put the number of dead at 17.",
        "Hospital officials", "put", "the number of dead at 17",
    ),
    ("The headmaster put the missing at 287.", "The headmaster", "put", "the missing at 287"),
    (
        "By the union's count 1,100 homes burned.",
        "the union", "By the union's count", "1,100 homes burned",
    ),
    ("His office spoke on Friday evening of 36 dead.", "His office", "spoke on Friday evening of", "36 dead"),
    (
        "“Nobody will leave,” the bishop, Ana Costa, was quoted as saying.",
        "the bishop, Ana Costa", "quoted as saying", "Nobody will leave",
    ),
    (
        "Ana Costa was quoted by a newspaper as saying that the pier had sunk.",
        "Ana Costa", "quoted by a newspaper as saying", "the pier had sunk",
    ),
    (
        "Ana Costa, Lima harbour commissioner said the pier had sunk.",
        "Ana Costa, Lima harbour commissioner", "said", "the pier had sunk",
    ),
    ('"We will rebuild," said Mayor Ana Costa.', "Mayor Ana Costa", "said", "We will rebuild"),
    ("“We will rebuild,” Ana Costa told reporters on Friday.", "Ana Costa", "told", "We will rebuild"),
    (
        "Ana Costa, the mayor of the town, said the bridge would reopen.",
        "Ana Costa, the mayor of the town", "said", "the bridge would reopen",
    ),
    (
        "According to the fire service, four homes burned down.",
        "the fire service", "According to", "four homes burned down",
    ),
    (
        "Four homes burned down, according to the fire service.",
        "the fire service", "according to", "Four homes burned down",
    ),
    ("The airline announced that it would cut jobs.", "The airline", "announced", "it would cut jobs"),
    ("The airline announced job cuts of 3,000.", "The airline", "announced", "job cuts of 3,000"),
    ("Analysts believe that rates will rise.", "Analysts", "believe", "rates will rise"),
    ("The governor warned that the dam could fail.", "The governor", "warned", "the dam could fail"),
    ("The company denied that it had paid bribes.", "The company", "denied", "it had paid bribes"),
    ("The union claims that members were threatened.", "The union", "claims", "members were threatened"),
    (
        "The agency called on all parties to show restraint.",
        "The agency", "called on", "all parties to show restraint",
    ),
    (
        "Four people were hurt, it was reported by state radio.",
        "state radio", "reported", "Four people were hurt",
    ),
    (
        "The talks failed, with the envoy insisting that they would resume.",
        "the envoy", "insisting", "they would resume",
    ),
    ("He left early, adding that he was tired.", "He", "adding", "he was tired"),
    (
        "The newspaper quoted a diplomat as saying the deal was close.",
        "a diplomat", "quoted a diplomat as saying", "the deal was close",
    ),
    ("Witnesses told the broadcaster that shots were fired.", "Witnesses", "told", "shots were fired"),
    ("The minister tweeted that schools would close.", "The minister", "tweeted", "schools would close"),
    ("Officials confirmed three deaths.", "Officials", "confirmed", "three deaths"),
    ("The court ruled that the law was void.", "The court", "ruled", "the law was void"),
    (
        "She has won, according to results declared by the election board.",
        "results declared by the election board", "according to", "She has won",
    ),
    (
        "Two men were taken, police, miners and a teacher said.",
        "police, miners and a teacher", "said", "Two men were taken",
    ),
    (
        "Six were hurt, according to the police commissioner, Ana Costa.",
        "the police commissioner, Ana Costa", "according to", "Six were hurt",
    ),
    (
        "The survey, which had first reported a magnitude of 7.4, lowered it.",
        "The survey", "reported", "a magnitude of 7.4",
    ),
    ("The quake was put at 6.4 by the observatory.", "the observatory", "put", "at 6.4"),
    ("Guards had claimed that two lives were lost.", "Guards", "claimed", "two lives were lost"),
    (
        "Reuters and AFP reported that the talks had failed.",
        "Reuters and AFP", "reported", "the talks had failed",
    ),
    (
        "The head of the agency, Maria Silva, has confirmed the leak.",
        "The head of the agency, Maria Silva", "confirmed", "the leak",
    ),
]  # fmt: skip


def attributions(text: str) -> list[Attribution]:
    return analyse(Document(text), GAZETTEER).attributions


@pytest.mark.parametrize(("text", "source", "cue", "content"), SAID)
def test_source_cue_and_content(text: str, source: str, cue: str, content: str) -> None:
    found = [
        item for item in attributions(text)
        if item.cue.surface == cue and item.source is not None and item.source.surface == source
    ]  # fmt: skip
    assert found, [(item.source and item.source.surface, item.cue.surface) for item in attributions(text)]
    assert found[0].content is not None
    assert found[0].content.surface.startswith(content)
    assert text[found[0].content.start : found[0].content.end] == found[0].content.surface


@pytest.mark.parametrize(
    "text",
    [
        "The report was thick.",
        "It was no wonder that nobody came.",
        "The team reflected a new mood.",
        "He finished the report on Monday.",
        "State television showed pictures.",
        "The claims were old.",
        "She found the keys.",
        "A pact of six island states was signed.",
        "Regarding the vote, nobody spoke.",
        "Six people were admitted to a hospital.",
        "They defied police orders to leave.",
        "It was worth a reported $2 million.",
        "She would not discuss reports that it leaked.",
        "The report added to the pressure, adding 40 pages.",
        "The inflation report, it seems, was wrong.",
        "The proposed cuts include the port.",
        "It lent money for roads, power and water projects in the north.",
        "Three suspected rebels were killed in the valley.",
    ],
)
def test_nouns_and_other_senses_attribute_nothing(text: str) -> None:
    assert attributions(text) == []


def test_whoever_is_cited_is_the_origin_and_the_reporter_the_medium() -> None:
    found = attributions("Reuters reported that 30 people had died, citing the health ministry.")
    assert [(item.source and item.source.surface, item.role, item.form) for item in found] == [
        ("Reuters", "medium", "active"),
        ("the health ministry", "origin", "citing"),
    ]


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    found = attributions("“The river is rising,” said Eva Lund. “It will flood the town. Everybody must go.”")
    assert found[0].source is not None
    assert found[0].source.surface == "Eva Lund"


# what is said, to its end
ENDS = [
    ("The pool leaked, the mayor said in a note to traders.", "The pool leaked"),
    ("It leaked, the mayor said; 40 were hurt.", "It leaked, the mayor said; 40 were hurt"),
    ("They marched against a court they say is corrupt, and 40 were hurt.", "is corrupt"),
    ("“It was big,” the firm's head, Ana Costa said.", "It was big"),
    ("”The pool leaked,” Ana Costa said.", "The pool leaked"),
    ("The mayor said it leaked, but that 40 had left.", "it leaked, but that 40 had left"),
    ("The mayor told reporters the pool was shut.", "the pool was shut"),
    ("The mayor told Radio Norte she was ill.", "she was ill"),
    ("The union said wages had fallen, but the ministry published other figures.", "wages had fallen"),
    ("When the mayor said the pool was shut, the crowd left.", "the pool was shut"),
    ("The mayor said the pool was shut and the union announced a strike.", "the pool was shut"),
    ("The mayor said the pool was shut, adding that it had leaked.", "the pool was shut"),
    ("The bridge, the mayor said, was closed on Monday.", "The bridge, the mayor said, was closed on Monday"),
    ("''We will rebuild,'' the mayor said at a hearing about the flood.", "We will rebuild"),
    ("“We will rebuild,” the mayor said, “and we will pay.”",
     "We will rebuild,” the mayor said, “and we will pay"),
    ("“We will stay until spring, “added the envoy during a visit.", "We will stay until spring"),
    ("The report, the mayor said, “is wrong.”", "The report, the mayor said, “is wrong"),
    ("The mayor announced a plan that had been drawn up abroad.", "a plan that had been drawn up abroad"),
    ("The pool was shut, an agency reported a guard as saying.", "The pool was shut"),
    ("Asked whether it leaked, the mayor replied, “It never did.”", "It never did"),
    ("It was shut, the mayor said, because it leaked.", "It was shut, the mayor said, because it leaked"),
    ("The mayor said repeatedly the pool was shut.", "the pool was shut"),
    ("The mayor said only four pools were shut.", "only four pools were shut"),
    ("According to Ana Costa, one of the guards, the pool was shut.", "the pool was shut"),
    ("The pool was shut, the mayor said adding that it leaked.", "The pool was shut"),
    ("We will stay,” the mayor said while touring the pool.", "We will stay"),
    ("The mayor said yesterday's storm was weak.", "yesterday's storm was weak"),
    ("According to the mayor, quoted by local media, the pool was shut.", "the pool was shut"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "content"), ENDS)
def test_the_content_ends_where_something_else_is_told(text: str, content: str) -> None:
    found = attributions(text)[0].content
    assert found is not None
    assert found.surface == content


def test_the_speaker_of_a_quotation_is_named_at_its_end() -> None:
    found = attributions("“The dam has burst. Four people drowned,” the mayor said. It rained on.")
    assert [(item.sentence, item.content and item.content.surface) for item in found] == [
        (0, "The dam has burst"),
        (1, "Four people drowned"),
    ]
    assert {item.source.surface for item in found if item.source} == {"the mayor"}
    assert found[0].flags == ("continued",)


def test_a_sentence_that_is_all_quotation_belongs_to_the_last_speaker() -> None:
    text = "“The dam has burst,” the mayor said.\n“Four people drowned.”\nIt rained on."
    found = attributions(text)
    assert [(item.sentence, item.content and item.content.surface) for item in found] == [
        (0, "The dam has burst"),
        (1, "Four people drowned"),
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("“It leaked,” said a person close to the mayor.", "a person close to the mayor"),
        ("“It leaked,” said Ana Costa in an interview.", "Ana Costa"),
        ("“It leaked,” said Ana Costa, 41, a nurse.", "Ana Costa, 41, a nurse"),
        ("The mayor further said it leaked.", "The mayor"),
        ("Engineers determined that it leaked.", "Engineers"),
        ("The mayor reaffirmed that it leaked.", "The mayor"),
        ("It leaked, the ministry has calculated.", "the ministry"),
        ("“It leaked,” Ana Costa quipped.", "Ana Costa"),
        ("The letter implied that it leaked.", "The letter"),
        ("Two years ago they said it would leak.", "they"),
        ("It leaked, according to a publishing executive.", "a publishing executive"),
        ("It leaked, as per the mayor.", "the mayor"),
        ("LIMA, Peru (Agency) — Mayor Ana Costa resigned, saying it leaked.", "Mayor Ana Costa"),
        ("Ana Costa, 41, a nurse from Lima, said it leaked.", "Ana Costa, 41, a nurse from Lima"),
        ("The family said it leaked.", "The family"),
        ("Ana Costa, from Lima, Peru, said it leaked.", "Ana Costa, from Lima, Peru"),
        ("At a rally with traders alleging that it leaked, nobody spoke.", "traders"),
        ("According to the report the pool leaked.", "the report"),
        ("The firm - which has 40 shops - said it leaked.", "The firm"),
        ("Rain fell and in December Marea announced that it leaked.", "Marea"),
        ("Noting that it leaked, Ana Costa left.", "Ana Costa"),
        ("A nurse who had helped to carry the boxes told us that it leaked.", "A nurse"),
        (
            "It had leaked, says her neighbour Ana Costa, a cook who saw it.",
            "her neighbour Ana Costa, a cook",
        ),
        ("Three had been hurt, hospital staff and witnesses reported.", "hospital staff and witnesses"),
        ("By the count of the dockers' union, 40 ships leaked.", "the dockers' union"),
        ("Forty ships leaked, in the view of Ana Costa.", "Ana Costa"),
        ("By the firm's own admission, 40 ships leaked.", "the firm"),
        ("Lima, June 3 (ABC) The mayor said it leaked.", "The mayor"),
        ("The team, led by Ana Costa, was sent by Omar Diallo, who said it leaked.", "Omar Diallo"),
    ],
)
def test_the_source_is_the_whole_noun_phrase_and_no_more(text: str, source: str) -> None:
    assert [item.source and item.source.surface for item in attributions(text)] == [source]


@pytest.mark.parametrize(
    ("text", "voices"),
    [
        (
            "“It leaked,” Reuters quoted Ana Costa as saying.",
            [("Ana Costa", "origin"), ("Reuters", "medium")],
        ),
        ("“It leaked,” Reuters reported citing Ana Costa.", [("Reuters", "medium"), ("Ana Costa", "origin")]),
        ("Quoting Ana Costa, Reuters reported four leaks.", [("Ana Costa", "origin"), ("Reuters", "medium")]),
        (
            "It leaked, the mayor said in a note seen by Reuters.",
            [("the mayor", "origin"), ("Reuters", "medium")],
        ),
    ],
)
def test_whoever_passes_it_on_is_told_beside_whoever_said_it(text: str, voices: list[object]) -> None:
    found = attributions(text)
    assert [(item.source and item.source.surface, item.role) for item in found] == voices
    assert len({item.content and item.content.surface for item in found}) == 1


def test_a_sentence_that_is_announced_in_the_next_is_told_by_whoever_announces_it() -> None:
    found = attributions("Four ships will sail. This was announced by the mayor.")
    assert [(item.sentence, item.content and item.content.surface) for item in found] == [
        (0, "Four ships will sail"),
        (1, None),
    ]


@pytest.mark.parametrize("source", ["Daily Harbour", "The Lima Tribune", "harbour.com"])
def test_papers_are_media_by_their_names(source: str) -> None:
    assert [item.role for item in attributions(f"{source} reported that it leaked.")] == ["medium"]


def test_the_newspaper_is_the_medium_that_spoke_before() -> None:
    found = attributions("It leaked, Daily Harbour reported. Four men fled. The newspaper said it knew more.")
    assert (found[-1].name, found[-1].role, found[-1].flags) == ("Daily Harbour", "medium", ("coreference",))


def test_who_spoke_before_speaks_on_without_being_named_again() -> None:
    found = attributions("Ana Costa described her brother, but later said he was ill.")
    assert [item.source and item.source.surface for item in found][-1] == "Ana Costa"


def test_whoever_leads_a_body_without_a_name_is_not_the_body() -> None:
    assert attributions("The Marea chairman said it leaked.")[0].name is None
    assert attributions("A Sun Bank spokesman said it leaked.")[0].name == "Sun Bank"


def test_it_is_the_body_that_spoke_last() -> None:
    found = attributions("The Sun Bank said costs rose. Four branches will close, it added.")
    assert (found[-1].name, found[-1].flags) == ("Sun Bank", ("pronoun",))


def test_a_pronoun_stands_for_the_last_speaker_and_is_flagged() -> None:
    found = attributions("President Paul Mbeki spoke on Monday. He said the harvest was poor.")
    assert found[-1].name == "Paul Mbeki"
    assert found[-1].flags == ("pronoun",)


def test_its_own_statement_is_the_subject_s() -> None:
    found = attributions("According to its own figures, the Red Cross fed 4,000 people.")
    assert found[0].source is not None
    assert "Red Cross" in found[0].source.surface


@pytest.mark.parametrize(
    "source", ["a statement issued by the Nordic Council", "figures from the Nordic Council"]
)
def test_whoever_issued_a_statement_is_who_speaks(source: str) -> None:
    (found,) = attributions(f"It will take ten days, according to {source}.")
    assert (found.source and found.source.surface, found.name) == (source, "Nordic Council")
