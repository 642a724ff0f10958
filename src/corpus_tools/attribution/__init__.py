"""Who says it: attributions, sources, networks, provenance and balance.

>>> import pandas as pd
>>> from corpus_tools import attribution
>>> articles = pd.DataFrame({"article_id": ["a"], "text": ["The bridge is closed, the ministry said."]})
>>> attribution.find(articles)["cue"].tolist()
['said']
"""

from corpus_tools.attribution.finding import find
from corpus_tools.attribution.highlighting import Highlighted, highlight, showcase
from corpus_tools.attribution.networks import dependences, edges, network
from corpus_tools.attribution.provenance import provenance, wire_of
from corpus_tools.attribution.summaries import balance, cues, hedging, sources

__all__ = [
    "Highlighted",
    "balance",
    "cues",
    "dependences",
    "edges",
    "find",
    "hedging",
    "highlight",
    "network",
    "provenance",
    "showcase",
    "sources",
    "wire_of",
]
