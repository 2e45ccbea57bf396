"""How long extraction takes over texts that nobody would write, and whether that grows faster than they do.

    python -m benchmarks.adversarial [--size 1000000] [--only WORD] [--repeat 1]

Each pattern is read twice through the whole chain (cleaning, analysis, claims, grounding), as plain text or
as a page: at half the size and at the whole. Prints seconds of processor time for a megabyte and the ratio of
both readings, which is 2 where time grows as the text does. Ends with 1 when a megabyte takes 2 seconds or
longer.
"""

import argparse
import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product

from service.extraction.gazetteer import Gazetteer
from service.extraction.grounding import own_vocabulary
from service.extraction.pages import MOST_ELEMENTS
from service.extraction.values import PredicateRule
from service.ingestion.pipeline import NoArticle, Raw, process

LIMIT = 2.0  # seconds of processor time for a megabyte
JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>'
SENTENCE = "Police arrested 12 people in Oslo on Monday, the interior ministry said. "


def repeated(part: str) -> Callable[[int], str]:
    return lambda size: (part * (size // len(part) + 1))[:size]


def nested(opening: str, closing: str, inside: str) -> Callable[[int], str]:
    """Half the text opens, the other half closes."""

    def make(size: int) -> str:
        times = max(1, (size - len(inside)) // (len(opening) + len(closing)))
        return opening * times + inside + closing * times

    return make


def within(head: str, part: str, tail: str) -> Callable[[int], str]:
    return lambda size: head + repeated(part)(size) + tail


def paragraphs(part: str, length: int) -> Callable[[int], str]:
    """The part again and again, in paragraphs of a length."""
    return lambda size: "\n\n".join([repeated(part)(length)] * (size // (length + 2) + 1))[:size]


def counted(part: str) -> Callable[[int], str]:
    """The part with a number in it that is never the same."""
    return lambda size: "".join(part.format(n) for n in range(size // (len(part) - 1) + 1))[:size]


def named(part: str) -> Callable[[int], str]:
    """The part with a name in it that is hardly ever the same."""
    names = [
        "".join(letters).capitalize() for letters in product("aeiou", "bcdfgk", "aeiou", "lmnrst", "aeiou")
    ]
    return lambda size: "".join(
        part.format(names[n % len(names)] + names[n // len(names) % len(names)].lower())
        for n in range(size // len(part) + 1)
    )[:size]


def allowed(opening: str, closing: str) -> Callable[[int], str]:
    """Nearly as many elements as an article is sought among, with text in them for the rest of the size."""

    def make(size: int) -> str:
        times = min(size // 150, (MOST_ELEMENTS - 50) // opening.count("<"))
        inside = repeated(SENTENCE)(size // times - len(opening) - len(closing) - 6)
        return "<html><body>" + "".join(f"{opening}{inside} {n}.{closing}" for n in range(times))

    return make


TEXTS: dict[str, Callable[[int], str]] = {
    "figures with commas": repeated("1,"),
    "figures, no commas": repeated("1 "),
    "one number": repeated("7"),
    "decimals": repeated("1.5.2,5 "),
    "number words": repeated("two hundred thousand "),
    "hyphened number words": repeated("twenty-"),
    "hedges": repeated("more than "),
    "hedged figures": repeated("more than about 5 "),
    "ranges": repeated("between 1 and 2 to 3 - 4 "),
    "currencies": repeated("$1m €2bn £"),
    "percent": repeated("5 per cent % "),
    "dates": repeated("1 January "),
    "dates of all kinds": repeated("on Monday 1 January 2022, last week, since 2021-01-02, "),
    "times": repeated("12:30 p.m. "),
    "curly quotes, never closed": repeated("“a "),
    "curly quotes, closed only": repeated("a” "),
    "curly quotes, nested": nested("“a ", "b” ", "he said "),
    "single curly quotes": repeated("‘a ’b ‘"),
    "straight quotes": repeated('"a '),
    "guillemets": repeated("«a ‹b "),
    "quotes with speakers": repeated("“a,” said “b "),
    "apostrophes": repeated("a's' '"),
    "said": repeated("said "),
    "he said": repeated("he said she said that "),
    "according to": repeated("according to "),
    "and": repeated("and "),
    "names joined by and": repeated("Ann Lee and Bob Ray, "),
    "negations": repeated("not denied that not "),
    "names without end": repeated("Aaa Bbb "),
    "names of one letter": repeated("A. B. "),
    "of": repeated("Bank of the "),
    "titles": repeated("President Mr. Dr. Prime Minister "),
    "acronyms": repeated("(ABC) "),
    "acronym definitions": repeated("Aa Bb Cc (ABC) "),
    "pronouns": repeated("he she it they "),
    "ministries": repeated("the Kazakh interior ministry's spokesman "),
    "places": repeated("Oslo, Norway, in Oslo, "),
    "triggers": repeated("killed arrested died injured "),
    "triggers with figures": repeated("5 killed 6 arrested 7 "),
    "one true sentence": repeated(SENTENCE),
    "true sentences, no full stop": repeated(SENTENCE.replace(". ", " and ")),
    "one word": repeated("a"),
    "one capital word": repeated("A"),
    "mixed word": repeated("aA1"),
    "hyphens": repeated("-"),
    "hyphened words": repeated("a-"),
    "dashes": repeated("— "),
    "parentheses": nested("(", ")", "a"),
    "open parentheses": repeated("("),
    "brackets and braces": repeated("[{<"),
    "full stops": repeated(". "),
    "ellipses": repeated("..."),
    "abbreviations": repeated("e.g. U.S. Mr. "),
    "exclamation marks": repeated("a! B? "),
    "commas": repeated(", "),
    "colons and semicolons": repeated("a: b; "),
    "spaces": within("a", " ", "b"),
    "newlines": within("a", "\n", "b"),
    "short lines": repeated("a\n"),
    "short paragraphs": repeated("A\n\n"),
    "carriage returns": repeated("a \r\n\t"),
    "bullets": repeated("• a\n- b\n1. c\n"),
    "a table": repeated("Oslo | 5 | 6 | 7\n"),
    "links": repeated("http://a.b/c?d=e "),
    "mails and handles": repeated("a@b.c @d #e "),
    "Cyrillic": repeated("Полиция задержала 12 человек. "),
    "Arabic": repeated("قالت الشرطة ١٢ "),
    "Chinese": repeated("警方逮捕了十二人。"),
    "right-to-left marks": repeated("a\u200f5\u202e "),
    "combining marks": within("a", "\u0301", " said."),
    "emoji": repeated("👩‍👩‍👧 "),
    "no-break spaces": repeated("5\u00a0000\u2009killed\u202f"),
    "zero-width": repeated("5\u200b\ufeff"),
    "ligatures": repeated("ﬁve ﬀ ½ ² Ⅳ "),
    "mixed scripts": repeated("Роlіce аrrеѕtеd 12 реорle in Ослo. "),
    "names all different": named("{0} Smith met {0} Jones. "),
    "attributions all different": named("{0} Smith said 5 people died, "),
    "names alike": repeated("Mr. Abdul Rahman al-Rashid bin Abdul Rahman, "),
    "lines all different": counted("Line {0} says 5 were killed\n"),
    "dates all different": counted("On 5 January {0} police said. "),
    "one sentence with commas": repeated("12 people were killed in Oslo, "),
    "quotes that alternate": repeated("“He said ‘she said “they said ‘"),
    "capitals": repeated("POLICE ARRESTED 12 PEOPLE IN OSLO ON MONDAY "),
    "title case": repeated("Police Arrested Twelve People In Oslo On Monday "),
    "tabs": repeated("5\tkilled\t"),
    "shared footers": paragraphs("Read more: Follow us on Twitter. Advertisement ", 300),
    "long paragraphs": paragraphs(SENTENCE, 20_000),
    "denials": repeated("The ministry denied that 12 people died and denied the figure of 13. "),
    "tolls that rose": counted("The death toll rose from {0} to 13 on Monday. "),
    "from here to there": repeated("from Oslo to Bergen to Paris from 5 to 6 from Monday to Friday "),
    "figures by place": repeated("5 in Oslo, 6 in Paris; Almaty, Kazakhstan; 7 killed elsewhere; "),
    "units": repeated("5 km/h 6 m² 7°C 8 lb. 9 ft 10 in "),
    "right-to-left marks in words": repeated("ki\u200flled \u202b5\u202c peo\u200bple "),
}  # fmt: skip
PAGES: dict[str, Callable[[int], str]] = {
    "page: paragraphs": within("<html><body><article>", f"<p>{SENTENCE}</p>\n", "</article></body></html>"),
    "page: nested": nested("<div>", "</div>", f"<p>{SENTENCE * 5}</p>"),
    "page: nested inline": nested("<b>", "</b>", SENTENCE * 5),
    "page: never closed": within("<html><body>", "<div><p>a ", ""),
    "page: closed only": within(f"<p>{SENTENCE * 5}", "</div></p>", ""),
    "page: open brackets": within(f"<p>{SENTENCE * 5}", "<", ""),
    "page: one attribute": within('<p class="', "a ", f'">{SENTENCE * 5}</p>'),
    "page: attributes": within("<p ", 'a="b" ', f">{SENTENCE * 5}</p>"),
    "page: entities": within("<p>", "&amp;&#8220;", "</p>"),
    "page: comments": within(f"<p>{SENTENCE * 5}</p>", "<!-- a -->", ""),
    "page: one comment": within(f"<p>{SENTENCE * 5}</p><!--", "-", ""),
    "page: script": within(f"<p>{SENTENCE * 5}</p><script>", "var a = '<p>';", "</script>"),
    "page: table": within("<table>", "<tr><td>5</td><td>killed</td></tr>", "</table>"),
    "page: lists": within("<ul>", "<li>5 killed</li>", "</ul>"),
    "page: links": within("<body>", '<a href="/a">Read more</a> ', "</body>"),
    "page: line breaks": within("<p>", "a<br>", "</p>"),
    "page: paragraphs all different": counted(f"<p>{SENTENCE[:-2]} for the {{0}}th time.</p>"),
    "page: ampersands": within("<p>", "&", "</p>"),
    "page: preformatted": within("<pre>", "a  b\n", "</pre>"),
    "page: spans": within("<p>", "<span>police said </span>", "</p>"),
    "page: dates": within("<p>", "2022-01-02 3 Jan 2022 01/02/2022 ", "</p>"),
    "page: unclosed attributes": within(f'<p>{SENTENCE * 5}</p><p class="', "a <p>b ", ""),
    "page: quotes in tags": within(f"<p>{SENTENCE * 5}</p>", "<a title='\">' x=\"'>\">y ", ""),
    "page: nested tables": nested("<table><tr><td>", "</td></tr></table>", SENTENCE * 5),
    "page: CDATA": within(f"<p>{SENTENCE * 5}</p>", "<![CDATA[ a ]]>", ""),
    "page: open comments": within(f"<p>{SENTENCE * 5}</p>", "<!-- ", ""),
    "page: JSON-LD": within("<head>", JSON_LD, f"</head><p>{SENTENCE * 5}</p>"),
    "page: images inline": within(
        '<p><img src="data:image/png;base64,', "iVBORw0KGgo", f'">{SENTENCE * 5}</p>'
    ),
    "page: a title of a megabyte": within(
        "<head><title>", "Police said ", f"</title></head><p>{SENTENCE * 5}"
    ),
    "page: authors of a megabyte": within(
        '<head><meta name="author" content="', "Ann Lee, ", f'"></head><p>{SENTENCE * 5}</p>'
    ),
    "page: no tags": repeated(SENTENCE),
    "page: no spaces": within("<p>", "1,", "</p>"),
    "page: paragraphs allowed": allowed("<p>", "</p>"),
    "page: quotes allowed": allowed("<blockquote>", "</blockquote>"),
    "page: lists allowed": allowed("<ul><li>", "</li></ul>"),
    "page: tables allowed": allowed("<table><tr><td>", "</td></tr></table>"),
    "page: links allowed": allowed("<p><a href='/a'>", "</a></p>"),
    "page: authors allowed": allowed('<span class="author" rel="author">', "</span>"),
    "page: words like dates": counted('<p class="date">12 vor xyzq{0} 2021 foo</p>'),
    "page: attributes all different": lambda size: "<p " + counted('a{0}="b" ')(size) + f">{SENTENCE * 5}",
    "page: links never closed": within("<p>", "<a href='/'>5 killed ", ""),
    "page: directions": within("<p>", "<bdo dir=rtl>5 killed</bdo> \u202e", ""),
    "page: invisible characters": counted(f"<p>a&#8203;{{0}} \u00ad{SENTENCE}</p>"),
    "page: broken tags": repeated(f"<p <b {SENTENCE} </ p>< /b <i"),
}


def seconds(text: str, page: bool, gazetteer: Gazetteer, vocabulary: dict[str, PredicateRule]) -> float:
    started = time.process_time()
    with contextlib.suppress(NoArticle):
        process(Raw(html=text) if page else Raw(text=text), gazetteer, vocabulary)
    return time.process_time() - started


def measured(size: int, only: str, repeat: int) -> Iterator[tuple[str, float, float]]:
    """Name, seconds a megabyte and ratio of each pattern; of several readings the quickest counts."""
    gazetteer, vocabulary = Gazetteer(), own_vocabulary()
    process(Raw(text=SENTENCE * 5), gazetteer, vocabulary)  # the first reading builds tables
    for page in PAGES.values():
        seconds(page(2_000), True, gazetteer, vocabulary)
    for name, make in (TEXTS | PAGES).items():
        if only.casefold() not in name.casefold():
            continue
        page = name in PAGES
        whole, half = make(size), make(size // 2)
        times = [
            (seconds(half, page, gazetteer, vocabulary), seconds(whole, page, gazetteer, vocabulary))
            for _ in range(repeat)
        ]
        short, long = (min(several) for several in zip(*times, strict=True))
        yield name, long * 1_000_000 / size, long / max(short, 1e-9)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1_000_000, help="characters")
    parser.add_argument("--only", default="", help="patterns whose name holds this word")
    parser.add_argument("--repeat", type=int, default=1, help="readings of which the quickest counts")
    given = parser.parse_args()
    slow = 0
    print(f"{'pattern':32} s/MB  whole/half")
    for name, taken, ratio in measured(given.size, given.only, given.repeat):
        slow += taken >= LIMIT
        print(f"{name:32} {taken:5.2f} {ratio:6.2f}{'  too slow' if taken >= LIMIT else ''}", flush=True)
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
