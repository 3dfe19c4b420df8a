"""Apply what was received: only the lines concerned change, and nothing is written that holds an error."""

from __future__ import annotations

import difflib
import re
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.applying import mailing
from tests.examples import examples
from tests.sites import Project

from annuaire.intake.applying import Application, FileOutcome, intake, report
from annuaire.intake.applying.proposal import base_of

DAY = date(2026, 11, 22)
SLUG = "entretien-exemple-entreprise-d-insertion"
NEW_RECORD: dict[str, mailing.Value] = {
    "nom": "Déneigement Nouvel Exemple",
    "forme_juridique": "obnl",
    "statut": "active",
    "secteur": "services-aux-entreprises",
    "offres.nouveau 1.nom": "Déneigement",
    "offres.nouveau 1.categorie": "deneigement",
    "etablissements.nouveau 1.municipalite": "Exempleville",
    "verification.statut": "a-confirmer",
    "verification.par": "entreprise",
}


def send(project: Project, text: str, name: str = "message.txt") -> Path:
    """Save a message beside the site."""
    path = project.root.parent / name
    path.write_text(text, encoding="utf-8")
    return path


def correction(project: Project, changes: dict[str, mailing.Value], orders: dict[str, list[str]] | None = None) -> str:
    """Write a correction of the record of this test."""
    return mailing.compose(SLUG, base_of(project.record(SLUG).read_text(encoding="utf-8")), changes, orders)


def apply(project: Project, *paths: Path) -> list[FileOutcome]:
    """Apply files as the command does."""
    application = Application(project.settings, DAY)
    outcomes = application.read(paths)
    application.write(outcomes)
    return outcomes


def diff(before: str, after: str) -> list[str]:
    """List the lines that changed."""
    old, new = before.split("\n"), after.split("\n")
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()  # all lines count, past 200 too
    changes = [(old[a:b], new[c:d]) for kind, a, b, c, d in steps if kind != "equal"]
    return [line for gone, come in changes for line in (*(f"-{it}" for it in gone), *(f"+{it}" for it in come))]


@pytest.fixture
def application(project: Project) -> Application:
    """Read the site once for all the examples of a test: none of them writes."""
    return Application(project.settings, DAY)


def test_only_the_lines_concerned_change(project: Project) -> None:
    path = project.record(SLUG)
    marked = path.read_text(encoding="utf-8").replace(
        "  - nom: Grand ménage après travaux\n", "  # Vu en mars.\n  - nom: Grand ménage après travaux\n"
    )
    path.write_text(marked, encoding="utf-8")
    text = correction(
        project,
        {
            "etablissements.1.telephone": "819 555-0142",
            "contact_achats.fonction": None,
            "offres.nouveau 1.nom": "Déneigement de toits",
            "offres.nouveau 1.categorie": "deneigement",
        },
        {"offres": ["2", "1", "3", "4", "5", "6", "8", "nouveau 1"]},
    )
    (outcome,) = apply(project, send(project, mailing.quoted(mailing.wrapped(text))))
    assert outcome.is_accepted, report([outcome])
    changed = diff(marked, path.read_text(encoding="utf-8"))
    assert '+    telephone: "819 555-0142"' in changed
    assert "-  fonction: Service aux villes et aux entreprises" in changed
    assert "+  - nom: Déneigement de toits" in changed
    assert "-  - nom: Peinture de locaux communautaires" in changed
    after = path.read_text(encoding="utf-8")
    assert "  # Vu en mars.\n  - nom: Grand ménage après travaux\n" in after
    assert after.index("Grand ménage") < after.index("Entretien ménager de bureaux")
    assert "nom: Entretien Exemple" not in "\n".join(changed)
    words = report([outcome])
    assert "avant\u00a0: 819 555-0110" in words
    assert "après\u00a0: 819 555-0142" in words


def test_one_value_is_one_line(project: Project) -> None:
    path = project.record(SLUG)
    before = path.read_text(encoding="utf-8")
    apply(project, send(project, correction(project, {"etablissements.2.telephone": "819 555-0199"})))
    assert diff(before, path.read_text(encoding="utf-8")) == [
        '-    telephone: "819 555-0111"',
        '+    telephone: "819 555-0199"',
    ]


def test_applying_twice_changes_nothing_more(project: Project) -> None:
    path = project.record(SLUG)
    text = correction(
        project,
        {"site_web": None, "offres.nouveau 1.nom": "Tri", "offres.nouveau 1.categorie": "deneigement"},
        {"offres": ["1", "2", "nouveau 1", "3", "4", "5", "6", "7", "8"]},
    )
    message = send(project, text)
    apply(project, message)
    once = path.read_text(encoding="utf-8")
    assert once.count("nom: Tri") == 1
    (again,) = apply(project, message)
    assert again.is_whole
    assert not again.changed
    assert path.read_text(encoding="utf-8") == once


def test_what_changed_since_is_never_replaced(project: Project) -> None:
    path = project.record(SLUG)
    text = correction(
        project, {"etablissements.1.telephone": "819 555-0142", "site_web": "https://nouveau.example.org/"}
    )
    current = path.read_text(encoding="utf-8").replace('"819 555-0110"\n', '"819 555-0177"\n', 1)
    path.write_text(current, encoding="utf-8")
    (outcome,) = apply(project, send(project, text))
    assert outcome.is_accepted
    assert not outcome.is_whole
    assert [words for record in outcome.records for words in record.conflicts] == [
        "Téléphone (Établissements, 1)\u00a0: changé depuis dans la fiche (demandé\u00a0: «\u00a0819 555-0142\u00a0»)"
    ]
    after = path.read_text(encoding="utf-8")
    assert '"819 555-0177"' in after
    assert "nouveau.example.org" in after


def test_items_are_followed_where_they_went(project: Project) -> None:
    path = project.record(SLUG)
    text = correction(project, {"offres.4.delai": "De mai à octobre", "offres.7.delai": "En juin"})
    first = "  - nom: Peinture de locaux communautaires\n    categorie: peinture-batiment\n"
    start = path.read_text(encoding="utf-8")
    start = start.replace("offres:\n", "offres:\n  - nom: Ajout récent\n    categorie: deneigement\n", 1)
    begin = start.index(first)
    end = start.index("  - nom: Équipe de travail")
    path.write_text(start[:begin] + start[end:], encoding="utf-8")
    (outcome,) = apply(project, send(project, text))
    after = path.read_text(encoding="utf-8")
    assert (
        "    delai: De mai à octobre\n"
        in after[after.index("Lavage de vitres") : after.index("Enlèvement de graffitis")]
    )
    assert "En juin" not in after
    assert any("n’est plus dans la fiche" in words for words in outcome.records[0].conflicts)


def test_an_item_added_undoes_no_order_made_since(project: Project) -> None:
    ranks = [str(rank) for rank in range(1, 9)]
    offer: dict[str, mailing.Value] = {
        "offres.nouveau 1.nom": "Déneigement",
        "offres.nouveau 1.categorie": "deneigement",
    }
    added = send(project, correction(project, offer, {"offres": [*ranks, "nouveau 1"]}), "ajout.txt")
    moved = send(project, correction(project, {}, {"offres": ["8", *ranks[:7]]}), "ordre.txt")
    otherwise = send(project, correction(project, {}, {"offres": ["2", "1", *ranks[2:]]}), "autre-ordre.txt")
    outcomes = apply(project, moved, added)
    assert all(outcome.is_whole for outcome in outcomes), report(outcomes)
    text = project.record(SLUG).read_text(encoding="utf-8")
    offers = re.findall("(?m)^  - nom: (.*)", text[: text.index("etablissements:")])
    assert offers[:2] == ["Équipe de travail encadrée, à la journée", "Déneigement"], "beside what it followed"
    again = apply(project, added, moved, otherwise)
    assert [outcome.changed for outcome in again] == [[], [], []]
    assert again[2].records[0].conflicts == ["Produits et services\u00a0: l’ordre a changé depuis dans la fiche"]


def test_an_unknown_base_is_refused(project: Project) -> None:
    text = mailing.compose(SLUG, "00000000", {"site_web": None})
    before = project.record(SLUG).read_bytes()
    (outcome,) = apply(project, send(project, text))
    assert "version de départ" in outcome.records[0].refusal
    assert project.record(SLUG).read_bytes() == before


def test_an_error_writes_nothing_and_says_it_all(project: Project) -> None:
    text = correction(
        project,
        {
            "etablissements.1.telephone": "123",
            "secteur": "fanfare",
            "mission": "Une bonne mission, bien écrite.",
        },
    )
    before = project.record(SLUG).read_bytes()
    (outcome,) = apply(project, send(project, text))
    assert not outcome.is_accepted
    assert {f.problem.code for f in outcome.records[0].faults} == {"telephone-invalide", "secteur-inconnu"}
    words = report([outcome]).replace("\u00a0", " ")
    assert "\n    Établissements, « Exempleville », Téléphone : erreur : « 123 »" in words
    assert "\n    Secteur : erreur : le secteur « fanfare » n’existe pas" in words
    assert words.count("conseil :") == 2
    assert project.record(SLUG).read_bytes() == before


def test_a_new_record_is_made(project: Project) -> None:
    message = send(project, mailing.compose("deneigement-nouvel-exemple", "nouvelle", NEW_RECORD))
    (outcome,) = apply(project, message)
    assert outcome.is_accepted, report([outcome])
    (note,) = outcome.records[0].notes
    assert note.startswith("nouvelle fiche\u00a0: s’assurer que l’entreprise existe")
    text = project.record("deneigement-nouvel-exemple").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server")
    assert "offres:\n  - nom: Déneigement\n    categorie: deneigement\n" in text
    (again,) = apply(project, message)
    assert again.is_accepted
    assert not again.changed
    (other,) = apply(
        project,
        send(project, mailing.compose("deneigement-nouvel-exemple", "nouvelle", {**NEW_RECORD, "nom": "Autre"})),
    )
    assert "existe déjà" in other.records[0].refusal


def test_a_duplicate_neq_is_refused_for_all_records(project: Project) -> None:
    changes = {**NEW_RECORD, "neq": "1100000101"}
    (outcome,) = apply(project, send(project, mailing.compose("deneigement-nouvel-exemple", "nouvelle", changes)))
    assert not outcome.is_accepted
    assert "neq-en-double" in {f.problem.code for f in outcome.records[0].faults}
    assert not project.record("deneigement-nouvel-exemple").exists()


def test_a_stranger_may_not_vouch_unseen(project: Project) -> None:
    text = correction(project, {"verification.date": "2026-11-20", "verification.par": "pole"})
    (outcome,) = apply(project, send(project, text))
    assert any("s’en assurer" in note for note in outcome.records[0].notes)
    claimed = {**NEW_RECORD, "verification.statut": "confirmee", "verification.date": "2026-11-20"}
    (new,) = apply(project, send(project, mailing.compose("deneigement-nouvel-exemple", "nouvelle", claimed)))
    assert any("s’en assurer" in note for note in new.records[0].notes), new


def test_a_whole_record_is_formatted(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8")
    sent = text.replace('neq: "1100000101"', "neq: '1100000101'   # vérifié").replace("\n", "\r\n")
    path = project.root.parent / f"{SLUG} (1).yml"
    path.write_bytes(sent.encode("utf-8"))
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    assert diff(text, project.record(SLUG).read_text(encoding="utf-8")) == [
        '-neq: "1100000101"',
        '+neq: "1100000101"  # vérifié',
    ]


def test_a_mail_with_a_record_attached(project: Project) -> None:
    text = project.record(SLUG).read_text(encoding="utf-8").replace("819 555-0110", "819 555-0142")
    message = EmailMessage()
    message.set_content("Voici la fiche corrigée.")
    message.add_attachment(text.encode(), maintype="application", subtype="octet-stream", filename=f"{SLUG}.yml")
    path = project.root.parent / "demande.eml"
    path.write_bytes(message.as_bytes())
    (outcome,) = apply(project, path)
    assert outcome.is_accepted, report([outcome])
    assert "819 555-0142" in project.record(SLUG).read_text(encoding="utf-8")


def test_two_files_that_start_from_a_text_git_does_not_know(project: Project) -> None:
    """The second starts from what stood before the first was read."""
    path = project.record(SLUG)
    path.write_text(path.read_text(encoding="utf-8").replace("819 555-0111", "819 555-0177"), encoding="utf-8")
    first = send(project, correction(project, {"etablissements.1.telephone": "819 555-0142"}), "un.txt")
    second = send(project, correction(project, {"site_web": None}), "deux.txt")
    outcomes = apply(project, first, second)
    assert all(outcome.is_whole for outcome in outcomes), report(outcomes)
    after = path.read_text(encoding="utf-8")
    assert ("819 555-0142" in after, "site_web" in after) == (True, False)


def test_a_record_that_has_another_name_by_now_is_named(project: Project) -> None:
    message = send(project, correction(project, {"site_web": None}))
    text = project.record(SLUG).read_text(encoding="utf-8")
    project.record(SLUG).unlink()
    renamed = text.replace("anciens_slugs: [", f"anciens_slugs: [{SLUG}, ")
    project.record("nouveau-nom").write_text(renamed, encoding="utf-8")
    (outcome,) = apply(project, message)
    said = report([outcome])
    assert "elle s’appelle maintenant «\u00a0nouveau-nom\u00a0»" in said
    assert "nouvelle fiche" not in said


def test_errors_that_were_there_are_not_laid_to_who_corrects(project: Project) -> None:
    path = project.record(SLUG)
    path.write_text(path.read_text(encoding="utf-8").replace("site_web: https", "site_web: httpx"), encoding="utf-8")
    other = send(project, correction(project, {"etablissements.1.telephone": "819 555-0142"}), "autre.txt")
    same = send(project, correction(project, {"site_web": "ftp://exemple.org/"}), "meme.txt")
    mended = send(project, correction(project, {"site_web": None}), "regle.txt")
    outcomes = Application(project.settings, DAY).read([other, same])
    assert [outcome.records[0].refusal for outcome in outcomes] == [
        "la fiche d’aujourd’hui a déjà des erreurs, que ceci ne corrige pas\u00a0: la corriger d’abord",
        "la fiche aurait des erreurs",
    ]
    assert all(outcome.is_whole for outcome in apply(project, mended, other))


@pytest.mark.parametrize("name", ["Corriger.html", "Corriger.htm"])
def test_a_mail_saved_as_a_page(project: Project, name: str) -> None:
    page = mailing.as_html(mailing.wrapped(correction(project, {"mission": "Nettoyer & <enseigner> partout."})))
    (outcome,) = apply(project, send(project, page, name))
    assert outcome.is_whole, report([outcome])
    assert "mission: Nettoyer & <enseigner> partout." in project.record(SLUG).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.msg", b"x", "Outlook"),
        ("a.xls", b"x", "ancien format"),
        ("a.rtf", b"{\\rtf1 [annuaire 1] fiche", "texte mis en forme"),
        ("a.odt", b"PK", "texte mis en forme"),
        ("a.bin", b"\x00\x01", "ni une fiche"),
        ("Fiche à moi.yml", b"nom: A", "nom du fichier"),
        ("con.yml", b"nom: A", "gardent pour eux"),
        ("a.xlsx", b"pas un zip", "classeur"),
        ("exemple.yml", b"nom: [", "exemple.yml"),
        ("exemple.yml", b"\xff\xfe\x00", "exemple.yml"),
        ("a.eml", b"", "correction"),
        ("a.txt", b"", "correction"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained(project: Project, name: str, data: bytes, words: str) -> None:
    path = project.root.parent / name
    path.write_bytes(data)
    (outcome,) = apply(project, path)
    assert not outcome.is_accepted
    assert words in report([outcome])


def test_limits(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    big = project.root.parent / "gros.txt"
    big.write_bytes(b"a" * (intake.MAX_TEXT + 1))
    bomb = project.root.parent / "bombe.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"xl/{number}.xml", b"0" * (80 * 1024 * 1024))
    outcomes = apply(project, big, bomb, project.root.parent / "absent.txt", project.root)
    assert ["ko de texte" in outcomes[0].refusal, "décompressé" in outcomes[1].refusal] == [True, True]
    assert outcomes[2].refusal == "introuvable"
    assert outcomes[3].refusal


@settings(max_examples=examples(40))
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.yml", "a.eml", "a.txt", "a.xlsx", "a"]))
def test_nothing_received_makes_a_traceback(project: Project, application: Application, data: bytes, name: str) -> None:
    path = project.root.parent / name
    path.write_bytes(data)
    before = sorted(p.name for p in project.enterprises.iterdir())
    (outcome,) = application.read([path])
    assert not outcome.is_accepted
    assert report([outcome])
    assert sorted(p.name for p in project.enterprises.iterdir()) == before


def test_the_command_asks_shows_and_writes(project: Project) -> None:
    message = send(project, correction(project, {"site_web": None}))
    before = project.record(SLUG).read_bytes()
    shown = project.call("apply", str(message), "--dry-run")
    assert (shown.returncode, project.record(SLUG).read_bytes()) == (0, before), shown.stderr
    assert "- Site web" in shown.stdout
    asked = project.call("apply", str(message))
    assert (asked.returncode, project.record(SLUG).read_bytes()) == (1, before)
    done = project.call("apply", str(message), "--yes", "--report", "rapport.txt")
    assert done.returncode == 0, done.stderr
    assert "1\u00a0fiche écrite" in done.stdout
    assert "Site web" in (project.root / "rapport.txt").read_text(encoding="utf-8")
    assert project.call("validate").returncode == 0
    refused = project.call("apply", "absent.txt", "--yes")
    assert refused.returncode == 1
    assert "introuvable" in refused.stdout


def test_the_reception_folder(project: Project) -> None:
    folder = project.root / "reception"
    folder.mkdir()
    (folder / "LISEZMOI.md").write_text("Déposer ici.", encoding="utf-8")
    (folder / "bon.txt").write_text(correction(project, {"site_web": None}), encoding="utf-8")
    (folder / "mauvais.txt").write_text("Bonjour", encoding="utf-8")
    done = project.call("apply", "--reception", "--yes", "--retirer")
    assert done.returncode == 1
    assert "site_web" not in project.record(SLUG).read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["LISEZMOI.md", "mauvais.txt"]
    assert "Retiré de reception/" in done.stdout
    assert project.call("apply").returncode == 2
