"""Argument trees: why a verdict is what it is, down to the passage of a source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standwith.kernel.source import Citation
from standwith.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Argument:
    """A statement, what is held of it, and the statements or passages that it rests on.

    ``rule`` is the id of the rule, gate or claim that was applied; a leaf has a citation.
    """

    statement: str
    verdict: Verdict
    rule: str
    citation: Citation | None = None
    premises: tuple[Argument, ...] = ()

    def leaves(self) -> Iterator[Argument]:
        """Walk the statements that rest on nothing further, in order."""
        if not self.premises:
            yield self
        for premise in self.premises:
            yield from premise.leaves()

    def citations(self) -> tuple[Citation, ...]:
        """List every passage in the tree, once each, in order of first use."""
        found = dict.fromkeys(
            [self.citation] + [item for part in self.premises for item in part.citations()]
        )
        return tuple(item for item in found if item is not None)

    def outline(self, depth: int = 0) -> Iterator[tuple[int, Argument]]:
        """Walk the whole tree from the root, with the depth of each statement."""
        yield depth, self
        for premise in self.premises:
            yield from premise.outline(depth + 1)
