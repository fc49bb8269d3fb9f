"""Words to stems: one form for `averages`, `averaging` and `averaged`; a light stemmer, sound enough to
compare with.

Stems are never shown. British spellings become American, endings of plurals, verbs and common nouns go,
doubled consonants and a final e as well.
"""

from __future__ import annotations

from functools import lru_cache

_KEEP = frozenset({"bias", "loss", "less", "this", "plus", "minus", "does", "has", "was", "is", "its", "as"})
_IRREGULAR = {
    "biases": "bias",
    "losses": "loss",
    "axes": "axis",
    "matrices": "matrix",
    "matrixes": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "criteria": "criterion",
    "men": "man",
    "people": "person",
    "mice": "mouse",
    "maxima": "maximum",
    "minima": "minimum",
    "optima": "optimum",
    "learnt": "learn",
    "took": "take",
    "taken": "take",
    "kept": "keep",
    "made": "make",
    "given": "give",
    "gave": "give",
    "got": "get",
    "seen": "see",
    "saw": "see",
    "fell": "fall",
    "grew": "grow",
    "grown": "grow",
    "grows": "grow",
    "found": "find",
    "held": "hold",
    "thrown": "throw",
    "threw": "throw",
    "forgot": "forget",
    "forgotten": "forget",
    "hid": "hide",
    "hidden": "hidden",
    "chose": "choose",
    "chosen": "choose",
    "broken": "break",
    "built": "build",
    "died": "die",
    "dying": "die",
    "dies": "die",
    "dead": "dead",
    "bigger": "big",
    "biggest": "bigest",
    "better": "better",
    "best": "best",
    "using": "use",
    "used": "use",
    "uses": "use",
    "lies": "lie",
    "halves": "halv",
    "half": "half",
    "shown": "show",
    "known": "know",
    "knew": "know",
    "went": "go",
    "gone": "go",
    "goes": "go",
    "going": "go",
    "hence": "hence",
    "sees": "see",
    "seeing": "see",
    "being": "be",
    "frozen": "freez",
    "freeze": "freez",
    "drawn": "draw",
    "drew": "draw",
    "meant": "mean",
    "meaning": "meaning",
    "told": "tell",
    "said": "say",
    "thing": "thing",
    "during": "during",
    "nothing": "nothing",
    "something": "something",
    "everything": "everything",
    "anything": "anything",
    "string": "string",
    "bring": "bring",
    "need": "need",
    "feed": "feed",
    "speed": "speed",
    "seed": "seed",
    "indeed": "indeed",
    "instead": "instead",
}
_VOWELS = frozenset("aeiouy")
_ENDINGS = (
    ("izations", "iz"),
    ("ization", "iz"),
    ("ational", "at"),
    ("izing", "iz"),
    ("izers", "iz"),
    ("izes", "iz"),
    ("ized", "iz"),
    ("izer", "iz"),
    ("ize", "iz"),
    ("ations", "at"),
    ("ation", "at"),
    ("ating", "at"),
    ("ated", "at"),
    ("ates", "at"),
    ("ators", "at"),
    ("ator", "at"),
    ("ative", "at"),
    ("ate", "at"),
    ("ications", "ic"),
    ("ibilities", "ibl"),
    ("ibility", "ibl"),
    ("ability", "abl"),
    ("fulness", "ful"),
    ("iveness", "iv"),
    ("ically", "ic"),
    ("ements", "e"),
    ("ement", "e"),
    ("ments", "ment"),
    ("ically", "ic"),
    ("ities", "ity"),
    ("tions", "t"),
    ("tion", "t"),
    ("sions", "s"),
    ("sion", "s"),
    ("ically", "ic"),
    ("ances", "anc"),
    ("ance", "anc"),
    ("ness", ""),
    ("ally", "al"),
    ("edly", ""),
    ("ily", "y"),
    ("ingly", ""),
    ("ly", ""),
    ("ings", ""),
    ("ing", ""),
    ("ied", "y"),
    ("ies", "y"),
    ("ed", ""),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("zes", "z"),
    ("es", ""),
    ("s", ""),
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word; words of three letters and fewer stay as they are."""
    irregular = _IRREGULAR.get(word)
    if irregular is not None:
        return irregular
    if len(word) <= 3 or word in _KEEP or not word.isalpha():
        return word
    return _bare(_american(word))


def _american(word: str) -> str:
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer")):
        if british in word and len(word) > len(british) + 2:
            word = word.replace(british, american)
    if word.endswith(("ise", "ises")) and len(word) > 6:
        word = word.replace("ise", "ize")
    if word.endswith(("yse", "ysed", "yses")):
        word = word.replace("yse", "yze")
    return word.replace("colour", "color").replace("behaviour", "behavior").replace("neighbour", "neighbor")


def _bare(word: str) -> str:
    for ending, rest in _ENDINGS:
        if word.endswith(ending):
            found = word[: -len(ending)] + rest
            if len(found) >= 3 and any(c in _VOWELS for c in found):
                if ending == "s" and word.endswith(("ss", "us", "is")):
                    break
                word = found
                break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if len(word) > 4 and word.endswith("ll"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("y"):
        word = word[:-1] + "i"
    return word
