"""Draw the pictures to share of a site one after the other, and say what each takes: processor and bytes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path

from annuaire import config
from annuaire.catalogue.loading import Loader
from annuaire.pages import card
from annuaire.sharing import drawing


@dataclass(frozen=True)
class Cards:
    """Say what a picture to share takes on average: milliseconds of processor, kilobytes; `count` were drawn."""

    count: int
    milliseconds: float
    kilobytes: float


def measure(site: Path) -> Cards:
    """Draw every picture that a site may have, whatever its settings ask for."""
    settings = replace(config.load(site / "mkdocs.yml"), shared_pictures=config.SHARED)
    catalogue = Loader(settings).load(config.judging_date(settings.root)).catalogue()
    said = [one for _, one in card.cards(catalogue, settings)]
    start = time.process_time()
    size = sum(len(drawing.draw(one)) for one in said)
    return Cards(len(said), (time.process_time() - start) * 1000 / len(said), size / len(said) / 1000)


if __name__ == "__main__":
    found = measure(Path())
    print(f"{found.count} images à partager : {found.milliseconds:.1f} ms et {found.kilobytes:.1f} ko chacune")
