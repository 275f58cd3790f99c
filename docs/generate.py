"""Writes the reference pages that the program itself knows; a test compares them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from standwith.assess.criteria import criteria
from standwith.assess.fact import fact_definitions
from standwith.assess.phase import indicators
from standwith.choose.action import Action
from standwith.choose.advice import Advice
from standwith.choose.catalogue import catalogue
from standwith.choose.codes import CODES
from standwith.choose.gate import gates
from standwith.choose.release import current
from standwith.choose.table import rows
from standwith.cli.main import standwith
from standwith.kernel.pack import names, read_bytes, read_json

HERE = Path(__file__).parent / "reference"
NOTE = "<!-- written by docs/generate.py; edit the program or its data instead -->\n"
MEANT = {
    Advice.RECOMMEND: "gates are open and a known fact calls for it; sign-offs may be pending",
    Advice.PERMIT: "gates are open; no known fact calls for it",
    Advice.CONTESTED: "sources contradict each other on a gate; both sides are shown",
    Advice.NEEDS_INFO: "a fact is missing; the question is named",
    Advice.HOLD: "a gate is closed, a table holds it, or the phase is another",
    Advice.NOT_WARRANTED: "expected harm exceeds the benefit",
    Advice.OUT_OF_SCOPE: "the policy does not speak of such a situation",
    Advice.PROHIBITED: "tier T3: never as worded",
    Advice.REFERENCE_ONLY: "shown to read, never advised",
}


def pages() -> dict[str, str]:
    """Return the text of each generated page by its path below docs/reference."""
    made = {
        "commands.md": commands(),
        "facts.md": facts(),
        "phases.md": phases(),
        "codes.md": codes(),
        "criteria.md": criteria_page(),
        "tables.md": tables(),
        "catalogue.md": catalogue_page(),
        "verdicts.md": verdicts(),
        "case-file.md": case_file(),
        "catalogue-record.md": record_page(),
        "json.md": json_page(),
    }
    schemas = {
        f"schemas/{n.rsplit('/', 1)[1]}": read_bytes(n).decode() for n in names("schemas", ".json")
    }
    return {**{name: NOTE + text for name, text in made.items()}, **schemas}


def commands() -> str:
    """Write every command with its help."""
    parts = ["# Commands\n", *_commands(standwith, "standwith")]
    return "\n".join(parts)


def _commands(command: click.Command, name: str) -> Iterator[str]:
    context = click.Context(command, info_name=name, terminal_width=88, max_content_width=88)
    yield f"## `{name}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            found = command.get_command(context, sub)
            if found is not None:
                yield from _commands(found, f"{name} {sub}")


def _table(head: tuple[str, ...], lines: Iterator[tuple[str, ...]]) -> str:
    out = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    out += [f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines]
    return "\n".join(out) + "\n"


def facts() -> str:
    """Write the vocabulary of facts."""
    head = ("fact", "about", "question", "ask", "risk of asking")
    lines = (
        (f.id, f.scope, f.question, f.ask, f.risk_of_asking) for f in fact_definitions().values()
    )
    return f"# Facts\n\nWhat a claim in a case file may speak of.\n\n{_table(head, lines)}"


def phases() -> str:
    """Write the signs of the phases with their likelihoods."""
    head = ("sign", "means", "before", "emergence", "ascendance", "peak", "transition")
    lines = ((k, t, *(f"{x:.2f}" for x in shares)) for k, (t, shares) in indicators().items())
    text = "How likely each sign is in each phase: editorial estimates, combined by Bayes' rule.\n"
    return f"# Signs of the phases\n\n{text}\n{_table(head, lines)}"


def codes() -> str:
    """Write the codes of the six dimensions, of actors and of gates."""
    parts = [f"## {d}\n\n{_table(('code', 'meaning'), iter(t.items()))}" for d, t in CODES.items()]
    held = ((g.code, g.title, g.kind, str(g.citation)) for g in gates().values())
    parts.append(f"## gates\n\n{_table(('code', 'meaning', 'kind', 'passage'), held)}")
    return "# Codes\n\n" + "\n".join(parts)


def criteria_page() -> str:
    """Write the 37 criteria and gates with their passages and test cases."""
    answered = {row["id"]: row for row in current()["criteria"]}
    head = ("id", "criterion", "kind", "about", "how it is answered", "passage")
    lines = (
        (c.id, c.title, c.kind, c.scope, answered[c.id]["answered"]["en"], str(c.citation))
        for c in criteria().values()
    )
    cases = [
        f"- {row['id']}: {case['name']} -> {case['expect']}"
        for row in answered.values()
        for case in row["cases"]
    ]
    return f"# Criteria and gates\n\n{_table(head, lines)}\n## Cases\n\n" + "\n".join(cases) + "\n"


def tables() -> str:
    """Write the decision tables."""
    head = ("row", "policy", "actions", "outcome", "because", "passage")
    lines = (
        (
            r.id,
            ", ".join(r.profiles),
            ", ".join(sorted(r.actions)),
            r.outcome,
            r.because,
            str(r.citation),
        )
        for r in rows()
    )
    text = "All rows that hit are shown; the strictest outcome counts; no row can permit.\n"
    return f"# Decision tables\n\n{text}\n{_table(head, lines)}"


def catalogue_page() -> str:
    """Write the list of all actions."""
    head = ("id", "action", "tier", "gates", "source")
    lines = (
        (a.id, a.title, a.tier, ", ".join(_gates(a)), str(a.citation)) for a in catalogue().values()
    )
    return f"# Catalogue {current()['version']}\n\n{_table(head, lines)}"


def _gates(action: Action) -> list[str]:
    return [p.gate + (f" when {p.when}" if p.when else "") for p in action.preconditions]


def verdicts() -> str:
    """Write the words of advice, freest first."""
    lines = ((advice.value, MEANT[advice]) for advice in Advice)
    return f"# Verdicts\n\nFrom the freest to the strictest.\n\n{_table(('word', 'means'), lines)}"


def case_file() -> str:
    """Write the fields of a case file from its schema."""
    return _fields("case", "Case files", "One YAML file: a situation and a claim for each fact.")


def record_page() -> str:
    """Write the fields of a catalogue record from its schema."""
    return _fields("action", "Catalogue records", "One YAML file for each action.")


def _fields(schema: str, title: str, text: str) -> str:
    data = read_json(f"schemas/{schema}.schema.json")
    lines = []
    for name, part in data["properties"].items():
        need = "yes" if name in data["required"] else "no"
        inner = part.get("items", part).get("properties", {})
        lines.append((name, need, ", ".join(inner) or part.get("description", "")))
    table = _table(("field", "needed", "holds"), iter(lines))
    return f"# {title}\n\n{text} Schema: [{schema}.schema.json](schemas/{schema}.schema.json).\n\n{table}"


def json_page() -> str:
    """Write the JSON contracts."""
    lines = (
        (
            name,
            f"[{name}.schema.json](schemas/{name}.schema.json)",
            read_json(f"schemas/{name}.schema.json")["title"],
        )
        for name in ("catalogue-list", "assess", "brief")
    )
    return f"# JSON contracts\n\n{_table(('contract', 'schema', 'is'), lines)}"


def main() -> None:
    """Write all pages."""
    (HERE / "schemas").mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (HERE / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
