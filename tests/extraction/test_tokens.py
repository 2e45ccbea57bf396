"""The words of a sentence, and the groups of words that it has any of."""

from service.extraction.tokens import group, tokenize


def test_a_sentence_knows_the_groups_that_its_words_are_in() -> None:
    colours, beasts = group(("red", "green")), group(lambda: {"fox", "hound"})
    assert colours != beasts
    assert tokenize("Red sails at dawn.").groups & (colours | beasts) == colours
    assert tokenize("The hound, green with envy, left.").groups & (colours | beasts) == colours | beasts
    assert not tokenize("The foxes redden.").groups & (colours | beasts)


def test_part_of_a_sentence_has_only_the_groups_of_that_part() -> None:
    colours, marks = group(("red",)), group((",",))
    tokens = tokenize("Tea, red wine")
    assert tokens.since(5).groups & (colours | marks) == colours


def test_a_word_is_known_by_a_group_that_is_declared_after_it_was_first_read() -> None:
    assert tokenize("A heron rose.")
    waders = group(("heron",))
    assert tokenize("A heron rose.").groups & waders


def test_tokens_stand_where_they_say_whatever_white_space_lies_between() -> None:
    text = " \u00a0The  workers' union\t(“ULA”)\u00a0 said: 1,200 left. "
    tokens = tokenize(text, 1)
    assert [token.text for token in tokens] == [
        "The", "workers", "'", "union", "(", "“", "ULA", "”", ")", "said", ":", "1,200", "left", ".",
    ]  # fmt: skip
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert tokens.lowers == [token.lower for token in tokens]
    assert [token.tag for token in tokens][2:5] == ["poss", "word", "punct"]
    assert not tokenize(" \u00a0 ")
    assert not tokenize("")
