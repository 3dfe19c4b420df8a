"""Documents are made when what they say changes, by the command and with the site, and pages lead to them."""

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.exporting import CHANGES, NOW
from tests.printing import drafts, many, site
from tests.sites import Project

from annuaire import config, pages, urls
from annuaire.cli.printing import prospectus
from annuaire.pages import Site, with_documents
from annuaire.pages.documents import Document
from annuaire.pages.page import Page
from annuaire.print import documents, typesetting
from annuaire.text.problems import AnnuaireError
from annuaire.timeline.history import Change


def page(of: Site, url: str) -> Page:
    """Build one page of a site."""
    return next(plan for plan in pages.plans(of) if plan.url == url).build()


def test_only_what_changed_is_made_again(tmp_path: Path) -> None:
    before = site(many(6), tmp_path, documents=("prospectus", "fiches"))
    first = documents.make(drafts(before, "prospectus", "fiches"), before.settings)
    assert [each.is_new for each in first] == [True] * 7
    assert not any(each.is_new for each in documents.make(drafts(before, "prospectus", "fiches"), before.settings))
    others = [dataclasses.replace(e, activite="Nouveau") if e.slug == "coop-2" else e for e in many(6)]
    after = site(others, tmp_path)
    again = documents.make(drafts(after, "prospectus", "fiches"), after.settings)
    assert {each.draft.name for each in again if each.is_new} == {"fiches/coop-2"}  # the leaflet shows its offers
    kept = {path.stem for path in (tmp_path / ".annuaire" / documents.FOLDER).glob("*.pdf")}
    assert kept == {each.path.stem for each in again}, "what no document is any more is thrown away"


def test_day_is_that_of_the_last_change_of_what_is_shown() -> None:
    changes = {
        f"coop-{n}": Change(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, n + 1, tzinfo=UTC)) for n in range(3)
    }
    made = documents.Drafts(site(many(3)), changes)
    days = {draft.name: draft.day.isoformat() for draft in made.of(["prospectus", "fiches"])}
    assert days == {"prospectus-la-tuque": "2026-03-03"} | {f"fiches/coop-{n}": f"2026-03-0{n + 1}" for n in range(3)}
    (unknown, *_) = documents.Drafts(site(many(3)), CHANGES).of(["prospectus"])
    assert unknown.day == NOW.date(), "the history does not say: the day of the site"


def test_pages_lead_to_documents_with_their_size_and_day() -> None:
    made = with_documents(
        site(many(3)),
        [
            Document(
                "prospectus", "la-tuque", "Prospectus <b>", "documents/prospectus-la-tuque.pdf", "150 ko", "2 mars"
            ),
            Document("repertoire-secteur", "habitation", "Habitation", "documents/h.pdf", "12 ko", "3 mars"),
        ],
    )
    territory = pages.render(page(made, urls.territory("la-tuque")))
    assert '<a href="../../documents/prospectus-la-tuque.pdf">Prospectus &lt;b&gt;</a>' in territory
    assert "PDF, 150 ko, à jour au 2 mars" in territory
    assert "h.pdf" not in territory
    assert "PDF, 12 ko, à jour au 3 mars" in pages.render(page(made, urls.sector("habitation")))
    assert urls.DOCUMENTS in pages.render(page(made, urls.DATA))
    listed = pages.render(page(made, urls.DOCUMENTS))
    assert "Prospectus territoriaux" in listed
    assert "12 ko" in listed
    assert urls.DOCUMENTS not in {plan.url for plan in pages.plans(site(many(3)))}, "nothing to print, no page"


def test_profile_leads_to_its_sheet() -> None:
    sheet = Document("fiche", "coop-1", "Coop", "documents/fiches/coop-1.pdf", "40 ko", "2 mars")
    made = with_documents(site(many(2)), [sheet])
    assert "documents/fiches/coop-1.pdf" in pages.render(page(made, urls.enterprise("coop-1")))
    assert "documents/" not in pages.render(page(made, urls.enterprise("coop-0")))
    assert urls.DOCUMENTS not in {plan.url for plan in pages.plans(made)}


def test_territory_shows_its_figures_with_their_source() -> None:
    read = pages.render(page(site(many(1)), urls.territory("la-tuque")))
    assert "<dt>Emplois (2025)</dt><dd>480\u00a0emplois" in read
    assert "Source\u00a0: Portrait Exemple" in read


def test_command_makes_the_leaflet_of_an_mrc_then_leaves_it(project: Project) -> None:
    done = project.call("prospectus", "--mrc", "Exempleville", "--fiche", "exemplaire", "--dossier", "papier")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (project.root / "papier").rglob("*.pdf")) == [
        "exemplaire.pdf",
        "prospectus-exempleville.pdf",
    ]
    assert "2 documents, dont 2 à refaire" in done.stdout.replace("\u00a0", " ")
    again = project.call("prospectus", "--mrc", "Exempleville", "--dossier", "papier")
    assert "1 document, dont 0 à refaire" in again.stdout.replace("\u00a0", " ")
    for words in (("--mrc", "Ailleurs"), ("--fiche", "personne")):
        refused = project.call("prospectus", *words)
        assert refused.returncode == 2
        assert words[1] in refused.stderr


def test_missing_libraries_are_said_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "_LIBRARIES", ("typst", "bibliotheque_absente"))
    with pytest.raises(AnnuaireError, match="complément «\u00a0papier\u00a0»"):
        typesetting.check()


def test_setting_names_what_there_is(tmp_path: Path) -> None:
    (option,) = (one for one in prospectus.params if one.name == "kinds")
    assert tuple(option.type.choices) == config.PRINTED  # type: ignore[attr-defined]
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_url: https://a.org/\nextra:\n  annuaire:\n    documents: [affiches]\n", encoding="utf-8")
    with pytest.raises(AnnuaireError, match="affiches"):
        config.load(file)
