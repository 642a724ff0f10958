"""Words of harm in a sentence: what happens to people, and where the number of them stands."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.timeline._tokens import lines


@cache
def words() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Return the pattern of all words of harm, and toll and form of those in the data file."""
    table = {phrase.strip(): (toll, form) for toll, form, phrases in lines("harm.tsv") for phrase in phrases.split(",")}
    longest = sorted(table, key=lambda phrase: (-len(phrase), phrase))
    phrases = "|".join(_ADVERB.sub(_WITH_ADVERB, phrase) for phrase in longest)
    return re.compile(
        rf"\b(?:{phrases}|{_TO_HOSPITAL}|{_WITH_WOUNDS}|{_PEOPLE_SHOT}|{_SENT}|{_HIT_IN})\b", re.IGNORECASE
    ), table


#: Where an adverb may stand in a phrase: *was also shot*.
_ADVERB = re.compile(r"^(?:was|were|been) (?!\w+ly )")
_WITH_ADVERB = r"\g<0>(?:(?:also|later|then|(?!fatally|mortally)\\w+ly) )?"
_TO_HOSPITAL = (
    r"(?:taken|rushed|transported|airlifted|flown|driven|brought)(?: by \w+)? to (?:[\w.’'-]+ ){1,5}?"
    r"(?:hospitals?|(?:medical|trauma) (?:center|centre))"
)
_WITH_WOUNDS = (
    r"(?:sustain(?:ed|ing)|suffer(?:ed|ing)|receiv(?:ed|ing)|with) "
    r"(?:an? |multiple |several |one |two |three |at least one )?"
    r"(?:[a-z]+(?:-[a-z]+)* ){0,2}(?:injur(?:y|ies)|gunshot wounds?|stab wounds?|bullet wounds?|graze wounds?|wounds)"
)
#: *Put two teens in hospital*.
_SENT = (
    r"(?:put|puts|sent|sending|putting|landed|landing|left|leaving)"
    r"(?= [^.;,]{3,40} (?:in|to) (?:(?:the|a|an|local|area) ){0,3}hospitals?\b)"
)
#: *Four people shot in a park*; not *four men shot at a guard*.
_PEOPLE_SHOT = (
    r"(?:people|persons|men|women|victims|teens|teenagers|children|students|officers) shot"
    r"(?= (?:in|on|by|near|outside|inside|during|while|after|as|over|overnight|early|late)\b)"
)


#: *Hitting the teen in the leg*; not *hit him in the head with a stick*.
_HIT_IN = (
    r"(?:hit|hitting)(?= (?:him|her|(?:the|an?|his|her|their) (?:[\w-]+ ){0,2}?[\w-]+)(?: once| twice)? in the "
    r"(?:(?:upper|lower|left|right) )?"
    r"(?:leg|arm|head|chest|back|stomach|abdomen|face|neck|shoulder|foot|hand|hip|thigh|torso|side|buttocks|"
    r"wrist)\b(?! with\b))"
)


def meaning(word: re.Match[str]) -> tuple[str, str]:
    """Return the toll and the form of a word of harm."""
    table = words()[1]
    plain = word.group().lower()
    if " fatal" in plain:
        return ("killed", "before")
    if plain in ("hit", "hitting"):
        return ("injured", "after")
    if plain in _SENDING:
        return ("injured", "after")
    known = table.get(plain) or table.get(_SECOND.sub(r"\1", plain, count=1))
    return known or ("injured", "before")


_SENDING = frozenset(("put", "puts", "sent", "sending", "putting", "landed", "landing", "left", "leaving"))
_SECOND = re.compile(r"^(\w+ )\w+ ")
