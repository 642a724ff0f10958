"""How each shipped model and generated word list was made: one module for each, one command for each.

    python -m training.lexicon                 clusters, possible tags, lists of names
    python -m training.sentences --gold FOLDER    sentence boundaries
    python -m training.tagger --gold FOLDER    tags
    python -m training.lemmas --gold FOLDER    exceptions of the lemmatiser
    python -m training.names --gold FOLDER     names

Each writes its file into ``src/corpus_tools/language/data`` and gives the same bytes every time; the model cards stand
beside this package's modules. Later ones read what earlier ones wrote, so run them in this order.
"""
