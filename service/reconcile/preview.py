"""The small page that clients show in a frame beside a candidate."""

from collections.abc import Iterable
from html import escape

from service.reconcile.queries import Alias, Counts, Known
from service.reconcile.types import TYPES

# Any client may show the page in a frame; it has no scripts, and styles of its own only.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
MOST_ALIASES = 8
MOST_CLAIMS = 3

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<style>
body {{ font: 0.875rem/1.4 system-ui, sans-serif; margin: 0.5rem; color: #1b1b1b; background: #fff }}
h1 {{ font-size: 1.05rem; margin: 0 }}
p, ul {{ margin: 0.3rem 0 0 }}
ul {{ padding-left: 1.1rem }}
.quiet {{ color: #595959 }}
</style>
</head>
<body>
<h1><a href="{url}" target="_blank" rel="noopener">{name}</a></h1>
{body}
</body>
</html>
"""


def preview(one: Known, aliases: list[Alias], counts: Counts, statements: Iterable[str], url: str) -> str:
    """HTML of an entity: what it is, how else it is written, how much is claimed, and the newest claims."""
    kind = TYPES[one.kind].name
    lines = [f'<p class="quiet">{kind}{f", part of {escape(one.whole.name)}" if one.whole else ""}</p>']
    if one.description:
        lines.append(f"<p>{escape(one.description)}</p>")
    others = [alias for alias in aliases if alias.kind != "name"]
    if others:
        more = f" and {len(others) - MOST_ALIASES} more" if len(others) > MOST_ALIASES else ""
        lines.append(f"<p>Also {', '.join(map(_alias, others[:MOST_ALIASES]))}{more}</p>")
    claims, articles = _count(counts.claims, "claim"), _count(counts.articles, "article")
    lines.append(f'<p class="quiet">In {claims}; named by {articles}</p>')
    items = "\n".join(f"<li>{escape(text)}</li>" for text in statements)
    if items:
        lines.append(f"<ul>\n{items}\n</ul>")
    return PAGE.format(name=escape(one.name), url=escape(url), body="\n".join(lines))


def _alias(alias: Alias) -> str:
    lang = f' lang="{escape(alias.language)}"' if alias.language else ""
    return f"<span{lang}>{escape(alias.text)}</span>"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
