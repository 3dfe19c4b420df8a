"""Read a received file, whatever it is, as proposals; a file that cannot be used is refused with what to do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

from annuaire.files import save
from annuaire.intake.applying import mail, message, whole_record
from annuaire.intake.applying.images import ENDINGS
from annuaire.intake.applying.proposal import Proposal, Schemas, schema_of
from annuaire.intake.importing import reading
from annuaire.processes import limited
from annuaire.records import registry_files
from annuaire.text.problems import AnnuaireError

MAX_BYTES = 20 * 1024 * 1024
MAX_TEXT = 1024 * 1024
MOST_ATTACHMENTS = 20
RECORDS = (".yml", ".yaml")
WORKBOOK = ".xlsx"
MAIL = ".eml"
PAGES = (".html", ".htm")
ARCHIVE = (
    "cela ressemble à l’archive du Registraire, qui porte des adresses de personnes et ne se dépose jamais\u00a0: la "
    "garder sur son propre ordinateur, où «\u00a0annuaire registre\u00a0» la compare aux fiches"
)
_REMEDIES: Mapping[str, str] = {
    ".msg": "courriel d’Outlook\u00a0: l’enregistrer au format .eml, ou en copier le texte dans un fichier .txt",
    ".xls": "ancien format d’Excel\u00a0: l’enregistrer en .xlsx",
    ".xlsm": "classeur avec des programmes\u00a0: l’enregistrer en .xlsx",
    ".ods": "classeur d’un autre logiciel\u00a0: l’enregistrer en .xlsx",
    ".csv": "une liste en CSV s’importe (annuaire import); une correction se fait dans le classeur .xlsx",
    ".docx": "document Word\u00a0: en copier la correction dans un fichier .txt",
    ".doc": "document Word\u00a0: en copier la correction dans un fichier .txt",
    ".rtf": "texte mis en forme\u00a0: en copier la correction dans un fichier .txt",
    ".odt": "texte mis en forme\u00a0: en copier la correction dans un fichier .txt",
    **dict.fromkeys(
        ENDINGS, "une image se donne avec le message qui la décrit\u00a0: annuaire apply MESSAGE --image IMAGE"
    ),
    ".pdf": "document PDF\u00a0: en copier la correction dans un fichier .txt",
    ".zip": "fichier compressé\u00a0: en sortir les fichiers d’abord",
}


@dataclass(slots=True)
class Received:
    """Hold what a file proposes, what it asks of a person (`notes`), and what it only says (`said`).

    `images` are those attached to it, by the name they came under.

    `stands_by_row` tells a file whose rows are answers of their own: one that is refused does not stop the others.
    """

    proposals: list[Proposal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    stands_by_row: bool = False
    images: list[tuple[str, bytes]] = field(default_factory=list)


WorkbookReader = Callable[[Path], Received]


def read(path: Path, schemas: Schemas, read_workbook: WorkbookReader) -> Received:
    """Read one file; raise AnnuaireError, whose words follow « refusé : », when it cannot be used."""
    try:
        if not path.is_file():
            raise AnnuaireError("ce n’est pas un fichier" if path.exists() else "introuvable")
        if registry_files.is_of_archive(path):
            raise AnnuaireError(ARCHIVE)
        if path.stat().st_size > MAX_BYTES:
            raise AnnuaireError(f"plus de {MAX_BYTES // 1024 // 1024}\u00a0Mo\u00a0: le partager")
        fields = [field for schema in schemas.values() for table in schema.tables for field in table.fields]
        work = partial(_whole, path, schemas, read_workbook)
        return limited(work, *reading.budget(path), shared=fields)
    except OSError as error:
        raise AnnuaireError(f"impossible à lire ({error.strerror or 'erreur du disque'})") from error


def is_public(path: Path) -> bool:
    """Tell whether a file may stay where all can read it: a workbook, a record, or the text of corrections alone."""
    if path.suffix.lower() in (WORKBOOK, *RECORDS):
        return True
    try:
        return path.stat().st_size <= MAX_TEXT and message.is_alone(mail.decoded(path.read_bytes()))
    except OSError:
        return False


def _whole(path: Path, schemas: Schemas, read_workbook: WorkbookReader) -> Received:
    if path.suffix.lower() == WORKBOOK:
        received = read_workbook(path)
    else:
        received = _read(path.name, path.read_bytes(), schemas, read_workbook)
    received.proposals = [_bound(proposal, schemas) for proposal in received.proposals]
    return received


def _bound(proposal: Proposal, schemas: Schemas) -> Proposal:
    """Name the fields of this schema in a proposal: a workbook names those of its columns, made for it alone."""
    schema = schema_of(proposal.reference, schemas)
    settings = tuple(
        replace(setting, target=replace(setting.target, field=table.by_path[setting.target.field.path]))
        for setting in proposal.settings
        for table in (schema.children[setting.target.table] if setting.target.table else schema.root,)
    )
    return replace(proposal, settings=settings)


def _read(name: str, data: bytes, schemas: Schemas, read_workbook: WorkbookReader) -> Received:
    kind = PurePosixPath(name).suffix.lower()
    if kind in _REMEDIES:
        raise AnnuaireError(_REMEDIES[kind])
    if kind == MAIL or (kind not in RECORDS and mail.looks_like_mail(data)):
        return _mail(data, schemas, read_workbook)
    if len(data) > MAX_TEXT:
        raise AnnuaireError(f"plus de {MAX_TEXT // 1024}\u00a0ko de texte\u00a0: n’en garder que la correction")
    if kind in RECORDS or whole_record.is_marked(data):
        return Received([whole_record.read(name, data, schemas)])
    if b"\x00" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise AnnuaireError("ce n’est ni une fiche, ni un courriel, ni un texte, ni un classeur .xlsx")
    text = mail.decoded(data)
    return Received(message.read(mail.html_text(text) if kind in PAGES else text, schemas))


def _mail(data: bytes, schemas: Schemas, read_workbook: WorkbookReader) -> Received:
    """Take what is attached to a mail, or else the correction in its text."""
    found = mail.read(data)
    received = Received(images=[each for each in found.attachments if each[0].lower().endswith(ENDINGS)])
    usable = [
        (name, content)
        for name, content in found.attachments
        if name.lower().endswith((*RECORDS, WORKBOOK)) or whole_record.is_marked(content)
    ]
    if len(usable) > MOST_ATTACHMENTS:
        raise AnnuaireError(f"plus de {MOST_ATTACHMENTS} pièces jointes\u00a0: les enregistrer à part")
    for name, content in usable:
        try:
            one = _attached(name, content, schemas, read_workbook)
        except AnnuaireError as error:
            raise AnnuaireError(f"pièce jointe «\u00a0{name}\u00a0»\u00a0: {error}") from error
        received.proposals += one.proposals
        received.notes += one.notes
        received.said += one.said
    refusal: AnnuaireError | None = None
    for text in found.texts:
        try:
            received.proposals += message.read(text, schemas)
        except AnnuaireError as error:
            refusal = refusal or error
            continue
        return received
    if not usable:
        raise refusal or AnnuaireError("le courriel n’a pas de texte\u00a0: demander la correction de nouveau")
    return received


def _attached(name: str, content: bytes, schemas: Schemas, read_workbook: WorkbookReader) -> Received:
    if not name.lower().endswith(WORKBOOK):
        return Received([whole_record.read(name, content, schemas)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "classeur.xlsx"
        save(path, content)
        return read_workbook(path)
