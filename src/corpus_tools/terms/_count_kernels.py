"""Loops that numba compiles: runs of words in order, their counts in articles, these by article, and their text.

Only `_kernels` is imported by others; see there. Nothing here sorts by comparing: words are small integers, so
records are put in order by counting how many come before.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from corpus_tools.terms._compiled import compiled


@compiled
def spread(codes: Any, ends: Any, firsts: Any, sizes: Any, terms: Any) -> Any:
    """Return the words of stretches, and how many there are up to the end of each document.

    Parameters
    ----------
    codes, ends : arrays of int32 and int64
        Stretches of all documents, and where each document's end; 0 before the first.
    firsts, sizes : arrays of int64
        Where the words of each distinct stretch begin in `terms`, and how many there are.
    terms : array of int32
        Words of the distinct stretches.
    """
    total = 0
    for place in range(len(codes)):
        total += sizes[codes[place]]
    words = np.empty(total, np.int32)
    offsets = np.zeros(len(ends), np.int64)
    at = 0
    for document in range(len(ends) - 1):
        for place in range(ends[document], ends[document + 1]):
            code = codes[place]
            first = firsts[code]
            for number in range(sizes[code]):
                words[at] = terms[first + number]
                at += 1
        offsets[document + 1] = at
    return words, offsets


@compiled
def words_in_groups(codes: Any, offsets: Any, groups: Any, counts: Any, documents: Any) -> None:
    """Add up how often each word (column) stands in each group of articles (row), and in how many of its articles."""
    latest = np.full(counts.shape[1], -1, np.int64)
    for document in range(len(offsets) - 1):
        group = groups[document]
        for place in range(offsets[document], offsets[document + 1]):
            word = codes[place]
            counts[group, word] += 1
            if latest[word] != document:
                latest[word] = document
                documents[group, word] += 1


@compiled
def by_last_word(codes: Any, offsets: Any, heads: Any, begins: Any, size: int, ends: Any, records: Any) -> None:
    """Write (run without its last word, article) for each run of `size` words, in the order of last words.

    The first words of an article, with which no run of that size ends, have -1 for a run. Within a last word, articles
    ascend. `ends` gets where the records of each last word end, and must be 0 everywhere.
    """
    for place in range(len(codes)):
        if codes[place] + 1 < len(ends):
            ends[codes[place] + 1] += 1
    for word in range(1, len(ends)):
        ends[word] += ends[word - 1]
    for document in range(len(offsets) - 1):
        shift = begins[document] - offsets[document] - size + 1
        for place in range(offsets[document], offsets[document + 1]):
            at = ends[codes[place]]
            ends[codes[place]] = at + 1
            records[at, 0] = heads[place + shift] if place - offsets[document] >= size - 1 else -1
            records[at, 1] = document


@compiled
def words_in_articles(records: Any, ends: Any, begins: Any) -> int:
    """Put (article, count) of each word in place of what `by_last_word` gives, and write where each word's begin.

    Returns how many there are. None is written before the records up to its place were read.
    """
    place = cells = 0
    for word in range(len(ends)):
        begins[word] = cells
        latest = -1
        while place < ends[word]:
            article = records[place, 1]
            if article != latest:
                latest = article
                records[cells, 0], records[cells, 1] = article, 0
                cells += 1
            records[cells - 1, 1] += 1
            place += 1
    begins[len(ends)] = cells
    return cells


@compiled
def by_head(records: Any, ends: Any, begins: Any, ordered: Any) -> None:
    """Write (last word, article) in the order of heads, from what `by_last_word` gives, and where each head begins."""
    for place in range(len(records)):
        if records[place, 0] >= 0:
            begins[records[place, 0] + 1] += 1
    for head in range(1, len(begins)):
        begins[head] += begins[head - 1]
    cursor = begins[:-1].copy()
    place = 0
    for word in range(len(ends)):
        while place < ends[word]:
            head = records[place, 0]
            if head >= 0:
                at = cursor[head]
                cursor[head] = at + 1
                ordered[at, 0] = word
                ordered[at, 1] = records[place, 1]
            place += 1


@compiled
def runs_in_articles(records: Any, begins: Any, offsets: Any, parts: Any) -> Any:
    """Put (article, count) of each run in place of what `by_head` gives; return how many, and how many runs.

    Writes where each run's begin, and its (head, last word).
    """
    run = cell = 0
    for head in range(len(begins) - 1):
        word = latest = -1
        for place in range(begins[head], begins[head + 1]):
            last, article = records[place, 0], records[place, 1]
            if last != word:
                word, latest = last, -1
                offsets[run], parts[run, 0], parts[run, 1] = cell, head, last
                run += 1
            if article != latest:
                latest = article
                records[cell, 0], records[cell, 1] = article, 0
                cell += 1
            records[cell - 1, 1] += 1
    offsets[run] = cell
    return cell, run


@compiled
def add_sizes(cells: Any, sizes: Any) -> None:
    """Add to the size of each article's row how often it stands in `cells`."""
    for place in range(len(cells)):
        sizes[cells[place, 0]] += 1


@compiled
def put_rows(cells: Any, offsets: Any, shift: int, cursor: Any, columns: Any, counts: Any) -> None:
    """Write columns and counts of cells that stand by column to their rows; `cursor` has the next place in each row.

    Counts of 1, which most are, must be there already.
    """
    for column in range(len(offsets) - 1):
        for place in range(offsets[column], offsets[column + 1]):
            row = cells[place, 0]
            at = cursor[row]
            cursor[row] = at + 1
            columns[at] = column + shift
            if cells[place, 1] != 1:
                counts[at] = cells[place, 1]


@compiled
def totals(cells: Any, offsets: Any, sums: Any) -> None:
    """Add the counts of each column to its sum."""
    for column in range(len(offsets) - 1):
        total = 0
        for place in range(offsets[column], offsets[column + 1]):
            total += cells[place, 1]
        sums[column] += total


@compiled
def joined_lengths(parts: Any, offsets: Any, end: int, ends: Any) -> int:
    """Write where the text of each run ends, its words parted by one blank, if one before ends at `end`."""
    for run in range(len(parts)):
        end += parts.shape[1] - 1
        for number in range(parts.shape[1]):
            word = parts[run, number]
            end += offsets[word + 1] - offsets[word]
        ends[run] = end
    return end


@compiled
def join(parts: Any, offsets: Any, letters: Any, at: int, text: Any) -> int:
    """Write the text of all runs from byte `at` on, eight bytes at a time; seven more may be written behind it."""
    for run in range(len(parts)):
        for number in range(parts.shape[1]):
            if number > 0:
                text[at] = 32
                at += 1
            word = parts[run, number]
            first, size = offsets[word], offsets[word + 1] - offsets[word]
            for step in range(0, size, 8):
                text[at + step] = letters[first + step]
            at += size
    return at
