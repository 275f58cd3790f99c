"""How alike two names are, with the words that make it so; it never says that two are one person.

Words are paired so that the pairs weigh most; a pair counts by its likeness, a word without a pair
counts against, and twice where the other name has one too: brothers and sisters share all but one
word. Contributions sum to the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from standwith.names.clean import clean
from standwith.names.distance import distance, distances, weight
from standwith.names.latin import in_latin, reader
from standwith.names.roles import Role, Word, fathers, slavic
from standwith.names.script import Script, of_text
from standwith.names.sounds import bare, is_particle, words
from standwith.names.syllables import lay, readings

LETTERS = frozenset({Script.LATIN, Script.CYRILLIC})
CONSONANTS = frozenset({Script.ARABIC, Script.HEBREW})
SYLLABLES = frozenset({Script.HANGUL, Script.HAN, Script.MYANMAR})
ALIKE = 0.5  # likeness below which two words are no pair
ALONE = 0.5  # share of its weight by which a word without a pair counts
ONE_PAIR = 0.8  # factor where only one pair of words was found among several
CONTRADICTED = 0.5  # most that a contradicted name can score
_PATRONYMIC = 0.6
_MOST_WORDS = 7

# How rare a word is, as a factor of its weight; 1 where nothing is known.
Rarity = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Part:
    """A contribution to a score: the words of both names (one may be empty), likeness, share."""

    left: str
    right: str
    likeness: float
    contribution: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """A score of 0 to 1, the parts that sum to it, and remarks; None: nothing to compare."""

    score: float | None
    parts: tuple[Part, ...] = ()
    remarks: tuple[str, ...] = ()


NOTHING = Comparison(None, (), ("nothing to compare",))


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a name in one script; ``read_by`` says what read it in Latin letters."""

    text: str
    script: Script
    words: tuple[str, ...]
    read_by: str = ""


@lru_cache(maxsize=65536)
def forms(text: str | None) -> tuple[Form, ...]:
    """Take a name apart into its spellings; none where there is no letter, or no name."""
    if not text:
        return ()
    found = (_form(alias.text) for alias in clean(text).aliases)
    return tuple(dict.fromkeys(form for form in found if form is not None))


def _form(text: str) -> Form | None:
    """Take one spelling apart; a script without a table here is read in Latin letters."""
    script = of_text(text)
    if script is Script.OTHER:
        read = in_latin(text)
        held = tuple(word for word in words(read) if of_text(word) is Script.LATIN)[:_MOST_WORDS]
        return Form(text, Script.LATIN, held, reader()) if held else None
    mine = tuple(word for word in words(text) if of_text(word) is script)[:_MOST_WORDS]
    return Form(text, script, mine) if script is not None and mine else None


def compare(left: str | None, right: str | None, rarity: Rarity | None = None) -> Comparison:
    """Compare two names, whatever their scripts; the best of their spellings counts.

    A missing name, or one without letters, is never alike to anything.
    """
    best = NOTHING
    for one in forms(left):
        for other in forms(right):
            found = _compare(one, other, rarity)
            if found.score is not None and (best.score is None or found.score > best.score):
                best = found
    return best


def compare_all(
    pairs: Sequence[tuple[str | None, str | None]], rarity: Rarity | None = None
) -> list[Comparison]:
    """Compare many pairs of names; the distances of their words are worked out at once."""
    wanted: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    for left, right in dict.fromkeys(pairs):
        for one, other in product(forms(left), forms(right)):
            if not {one.script, other.script} & SYLLABLES:
                full = {one.script, other.script} <= LETTERS
                wanted[full].update(product(_heard(one, full=full), _heard(other, full=full)))
    for full, sounds in wanted.items():
        distances(
            [(a, b) for a, b in sorted(sounds) if a != b and _near(a, b, full=full)], full=full
        )
    return [compare(left, right, rarity) for left, right in pairs]


@lru_cache(maxsize=65536)
def _heard(form: Form, *, full: bool) -> tuple[str, ...]:
    """List the sounds of a name's words, and of neighbours joined."""
    held = _sounded(form, full=full)
    return tuple({word.sound: 0 for word in (*held, *(made for _, made in _joined(held)))})


def _compare(one: Form, other: Form, rarity: Rarity | None) -> Comparison:
    """Compare two spellings; what is not read by our own tables is said."""
    found = _by_scripts(one, other, rarity)
    read = [f"{form.text} read in Latin letters by {form.read_by}" for form in (one, other)
            if form.read_by]  # fmt: skip
    return replace(found, remarks=(*found.remarks, *read)) if read else found


def _by_scripts(one: Form, other: Form, rarity: Rarity | None) -> Comparison:
    scripts = {one.script, other.script}
    if one.script in SYLLABLES or other.script in SYLLABLES:
        return _by_syllables(one, other)
    if scripts <= LETTERS:
        return _by_words(one, other, rarity, full=True)
    return _by_words(one, other, rarity, full=False)


def _by_syllables(one: Form, other: Form) -> Comparison:
    """Lay a Latin name along syllables; two names in one script are alike where they are equal."""
    if one.script is other.script:
        score = 1.0 if "".join(one.words) == "".join(other.words) else 0.0
        return Comparison(score, (Part(one.text, other.text, score, score),))
    if Script.LATIN not in {one.script, other.script}:
        return NOTHING
    return _laid(one, other) if one.script is Script.LATIN else _laid(other, one)


def _laid(spelled: Form, native: Form) -> Comparison:
    row = readings("".join(native.words), native.script)
    found = lay(row, spelled.words, native.script)
    if not found.similarities:
        return Comparison(0.0)
    count = len(found.similarities)
    worst = found.similarities.index(min(found.similarities))
    letters = [letter for letter in "".join(native.words) if letter.isalpha()]
    named = letters if len(letters) == count else [native.text] * count
    together = enumerate(zip(found.pieces, named, found.similarities, strict=True))
    parts = tuple(
        Part(piece, letter, alike, alike * (1 + (i == worst)) / (count + 1))
        for i, (piece, letter, alike) in together
    )
    return Comparison(found.score, parts)


def _by_words(one: Form, other: Form, rarity: Rarity | None, *, full: bool) -> Comparison:
    left, right = _sounded(one, full=full), _sounded(other, full=full)
    if not left or not right:
        return NOTHING
    tried = (_Paired.of(a, b, rarity, full=full) for a, b in _joins(left, right, full=full))
    best = max(tried, key=lambda found: found.score)
    return _contradicted(one, other, best.told())


@lru_cache(maxsize=65536)
def _sounded(form: Form, *, full: bool) -> tuple[Word, ...]:
    """Turn words into sounds, without articles and words for "son of" unless nothing else is."""
    kept = [word for word in form.words if not is_particle(word)] or list(form.words)
    made = [slavic(word) if full else Word(word, bare(word)) for word in kept]
    return tuple(word for word in made if word.sound)


def _joins(
    left: tuple[Word, ...], right: tuple[Word, ...], *, full: bool
) -> Iterator[tuple[tuple[Word, ...], tuple[Word, ...]]]:
    """Offer both names as they are, and with neighbours of either joined where that is like one."""
    yield left, right
    for joined, word in _joined(left):
        if any(_alike(word.sound, other.sound, full=full) > ALIKE for other in right):
            yield joined, right
    for joined, word in _joined(right):
        if any(_alike(other.sound, word.sound, full=full) > ALIKE for other in left):
            yield left, joined


@lru_cache(maxsize=65536)
def _joined(name: tuple[Word, ...]) -> list[tuple[tuple[Word, ...], Word]]:
    """Join each two neighbours of a name; give the name, and the word that was made."""
    found = []
    for i in range(len(name) - 1):
        a, b = name[i], name[i + 1]
        if Role.INITIAL not in {a.role, b.role}:
            sound = a.sound + (b.sound[1:] if b.sound[:1] == a.sound[-1:] else b.sound)
            made = Word(f"{a.text} {b.text}", sound)
            found.append(((*name[:i], made, *name[i + 2 :]), made))
    return found


@dataclass(frozen=True, slots=True)
class _Paired:
    """Words of two names in pairs, with what pairs and words without one weigh."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    alike: list[list[float]]
    pairs: list[tuple[int, int]]
    held: list[float]
    score: float

    @classmethod
    def of(
        cls,
        left: tuple[Word, ...],
        right: tuple[Word, ...],
        rarity: Rarity | None,
        *,
        full: bool,
    ) -> _Paired:
        """Pair words, and weigh pairs and words that are left."""
        mine = [_weight(word, rarity, full=full) for word in left]
        theirs = [_weight(word, rarity, full=full) for word in right]
        alike = [[_agree(a, b, _alike(a.sound, b.sound, full=full)) for b in right] for a in left]
        pairs = _assign(alike, mine, theirs)
        missed, missing = _lone(left, mine, pairs, 0), _lone(right, theirs, pairs, 1)
        whole = _against(missed, missing, full=full) + sum(mine[i] + theirs[j] for i, j in pairs)
        factor = ONE_PAIR if len(pairs) == 1 and max(len(left), len(right)) > 1 else 1.0
        held = [factor * alike[i][j] * (mine[i] + theirs[j]) / whole for i, j in pairs]
        return cls(left, right, alike, pairs, held, sum(held))

    def told(self) -> Comparison:
        """Write the parts; those without a pair come last, and add nothing."""
        ends = zip(self.pairs, self.held, strict=True)
        parts = [
            Part(self.left[i].text, self.right[j].text, self.alike[i][j], held)
            for (i, j), held in ends
        ]
        mine, theirs = {i for i, _ in self.pairs}, {j for _, j in self.pairs}
        parts += [Part(w.text, "", 0.0, 0.0) for i, w in enumerate(self.left) if i not in mine]
        parts += [Part("", w.text, 0.0, 0.0) for j, w in enumerate(self.right) if j not in theirs]
        return Comparison(sum(part.contribution for part in parts), tuple(parts))


def _lone(
    name: tuple[Word, ...], weights: list[float], pairs: list[tuple[int, int]], side: int
) -> float:
    """Sum what the words without a pair weigh against."""
    taken = {pair[side] for pair in pairs}
    return sum(_missed(name[i], weights[i]) for i in range(len(name)) if i not in taken)


def _against(left: float, right: float, *, full: bool) -> float:
    """Weigh words without a pair; where vowels are heard, those of both names contradict."""
    return ALONE * (left + right) + (min(left, right) if full else 0.0)


def _weight(word: Word, rarity: Rarity | None, *, full: bool) -> float:
    held = weight(word.sound, full=full) * (rarity(word.sound) if rarity else 1.0)
    return held * (_PATRONYMIC if word.role is Role.PATRONYMIC else 1.0)


def _missed(word: Word, held: float) -> float:
    """A patronymic that one side leaves out says little."""
    return held * (0.2 if word.role is Role.PATRONYMIC else 1.0)


@lru_cache(maxsize=262144)
def _alike(one: str, other: str, *, full: bool) -> float:
    if one == other:
        return 1.0
    if not _near(one, other, full=full):
        return 0.0
    return 1 - distance(one, other, full=full) / max(
        weight(one, full=full), weight(other, full=full)
    )


def _near(one: str, other: str, *, full: bool) -> bool:
    """Whether two words may be alike at all: what one has more is not too far apart already."""
    mine, theirs = weight(one, full=full), weight(other, full=full)
    return min(mine, theirs) >= (1 - ALIKE) * max(mine, theirs)


def _agree(a: Word, b: Word, alike: float) -> float:
    """Judge a pair by its roles: initials at half, genders and roles that exclude each other."""
    if Role.INITIAL in {a.role, b.role} and a.sound != b.sound:
        return ALIKE + 0.01 if a.sound[:1] == b.sound[:1] else 0.0
    if _excluded(a, b):
        return min(alike, ALIKE)
    return alike if alike > ALIKE else 0.0


def _excluded(a: Word, b: Word) -> bool:
    """Whether two words show other genders, or one alone is a patronymic."""
    if a.role is not b.role:
        return Role.PATRONYMIC in {a.role, b.role}
    return None not in {a.gender, b.gender} and a.gender is not b.gender


def _assign(
    alike: Sequence[Sequence[float]], mine: Sequence[float], theirs: Sequence[float]
) -> list[tuple[int, int]]:
    """Pair words so that likeness times weight is most, by sets of the words already taken."""
    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for i, row in enumerate(alike):
        after = dict(best)
        for taken, (value, pairs) in best.items():
            for j, likeness in enumerate(row):
                if likeness > 0 and not taken >> j & 1:
                    more = value + likeness * (mine[i] + theirs[j])
                    held = after.get(taken | 1 << j)
                    if held is None or more > held[0]:
                        after[taken | 1 << j] = (more, (*pairs, (i, j)))
        best = after
    return list(max(best.values(), key=lambda item: item[0])[1])


def _contradicted(one: Form, other: Form, found: Comparison) -> Comparison:
    """Cap what a contradiction excludes: a father and a son in each other's place."""
    a, b = fathers(list(one.words)), fathers(list(other.words))
    if a and b and found.score is not None and found.score > CONTRADICTED:
        paired = {(part.left, part.right) for part in found.parts}
        if (a[0], b[1]) in paired and (a[1], b[0]) in paired:
            share = CONTRADICTED / found.score
            parts = tuple(replace(p, contribution=p.contribution * share) for p in found.parts)
            return Comparison(CONTRADICTED, parts, ("father and son are in each other's place",))
    return found
