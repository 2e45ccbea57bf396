"""Measures attribution on MEANTIME's SLINKs: a reporting verb and the event it reports.

    python -m evaluation.attribution FOLDER [--part tune|report|all] [--errors]

A link is found when an attribution's cue holds the verb and its content holds (or overlaps) the reported
event. "reporting" counts links whose source is a verb of communication, active or passive; "all" counts
every SLINK, thus also wanting, expecting and negotiating, which attribute nothing.
"""

import argparse
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from evaluation.corpora import TextBuilder, part_of
from service.extraction.analysis import analyse
from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import Document

REPORTING = frozenset(
    "say state announce report claim tell confirm argue cite quote call reveal recommend request "
    "warn deny insist add promise conclude declare explain note admit acknowledge suggest allege "
    "disclose".split()
)


class Links:
    """The rebuilt text of one file with its SLINKs as pairs of spans."""

    def __init__(self, path: Path) -> None:
        root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
        builder = TextBuilder()
        spans: dict[str, tuple[int, int]] = {}
        previous = -1
        for token in root.iter("token"):
            number = int(token.get("sentence") or 0)
            if number != previous and number <= 2:
                builder.new_line()
            previous = number
            surface = token.text or ""
            joined = surface in ("-", "/", "–")
            spans[token.get("t_id") or ""] = builder.add(surface, joined=joined, glue_after=joined)
        self.text = builder.text()
        events: dict[str, tuple[str, tuple[int, int]]] = {}
        for event in root.iter("EVENT_MENTION"):
            anchors = [spans[anchor.get("t_id") or ""] for anchor in event.findall("token_anchor")]
            if anchors:
                events[event.get("m_id") or ""] = (event.get("pred") or "", (anchors[0][0], anchors[-1][1]))
        self.links: list[tuple[str, tuple[int, int], tuple[int, int]]] = []
        for link in root.iter("SLINK"):
            source, target = link.find("source"), link.find("target")
            if source is None or target is None:
                continue
            verb, cue = events[source.get("m_id") or ""]
            self.links.append((verb, cue, events[target.get("m_id") or ""][1]))


def count(path: Path, gazetteer: Gazetteer, errors: bool) -> Counter[str]:
    gold = Links(path)
    found = analyse(Document(gold.text), gazetteer).attributions
    counts: Counter[str] = Counter()
    hit_cues: set[int] = set()
    for verb, cue, target in gold.links:
        head = verb.split()[0].split("_")[0].lower() if verb else gold.text[cue[0] : cue[1]].lower()
        mine = [item for item in found if item.cue.start < cue[1] and cue[0] < item.cue.end]
        hit_cues.update(item.cue.start for item in mine)
        right = any(
            item.content is not None and item.content.start < target[1] and target[0] < item.content.end
            for item in mine
        )
        kinds = ("all", "reporting") if head in REPORTING else ("all",)
        for kind in kinds:
            counts[f"{kind} gold"] += 1
            counts[f"{kind} hit"] += right
            counts[f"{kind} sourced"] += right and any(item.source is not None for item in mine)
        if errors and not right and "reporting" in kinds:
            line = gold.text[max(0, cue[0] - 80) : cue[1] + 80].replace("\n", " ")
            print(
                f"  {path.name[:14]} {gold.text[cue[0] : cue[1]]} → {gold.text[target[0] : target[1]]}: "
                f"{line!r} {[item.content and item.content.surface for item in mine]}"
            )
    return counts


def measure(folder: Path, part: str, errors: bool = False) -> Counter[str]:
    gazetteer = Gazetteer()
    total: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.xml")):
        if not path.name.startswith("GUM_") and part in ("all", part_of(path.name)):
            total += count(path, gazetteer, errors)
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("tune", "report", "all"), default="report")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    total = measure(options.folder, options.part, options.errors)
    for kind in ("reporting", "all"):
        gold = total[f"{kind} gold"] or 1
        print(
            f"SLINK {kind}: recall {total[f'{kind} hit'] / gold:.3f}, "
            f"with a source {total[f'{kind} sourced'] / gold:.3f} (n={gold})"
        )


if __name__ == "__main__":
    main()
