"""Read a question as words: small letters without accents, no elision, ligatures in two letters.

The scripts of the pages read it the same way, with the same lists (`theme/js/common/answer/words.js`). A word here is
folded; a *root* is one form for its singular, its plural, its masculine and its feminine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from annuaire.shared import SHARED
from annuaire.text.names import fold, folded_plainly

STOP, WEAK, NEVER_WEAK, ELISIONS, ASIDE, AND, LEGAL, CONTEXT, CIRCUMSTANCES, ENGLISH = (
    frozenset(SHARED["mots"][name].split())
    for name in (
        *("vides", "faibles", "jamaisFaibles", "elisions", "accessoires", "coordination", "raisonSociale"),
        *("contexte", "circonstances", "anglais"),
    )
)
VERBS, NOUNS = (tuple(SHARED["mots"][name].split()) for name in ("verbes", "noms"))
LETTERS = re.compile(r"[^\W_]+")  # letters and figures
MOST = 24  # words of a question
_SHORTEST = 4  # letters of a word that has a plural
_VERB = 4  # letters that a verb has more than
_LONG_ENOUGH = 5  # letters that a root keeps
_TYPED = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")  # an accent may be written apart
# A dot after a letter alone, which another such pair follows or comes before: nearly all of a text is passed over.
_DOTTED = re.compile(
    r"\.(?:(?<=[^\W\d_]\.)(?<![^\W_][^\W\d_]\.)(?=[^\W\d_]\.)|(?<=[^\W\d_]\.[^\W\d_]\.)(?<![^\W_][^\W\d_]\.[^\W\d_]\.))"
)
_FIGURES = re.compile(r"[0-9]+")  # « 40 personnes » tells no need
_SAINTS: Mapping[str, str] = SHARED["mots"]["saints"]
_JOINS = re.compile(r"[,;/+]")
# A word of a text folded plainly, unless it is elided: what `spelled` finds in it, at once.
_FOLDED_WORD = re.compile(rf"(?<![a-z0-9])(?!(?:{'|'.join(sorted(ELISIONS))})'[a-z])[a-z0-9]+", re.ASCII)
_INNER = re.compile("[\u02bc\u0149]")  # apostrophes that are letters: they elide nothing


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Hold a word as it stands in a text: folded, as typed, from `start` to `end`; `joint` is what stands before."""

    word: str
    typed: str
    start: int
    end: int
    joint: str


def is_weak(word: str) -> bool:
    """Tell whether a word says nothing of what is needed, in any question to a directory.

    « fourniture de repas » asks for meals; « fournitures de bureau » are things.
    """
    forms = (word, singular(word), root(word))  # « près » is no plural
    return word not in NEVER_WEAK and not WEAK.isdisjoint(forms)


def is_stop(word: str) -> bool:
    """Tell whether a word has no meaning by itself."""
    return word in STOP or len(word) < 2


def name_words(text: str) -> list[str]:
    """List the words that tell something in the name of an enterprise: « inc. » does not."""
    return [word for word in tokens(text) if not is_stop(word) and word not in LEGAL]


def undotted(text: str) -> str:
    """Write « C.P.E. » as one word."""
    return _DOTTED.sub("", text)


def whole(word: str) -> str:
    """Write « st » as « saint », in names as in questions."""
    return _SAINTS.get(word, word)


def spelled(text: str) -> list[Word]:
    """List the words of a text as they stand in it."""
    found = []
    last = 0
    for match in _TYPED.finditer(text):
        start, end = match.span()
        joint, last = text[last:start], end
        after = fold(text[end : end + 2])
        if fold(match[0]) in ELISIONS and after[:1] == "'" and after[1:2].isalpha():
            continue
        found += [Word(whole(word), match[0], start, end, joint) for word in LETTERS.findall(fold(match[0]))]
    return found


def tokens(text: str) -> list[str]:
    """List the words of a text, folded."""
    return list(_tokens(text))


@lru_cache(maxsize=10_000)
def _tokens(text: str) -> tuple[str, ...]:
    """Cut a text once: the vocabularies, the towns and the names are read by several, and again at each reading."""
    folded, is_plain = folded_plainly(text)
    if is_plain and not _INNER.search(text):
        return tuple(map(whole, _FOLDED_WORD.findall(folded)))
    return tuple(word.word for word in spelled(text))


def telling(words: Iterable[str]) -> list[str]:
    """Keep, of some words, those that tell something: « traiteur à Shawinigan » asks for two words, not three.

    Those of no weight are kept only when there are no others.
    """
    every = list(dict.fromkeys(words))[:MOST]
    said = [word for word in every if not is_stop(word) and not _FIGURES.fullmatch(word)]
    return [word for word in said if not is_weak(word)] or said or every


def terms(text: str) -> list[str]:
    """List the words of a text that tell something."""
    return telling(tokens(text))


def head_and_tail(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Part what is asked from what it is for: « traiteur pour une réunion du conseil » asks for a caterer.

    All is asked when nothing stands before « pour ». Who it is for and when come apart too: « traiteur école demain ».
    """
    head, tail = words, words[:0]
    for rank, word in enumerate(words):
        if word in ASIDE and any(map(_tells, telling(words[:rank]))):
            head, tail = words[:rank], words[rank:]
            break
    first = next((rank for rank, word in enumerate(head) if _tells(word) and not _is_context(word)), None)
    if first is None:
        return head, tail
    aside = [word for rank, word in enumerate(head) if rank > first and _is_context(word)]
    return [word for rank, word in enumerate(head) if rank <= first or not _is_context(word)], [*aside, *tail]


def _tells(word: str) -> bool:
    return not is_stop(word) and not is_weak(word)


def _is_context(word: str) -> bool:
    return not CONTEXT.isdisjoint((word, root(word)))


def is_circumstance(word: str) -> bool:
    """Tell whether a word only says how or when something is needed: « urgence plomberie », « nouveau logo »."""
    return not CIRCUMSTANCES.isdisjoint((word, singular(word)))


def without_articles(words: Sequence[Word]) -> list[Word]:
    """Leave « the » out after a small English word: « taxi to the hospital ». Elsewhere it is « thé »."""
    return [
        one
        for before, one in zip((None, *words), words, strict=False)
        if before is None or before.word not in ENGLISH or one.typed.lower() != "the"
    ]


def nouns_of(word: str) -> list[str]:
    """List the nouns of what a verb does, folded: « nettoyer », « nettoyage »; none when it ends as no verb."""
    end = next((ending for ending in VERBS if word.endswith(ending)), "")
    start = word[: -len(end)] if end and len(word) > _VERB else ""
    return [start + ending for ending in NOUNS] if start else []


def parts(spelling: Iterable[Word]) -> list[list[str]]:
    """Part a question where it asks for several things: « traiteur et salle »; each part is a list of words."""
    found: list[list[str]] = [[]]
    for word in spelling:
        if word.word in AND or _JOINS.search(word.joint):
            found.append([])
        if word.word not in AND:
            found[-1].append(word.word)
    return [part for part in found if part]


def singular(word: str) -> str:
    """Give one form for the singular and the plural: « municipaux » and « municipal », « jeux » and « jeu »."""
    if len(word) < _SHORTEST:
        return word
    if word.endswith(("eaux", "eux")):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if word.endswith(("s", "x")) else word


def root(word: str) -> str:
    """Give one form for the feminine and the masculine too: « préposée » and « préposé »."""
    one = singular(word)
    while len(one) > _LONG_ENOUGH and one.endswith("e"):
        one = one[:-1]
    return one


def roots(words: Iterable[str]) -> list[str]:
    """List the roots of some words, each once."""
    return list(dict.fromkeys(map(root, words)))


def stem(key: str) -> str:
    """Give what all the words of one root begin with."""
    return key[:-1] if key.endswith("al") else key


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to change, add, take away or swap to go from one word to another; `most + 1` for any more.

    Source: Damerau-Levenshtein, adjacent letters alone being swapped.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        following = [i]
        for j, second in enumerate(other, start=1):
            steps = min(line[j] + 1, following[j - 1] + 1, line[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                steps = min(steps, before[j - 2] + 1)
            following.append(steps)
        before, line = line, following
        if min(line) > most:
            return most + 1
    return line[-1]
