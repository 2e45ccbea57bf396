"""From a scraped text to the article alone, with a way back to every raw offset."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.extraction.clean import clean, raw_span
from service.extraction.plain import MOST_TOLD, between
from service.extraction.text import CleanText

BODY = [
    "Police in the port city detained almost 300 people on Monday after a rally over the price of bread.",
    "Residents said that shops stayed shut and that buses did not run, while the square was closed to cars.",
    "A spokeswoman for the mayor told reporters that the curfew would be lifted within a week if calm held.",
]
ARTICLE = "\n".join(["Hundreds held after bread rally", *BODY])


def assert_maps_back(cleaned: CleanText, raw: str) -> None:
    """Every mapped character is the raw one, or white space for white space."""
    position = raw_position = 0
    for start, raw_start, length in cleaned.segments:
        assert start >= position
        assert raw_start >= raw_position
        # What lies between two runs is white space of cleaning's own, in plain text.
        position, raw_position = start + length, raw_start + length
        for mine, theirs in zip(cleaned.text[start:position], raw[raw_start:raw_position], strict=True):
            assert mine == theirs or (mine.isspace() and theirs.isspace())
    assert position <= len(cleaned.text)
    for part in cleaned.removed:
        assert raw[part.start : part.end] == part.surface


def test_an_article_without_junk_stays_as_it_is() -> None:
    cleaned = clean(ARTICLE)
    assert cleaned.text == ARTICLE
    assert cleaned.removed == ()


@pytest.mark.parametrize(
    ("junk", "reason"),
    [
        ("[ad_1]", "advertisement"),
        ("ADVERTISEMENT", "advertisement"),
        ("Advertisement Continue reading the full report", "advertisement"),
        ("Scroll down for video", "footer"),
        ("Photo", "navigation"),
        ("Story continues below advertisement", "advertisement"),
        ("Leave a Comment", "comments"),
        ("Your email address will not be published. Required fields are marked *", "comments"),
        ("This site uses Akismet to reduce spam. Learn how your comment data is processed.", "comments"),
        ("Source link", "source link"),
        ("Source: AFP", "source link"),
        ("Also Read | Harbour closed", "related"),
        ("(AP Photo/Ama Osei)", "credit"),
        ("Photo by Ama Osei / AFP", "credit"),
        ("FILE PHOTO: The harbour at night. REUTERS/Ama Osei/File Photo", "credit"),
        ("(Reporting by Ama Osei in Tema; Editing by Kofi Mensah)", "credit"),
        ("Ama Osei contributed to this report.", "credit"),
        ("(With inputs from agencies)", "credit"),
        ("This is a developing story. Check back for updates.", "footer"),
        ("Our Standards: The Harbour Trust Principles.", "footer"),
        ("Please enter your comment!", "footer"),
        ("Join our Telegram channel", "share"),
        ("source site-12", "source link"),
        ("Source: https://example.org/a/b", "source link"),
        ("https://example.org/a/b", "link"),
        ("Share this article", "share"),
        ("Share on Facebook", "share"),
        ("Facebook | Twitter | WhatsApp", "share"),
        ("Subscribe to our newsletter", "subscription"),
        ("Sign up for our daily newsletter and stay informed", "subscription"),
        ("READ ALSO: Bread prices rise again in the north", "related"),
        ("Related: Bread prices rise again in the north", "related"),
        ("We use cookies to improve your experience.", "cookies"),
        ("© 2022 The Port Gazette. All rights reserved.", "copyright"),
        ("Tags: bread, rally, police", "navigation"),
        ("3 min read", "navigation"),
        (".", "punctuation"),
        ("* * *", "punctuation"),
        ("daily bulletin", "credit"),
        ("portgazette.example", "credit"),
    ],
)
def test_junk_lines_go_with_their_reason(junk: str, reason: str) -> None:
    raw = f"{ARTICLE}\n{junk}"
    cleaned = clean(raw)
    assert cleaned.text == ARTICLE
    assert [(part.surface, part.reason) for part in cleaned.removed] == [(junk, reason)]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell by a tenth on Monday.",
        "Read more slowly, the minister advised pupils.",
        "Comments by the mayor were met with anger.",
        "Cookies were handed out to protesters.",
        "Source: Ministry of Health",
        "Police guard the square in the port city on the 9th. Photo: R. Osei / Agency",
        "By Ama Osei",
        "Next week the council meets again.",
        "Top officials resigned",
        "Copyright law was changed by the senate in May.",
        "More from the region is expected to follow, officials said.",
        "Source: police say four died",
        "PHOTO: Crews rest beside the road to Bly, where the fire has burned 201,000 acres and is spreading.",
    ],
)
def test_lines_that_only_begin_like_junk_stay(line: str) -> None:
    raw = "\n".join([ARTICLE, line, BODY[0].replace("Police", "Guards")])
    assert clean(raw).text == raw


def test_lines_that_repeat_the_title_or_a_part_of_it_go() -> None:
    raw = "\n".join(
        ["Mayor speaks: Hundreds held in port", "", "Mayor speaks", "Hundreds held in port", "", *BODY]
    )
    cleaned = clean(raw)
    assert cleaned.text == "\n".join(["Mayor speaks: Hundreds held in port", "", *BODY])
    assert [part.reason for part in cleaned.removed] == ["repeated", "repeated"]


def test_a_paragraph_that_comes_twice_stays_once() -> None:
    assert clean("\n".join([ARTICLE, BODY[1]])).text == ARTICLE


def test_what_readers_wrote_below_goes_as_a_whole() -> None:
    raw = "\n".join(
        [ARTICLE, "2 comments", "Ama", "I was there and saw 5,000 people in the square, not 300 at all."]
    )
    cleaned = clean(raw)
    assert cleaned.text == ARTICLE
    assert {part.reason for part in cleaned.removed} == {"comments"}


def test_titles_of_other_articles_below_a_heading_go_until_prose_begins_again() -> None:
    raw = "\n".join(
        ["Title of it", *BODY[:2], "Related articles", "Bread prices rise", "Ferry sinks", BODY[2]]
    )
    assert clean(raw).text == "\n".join(["Title of it", *BODY])


def test_invisible_characters_and_odd_white_space_are_normalised() -> None:
    raw = (
        "\ufeffBread\u00a0rally\r\n\r\n300\u202f000 peo\u200bple  \u200fcame.\t\x07They left\u2028Then rain."
    )
    cleaned = clean(raw)
    assert cleaned.text == "Bread rally\n\n300 000 people came. They left\nThen rain."
    assert_maps_back(cleaned, raw)
    start = cleaned.text.index("people")
    span = raw_span(cleaned, start, start + len("people"))
    assert span is not None
    assert raw[slice(*span)] == "peo\u200bple"


def test_of_very_many_invisible_characters_the_first_are_told_and_all_go() -> None:
    cleaned = clean("a\u200b" * 5_000)
    assert cleaned.text == "a" * 5_000
    assert len(cleaned.removed) == MOST_TOLD
    assert cleaned.removed[-1].start == 2 * MOST_TOLD - 1


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Enlarge this image toggle caption Ama Osei/AP Ama Osei/AP", ""),
        ("Facebook Twitter Pinterest Shoppers queue in the old port.", "Shoppers queue in the old port."),
        ("Image copyright Getty Images Image caption The square was empty", "The square was empty"),
        ("GETTY Soldiers guard the mint", "Soldiers guard the mint"),
        ("Read or Share this story: https://example.org/2a", ""),
        ("JUST WATCHED The bread line Replay More Videos ... MUST WATCH The bread line 01:12", ""),
        ("GETTY is an agency for pictures.", "GETTY is an agency for pictures."),
        ("The image caption was wrong.", "The image caption was wrong."),
    ],
)
def test_what_pages_put_around_captions_goes(line: str, kept: str) -> None:
    raw = "\n".join([ARTICLE, line, "The mayor resigned on Tuesday."])
    cleaned = clean(raw)
    rest = [text for text in cleaned.text.split("\n") if text][4:]
    assert rest == [*([kept] if kept else []), "The mayor resigned on Tuesday."]
    assert_maps_back(cleaned, raw)


def test_pictures_of_a_gallery_stand_on_lines_of_their_own_without_its_title() -> None:
    title = "Photos: Bread rally: A city at a stand"
    captions = ["A man shows his ration book.", "Police line the quay", "Ovens stay cold on Monday."]
    shown = (f"{title} {caption} Hide Caption {n} of 3" for n, caption in enumerate(captions, 1))
    raw = "\n".join([ARTICLE, " ".join(shown)])
    cleaned = clean(raw)
    assert [text for text in cleaned.text.split("\n") if text][4:] == captions
    assert_maps_back(cleaned, raw)
    assert {part.reason for part in cleaned.removed} == {"caption"}


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    words = " ".join(BODY).split()
    raw = "\n".join(" ".join(words[index : index + 9]) for index in range(0, len(words), 9))
    cleaned = clean(raw)
    assert cleaned.text == " ".join(words)
    assert_maps_back(cleaned, raw)


LETTER = "\n".join(
    [
        "Ferry runs aground off Port Amalia",
        "",
        "About 300 passengers left the ferry Queen Ilse off Port Amalia on Friday, the Coast Guard of the "
        "Northern Isles said, and 12 of them were taken to the Saint Brendan Hospital. The north-eastern "
        "channel stays closed.",
        "Captain Ole Brandt blamed the Harbour Office, which said that a buoy was missing on Tuesday.",
    ]
)


@pytest.mark.parametrize("width", [64, 72, 80])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_filled_up_to_a_width_are_joined_where_the_next_word_had_no_room(width: int, end: str) -> None:
    """Most of them end before a name, which does not show that the sentence goes on. A title and a paragraph
    end where they end, with or without an empty line behind them."""
    raw = end.join(textwrap.fill(part, width) for part in LETTER.split("\n"))
    cleaned = clean(raw)
    assert cleaned.text == LETTER
    assert_maps_back(cleaned, raw)


def test_a_word_that_was_parted_at_its_hyphen_is_one_again() -> None:
    assert between("The north-") == ""
    assert between("It was closed -") == between("It was closed") == " "


def test_lines_that_only_are_of_a_length_stay_apart() -> None:
    headlines = [
        "Shops in the old town open again after the flood",
        "Trains from Kisumu to Nairobi run each hour again",
        "Council votes for another bridge across the river",
        "Hospital asks for blood donors after the accident",
        "Teachers call off the strike planned for Thursday",
        "Rangers find two lost hikers on the northern slope",
        "Harbour closes for three days while divers search",
    ]
    assert clean("\n".join(headlines)).text == "\n".join(headlines)


@pytest.mark.parametrize("raw", ["", "\n\n", "[ad_1]", ".", "\x00\x00"])
def test_nothing_but_junk_leaves_nothing(raw: str) -> None:
    assert clean(raw).text == ""


def page(*paragraphs: str) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        "<!doctype html><html><head><title>Held | Gazette</title><style>p {color: red}</style></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<article><h1>Hundreds held after bread rally</h1>{body}</article>"
        "<footer><p>© 2022 The Port Gazette</p></footer></body></html>"
    )


def test_a_page_is_reduced_to_its_article_and_maps_back() -> None:
    raw = page(BODY[0].replace("300", "<b>300</b>"), BODY[1], BODY[2].replace(" the ", "&nbsp;the ", 1))
    cleaned = clean(raw)
    for paragraph in BODY:
        assert paragraph in cleaned.text
    assert "Home" not in cleaned.text
    assert "Gazette" not in cleaned.text
    start = cleaned.text.index("almost 300 people")
    span = raw_span(cleaned, start, start + len("almost 300 people"))
    assert span is not None
    assert raw[slice(*span)] == "almost <b>300</b> people"
    for start, raw_start, length in cleaned.segments:
        assert cleaned.text[start : start + length] == raw[raw_start : raw_start + length]
    assert any(part.reason == "boilerplate" and "World" in part.surface for part in cleaned.removed)


def test_a_fragment_of_a_page_is_enough() -> None:
    assert clean("<p>Ten people died in the port.</p>").text == "Ten people died in the port."


@pytest.mark.parametrize(
    "raw", ["<html><body></body></html>", "<p></p>", "<html><script>var a = '<p>x</p>'</script></html>"]
)
def test_a_page_without_an_article_gives_an_empty_text(raw: str) -> None:
    assert clean(raw).text == ""


def test_the_caller_may_say_what_it_is() -> None:
    assert clean("Use <p> for a paragraph and </p> to end it.", html=False).text.startswith("Use <p>")
    assert clean("5 < 6 and 7 > 6").text == "5 < 6 and 7 > 6"


PIECES = st.sampled_from(
    [
        *("Bread is dear.", "[ad_1]", "Share this", BODY[0], "é", "."),
        *("\n", "\r\n", "\u00a0", "\u200b", "\x00", " ", "\t", "\u2028"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80))
def test_offsets_lead_back_to_the_raw_text(raw: str) -> None:
    cleaned = clean(raw, html=False)
    assert_maps_back(cleaned, raw)
    mapped = {start + step for start, _, length in cleaned.segments for step in range(length)}
    mapped |= {offset for offset, _, _ in cleaned.letters}
    assert all(character.isspace() for index, character in enumerate(cleaned.text) if index not in mapped)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_cleaning_what_is_clean_changes_nothing(raw: str) -> None:
    once = clean(raw, html=False).text
    assert clean(once, html=False).text == once


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b", ">", "&amp;", "&#1;", "<!--", "<script>", "x y", "300", "</html>"]
        ),
        max_size=25,
    )
)
def test_broken_pages_do_not_break_cleaning(pieces: list[str]) -> None:
    raw = "<html>" + "".join(pieces)
    cleaned = clean(raw, html=True)
    for start, raw_start, length in cleaned.segments:
        assert cleaned.text[start : start + length] == raw[raw_start : raw_start + length]
