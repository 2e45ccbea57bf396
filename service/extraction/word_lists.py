"""Word lists as text: a hundred quoted words are harder to read and to check than a paragraph."""


def word_list(words: str) -> list[str]:
    return words.split()


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())
