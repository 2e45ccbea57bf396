"""Articles that the tests bring, written for them."""

from typing import Any

FLOOD = """Flood cuts off northern Kenya

Heavy rain killed 34 people in Kenya on Tuesday, the interior ministry said.
Police arrested 25 people in Nairobi on Wednesday, the mayor told reporters.

From the valley below the dam more than 3,000 residents were evacuated; the wall held through the night.
Engineers worked on the spillway until dawn, and lorries with blankets, drinking water and tents went out over
the only bridge that still stands. Schools stay closed for the rest of the week while teachers help in the
camps.
"""

# A reprint: one sentence less, one word changed.
REPRINT = FLOOD.replace("Schools stay closed", "All schools stay closed").replace(
    "Engineers worked on the spillway until dawn, and lorries", "Lorries"
)

STRIKE = """Dockers walk out in Hamburg

Dockers in Hamburg stopped work on Thursday, the union said. Police detained 12 people at the gates of the
harbour, a spokesman for the city told journalists, and nobody was hurt.
"""


def article(text: str = FLOOD, **members: Any) -> dict[str, Any]:
    """A body for POST /v1/articles."""
    return {"text": text, "source": "The Harbour Courier", "published_at": "2023-05-10"} | members


def claim(**members: Any) -> dict[str, Any]:
    """A claim that stands in FLOOD."""
    return {
        "predicate": "arrests",
        "quote": "Police arrested 25 people in Nairobi",
        "value": "25 people",
        "amount": 25,
    } | members
