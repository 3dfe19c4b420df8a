"""Lay out the folder of a whole site: made-up records or the real directory of this repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, time
from pathlib import Path

from bench.generator import REFERENCE_DATE, Generator, Mix, mix, write_records

ROOT = Path(__file__).resolve().parent.parent
EPOCH = str(int(datetime.combine(REFERENCE_DATE, time(12), UTC).timestamp()))
ONE_REGION_UP_TO = 500  # records; a larger directory covers all of Québec
_IDENTITY = {
    "GIT_AUTHOR_NAME": "Exemple",
    "GIT_AUTHOR_EMAIL": "exemple@example.org",
    "GIT_COMMITTER_NAME": "Exemple",
    "GIT_COMMITTER_EMAIL": "exemple@example.org",
    "GIT_AUTHOR_DATE": f"{EPOCH} +0000",
    "GIT_COMMITTER_DATE": f"{EPOCH} +0000",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def make(folder: Path, count: int) -> Mix:
    """Write a site of `count` made-up records, committed once, as a Pôle's own repository would be."""
    regions = ("04",) if count <= ONE_REGION_UP_TO else ()
    _frame(folder, regions)
    records = list(Generator(regions).records(count))
    size = write_records(folder / "content/enterprises", records)
    _commit(folder)
    return mix(records, size)


def copy_real(folder: Path) -> int:
    """Copy this repository's own directory, with its history where it has one; return the number of records."""
    if (ROOT / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)], check=True)
    else:
        _frame(folder, None)
        shutil.copytree(ROOT / "content", folder / "content", dirs_exist_ok=True)
        _commit(folder)
    return len(list((folder / "content/enterprises").glob("*.yml")))


def _frame(folder: Path, regions: tuple[str, ...] | None) -> None:
    """Write all of a site but its records; `regions` empty means all of Québec, None what the repository says."""
    folder.mkdir(parents=True)
    configuration = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    if regions is not None:
        names = ", ".join(f'"{code}"' for code in regions) or '"toutes"'
        configuration, replaced = re.subn(r"(?m)^    regions: .*$", f"    regions: [{names}]", configuration)
        if replaced != 1:
            raise SystemExit("bench: mkdocs.yml has no line « regions » of the expected form")
        # As docs/reglages.md advises for many enterprises: no picture to share their pages, documents made on demand.
        configuration = re.sub(r"(?m)^    documents: .*$", "    documents: []", configuration)
        configuration = re.sub(
            r"(?m)^    partage_images: .*$", "    partage_images: [territoires, secteurs]", configuration
        )
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    (folder / "content/pages").mkdir(parents=True)  # git keeps it once it has records; its pages are in the package


def _commit(folder: Path) -> None:
    (folder / ".gitignore").write_text("/site/\n/.annuaire/\n", encoding="utf-8")
    environment = {**os.environ, **_IDENTITY}
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "Fiches inventées"]):
        subprocess.run(["git", *arguments], cwd=folder, env=environment, check=True)
