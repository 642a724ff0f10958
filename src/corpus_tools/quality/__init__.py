"""How well the other rooms read a corpus, measured against what a careful reader wrote down.

The reader's notes are a folder of JSON files, one for each article; ``data/README.md`` gives their form and
``data/sample/expected/`` is an example. `compare` scores every table against them, `differences` lists the cases.
"""

from corpus_tools.quality.compare import compare, differences
from corpus_tools.quality.expected import Expected, ExpectedArticle, load

__all__ = ["Expected", "ExpectedArticle", "compare", "differences", "load"]
