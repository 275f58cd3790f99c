"""`standwith undercount`: how many persons are on no list, or that it cannot be said."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from standwith.cli.inputs import read_bytes
from standwith.cli.output import BadInput, formats, output_option, write

LIMIT = 5_000_000


@click.group()
def undercount() -> None:
    """Estimate how many persons no list holds, with bounds, gates and sensitivity."""


@undercount.command("estimate")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--method",
    type=click.Choice(["dga", "loglinear", "latent-class", "chao"]),
    default="dga",
    show_default=True,
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option(
    "--copied",
    multiple=True,
    metavar="LIST=SOURCE",
    help="A list that takes its names from another: the two are merged.",
)
@click.option("--signed", metavar="NAME", help="Who stands for the assumption.")
@formats(("text", "json", "html"))
@output_option
def estimate_table(
    table: Path,
    method: str,
    seed: int,
    copied: tuple[str, ...],
    signed: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Estimate from TABLE, a CSV file: a column of 0 and 1 for each list, and `count`.

    A pattern that cannot occur, as before a list was founded, has `impossible` for a count.
    """
    _need_packages()
    raw = read_bytes(table, LIMIT)
    found = _signed(_work_out(raw, table, method, seed, copied), signed)
    write(_written(found, form, table.stem), output)


@undercount.command("average")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@click.option("--signed", metavar="NAME", help="Who stands for the assumption.")
@formats(("text", "json", "html"))
@output_option
def average_folder(
    folder: Path, seed: int, signed: str | None, form: str, output: Path | None
) -> None:
    """Estimate over the draws of a linked FOLDER, so that the interval holds who may be who."""
    _need_packages()
    found = _signed(_averaged(folder, seed), signed)
    write(_written(found, form, folder.name), output)


def _written(found: dict[str, Any], form: str, title: str) -> str:
    if form == "html":
        from standwith.publish.undercount import report

        return report(found, title)
    return _encode(found) if form == "json" else _text(found)


@undercount.command("validate")
@click.argument("table", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True)
@formats(("text", "json"))
@output_option
def validate_table(table: Path, seed: int, form: str, output: Path | None) -> None:
    """Estimate the size of each list of TABLE from the others, where it is known."""
    _need_packages()
    raw = read_bytes(table, LIMIT)
    found = _validated(raw, table, seed)
    write(_encode(found) if form == "json" else _validation_text(found), output)


def _need_packages() -> None:
    if find_spec("scipy") is None or find_spec("numba") is None:
        raise BadInput("this needs scipy and numba; run: pip install 'standwith[undercount]'")


def _validated(raw: bytes, path: Path, seed: int) -> dict[str, Any]:
    from numpy.random import PCG64, Generator

    from standwith.account.undercount.capture import UnusableTable
    from standwith.account.undercount.estimate import consistency_data, validate
    from standwith.account.undercount.read import read_table

    try:
        table = read_table(raw.decode("utf-8"))
        found = validate(table, Generator(PCG64(seed)))
    except (UnusableTable, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from error
    return {"n": table.n, "methods": {name: consistency_data(x) for name, x in found.items()}}


def _validation_text(found: dict[str, Any]) -> str:
    lines = [f"Documented: {found['n']:,} persons. Inside each list its size is known:"]
    for method, tests in found["methods"].items():
        lines.append(f"{method}:")
        lines += [
            f"  {t['list']}: {t['median']:,} ({t['q025']:,} to {t['q975']:,}), known {t['truth']:,}"
            for t in tests["tests"]
        ]
        if not tests["tests"]:
            lines.append("  no list has enough persons on others")
        else:
            lines.append(
                f"  covered {tests['coverage']:.2f}, root mean square of log errors "
                f"{tests['rmse_log']:.2f}; intervals wider by {tests['factor']:.1f} would hold"
            )
    lines.append("These tests say nothing of persons whom no list holds.")
    return "\n".join(lines) + "\n"


def _signed(found: dict[str, Any], name: str | None) -> dict[str, Any]:
    from standwith.engine.undercount import sign

    return sign(found, name or "")


def _derived(copied: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for text in copied:
        name, equals, source = text.partition("=")
        if not equals:
            raise BadInput(f"--copied {text}: write LIST=SOURCE")
        found.setdefault(name, []).append(source)
    return found


def _work_out(
    raw: bytes, path: Path, method: str, seed: int, copied: tuple[str, ...]
) -> dict[str, Any]:
    from standwith.account.undercount.capture import UnusableTable
    from standwith.engine.undercount import answer

    try:
        return answer(raw, method=method, seed=seed, derived=_derived(copied))
    except (UnusableTable, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: {error}") from error


def _averaged(folder: Path, seed: int) -> dict[str, Any]:
    from numpy.random import PCG64, Generator

    from standwith.account.linkage.cluster import UnusableLinks
    from standwith.account.undercount.averaging import average, tables_of
    from standwith.account.undercount.capture import UnusableTable
    from standwith.account.undercount.estimate import as_data, averaged_data, estimate
    from standwith.account.undercount.read import read_table
    from standwith.engine.linkage.folder import CAPTURES, read_folder
    from standwith.engine.undercount import manifest

    try:
        held = read_folder(folder)
        draws = held.draws()
        where = {row["unique_id"]: row["source_dataset"] for row in held.rows("persons.csv")}
        lists = [where[record] for record in draws.records]
        tables = tables_of(draws.persons, lists, held.manifest["lists"])
        raw = (folder / CAPTURES).read_bytes()
        settled = estimate(read_table(raw.decode("utf-8")), "dga", Generator(PCG64(seed)))
        found = as_data(settled) if settled.refused else averaged_data(settled, average(tables))
    except (UnusableLinks, UnusableTable) as error:
        raise BadInput(f"{folder}: {error}") from error
    return found | {"manifest": manifest(raw, seed)}


def _encode(found: dict[str, Any]) -> str:
    from standwith.publish.plain import encode

    return encode(found)


def _text(found: dict[str, Any]) -> str:
    from standwith.publish.undercount import sentence

    lines = [sentence(found)]
    least = f"At least {found['lower_bound']:,} (lower bound, one-sided 95 %)."
    lines.append(f"Documented: {found['n']:,} persons. {least}")
    numbers = found["estimate"]
    if found["refused"] or numbers is None:
        lines.append("No estimate: only the documented number and the lower bound may be given.")
    else:
        wide = found["calibrated"]
        told = f"{numbers['median']:,} ({numbers['q025']:,} to {numbers['q975']:,}; calibrated"
        told = f"{told} on the lists themselves: {wide['q025']:,} to {wide['q975']:,})"
        lines.append(f"Estimated: {told}.")
    lines += [f"  gate {g['id']}: {g['reason']} ({g['value']:g}, limit {g['limit']:g})"
              for g in found["gates"] if not g["passed"]]  # fmt: skip
    for test in found["internal_consistency"]["tests"]:
        lines.append(
            f"  inside {test['list']}: {test['median']:,} ({test['q025']:,} to "
            f"{test['q975']:,}) where {test['truth']:,} are known"
        )
    if "linkage" in found:
        shares = found["linkage"]["shares"]
        told = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
        lines.append(f"  over {found['linkage']['draws']} draws of the linkage; variance: {told}")
    lines += _plot(found["sensitivity"])
    return "\n".join([*lines, found["assumption"]]) + "\n"


def _plot(points: list[dict[str, Any]]) -> list[str]:
    """Draw the sensitivity curve as a bar for each xi, on a scale to the highest median."""
    most = max((p["median"] for p in points), default=1)
    return [
        f"  xi {p['xi']:<5g} {'#' * max(1, round(40 * p['median'] / most)):<40} {p['median']:,}"
        for p in points
    ]
