"""The extractor that always runs: own grammars over a lexicon, no model, no network."""

from service.extraction.analysis import Analysis, analyse
from service.extraction.circumstances import NAME, VERSION, context_of
from service.extraction.claims import claims_of
from service.extraction.gazetteer import Gazetteer
from service.extraction.protocol import ClaimCandidate, Document


class RulesExtractor:
    """`gazetteer` holds the known entities. Deterministic: the same document gives the same candidates."""

    name = NAME
    version = VERSION

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer or Gazetteer()

    def extract(self, document: Document) -> list[ClaimCandidate]:
        return self.candidates(analyse(document, self.gazetteer))

    @staticmethod
    def candidates(analysis: Analysis, failed: dict[int, Exception] | None = None) -> list[ClaimCandidate]:
        """For callers that have the analysis already; `failed` as in `claims_of`."""
        return claims_of(context_of(analysis), failed)
