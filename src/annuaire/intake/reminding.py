"""Write to the enterprises whose record nobody confirmed: a letter to who has no e-mail, a draft of mail to the others.

Those that the call sheet would call are written to, in its order, but never at a confidential place, and never twice
within a delay: `content/relances.csv` remembers the record and the day, nothing else. Answers come back by the form, by
mail, or by the call sheet that is made with the letters.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from annuaire import files, urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import Enterprise
from annuaire.config import Settings
from annuaire.exports.tables import safe
from annuaire.intake.applying import Application
from annuaire.print import letter, typesetting
from annuaire.records.reading import as_day
from annuaire.rules.freshness import months_before
from annuaire.text import french
from annuaire.text.french import NBSP
from annuaire.text.problems import AnnuaireError

FILE_NAME = "relances.csv"
COLUMNS = ("fiche", "date")
LETTERS, MERGE, MAILS, SHEET = "lettres.pdf", "publipostage.csv", "courriels", "reponses.xlsx"
PREVIEW = "Aperçu\u00a0: ne pas envoyer."
MONTHS = 6  # between two reminders of the same enterprise
_MERGED = (
    "fiche", "moyen", "nom", "adresse", "ville", "code_postal", "courriel", "telephone", "formulaire", "fiche_en_ligne",
)  # fmt: skip
CONFIDENTIAL, RECENT, UNREACHABLE = (
    "adresse confidentielle",
    "relancée depuis trop peu de temps",
    "ni courriel ni adresse",
)


@dataclass(frozen=True, slots=True)
class Log:
    """Hold the reminders as their file says them: slugs and days; `text` is what was read there (None: no file)."""

    path: Path
    text: str | None
    rows: tuple[tuple[str, date], ...]

    def last(self, e: Enterprise) -> date | None:
        """Give the day an enterprise was last written to, under any of its slugs."""
        return max((day for slug, day in self.rows if slug in (e.slug, *e.anciens_slugs)), default=None)

    def writing(self, enterprises: Iterable[Enterprise], day: date) -> files.Writing:
        """Say what to write once these enterprises are written to."""
        rows = sorted({*self.rows, *((e.slug, day) for e in enterprises)}, key=lambda row: (row[1], row[0]))
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((slug, when.isoformat()) for slug, when in rows)
        return files.Writing(self.path, buffer.getvalue(), self.text)


@dataclass(frozen=True, slots=True)
class Reminders:
    """Say who is written to by letter, who by mail, and how many are left aside for what reason."""

    letters: tuple[Enterprise, ...]
    mails: tuple[Enterprise, ...]
    left: Mapping[str, int]

    @property
    def every(self) -> tuple[Enterprise, ...]:
        """List all who are written to, letters first."""
        return (*self.letters, *self.mails)


def read(content: Path) -> Log:
    """Read the log of a site; raise AnnuaireError when the file is not what it should be."""
    path = content / FILE_NAME
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Log(path, None, ())
    except UnicodeDecodeError as error:
        raise AnnuaireError(f"{FILE_NAME}{NBSP}: ce fichier n’est pas écrit en UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise AnnuaireError(f"{FILE_NAME}{NBSP}: les colonnes doivent être {', '.join(COLUMNS)}.")
    rows = []
    for row in reader:
        day = as_day(row["date"] or "")
        if day is None:
            raise AnnuaireError(
                f"{FILE_NAME}, ligne {reader.line_num}{NBSP}: «{NBSP}{row['date']}{NBSP}» n’est pas une date."
            )
        rows.append((row["fiche"] or "", day))
    return Log(path, text, tuple(rows))


def choose(
    enterprises: Sequence[Enterprise], log: Log, today: date, *, months: int = MONTHS, most: int = 0
) -> Reminders:
    """Part those that are to confirm: who gets a letter, who a mail, who is left aside; `most` bounds the two first."""
    limit = months_before(today, months)
    letters: list[Enterprise] = []
    mails: list[Enterprise] = []
    left: Counter[str] = Counter()
    for e in enterprises:
        last = log.last(e)
        if e.adresse_confidentielle:
            left[CONFIDENTIAL] += 1
        elif last is not None and last > limit:
            left[RECENT] += 1
        elif not e.lieu.courriel and not (e.lieu.adresse and e.lieu.code_postal):
            left[UNREACHABLE] += 1
        elif not most or len(letters) + len(mails) < most:
            (mails if e.lieu.courriel else letters).append(e)
    return Reminders(tuple(letters), tuple(mails), dict(left))


def prepare(
    application: Application,
    folder: Path,
    mrcs: Sequence[str] = (),
    categories: Sequence[str] = (),
    *,
    months: int = MONTHS,
    most: int = 0,
    dry_run: bool = False,
    preview: bool = False,
) -> Reminders:
    """Write to those who are to be called, in a new folder, with the call sheet of their answers; note it in the log.

    With `dry_run`, only say to whom; with `preview`, write the first letter alone, marked, and note nothing. Raise
    AnnuaireError when this site may write to nobody, or when the folder exists.
    """
    settings, today = application.settings, application.loaded.context.today
    log = read(settings.content)
    if preview:
        check_folder(folder)
    elif not dry_run:
        check(settings, folder)
    catalogue = application.loaded.catalogue()
    calls = application.to_call(mrcs, categories)
    found = choose([catalogue.by_slug[call.slug] for call in calls], log, today, months=months, most=most)
    if preview:
        found = Reminders(found.letters[:1], (), found.left)
        write_letters(catalogue, settings, found, folder, today, PREVIEW)
        return found
    if dry_run or not found.every:
        return found
    write(catalogue, settings, found, folder, today)
    slugs = {e.slug for e in found.every}
    application.calls(folder / SHEET, [call for call in calls if call.slug in slugs])
    files.write_all([log.writing(found.every, today)], settings.cache)
    return found


def check(settings: Settings, folder: Path) -> None:
    """Raise AnnuaireError when nobody may be written to, or when the folder holds something already."""
    pole = settings.pole
    if settings.is_demonstration:
        raise AnnuaireError(
            "Ce site est une démonstration\u00a0: il n’est pas en ligne, et aucune lettre ne part en son nom. Voir "
            "qui serait relancé\u00a0: ajouter «\u00a0--dry-run\u00a0»; voir une lettre\u00a0: «\u00a0--apercu\u00a0»."
        )
    missing = [f"pole.{name}" for name in ("nom", "telephone", "courriel") if not getattr(pole, name)]
    if missing:
        raise AnnuaireError(f"Une lettre dit qui écrit\u00a0: remplir {french.enumeration(missing)} dans mkdocs.yml.")
    check_folder(folder)


def check_folder(folder: Path) -> None:
    """Raise AnnuaireError when the folder holds something already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AnnuaireError(f"«\u00a0{folder}\u00a0» existe déjà\u00a0: choisir un autre nom, ou l’enlever.")


def write(catalogue: Catalogue, settings: Settings, found: Reminders, folder: Path, day: date) -> None:
    """Write the letters, the mails and the list for a mail merge into a folder.

    Raise AnnuaireError when what makes letters is not installed.
    """
    write_letters(catalogue, settings, found, folder, day)
    for e in found.mails:
        files.save(folder / MAILS / f"{e.slug}.eml", mail(catalogue, settings, e))
    files.save(folder / MERGE, merge(catalogue, settings, found))


def write_letters(
    catalogue: Catalogue, settings: Settings, found: Reminders, folder: Path, day: date, warning: str = ""
) -> None:
    """Write the letters into a folder, where there are some; a warning stands at the head of each."""
    if found.letters:
        made = typesetting.pdf(letter.TEMPLATE, letter.data(catalogue, settings, found.letters, day, warning))
        files.save(folder / LETTERS, made)


def merge(catalogue: Catalogue, settings: Settings, found: Reminders) -> str:
    """Write the list that a word processor merges: a line for each enterprise, as spreadsheets of here read it."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(_MERGED)
    for e in found.every:
        online = settings.site_url + urls.enterprise(e.slug)
        means = "courriel" if e.lieu.courriel else "lettre"
        street, town, postal = letter.address(catalogue, e)
        reach = (e.lieu.courriel, e.lieu.telephone, letter.form(settings, e), online)
        writer.writerow(safe(text) for text in (e.slug, means, e.nom, street, town, postal, *reach))
    return "\ufeff" + buffer.getvalue()


def mail(catalogue: Catalogue, settings: Settings, e: Enterprise) -> bytes:
    """Write a mail to an enterprise as a draft, which a mail program opens and a person sends; it has no date."""
    lines = (f"- {name}{NBSP}: {text or '(nous ne l’avons pas)'}" for name, text in letter.known(catalogue, e))
    body = (
        f"Bonjour,\n\n{letter.introduction(settings, e)}\n\n"
        + "\n".join(" ".join(line.split()) for line in lines)
        + f"\n\nPour confirmer ou corriger{NBSP}: {letter.form(settings, e)}\n"
        + "Si l’entreprise est fermée, répondez simplement «\u00a0fermée\u00a0» à ce courriel, avec la date.\n\n"
        + "\n".join(filter(None, (settings.pole.nom, settings.pole.telephone, settings.pole.site_web)))
        + "\n"
    )
    made = EmailMessage(policy=SMTP)
    made["From"] = settings.pole.courriel
    made["To"] = e.lieu.courriel
    made["Subject"] = letter.SUBJECT
    made["X-Unsent"] = "1"  # Outlook then opens it as a draft
    made.set_content(body.encode("utf-8", "replace").decode("utf-8"), charset="utf-8")  # a half character is a « ? »
    return made.as_bytes()
