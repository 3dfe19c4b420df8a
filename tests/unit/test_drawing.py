"""The picture of the ecosystem: nothing overlaps nor sticks out, whatever the words."""

from itertools import combinations, pairwise

import pytest

from annuaire.pages.drawing import Box, Drawing, Frame, draw
from annuaire.pages.ecosystem import ELSEWHERE, MRC, QUEBEC, REGION, UNKNOWN, reach

LONG = "Corporation de développement économique communautaire et de concertation des territoires (CDEC)"
FRAMES = [
    Frame("mrc", "MRC Exemple (9 organismes)", tuple((f"{LONG} {n}", (LONG,) * n) for n in range(1, 8))),
    Frame("region", LONG, (("Fonds", ("A", "B")),)),
    Frame("quebec", "Tout le Québec", tuple((f"Rôle {n}", ("Nom",)) for n in range(17))),
]
SIZES = [pytest.param(760, 3, id="wide"), pytest.param(360, 1, id="narrow")]


def inside(small: Box, big: Box) -> bool:
    across = big.x <= small.x and small.x + small.width <= big.x + big.width + 0.2
    return across and big.y <= small.y and small.y + small.height <= big.y + big.height + 0.2


def apart(a: Box, b: Box) -> bool:
    beside = a.x + a.width <= b.x or b.x + b.width <= a.x
    return beside or a.y + a.height <= b.y or b.y + b.height <= a.y


@pytest.mark.parametrize(("width", "columns"), SIZES)
def test_frames_hold_one_another_and_cards_stand_apart(width: int, columns: int) -> None:
    drawing = draw(FRAMES, width, columns)
    frames = [box for box in drawing.boxes if box.kind in ("mrc", "region", "quebec")]
    assert [box.kind for box in frames] == ["quebec", "region", "mrc"]
    assert all(inside(small, big) for big, small in pairwise(frames))
    cards = [box for box in drawing.boxes if box.kind in ("card", "self")]
    assert len(cards) == 26
    assert all(inside(card, frames[0]) for card in cards)
    assert all(apart(a, b) for a, b in combinations(cards, 2))
    assert drawing.height >= frames[0].height


@pytest.mark.parametrize(("width", "columns"), SIZES)
def test_each_line_of_text_has_its_room(width: int, columns: int) -> None:
    drawing = draw(FRAMES, width, columns)
    for a, b in combinations([t for t in drawing.texts if t.kind != "self"], 2):
        assert abs(a.y - b.y) >= 14 or a.x != b.x, (a, b)
    assert all(within(drawing, text.x, text.y) for text in drawing.texts)


def within(drawing: Drawing, x: float, y: float) -> bool:
    return 0 < x < drawing.width and 0 < y < drawing.height


def test_a_few_names_then_how_many_more() -> None:
    drawing = draw([Frame("quebec", "Québec", (("Fonds", tuple("ABCDEFGHIJ")), ("Pôle", ("K", LONG))))], 760, 3)
    names = [text.text.replace("\u00a0", " ") for text in drawing.texts if text.kind == "name"]
    assert names[:9] == [*"ABCDEFG", "et 3 autres", "K"]
    assert " ".join(" ".join(names[9:]).split()) == LONG


def test_nothing_to_draw() -> None:
    assert [box.kind for box in draw([], 360, 1).boxes] == ["self"]


def test_how_wide_a_territory_is_served() -> None:
    from tests.unit.test_events import catalogue

    from annuaire.catalogue.items import Item

    known = catalogue()
    mekinac = known.territories.mrcs["350"]

    def seen(*codes: str) -> tuple[str, str]:
        organisation = Item({"nom": "X", "territoires_desservis": codes}, "x")
        return reach(known, organisation), reach(known, organisation, mekinac)

    assert seen("quebec", "350") == (QUEBEC, QUEBEC)
    assert seen("region") == (REGION, REGION)
    assert seen(*known.mrc_codes) == (REGION, REGION)
    assert seen("350") == (MRC, MRC)
    assert seen("900") == (MRC, ELSEWHERE)
    assert seen("300") == (ELSEWHERE, ELSEWHERE)
    assert seen() == (UNKNOWN, UNKNOWN)
