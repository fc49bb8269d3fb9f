"""What the words of a sentence claim: which are denied, and which only reported or set aside.

"It does not update the weights" denies `update` and `weights`; "people think it needs a GPU" and "unlike
RNNs, ..." report without claiming. Rules of thumb for scope, as in NegEx (Chapman et al. 2001): from the
word that denies or sets aside to the end of the clause.

Sentences are lists of words; a mark is told by the place of the word it stands before.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DENY = _words("not no never without neither nor none hardly nobody nowhere barely nothing")
CLOSE = _words(
    """but because so since although though while whereas until till instead which however therefore then as
    if when"""
)
"""Words that begin a clause."""
_OPENS_CLAUSE = _words("it the you we they this that there a he she i its so then is")
_SUBJECTS = _words("it they this")
_AUXILIARIES = _words(
    """is are was were can could will would has have does do just only simply still should must may might then
    also"""
)
_LINKS = _words("in with for of on at by from as to and or unlike")
_THOUGHT = _LINKS | _words(
    """not no think mean means say says that know knows believe claim imply guarantee tell tells sure care
    what how whether why where like"""
)
"""After these a denial goes on, as in "does not mean it is"; elsewhere "it is" begins a clause."""
_NOT_DENIED = _words("matter doubt wait")
_ONLY = _words("only just merely")
_BE = _words("is are was were be been being get gets got")
_TWICE = 3
"""A second denial within so many words takes the first one back ("not without", "never no")."""

_WHO = _words("people some many folks others")
_SAY = _words("think say believe claim thinks says believes claims assume thought said")
_MISTAKE = _words("misconception myth fallacy mistake")
"""With "that", "is that" or "to think": what follows is set aside."""
_BACK = _words("but though however actually which")
_OWN = _words("it they i this well rather really more hmm")
"""First words of a clause that no longer reports: "people say it cures that, it only helps"."""
_STARTS = _words("it the a an this you we they there here nothing nobody i")
"""First words of what an answer says after "unlike ..."."""
_RELATIVE = _words("which that where who whose")

_NOT_TRUE = (("true",), ("right",), ("correct",), ("the", "case"))
_VERBS = _words("do does did need can could should must will would may to")
"""Before "not" they make a verb of what follows: "need not correct"."""
_FALSE = _words("false wrong untrue incorrect nonsense") | _MISTAKE
_BETWEEN = _BE | _words("a just simply plain all common")
_POINTS_BACK = _words("that this which it")
_NO = DENY | _FALSE | _words("nope nah")
"""What a clause rejects with that comes after reported words."""
_REFUSAL = _words("no nope nah wrong false nonsense untrue incorrect")
_POINTER = 2
"""A clause in which no more words stand before "not true" only points back: "which is not true"."""

Marks = Set[int]


def denials(words: Sequence[str], marks: Marks) -> list[bool]:
    """Whether each word is denied."""
    found: list[bool] = []
    open_ = False
    since = begun = 0
    more = bool({"but", "also"} & set(words))
    for i, word in enumerate(words):
        following = words[i + 1] if i + 1 < len(words) else ""
        if i in marks or word in CLOSE or _begins_clause(words, i, following):
            open_ = False
            begun = i
        if word in DENY and following not in _NOT_DENIED and not (more and following in _ONLY):
            found.append(False)
            open_ = not (open_ and i - since <= _TWICE and words[i - 1] != "and")
            since = i
            if open_ and i and words[i - 1] in _BE and following.endswith(("ed", "en")):
                # "The weights are not updated" denies as much as "does not update the weights".
                found[begun:i] = [True] * (i - begun)
            continue
        if (word == "instead" and following == "of") or (word == "rather" and following == "than"):
            open_ = True
            found.append(False)
            continue
        found.append(open_)
    for part in _called_untrue(words, marks):
        _deny(found, words, marks, part)
    return found


def _begins_clause(words: Sequence[str], i: int, following: str) -> bool:
    if words[i] == "and":
        return following in _OPENS_CLAUSE
    return words[i] in _SUBJECTS and following in _AUXILIARIES and words[i - 1] not in _THOUGHT


def claims(words: Sequence[str], marks: Marks) -> list[bool]:
    """Whether each word is claimed, or denied, by the answer itself."""
    found = []
    aside = ""
    since = 0
    for i, word in enumerate(words):
        if (aside == "unlike" and _contrast_ends(words, since, i, marks)) or (
            aside == "say" and _report_ends(words, i, marks)
        ):
            aside = ""
        if word == "unlike":
            aside, since = word, i
        elif (word in _WHO and _SAY.intersection(words[i + 1 : i + 3])) or _names_mistake(words, i):
            # "Unlike what many say it is ..." sets aside what stands before it, not after.
            aside = "" if aside == "unlike" else "say"
        found.append(not aside)
    return found


def _names_mistake(words: Sequence[str], i: int) -> bool:
    following = list(words[i + 1 : i + 3])
    if words[i] not in _MISTAKE or not following:
        return False
    return (
        following == ["is", "that"]
        or (following[0] == "that" and words[i] != "mistake")
        or (following[0] == "to" and bool(_SAY.intersection(following)))
    )


def takes_back(words: Sequence[str], marks: Marks) -> bool:
    """Whether a sentence calls the one before it untrue: "No.", "No, it ...", "That is not true."."""
    if words[0] in _REFUSAL and (len(words) == 1 or 1 in marks):
        return True
    return any(
        part.begin <= _POINTER and part.end == len(words) and set(words[: part.begin]) <= _POINTS_BACK | _BE
        for part in _called_untrue(words, marks)
    )


def _contrast_ends(words: Sequence[str], since: int, i: int, marks: Marks) -> bool:
    """Whether "unlike recall it counts ..." is over at a place: at a mark, or where a new subject begins."""
    if i in marks:
        return words[i] not in _RELATIVE
    return words[i] in _STARTS and words[i - 1] not in _LINKS and _RELATIVE.isdisjoint(words[since:i])


def _report_ends(words: Sequence[str], i: int, marks: Marks) -> bool:
    """Whether the answer speaks for itself from a place on: it rejects what others say, or goes on."""
    if words[i] in _BACK or words[i - 1 : i + 1] == ["they", "mean"]:
        return True
    if any(part.begin == i for part in _called_untrue(words, marks)):
        return True
    return i in marks and (words[i] in _OWN or bool(_NO.intersection(words[i : _end(i, marks, len(words))])))


class _Part(NamedTuple):
    """First place and last but one."""

    begin: int
    end: int


def _called_untrue(words: Sequence[str], marks: Marks) -> list[_Part]:
    """Where a sentence calls something untrue: "not true", "that is wrong"."""
    found = []
    for i, word in enumerate(words):
        before = words[i - 1] if i else ""
        if word == "not" and before not in _VERBS:
            lengths = (len(rest) for rest in _NOT_TRUE if tuple(words[i + 1 : i + 1 + len(rest)]) == rest)
            found += [_Part(i, i + 1 + length) for length in lengths]
        elif word in _POINTS_BACK and (not i or i in marks or before in CLOSE | {"and"}):
            end = i + 1
            while end < len(words) and words[end] in _BETWEEN:
                end += 1
            if end < len(words) and words[end] in _FALSE:
                found.append(_Part(i, end + 1))
    return found


def _deny(denied: list[bool], words: Sequence[str], marks: Marks, untrue: _Part) -> None:
    """Deny what is called untrue: what follows "it is not true that", else the clause before."""
    after = untrue.end
    if words[after : after + 1] == ["either"]:
        after += 1
    if after < len(words) and words[after] in ("that", "to"):
        end = _end(after, marks, len(words))
        denied[after:end] = [True] * (end - after)
        return
    if after < len(words) and after not in marks and words[after] not in CLOSE:
        return
    own = max((mark for mark in marks if mark <= untrue.begin), default=0)
    if untrue.begin - own <= _POINTER:
        own = max((mark for mark in marks if mark < own), default=0)
    denied[own : untrue.begin] = [not d for d in denied[own : untrue.begin]]


def _end(i: int, marks: Marks, end: int) -> int:
    """Where the clause of a place ends."""
    return min((mark for mark in marks if mark > i), default=end)
