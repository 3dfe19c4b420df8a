"""Say whether the records of this repository are those that came with the program."""

from __future__ import annotations

import re

from tests.sites import REPOSITORY

QUESTIONS = REPOSITORY / "tests" / "content" / "requetes.yml"


def has_shipped_records() -> bool:
    """Tell whether most of the enterprises that the questions of this folder name are there.

    In the directory of another Pôle, none is. A part of the shipped content that was lost is no such directory:
    the tests of this folder then say so.
    """
    asked = QUESTIONS.read_text(encoding="utf-8")
    slugs = {slug for found in re.findall(r"fiches: \[(.*?)\]", asked) for slug in found.split(", ")}
    there = [slug for slug in slugs if (REPOSITORY / "content" / "enterprises" / f"{slug}.yml").is_file()]
    return len(there) * 2 > len(slugs)
