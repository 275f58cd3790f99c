"""Problems of a case file: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from standwith.kernel.document import Document, Path, Place


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend, with its place in the file."""

    place: Place
    what: str
    mend: str

    def sentence(self, name: str) -> str:
        """Write it as one sentence that begins with file, line and column."""
        place = f"{name}, line {self.place.line}, column {self.place.column}"
        return f"{place}: {self.what}; {self.mend}"


class UnusableCase(ValueError):  # noqa: N818 - named for the situation
    """A case file that cannot be used; ``problems`` lists everything there is to mend."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        super().__init__("\n".join(problem.sentence(name) for problem in problems))


class Findings:
    """Collects the problems of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.paths: list[Path] = []

    def add(self, path: Path, what: str, mend: str) -> None:
        """Note a problem at a path of the document."""
        self.paths.append(path)
        self.problems.append(Problem(self.document.place(path), what, mend))

    def stop(self) -> None:
        """Raise UnusableCase if anything was noted."""
        if self.problems:
            unique = tuple(sorted(set(self.problems)))
            raise UnusableCase(self.document.name, unique)
