"""What workers of a bulk run are forked from: a process that has imported this, and with it all they need.

It knows neither the store's names, which are read by each worker, nor what pages are cleaned with.
"""

import gc

from service.extraction.lexicon import lexicon
from service.ingestion import reading

__all__ = ["reading"]

gc.disable()  # all that is made here stays
lexicon()
gc.freeze()
gc.enable()
