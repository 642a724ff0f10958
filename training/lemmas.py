"""Learn the lemmatiser's rules for endings.

    python -m training.lemmas --gold FOLDER

Writes ``lemma_rules.tsv`` into the language room's data. An ending is kept only where it decides differently from the
shorter ending that would decide otherwise: general rules first, then their exceptions, down to whole words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Annotated

import typer

from corpus_tools.language._resources import lines
from corpus_tools.language.lemmas import apply, normalise
from training._treebank import Document, read, training

DATA = Path(__file__).parents[1] / "src" / "corpus_tools" / "language" / "data"
LONGEST = 6
#: A tag with fewer words than this has no general rule.
FEW = 30
Script = tuple[int, str]
Rules = dict[str, dict[str, Script]]
HEADER = """# Rules for dictionary forms: universal and Penn tag, ending (^ before a whole word), characters to cut,
# what to add. Learned by training/lemmas.py from UD English EWT and the shippable part of GUM, train (CC BY-SA 4.0),
# and irregular_verbs.txt.
"""


def script(word: str, lemma: str) -> Script:
    """How to make `lemma` of `word`: cut so many characters, add these."""
    shared = 0
    while shared < min(len(word), len(lemma)) and word[shared] == lemma[shared]:
        shared += 1
    return len(word) - shared, lemma[shared:]


def observations(documents: list[Document]) -> dict[str, dict[str, Counter[Script]]]:
    """For each tag and lower-case word how often each script made its lemma."""
    seen: dict[str, dict[str, Counter[Script]]] = defaultdict(lambda: defaultdict(Counter))
    for document in documents:
        for form, upos, xpos, lemma in zip(document.forms, document.upos, document.xpos, document.lemmas, strict=True):
            if lemma != "_":
                tag = f"{upos} {xpos}"
                word = normalise(form, tag)
                seen[tag][word.lower()][script(word, lemma)] += 1
    for line in lines("irregular_verbs.txt"):
        base, past, participle = line.split()
        for tag, forms in (("VERB VBD", past), ("VERB VBN", participle)):
            for form in forms.split("/"):
                seen[tag][form][script(form, base)] += 1
    add_regular_forms(seen)
    return seen


def add_regular_forms(seen: dict[str, dict[str, Counter[Script]]]) -> None:
    """Add the regular inflections of every verb and noun that was seen in its dictionary form."""
    bases = {word for tag in ("VERB VB", "VERB VBP") for word in seen[tag] if best(seen[tag][word]) == (0, "")}
    irregular = {line.split()[0] for line in lines("irregular_verbs.txt")} | {"be", "have", "do"}
    for base in sorted(word for word in bases if word.isalpha() and word.isascii() and len(word) > 2):
        past, continuous = regular_verb(base)
        add = [("VERB VBZ", plural(base)), ("VERB VBG", continuous)]
        if base not in irregular:
            add += [("VERB VBD", past), ("VERB VBN", past)]
        for tag, form in add:
            if form not in seen[tag]:
                seen[tag][form][script(form, base)] += 1
    for base in sorted(word for word in seen["NOUN NN"] if word.isalpha() and word.isascii() and len(word) > 2):
        form = plural(base)
        if form not in seen["NOUN NNS"] and not base.endswith(("man", "s")):
            seen["NOUN NNS"][form][script(form, base)] += 1


def plural(base: str) -> str:
    """Return the form in -s."""
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    return base[:-1] + "ies" if base[-1] == "y" and base[-2] not in "aeiou" else base + "s"


def regular_verb(base: str) -> tuple[str, str]:
    """Return the forms in -ed and -ing."""
    vowels = "aeiou"
    if base.endswith("e"):
        return base + "d", base + "ing" if base.endswith(("ee", "ye", "oe")) else base[:-1] + "ing"
    if base[-1] == "y" and base[-2] not in vowels:
        return base[:-1] + "ied", base + "ing"
    short = sum(letter in vowels for letter in base) == 1
    if short and base[-1] not in "wxyaeiou" and base[-2] in vowels and base[-3] not in vowels:
        return base + base[-1] + "ed", base + base[-1] + "ing"
    return base + "ed", base + "ing"


def learn(words: dict[str, Counter[Script]]) -> dict[str, Script]:
    """Rules for one tag: an ending of each length where it changes the decision, then whole words."""
    rules: dict[str, Script] = {}
    if len(words) < FEW:
        rules[""] = (0, "")
    for size in range(1 if rules else 0, LONGEST + 1):
        votes: dict[str, Counter[Script]] = defaultdict(Counter)
        for word, scripts in words.items():
            if len(word) > size:
                votes[word[len(word) - size :]][best(scripts)] += 1
        for ending in sorted(votes):
            chosen = best(votes[ending])
            enough = size == 0 or votes[ending][chosen] >= max(2, 0.6 * votes[ending].total())
            if enough and decide(rules, ending) != chosen:
                rules[ending] = chosen
    for word in sorted(words):
        chosen = best(words[word])
        if decide(rules, word, whole=True) != chosen:
            rules["^" + word] = chosen
    return rules


def best(votes: Counter[Script]) -> Script:
    """Most frequent script; ties by the shorter cut."""
    return min(votes, key=lambda item: (-votes[item], item))


def decide(rules: dict[str, Script], word: str, *, whole: bool = False) -> Script | None:
    """Return what the rules so far would do."""
    longest = min(LONGEST, len(word) - 1 if whole else len(word))
    for size in range(longest, -1, -1):
        rule = rules.get(word[len(word) - size :])
        if rule is not None:
            return rule
    return None


def main(gold: Annotated[Path, typer.Option(help="Folder of gold data.")]) -> None:
    """Learn, write, measure."""
    rules: Rules = {tag: learn(words) for tag, words in sorted(observations(training(gold)).items())}
    rows = [
        f"{tag}\t{ending}\t{cut}\t{added}\n" for tag in rules for ending, (cut, added) in sorted(rules[tag].items())
    ]
    (DATA / "lemma_rules.tsv").write_text(HEADER + "".join(rows), encoding="utf-8")
    print(f"lemma_rules.tsv: {len(rows)} rules, {sum(map(len, rows)) / 1e6:.2f} MB")
    for name in ("ewt_dev", "gum_dev"):
        right: Counter[bool] = Counter()
        for document in read(gold, name, shippable=False):
            for form, upos, xpos, lemma in zip(
                document.forms, document.upos, document.xpos, document.lemmas, strict=True
            ):
                if lemma != "_":
                    right[apply(rules, form, f"{upos} {xpos}") == lemma] += 1
        print(f"{name}: {right[True] / right.total():.4f} of {right.total()} lemmas, given gold tokens and tags")


if __name__ == "__main__":
    typer.run(main)
