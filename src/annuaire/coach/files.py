"""Name what a proposal changes that is no record: what could act, what is heavy, what does not merge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annuaire.coach.changes import Pair
from annuaire.coach.report import Flag
from annuaire.coach.states import States
from annuaire.config import Settings
from annuaire.text import french
from annuaire.text.problems import Problem

MANY = 200  # files at once
LARGE = 1_000_000  # bytes of one file; git keeps them for good
_PROGRAM = frozenset(
    {"workflows", "theme", "code", "liens", "page-refusee", "pages-non-lues"}
)  # the codes of what could act
_WRITTEN = frozenset({"configuration", "pages"})  # of what could act if a stranger wrote it: hooks, scripts in a page
_MOST_SAID = 3  # of what one page carries
_DEVELOPER = "un développeur doit les lire avant que la proposition soit acceptée"
_WORKFLOWS = (".github/", ".ci/", ".gitlab", ".forgejo/", ".gitea/")
# What only people read, or only tests. Whatever else is outside of the content may act: a program finds new names.
_INERT_FOLDERS = ("docs/", "examples/", "reception/")
_INERT_SUFFIXES = (".md", ".txt")
_PACKAGE = "paquet.txt"  # but this one says which program is installed
_KINDS = {
    "workflows": ("Automates de la forge modifiés", _DEVELOPER),
    "theme": ("Thème modifié", _DEVELOPER),
    "code": ("Code modifié", _DEVELOPER),
    "configuration": ("Réglages, vocabulaires ou importation modifiés", _DEVELOPER),
    "pages": ("Pages rédigées modifiées", "l’équipe du Pôle doit les relire\u00a0: elles ne sont pas des fiches"),
    "autres": ("Autres fichiers modifiés", "vérifier qu’ils ont leur place dans la proposition"),
}


def other_files(states: States, found: Sequence[Pair]) -> list[str]:
    """List the changed files that are no records."""
    records = {record.file for pair in found for record in (pair.before, pair.after) if record}
    return [path for path in states.changed if path not in records]


def are_harmless(found: Sequence[Flag], *, staff: bool) -> bool:
    """Tell whether a preview made with a proposal may be opened before anyone has read it."""
    return not any(flag.code in _PROGRAM or (not staff and flag.code in _WRITTEN) for flag in found)


def flags(settings: Settings, states: States, found: Sequence[Pair]) -> Iterator[Flag]:
    """Yield what a person must look at among the files, what could act first."""
    content = settings.content.relative_to(settings.root).as_posix() + "/"
    sorted_out: dict[str, list[str]] = {}
    for path in other_files(states, found):
        kind = kind_of(path, content, settings.config_file.name)
        if kind:
            sorted_out.setdefault(kind, []).append(path)
    for kind, (title, hint) in _KINDS.items():
        if kind in sorted_out:
            files = sorted_out[kind]
            gone = sum(path not in states.files_after for path in files)
            lost = f", dont {french.count(gone, 'supprimé')}" if gone else ""
            yield Flag(kind, f"{title}\u00a0: {french.count(len(files), 'fichier')}{lost}", hint, tuple(files))
    yield from (
        Flag(problem.code, french.sentence(problem.message), problem.hint, (problem.location.file,))
        for problem in states.registry
    )
    yield from _refused(states)
    odd = [path for path in states.changed if (e := states.files_after.get(path)) and (e.is_link or e.is_submodule)]
    if odd:
        yield Flag(
            "liens", "Liens symboliques ou sous-modules", "les refuser\u00a0: une fiche est un fichier", tuple(odd)
        )
    large = [path for path in states.changed if (e := states.files_after.get(path)) and e.size > LARGE]
    if large:
        sizes = french.enumeration([french.size(states.files_after[path].size) for path in large[:3]])
        yield Flag(
            "gros-fichiers",
            f"{french.count(len(large), 'très gros fichier', 'très gros fichiers')} ({sizes}{'…' * (len(large) > 3)})",
            "les refuser\u00a0: l’histoire du dépôt les garderait pour toujours",
            tuple(large),
        )
    if states.conflicts:
        yield Flag(
            "conflit",
            "Depuis cette proposition, les mêmes lignes ont changé dans le répertoire",
            "la mettre à jour en gardant ce qui est juste, ou reprendre ses changements dans une nouvelle; d’ici là, "
            "la forge refuse de l’accepter",
            states.conflicts,
        )
    if len(states.changed) >= MANY:
        yield Flag(
            "beaucoup",
            f"{french.count(len(states.changed), 'fichier')} d’un coup",
            "une correction en touche peu\u00a0: s’assurer qu’il s’agit d’un travail attendu, comme une importation",
        )


def _refused(states: States) -> Iterator[Flag]:
    """Yield a flag for each hand-written page that carries what the site refuses, which it names."""
    pages: dict[str, list[Problem]] = {}
    for problem in states.pages:
        pages.setdefault(problem.location.file, []).append(problem)
    for file, problems in pages.items():
        said = list(dict.fromkeys(problem.message for problem in problems))
        more = f"; et {french.count(len(said) - _MOST_SAID, 'autre faute')}" if len(said) > _MOST_SAID else ""
        yield Flag(
            "page-refusee",
            f"Page qui ne peut pas être publiée\u00a0: {'; '.join(said[:_MOST_SAID])}{more}",
            "refuser la proposition si rien n’explique ce qu’elle porte; sinon, "
            "«\u00a0annuaire validate\u00a0» dit chaque ligne et quoi écrire",
            (file,),
        )
    if states.unread:
        yield Flag(
            "pages-non-lues",
            f"{french.count(len(states.unread), 'page')} de trop pour être lues ici",
            "demander qu’elles soient proposées en plusieurs fois",
            states.unread,
        )


def kind_of(path: str, content: str, config_name: str) -> str:
    """Say what a file is that is no record; nothing for one that stands among records without being one."""
    name = path.removeprefix("../")
    if name.startswith(_WORKFLOWS):
        return "workflows"
    if name.startswith("src/annuaire/theme/"):
        return "theme"
    if name == _PACKAGE:
        return "code"
    if (last := name.rpartition("/")[2]).startswith(".git") and last != ".gitkeep":
        return "code"  # attributes and modules act wherever they stand
    if name in (config_name, f"{content}exceptions.yml") or name.startswith(
        (f"{content}vocabularies/", f"{content}import/")
    ):
        return "configuration"
    if name.startswith(f"{content}pages/"):
        return "pages"
    is_inert = name.startswith((content, *_INERT_FOLDERS)) or ("/" not in name and name.endswith(_INERT_SUFFIXES))
    return "autres" if is_inert else "code"
