"""Sources of values: named, left out where a site says so, decided before an official publication."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from annuaire import config
from annuaire.catalogue import sources
from annuaire.catalogue.answer import Level, answer_to
from annuaire.catalogue.loading import Loaded, Loader
from annuaire.catalogue.model import Provenance
from annuaire.config import OFFICIAL
from annuaire.exports import form, purchase, texts
from annuaire.intake.applying import Application
from annuaire.intake.applying.proposal import base_of
from annuaire.pages.profile import profile
from annuaire.pages.reference import Version, plans
from annuaire.pages.rows import summary
from annuaire.text.problems import AnnuaireError
from annuaire.urls import DATA
from annuaire.yamlfile import source

EXAMPLES = Path(__file__).parents[2] / "examples"
REGISTER, PRESS = "Registre d’Exemple, extrait de 2026", "Journal d’Exemple"
OWN = "zircon-exemple"
VERSION = Version("", datetime(2026, 11, 29, tzinfo=UTC), 1, "")
RECORD = f"""nom: Zircon Exemple
neq: "1142934315"
forme_juridique: obnl
annee_fondation: "1998"
statut: active
secteur: a-preciser
activite: Taille de gemmes et polissage.
offres:
  # celle du registre
  - nom: Gemmes taillées
    categorie: traiteur
    verification:
      statut: a-confirmer
      source: {REGISTER}
  # celle du site
  - nom: Atelier du dimanche
    categorie: traiteur
    verification:
      statut: a-confirmer
      source: Site web
etablissements:
  - municipalite: Trois-Rivières
    telephone: 819 555-0142
verification:
  statut: a-confirmer
  source: Liste d’Exemple
provenances:
  - champs: [activite, neq, forme_juridique, offres, etablissements.telephone]
    source: {REGISTER}
    date: 2026-06-07
    licence: CC BY-NC-SA 4.0 (à confirmer)
  - champs: [annee_fondation, neq]
    source: {PRESS}
    date: "2019"
    licence: Droits réservés, faits repris
"""


def site(tmp_path: Path, *excluded: str, publication: str = "demonstration", kept: tuple[str, ...] = ()) -> Loaded:
    """Load a site of one record."""
    if not (tmp_path / "content").exists():
        (tmp_path / "content" / "enterprises").mkdir(parents=True)
        shutil.copy(EXAMPLES / "mkdocs.yml", tmp_path)
        (tmp_path / "content" / "enterprises" / f"{OWN}.yml").write_text(RECORD, encoding="utf-8")
        (tmp_path / "mkdocs.yml").write_text(
            "site_name: Répertoire Exemple\nsite_url: https://exemple.org/\n", encoding="utf-8"
        )
    settings = replace(
        config.load(tmp_path / "mkdocs.yml"),
        publication=publication,
        excluded_sources=excluded,
        kept_sources=kept,
    )
    return Loader(settings).load(config.today())


def test_sources_in_use_are_named_with_their_terms(tmp_path: Path) -> None:
    loaded = site(tmp_path)
    assert [(s.name, s.dates, s.records, s.is_unsure) for s in loaded.sources] == [
        (PRESS, ("2019",), 1, False),
        (REGISTER, ("2026-06-07",), 1, True),
    ]
    assert not loaded.errors


def test_an_excluded_source_leaves_nothing(tmp_path: Path) -> None:
    loaded = site(tmp_path, REGISTER)
    catalogue = loaded.catalogue()
    own = catalogue.by_slug[OWN]
    assert (own.activite, own.forme_juridique, own.lieu.telephone) == ("", "a-preciser", "")
    assert [offer.nom for offer in own.offres] == ["Atelier du dimanche"]
    assert own.neq == "1142934315", "another source gives it too"
    assert [p.source for p in own.provenances] == [PRESS]
    assert summary(own) == "Atelier du dimanche"
    settings = loaded.context.settings
    written = "".join((*purchase.to_json(catalogue, settings, VERSION), texts.to_json(catalogue)))
    assert "gemmes" not in written.casefold()
    assert [s.name for s in sources.sources_of(catalogue.enterprises)] == [PRESS]
    assert {s.name for s in loaded.sources} == {PRESS, REGISTER}, "the setting still names it"


def test_the_name_of_a_source_names_its_extracts(tmp_path: Path) -> None:
    whole = REGISTER.partition(",")[0]
    assert whole != REGISTER
    loaded = site(tmp_path, whole)
    sources.check(loaded.sources, loaded.context.settings)
    own = loaded.catalogue().by_slug[OWN]
    assert (own.activite, [p.source for p in own.provenances]) == ("", [PRESS])
    assert not sources.is_among("Registre d’Exemples", [whole])
    assert not sources.is_among("", [""])


def test_the_form_starts_from_what_is_published(tmp_path: Path) -> None:
    loaded = site(tmp_path, REGISTER)
    record = loaded.enterprises[0]
    shown = sources.published_text(record.document.text, record.file, (REGISTER,), record.schema)
    assert "Gemmes" not in shown
    assert REGISTER not in shown
    assert "# celle du site" in shown
    assert "# celle du registre" not in shown
    assert form.texts(loaded.catalogue(), {OWN: shown}) == {OWN: shown}
    started = Application(loaded.context.settings, config.today()).texts.text_of(OWN, base_of(shown))
    assert started == shown, "a correction of what is shown is laid over the whole record"


def test_a_correction_keeps_what_was_not_shown_and_drops_the_source_of_what_changed(tmp_path: Path) -> None:
    loaded = site(tmp_path)
    values = source.parse(RECORD, Path("x.yml")).values
    after = source.parse(RECORD.replace("Taille de gemmes", "Vente de gemmes"), Path("x.yml")).values
    assert sources.drop_changed(values, after, loaded.enterprises[0].schema)
    assert after["provenances"][0]["champs"] == ["neq", "forme_juridique", "offres", "etablissements.telephone"]
    assert after["provenances"][1] == values["provenances"][1]
    assert not sources.drop_changed(values, values, loaded.enterprises[0].schema)


@pytest.mark.parametrize(("excluded", "kept"), [((REGISTER,), ()), ((), (REGISTER,))])
def test_an_official_site_says_what_it_does_of_unsure_terms(
    tmp_path: Path, excluded: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    loaded = site(tmp_path, publication=OFFICIAL)
    with pytest.raises(AnnuaireError, match=r"publication officielle ne peut pas reprendre.*Registre d’Exemple"):
        sources.check(loaded.sources, loaded.context.settings)
    decided = site(tmp_path, *excluded, kept=kept, publication=OFFICIAL)
    sources.check(decided.sources, decided.context.settings)
    sources.check(loaded.sources, replace(loaded.context.settings, publication="demonstration"))


def test_a_setting_that_names_no_source_is_refused(tmp_path: Path) -> None:
    loaded = site(tmp_path, "Registre d’Ailleurs")
    with pytest.raises(AnnuaireError, match=r"sources_exclues.*qu’aucune fiche ne cite.*Registre d’Exemple, extrait"):
        sources.check(loaded.sources, loaded.context.settings)


def test_an_activity_is_searched_and_shown(tmp_path: Path) -> None:
    catalogue = site(tmp_path).catalogue()
    own = catalogue.by_slug[OWN]
    assert answer_to(catalogue, "polissage").results[OWN].level is Level.ACTIVITY
    assert own.en_bref == own.activite
    assert summary(replace(own, offres=(), mission="Autre chose.")) == "Taille de gemmes et polissage."


def test_a_profile_says_which_source_gave_what(tmp_path: Path) -> None:
    loaded = site(tmp_path)
    catalogue = loaded.catalogue()
    page = profile(catalogue, loaded.context.settings, catalogue.by_slug[OWN], "2026-11-29")
    said = [text.replace("\u00a0", " ") for text in page.view.verification.given]
    assert said == [
        "Activité, NEQ, forme juridique, produits et services et téléphone : Registre d’Exemple, extrait de 2026, "
        "7 juin 2026 (CC BY-NC-SA 4.0 (à confirmer))",
        "Année de fondation et NEQ : Journal d’Exemple, 2019 (Droits réservés, faits repris)",
    ]


def test_pages_of_one_site_are_one_source(tmp_path: Path) -> None:
    loaded = site(tmp_path)
    own = loaded.catalogue().by_slug[OWN]
    pages = [("https://www.journal.example/a", "2019-05"), ("https://journal.example/b ; http://autre.example/", "")]
    given = [Provenance(("neq",), name, "Droits réservés", day) for name, day in [*pages, (pages[0][0], "2021")]]
    found = sources.sources_of([replace(own, provenances=tuple(given))])
    assert [sources.short_name(source.name) for source in found] == [
        "journal.example et autre.example",
        "journal.example",
    ]
    assert found[1].dates == ("2019-05", "2021")
    assert [sources.day_text(day).replace("\u00a0", " ") for day in found[1].dates] == ["mai 2019", "2021"]
    planned = plans(loaded.catalogue(), loaded.context.settings, VERSION, (), ())
    data = next(plan for plan in planned if plan.url == DATA)
    assert [(row.name, row.records) for row in data.build().view.sources] == [(PRESS, 1), (REGISTER, 1)]
