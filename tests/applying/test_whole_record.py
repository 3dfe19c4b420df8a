"""Apply whole records as the form downloads them: what others changed since stays."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.applying.test_apply import SLUG, apply, correction, diff, send
from tests.sites import Project

from annuaire.intake.applying import report
from annuaire.intake.applying.proposal import base_of

PHONE, NEW_PHONE = '"819 555-0110"\n', '"819 555-0142"\n'


def mark(slug: str, base: str) -> str:
    """Write the last line of a file of the form."""
    return f"# annuaire 1, fiche {slug}, base {base}\n"


def download(project: Project, edit: Callable[[str], str], name: str = f"{SLUG}.yml") -> Path:
    """Make the file that a person downloads after changing the record."""
    text = project.record(SLUG).read_text(encoding="utf-8")
    changed = edit(text)
    assert changed != text
    return send(project, changed + mark(SLUG, base_of(text)), name)


def with_new_phone(text: str) -> str:
    """Change the telephone of the first place."""
    return text.replace(PHONE, NEW_PHONE, 1)


def change(project: Project, edit: Callable[[str], str]) -> str:
    """Accept the change of someone else."""
    path = project.record(SLUG)
    before = path.read_text(encoding="utf-8")
    text = edit(before)
    assert text != before
    path.write_text(text, encoding="utf-8")
    return text


def moved(text: str) -> str:
    """Move the first offer to the end, reword the second and add one."""
    start, end = text.index("offres:\n") + len("offres:\n"), text.index("\nterritoires_desservis:") + 1
    offers = ["  - nom: " + part for part in text[start:end].split("  - nom: ")[1:]]
    first, *others = offers
    others[0] = others[0].replace("Grand ménage après travaux", "Grand ménage après des travaux")
    new = "  - nom: Déneigement de toits\n    categorie: deneigement\n"
    return text[:start] + "".join([*others, first, new]) + text[end:]


@pytest.mark.parametrize(
    "name", [f"{SLUG}.yml", f"{SLUG} (1).yml", "fiche.yml", "Notre fiche à nous.YAML", f"{SLUG}.yml.txt"]
)
def test_its_last_line_names_the_record_and_stays_out_of_it(project: Project, name: str) -> None:
    before = project.record(SLUG).read_text(encoding="utf-8")
    (outcome,) = apply(project, download(project, lambda t: "# Vu en mars.\n" + with_new_phone(t), name))
    assert outcome.is_whole, report([outcome])
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert diff(before, after) == [
        "+# Vu en mars.",
        f"-    telephone: {PHONE[:-1]}",
        f"+    telephone: {NEW_PHONE[:-1]}",
    ]


def test_a_mail_program_that_names_it_a_text(project: Project) -> None:
    file = download(project, with_new_phone, f"{SLUG}.txt")
    message = EmailMessage()
    message.set_content("Voici la fiche corrigée.")
    message.add_attachment(file.read_bytes(), maintype="text", subtype="plain", filename=file.name)
    file.with_suffix(".eml").write_bytes(message.as_bytes())
    (outcome,) = apply(project, file.with_suffix(".eml"))
    assert outcome.is_whole, report([outcome])
    assert NEW_PHONE in project.record(SLUG).read_text(encoding="utf-8")


def test_changes_of_others_are_kept(project: Project) -> None:
    path = download(project, lambda t: moved(with_new_phone(t)))
    now = change(
        project,
        lambda t: (
            "# Appel du 3 mars.\n"
            + t.replace('"819 555-0111"', '"819 555-0177"').replace("D’avril à novembre", "De mai à octobre")
        ),
    )
    (outcome,) = apply(project, path)
    assert outcome.is_whole, report([outcome])
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert after == moved(with_new_phone(now))
    (again,) = apply(project, path)
    assert again.is_whole, report([again])
    assert not again.changed


def test_what_both_changed_is_left_aside_in_the_same_words(project: Project) -> None:
    path = download(project, lambda t: with_new_phone(t).replace("https://entretien.", "https://menage."))
    text = send(
        project,
        correction(project, {"etablissements.1.telephone": "819 555-0142", "site_web": "https://menage.example.org/"}),
    )
    change(project, lambda t: t.replace(PHONE, '"819 555-0177"\n', 1))
    (by_file,) = apply(project, path)
    after = project.record(SLUG).read_text(encoding="utf-8")
    assert '"819 555-0177"' in after
    assert "https://menage.example.org/" in after
    (by_text,) = apply(project, text)
    assert by_file.records[0].conflicts == by_text.records[0].conflicts
    assert by_file.records[0].conflicts == [
        "Téléphone (Établissements, 1)\u00a0: changé depuis dans la fiche (demandé\u00a0: «\u00a0819 555-0142\u00a0»)"
    ]


def test_an_unknown_base_is_refused_as_in_a_text(project: Project) -> None:
    text = with_new_phone(project.record(SLUG).read_text(encoding="utf-8"))
    before = project.record(SLUG).read_bytes()
    (outcome,) = apply(project, send(project, text + mark(SLUG, "00000000"), "fiche.yml"))
    assert "version de départ" in outcome.records[0].refusal
    assert project.record(SLUG).read_bytes() == before
    (outcome,) = apply(project, send(project, text + mark("fiche-inconnue", "00000000"), "fiche.yml"))
    assert "n’existe pas ici" in outcome.records[0].refusal


def test_a_new_record_does_not_take_the_place_of_another(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8").replace("1100000101", "1145678901")
    text = text.replace("nom: Entretien Exemple, entreprise d’insertion", "nom: Tonte Nouvel Exemple")
    text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("anciens_slugs"))
    path = send(project, text + mark("tonte-nouvel-exemple", "nouvelle"), "fiche.yml")
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    written = project.record("tonte-nouvel-exemple").read_text(encoding="utf-8")
    assert written == text
    (again,) = apply(project, path)
    assert again.is_accepted, report([again])
    assert not again.changed
    (other,) = apply(project, send(project, text + mark(SLUG, "nouvelle"), "fiche.yml"))
    assert "existe déjà" in other.records[0].refusal


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("# annuaire 2, fiche exemplaire, base nouvelle\n", "mettre le programme à jour"),
        ("# annuaire 1, fiche ../x, base nouvelle\n", "ne nomme pas une fiche"),
        ("# annuaire 1, fiche exemplaire, base 12\n", "ne nomme pas une fiche"),
    ],
)
def test_a_last_line_that_says_nothing_is_refused(project: Project, last: str, words: str) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8")
    (outcome,) = apply(project, send(project, text + last, "exemplaire.yml"))
    assert words in outcome.refusal


def test_a_stale_file_that_is_no_record_loses_nothing(project: Project) -> None:
    path = download(project, lambda t: with_new_phone(t).replace("secteur:", "couleur: bleu\nsecteur:", 1))
    change(project, lambda t: t.replace("D’avril à novembre", "De mai à octobre"))
    (outcome,) = apply(project, path)
    assert "modifié à la main" in outcome.records[0].refusal


def test_a_mail_with_the_text_and_the_file_says_it_once(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8")
    message = EmailMessage()
    message.set_content(correction(project, {"etablissements.1.telephone": "819 555-0142"}))
    file = with_new_phone(text) + mark(SLUG, base_of(text))
    message.add_attachment(file.encode(), maintype="application", subtype="octet-stream", filename="fiche.yml")
    path = project.root.parent / "demande.eml"
    path.write_bytes(message.as_bytes())
    (outcome,) = apply(project, path)
    assert outcome.is_whole, report([outcome])
    assert project.record(SLUG).read_text(encoding="utf-8") == with_new_phone(text)


def test_a_mail_that_says_two_things_of_a_record_is_refused(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8")
    message = EmailMessage()
    message.set_content(correction(project, {"etablissements.1.telephone": "819 555-0143"}))
    message.add_attachment(
        (with_new_phone(text) + mark(SLUG, base_of(text))).encode(),
        maintype="application",
        subtype="octet-stream",
        filename="fiche.yml",
    )
    path = project.root.parent / "demande.eml"
    path.write_bytes(message.as_bytes())
    (outcome,) = apply(project, path)
    assert "deux fois" in outcome.refusal
    assert project.record(SLUG).read_text(encoding="utf-8") == text


def test_spaces_alone_stop_nothing(project: Project) -> None:
    path = download(
        project, lambda t: with_new_phone(t).replace("de bureaux et d’immeubles", "de bureaux  et d’immeubles")
    )
    now = change(project, lambda t: t.replace("D’avril à novembre", "De mai à octobre"))
    (outcome,) = apply(project, path)
    assert outcome.is_whole, report([outcome])
    assert project.record(SLUG).read_text(encoding="utf-8") == with_new_phone(now)
