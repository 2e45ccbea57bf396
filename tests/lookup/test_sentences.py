"""The sentence of an answer: what stands in front for each form of question, and the words that it quotes."""

import httpx
import pytest

from tests.lookup.test_routes import ask, first


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("How many people were arrested in Kazakhstan?", "Between 7,939 and 12,000 people arrested in "),
        ("How many citizens were killed?", "Dozens of people killed in Kazakhstan (citizens): "),
        ("How long will the withdrawal take?", "Between 7 and 10 days to withdraw from Kazakhstan: "),
        ("How old is Tokayev?", "68 years old: "),
        ("Were soldiers sent to Kazakhstan?", "Yes, and the sources differ: between 2,000 and 2,500"),
        ("Is there a cap on fuel prices?", "Yes: 180 days"),
        ("Was there a protest in Almaty on 10 January?", "No, it is denied: "),
        ("Will the CSTO stay in Kazakhstan?", "It is planned: "),
        ("Is the death toll unclear?", "It is left open: "),
        ("When was the summit?", "10 January 2022 or 11 January 2022: "),
        ("When did Kazakhstan become independent?", "By 13 January 1992: "),
        ("For how long has Kazakhstan been independent?", "By 13 January 1992: "),
        ("When was Masimov charged?", "No claim says when: "),
        ("Why was Masimov arrested?", "High treason: "),
        ("Why did the protests start?", "Rise in fuel prices: "),
        ("Where was the internet shut down?", "Almaty: "),
        ("Which airport did they seize?", "Almaty Airport: "),
        ("Which buildings were stormed?", "Administration buildings and police stations: "),
        ("Who set government buildings on fire?", "Protesters: "),
        ("Who arrested Masimov?", "No claim says who: "),
        ("Who said that the deployment is complete?", "Andrey Serdyukov: "),
        ("Who reported that flags were at half-mast?", "Kazinform: "),
        ("Who said that protesters occupied the airport?", "No claim says who said it: "),
        ("Who said that 10,000 people were arrested?", "Kazakh media: "),
        ("Who said that the troops would be out within a week?", "Press Service of the President"),
        ("Is it true that 3,000 soldiers were sent?", "It fits what some say, and others contradict it: "),
        ("Is it true that 164 people died in Kazakhstan?", "It was said and withdrawn; what stands"),
        ("Is Tokayev 68?", "Yes, that is what they say: 68 years old: "),
    ],
)  # fmt: skip
async def test_an_answer_begins_with_what_is_asked_for(
    client: httpx.AsyncClient, question: str, beginning: str
) -> None:
    answer = first(await ask(client, question))["answer"]
    assert answer.startswith(beginning), answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Were flags lowered?", "flags were lowered"),
        ("Did Tokayev order mourning?", "ordered mourning"),
        ("Were 164 people killed?", "164 people"),
        ("Were 7,989 people arrested in Kazakhstan?", "7,989 people"),
        ("When did the troops of the CSTO arrive?", "arrived in Kazakhstan last week"),
    ],
)
async def test_the_words_that_are_quoted_speak_like_the_question(
    client: httpx.AsyncClient, question: str, words: str
) -> None:
    assert words in first(await ask(client, question))["evidence"]["quote"]


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("Did the Kazakh president dismiss the government?", True),
        ("Did the Russian president dismiss the government?", False),
        ("What did the Russian president say about terrorists?", True),
        ("Was the head of the National Security Committee arrested?", True),
        ("Was the head of the National Security Council arrested?", False),
        ("Who else was detained besides Masimov?", True),
        ("What did Blinken say about the airport?", False),
        ("Is Astana the largest city of Kazakhstan?", False),
        ("Is Masimov 68?", False),
        ("How do I get to Almaty?", False),
        ("Who trained the terrorists?", False),
        ("What is the price of fuel?", False),
    ],
)
async def test_who_is_meant_by_an_office_and_what_is_no_answer(
    client: httpx.AsyncClient, question: str, answered: bool
) -> None:
    body = await ask(client, question)
    assert bool(body["facts"]) == answered, body["facts"][:1] or body["because"]


async def test_whoever_is_left_out_is_not_answered_with(client: httpx.AsyncClient) -> None:
    body = await ask(client, "Who else was detained besides Masimov?")
    assert "detention-karim-masimov-2022-01" not in [fact["fact"]["slug"] for fact in body["facts"]]


async def test_the_count_of_a_wider_group_is_told_of_and_is_no_answer(client: httpx.AsyncClient) -> None:
    body = await ask(client, "How many police officers were killed?")
    assert body["facts"] == []
    assert body["because"] == (
        "there is a figure of a wider group: "
        "it counts members of the security forces, of whom police are only a part"
    )
    slug = "deaths-kazakhstan-subset-members-of-the-security-forces-2022-01"
    assert body["suggestions"][0]["fact"]["slug"] == slug
