"""Throw well-sealed corrections at a record: each is applied, left aside or refused; none breaks or hides a change."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.applying import mailing
from tests.applying.test_apply import SLUG, correction, read_site  # noqa: F401 - the fixture « application »
from tests.examples import examples
from tests.rules.strategies import ALPHABET, cell
from tests.sites import Project

from annuaire.intake.applying import Application, FileOutcome, report
from annuaire.intake.applying.proposal import value_at
from annuaire.schema import Field, load
from annuaire.yamlfile import source

SCHEMA = load("enterprises")
OFTEN = settings(max_examples=examples(60))
ITEMS = st.sampled_from(["1", "2", "9", "nouveau 1", "nouveau 2"])
ROOT = [".".join(path) for path in SCHEMA.root.by_path]
NESTED = [(key, ".".join(path)) for key, table in SCHEMA.children.items() for path in table.by_path]
PATHS = st.one_of(
    st.sampled_from(ROOT), st.tuples(st.sampled_from(NESTED), ITEMS).map(lambda t: f"{t[0][0]}.{t[1]}.{t[0][1]}")
)
VALUES = st.one_of(
    st.none(), st.text(ALPHABET + "\n\x1b\u202e", max_size=60), st.lists(st.text(ALPHABET, max_size=9), max_size=3)
)
ORDERS = st.dictionaries(st.sampled_from(list(SCHEMA.children)), st.lists(ITEMS, max_size=5, unique=True), max_size=2)
# Free values of the record that no rule ties to another one.
FREE = ["mission", "retombees.sociales", "contact_achats.telephone", "reseaux.facebook", "annee_fondation", "site_web"]


def field(path: str) -> Field:
    """Give the field at a path of the record itself."""
    return SCHEMA.root.by_path[tuple(path.split("."))]


def read(application: Application, path: Path) -> FileOutcome:
    """Say what a file does to the site, as if nothing had been received before."""
    application.records = dict(application.found)
    (outcome,) = application.read([path])
    return outcome


@OFTEN
@given(changes=st.dictionaries(PATHS, VALUES, max_size=6), orders=ORDERS)
def test_nothing_well_sealed_breaks(
    project: Project, application: Application, changes: dict[str, mailing.Value], orders: dict[str, list[str]]
) -> None:
    path = Path(project.root.parent / "message.txt")
    path.write_text(correction(project, changes, orders), encoding="utf-8")
    before = project.record(SLUG).read_bytes()
    outcome = read(application, path)
    assert report([outcome])
    assert project.record(SLUG).read_bytes() == before, "nothing is written before `write`"
    for record in outcome.changed:
        assert record.differences, "a change is always shown"


@OFTEN
@given(st.data())
def test_a_right_value_goes_all_the_way(project: Project, application: Application, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(FREE), min_size=1, max_size=4, unique=True))
    changes = {name: data.draw(cell(field(name))) for name in names}
    text = mailing.quoted(mailing.wrapped(correction(project, changes)))
    path = project.root.parent / "message.eml"
    path.write_bytes(mailing.mail(text))
    outcome = read(application, path)
    assert outcome.is_accepted, report([outcome])
    written = outcome.changed[0].text if outcome.changed else project.record(SLUG).read_text(encoding="utf-8")
    values = source.parse(written, project.record(SLUG)).values
    for name, value in changes.items():
        found = value_at(values, tuple(name.split(".")))
        assert "".join(str(found).split()) == "".join(str(value).split())
