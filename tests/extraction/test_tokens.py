"""The words of a sentence, and the groups of words that it has any of."""

from service.extraction.tokens import Tokens, group, tokenize


def test_a_sentence_knows_the_groups_that_its_words_are_in() -> None:
    colours, beasts = group(("red", "green")), group(lambda: {"fox", "hound"})
    assert colours != beasts
    assert tokenize("Red sails at dawn.").groups & (colours | beasts) == colours
    assert tokenize("The hound, green with envy, left.").groups & (colours | beasts) == colours | beasts
    assert not tokenize("The foxes redden.").groups & (colours | beasts)


def test_part_of_a_sentence_has_only_the_groups_of_that_part() -> None:
    colours, marks = group(("red",)), group((",",))
    tokens = tokenize("Tea, red wine")
    assert Tokens(tokens[2:]).groups & (colours | marks) == colours


def test_a_word_is_known_by_a_group_that_is_declared_after_it_was_first_read() -> None:
    assert tokenize("A heron rose.")
    waders = group(("heron",))
    assert tokenize("A heron rose.").groups & waders
