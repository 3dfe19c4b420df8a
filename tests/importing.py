"""Say where the made-up list is, and read and change what an import of it wrote."""

from collections.abc import Callable
from pathlib import Path

from annuaire.intake.importing import ImportReport, Outcome
from annuaire.yamlfile import source

FIXTURES = Path(__file__).parent / "unit" / "import"
SECRETS = ("Secr", "Cach", "G9A 7Z7", "G9A7Z7", "G9N 8Z8", "G9N8Z8", "46.3499", "72.5899", "46.5499", "72.7399")
# Municipalities written as of another province or country, though one of ours has the name.
ELSEWHERE = ("Louiseville (KY)", "Batiscan (Michigan)", "Champlain (New York)", "Saint-Paulin (63)")
Run = Callable[..., ImportReport]


def outcomes(report: ImportReport) -> dict[str, tuple[Outcome, str]]:
    return {row.name: (row.outcome, row.slug) for row in report.rows}


def record(site: Path, slug: str) -> dict[str, object]:
    document = source.read(site / "content" / "enterprises" / f"{slug}.yml")
    assert not document.faults
    return document.values


def replace_in_list(site: Path, old: str, new: str) -> None:
    path = site / "content" / "import" / "exemple.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def snapshot(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
