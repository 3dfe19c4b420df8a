"""Import a list that knows more than the records: what is empty is filled, what a person wrote or removed stays."""

from pathlib import Path

import pytest
from tests.importing import Run, record, replace_in_list

from annuaire.intake.importing import Outcome, RowOutcome, state
from annuaire.intake.importing.filling import fill

BAS = "cooperative-forestiere-exemple-du-bas"
PHONE = ("bas.example.org,NA,NA,NA,NA,NA,NA", "bas.example.org,NA,NA,NA,NA,NA,819 555 0177 p.3")


def edited(site: Path, old: str = "nom: ", new: str = "# vu en mai\nnom: ", slug: str = BAS) -> Path:
    path = site / "content" / "enterprises" / f"{slug}.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def outcome(run: Run, slug: str = BAS) -> RowOutcome:
    return next(row for row in run().rows if row.slug == slug)


def test_a_record_that_a_person_edited_receives_the_phone(run: Run, site: Path) -> None:
    run()
    path = edited(site, "bas.example.org", "personne.example.org  # le bon")
    replace_in_list(site, *PHONE)
    row = outcome(run)
    assert row.outcome is Outcome.UPDATED
    assert row.differences[0] == "Téléphone\u00a0: ajouté «\u00a0819 555-0177 poste 3\u00a0»"
    assert any(note.startswith("Site web\u00a0: fiche") for note in row.differences)
    text = path.read_text(encoding="utf-8")
    assert "site_web: https://personne.example.org  # le bon\n" in text
    assert 'telephone: "819 555-0177 poste 3"' in text
    before = path.read_bytes(), (site / "content/import/etat.json").read_bytes()
    assert outcome(run).outcome is Outcome.UNCHANGED
    assert (path.read_bytes(), (site / "content/import/etat.json").read_bytes()) == before


def test_a_record_that_stood_before_is_completed_and_never_taken_over(run: Run, site: Path) -> None:
    path = site / "content" / "enterprises" / "le-bas.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "# à nous\nnom: Coopérative forestière Exemple du Bas\nforme_juridique: cooperative\nstatut: active\n"
        "secteur: foresterie\netablissements:\n  - municipalite: Saint-Tite  # siège\n"
        'verification:\n  statut: confirmee\n  date: "2026-05-01"\n  par: pole\n',
        encoding="utf-8",
    )
    replace_in_list(site, *PHONE)
    row = outcome(run, "le-bas")
    assert row.outcome is Outcome.UPDATED
    values = record(site, "le-bas")
    assert values["etablissements"] == [
        {"adresse": "2, chemin du Modèle", "municipalite": "Saint-Tite", "code_postal": "G0X 3H0"}
        | {"telephone": "819 555-0177 poste 3"}
    ]
    assert values["verification"] == {"statut": "confirmee", "date": "2026-05-01", "par": "pole"}
    assert (values["statut"], values["secteur"]) == ("active", "foresterie")
    text = path.read_text(encoding="utf-8")
    assert "# à nous" in text
    assert "# siège" in text
    written = site / "content" / "import" / "etat.json"
    kept = state.load(state.read(written), written.name)["coop forestiere exemple bas @ Saint-Tite"]
    assert kept.digest == ""
    replace_in_list(site, "0177 p.3", "0188 p.3")
    assert outcome(run, "le-bas").outcome is Outcome.UNCHANGED
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("line", ["site_web: https://bas.example.org\n", "    code_postal: G0X 3H0\n"])
def test_what_a_person_removed_is_not_put_back(run: Run, site: Path, line: str) -> None:
    run()
    path = edited(site, line, "")
    replace_in_list(site, *PHONE)
    row = outcome(run)
    assert row.outcome is Outcome.UPDATED
    assert any("pas remis" in note for note in row.differences)
    assert line not in path.read_text(encoding="utf-8")
    edited(site, '    telephone: "819 555-0177 poste 3"\n', "")
    assert outcome(run).outcome is Outcome.UNCHANGED
    assert "telephone" not in path.read_text(encoding="utf-8")


def test_a_state_that_does_not_say_what_was_written_fills_nothing(run: Run, site: Path) -> None:
    run()
    path = edited(site)
    written = site / "content" / "import" / "etat.json"
    old = state.load(state.read(written), written.name)
    written.write_text(
        state.text_of({key: state.Written(one.slug, one.digest) for key, one in old.items()}), encoding="utf-8"
    )
    replace_in_list(site, *PHONE)
    assert outcome(run).outcome is Outcome.UNCHANGED
    assert "telephone" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "standing",
    [
        {"nom": "Le Phare", "adresse_confidentielle": "oui"},
        {"nom": "Maison d’hébergement Le Phare"},
        {"nom": "Le Phare", "written": {"etablissements[1].adresse"}},
    ],
)
def test_a_place_to_protect_receives_no_street(standing: dict[str, object]) -> None:
    written = frozenset(standing.pop("written", ()))  # type: ignore[call-overload]
    place = {"municipalite": "Batiscan", "adresse": "77, rue X", "code_postal": "G9A 7Z7", "telephone": "819 555-0101"}
    found = fill(
        standing | {"etablissements": [{"municipalite": "Batiscan"}]},
        {"nom": "Le Phare", "etablissements": [place]},
        written,
    )
    assert found.paths == {"etablissements[1].telephone"}
    assert not [note for note in (*found.added, *found.left) if "77" in note or "G9A" in note]


def test_another_street_or_two_places_of_one_town_are_not_mixed() -> None:
    place = {
        "municipalite": "Batiscan",
        "adresse": "1, rue A",
        "code_postal": "G0X 1A0",
        "courriel": "info@example.org",
    }
    proposed = {"nom": "Le Phare", "etablissements": [place]}
    moved = {"nom": "Le Phare", "etablissements": [{"municipalite": "Batiscan", "adresse": "2, rue B"}]}
    found = fill(moved, proposed, frozenset())
    assert (found.paths, len(found.left)) == (frozenset(), 1)
    assert "courriel" in found.left[0]
    two = {"nom": "Le Phare", "etablissements": [{"municipalite": "Batiscan"}, {"municipalite": "Batiscan"}]}
    assert not fill(two, proposed, frozenset()).paths
