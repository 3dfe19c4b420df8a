"""Prepare the mapping of a list that nobody described: guess each column, and list the words to translate.

A column is guessed by its name and by its values; nothing is decided, a person corrects the workbook that
`annuaire.intake.workbooks.mapping_book` makes of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annuaire.intake.importing import cleaning, headings, places, reading
from annuaire.intake.importing.reading import Sheet
from annuaire.intake.importing.targets import OFFERS, PLACE, TERRITORY, TOWN, labels, paths
from annuaire.places.meanings import Meanings, word_key
from annuaire.places.territories import Territories
from annuaire.places.vocabularies import Vocabularies
from annuaire.rules import vocabulary
from annuaire.schema import Schema
from annuaire.text.names import fold
from annuaire.text.problems import AnnuaireError

SAMPLE = 200  # rows that tell what a column holds
MOST_WORDS = 300  # words of one column to translate; a column with more is no vocabulary
FEW = 30  # values of a column that may tell which rows to keep
_MOSTLY = 0.8  # of the values: what a column that has no telling name must hold
_SOME = 0.4  # and one whose name tells
_SHORT = 60
_EXAMPLES = 3
_NAMED_ONLY = ("adresse_confidentielle", "annee_fondation", "secteur")  # other columns hold years, yes or no, « autre »
_OFFER_NAME, _OFFER = f"{OFFERS}.nom", f"{OFFERS}.categorie"
_PLACE_NAME = f"{PLACE}.nom"
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_EMPTY = re.compile(r"(?:-+|n/?a|n\.?d\.?|s/?o|null|none|aucune?|inconnue?)", re.IGNORECASE)
# What people call the column of each field; compared once reduced (no case, accent, article or plural).
NAMES: Mapping[str, tuple[str, ...]] = {
    "nom": (
        *("nom", "nom entreprise", "entreprise", "organisme", "nom organisme", "organisation", "raison sociale"),
        *("dénomination", "nom légal", "name", "installation", "nom établissement", "nom organisation", "membre"),
        *("nom coopérative", "coopérative", "nom officiel", "nom titulaire", "titulaire"),
    ),
    "neq": ("neq", "numéro entreprise québec", "no neq", "numéro neq", "matricule"),
    "forme_juridique": (
        "forme juridique",
        "forme",
        "statut juridique",
        "type organisme",
        "forme req",
        "type",
        "type entreprise",
    ),
    "secteur": ("secteur", "secteur activité", "domaine", "domaine activité", "secteur activités", "activité"),
    "secteurs_secondaires": ("autre secteur", "secteur secondaire", "secteur complémentaire"),
    "territoires_desservis": ("territoire desservi", "territoire desservis", "mrc desservie", "secteur desservi"),
    "certifications": ("certification", "accréditation", "certification obtenue"),
    "statut": ("statut", "état"),
    "date_fermeture": ("date fermeture", "fermée le", "fermeture"),
    "adhesion": ("adhésion", "catégorie membre", "type membre"),
    "annee_fondation": ("année fondation", "fondée en", "année création", "année", "date fondation", "constitution"),
    "mission": ("mission", "raison être"),
    "description": ("description", "présentation", "activité déclarée"),
    "adresse_confidentielle": ("adresse confidentielle", "confidentiel", "confidentielle"),
    "site_web": ("site web", "site", "site internet", "web", "url", "adresse web", "www", "lien"),
    "reseaux.facebook": ("facebook",),
    "reseaux.instagram": ("instagram",),
    "reseaux.linkedin": ("linkedin",),
    "reseaux.youtube": ("youtube",),
    "reseaux.tiktok": ("tiktok",),
    _PLACE_NAME: ("nom lieu", "nom installation", "nom point service", "nom succursale"),
    f"{PLACE}.adresse": ("adresse", "rue", "adresse civique", "adresse complète", "address", "adresse postale"),
    TOWN: ("municipalité", "ville", "municipality", "localité", "city", "ville municipalité"),
    f"{PLACE}.code_postal": ("code postal", "cp", "postal", "code", "postal code"),
    f"{PLACE}.latitude": ("latitude", "lat", "y"),
    f"{PLACE}.longitude": ("longitude", "long", "lon", "lng", "x"),
    f"{PLACE}.telephone": ("téléphone", "tél", "tel", "phone", "no téléphone", "numéro téléphone", "téléphone bureau"),
    f"{PLACE}.courriel": ("courriel", "email", "e mail", "mail", "adresse courriel", "courrier électronique"),
    f"{PLACE}.heures": ("heure ouverture", "heure"),
    _OFFER_NAME: ("service", "produit service", "offre", "service offert", "produit"),
    _OFFER: ("catégorie achat", "catégorie offre", "catégorie"),
    TERRITORY: ("mrc", "territoire", "mrc territoire"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """Say where a column seems to go (`path`, empty for nowhere) and why, with examples of what it holds."""

    column: str
    path: str
    why: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one word of a column: how many rows say it, what it means for sure (a label, else empty) and why.

    `path` is the field whose choices may be written; empty for a column that only tells which rows to keep. `guess` is
    the label that is closest to a word whose meaning is not sure: shown, never applied unless a person writes it.
    """

    column: str
    word: str
    rows: int
    means: str
    why: str
    path: str = ""
    guess: str = ""


@dataclass(frozen=True, slots=True)
class Preparation:
    """Hold what a list seems to be: where it was read, its columns, its words, the sheets that were left."""

    file: str
    sheet: Sheet
    guesses: tuple[Guess, ...]
    words: tuple[Word, ...]
    empty_words: tuple[str, ...]
    other_sheets: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """List what no column gives and an import needs."""
        given = {guess.path for guess in self.guesses}
        return tuple(path for path in ("nom", TOWN) if path not in given)


def prepare(
    path: Path, schema: Schema, words: Vocabularies, territories: Territories, regions: Sequence[str]
) -> Preparation:
    """Read a list and guess what it holds; raise AnnuaireError when it cannot be read."""
    called = {word_key(name) for names in NAMES.values() for name in names}
    called |= {word_key(label) for label in labels(schema).values()}
    sheet, others = _best_sheet(path, headings.knowing(lambda title: _title_key(title) in called))
    guesser = _Guesser(sheet, schema, words, territories, regions)
    guesses = guesser.guesses()
    empty = sorted(
        {text for row in sheet.rows for text in map(str.strip, row.cells.values()) if _EMPTY.fullmatch(text)}
    )
    return Preparation(path.name, sheet, guesses, tuple(guesser.words(guesses)), tuple(empty), others)


def _best_sheet(path: Path, find: headings.Finder) -> tuple[Sheet, tuple[str, ...]]:
    """Read the sheet that holds the most, of those that say towns if any does, and name the others."""
    names = reading.sheet_names_within(path)
    sheets = []
    for name in names or ("",):
        try:
            sheets.append(reading.read_within(path, name, find))
        except AnnuaireError:
            if len(names) < 2:
                raise
    if not sheets:
        raise AnnuaireError(f"{path.name}\u00a0: aucune feuille ne contient de liste.")
    towns = {word_key(name) for name in NAMES[TOWN]}

    def weight(sheet: Sheet) -> tuple[bool, int]:
        return not towns.isdisjoint(map(_title_key, sheet.columns)), len(sheet.rows) * len(sheet.columns)

    best = max(sheets, key=weight)
    return best, tuple(name for name in names if name != best.name)


class _Guesser:
    """Hold what is needed to guess the columns of one sheet."""

    def __init__(
        self, sheet: Sheet, schema: Schema, words: Vocabularies, territories: Territories, regions: Sequence[str]
    ) -> None:
        self.sheet = sheet
        self.vocabularies, self.territories = words, territories
        self.meanings = Meanings(words, territories)
        self.fields = paths(schema)
        self.titles = labels(schema)
        self.municipalities = places.Municipalities(territories, regions)
        self.tests: Mapping[str, Callable[[str], bool]] = {
            "neq": lambda text: bool(cleaning.neq(text).value),
            f"{PLACE}.telephone": lambda text: not cleaning.neq(text).value and bool(cleaning.telephone(text).value),
            f"{PLACE}.code_postal": lambda text: bool(places.postal_code(text).value),
            f"{PLACE}.courriel": lambda text: "@" in text and bool(cleaning.email(text).value),
            "site_web": lambda text: "@" not in text and "." in text and bool(cleaning.web_address(text).value),
            f"{PLACE}.latitude": lambda text: "." in text and bool(places.coordinate(text, 44.9, 62.7).value),
            f"{PLACE}.longitude": lambda text: "." in text and bool(places.coordinate(text, -79.9, -57.0).value),
            TOWN: self.municipalities.is_exact,
            "forme_juridique": lambda text: self._is_choice("forme_juridique", text),
            "secteur": lambda text: self._is_choice("secteur", text),
            "adresse_confidentielle": lambda text: bool(cleaning.yes_no(text).value),
            "annee_fondation": lambda text: bool(cleaning.year(text).value),
        }
        # What a title that names the field lets its values be: by themselves, five digits are anything.
        self.named_tests: Mapping[str, Callable[[str], bool]] = {
            f"{PLACE}.code_postal": lambda text: bool(places.postal_code(text).value) or places.is_foreign(text),
        }
        # What the tables of the site call each field, then what people do.
        self.own = {word_key(n): path for path, title in self.titles.items() for n in (title, path.replace(".", "_"))}
        self.called = {
            **self.own,
            **{word_key(name): path for path, names in NAMES.items() for name in (*names, self.titles[path])},
        }

    def guesses(self) -> tuple[Guess, ...]:
        """Guess every column; a field goes to the column that shows it best."""
        ranked: list[tuple[float, int, str, str, str]] = []
        samples = {column: self._sample(column) for column in self.sheet.columns}
        for at, column in enumerate(self.sheet.columns):
            for path, score, why in self._scores(column, samples[column]):
                is_own = word_key(path.rpartition(".")[2]) == _title_key(column)  # « nom » before « entreprise »
                ranked.append((-score, at - len(samples) * is_own, column, path, why))
        found: dict[str, tuple[str, str]] = {}
        taken: dict[str, str] = {}
        for _, _, column, path, why in sorted(ranked):
            if column in found:
                continue
            if path in taken:
                continue
            found[column], taken[path] = (path, why), column
        if "nom" not in taken and _PLACE_NAME in taken:  # the only name is that of the enterprise
            taken["nom"] = taken.pop(_PLACE_NAME)
            found[taken["nom"]] = ("nom", "son titre")
        if "nom" not in taken:
            name = self._likely_name(samples, found)
            if name:
                found[name] = ("nom", "presque toutes ses valeurs diffèrent")
        return tuple(
            Guess(
                column, *found.get(column, ("", self._left(column, taken, samples[column]))), _examples(samples[column])
            )
            for column in self.sheet.columns
        )

    def words(self, guesses: Sequence[Guess]) -> Iterator[Word]:
        """List the words to translate, column by column, the most frequent first."""
        for guess in guesses:
            texts = self._values(guess.column, len(self.sheet.rows))
            path = guess.path
            if path == _OFFER_NAME and all(other.path != _OFFER for other in guesses):
                path = _OFFER  # an offer alone tells its category
            field = self.fields.get(path)
            if field is not None and (field.is_list or path == _OFFER):
                texts = [part for text in texts for part in cleaning.parts(text)]
            said = Counter(" ".join(text.split()) for text in texts)
            if guess.path == TOWN:
                yield from self._towns(guess.column, said)
            elif field is not None and (self.meanings.choices(field) or field.type == "boolean"):
                for word, rows in said.most_common(MOST_WORDS):
                    means, close, why = self._meaning(path, word)
                    yield Word(guess.column, word, rows, means, why, path, close)
            elif not guess.path and _sorts(said):
                for word, rows in said.most_common():
                    yield Word(guess.column, word, rows, "", "")

    def _scores(self, column: str, sample: Sequence[str]) -> Iterator[tuple[str, float, str]]:
        named = self.called.get(_title_key(column), "") or self._named_within(column)
        for path, usual in self.tests.items():
            test = self.named_tests.get(path, usual) if path == named else usual
            share = sum(map(test, sample)) / len(sample) if sample else 0.0
            if path == named and (share >= _SOME or not sample):
                yield path, 2 + share, "son titre et ses valeurs" if sample else "son titre"
            elif (
                share >= _MOSTLY
                and len(sample) > 1
                and path not in ("adresse_confidentielle", "annee_fondation", "secteur")
            ):
                yield path, 1 + share / 2, "ses valeurs"
        is_half = named == f"{PLACE}.adresse" and sample and not any(any(map(str.isalpha, text)) for text in sample)
        if named and named not in self.tests and not is_half:  # « Adresse No » holds half of an address
            yield named, 2.0, "son titre"
        elif named in ("secteur", "forme_juridique") and sample and _sorts(Counter(sample)):
            yield named, 1.9, "son titre; ses mots sont à traduire"
        own = self.own.get(_title_key(column), "")
        if own not in ("", named, *self.tests):  # « Activité » is what people call a sector, and a sentence of ours
            yield own, 1.5, "son titre"

    def _named_within(self, column: str) -> str:
        """Find the field whose name is the beginning or the end of a longer title (« Téléphone principal »)."""
        key = _title_key(column)
        names = sorted(self.called, key=len, reverse=True)
        return next(
            (self.called[n] for n in names if len(n) > 3 and (key.startswith(f"{n} ") or key.endswith(f" {n}"))), ""
        )

    def _likely_name(self, samples: Mapping[str, Sequence[str]], found: Mapping[str, Any]) -> str:
        for column, sample in samples.items():
            words = [text for text in sample if any(c.isalpha() for c in text) and len(text) <= 150 and "@" not in text]
            if column not in found and len(words) > 0.9 * len(sample) and len(set(words)) > 0.8 * len(sample) > 0:
                return column
        return ""

    def _left(self, column: str, taken: Mapping[str, str], sample: Sequence[str]) -> str:
        path = self.called.get(_title_key(column), "")
        if path in taken:
            return f"«\u00a0{taken[path]}\u00a0» donne déjà «\u00a0{self.titles[path]}\u00a0»"
        return "aucun champ de la fiche ne lui ressemble" if sample else "la colonne est vide"

    def _is_choice(self, path: str, text: str) -> bool:
        return bool(self.meanings.code(self.fields[path], text))

    def _meaning(self, path: str, word: str) -> tuple[str, str, str]:
        """Give the label that a word stands for when that is sure, else the closest one, and how sure it is."""
        field = self.fields[path]
        if field.type == "boolean":
            said = cleaning.yes_no(word).value
            return said, "", "sûr" if said else "à préciser"
        choices = self.meanings.choices(field)
        known = vocabulary.words(field.vocabulary, self.vocabularies, self.territories) if field.vocabulary else {}
        code = self.meanings.code(field, word)
        if not code and path == _OFFER:  # the words of buyers, as an import understands them
            code = {fold(said): slug for said, slug in known.items()}.get(fold(word.strip()), "")
        if code:
            return choices[code], "", "sûr"
        close = vocabulary.closest(word, known) if known else ""
        if close in choices:
            return "", choices[close], "inconnu; proposition à recopier si elle est juste"
        return "", "", "inconnu, à préciser"

    def _towns(self, column: str, said: Counter[str]) -> Iterator[Word]:
        """List the municipalities that are not read as they are written."""
        for word, rows in said.most_common():
            town, read = self.municipalities.match(word)
            if town is None or (read.changes and "corrigé" in read.changes[0]):
                yield Word(column, word, rows, town.nom if town else "", read.fault or "corrigé, à vérifier", TOWN)

    def _sample(self, column: str) -> list[str]:
        return self._values(column, SAMPLE)

    def _values(self, column: str, most: int) -> list[str]:
        texts = (row.cells[column].strip() for row in self.sheet.rows[:most])
        return [text for text in texts if text and not _EMPTY.fullmatch(text)]


def _title_key(title: str) -> str:
    """Reduce the title of a column, whose words may be glued (« CodePostal », « code_postal »)."""
    return word_key(_GLUED.sub(" ", title))


def _sorts(said: Counter[str]) -> bool:
    """Tell whether a column of few values, each said several times, may tell which rows to keep."""
    return 1 < len(said) <= FEW and said.total() >= 2 * len(said) and all(len(text) <= _SHORT for text in said)


def _examples(sample: Sequence[str]) -> tuple[str, ...]:
    kept = list(dict.fromkeys(text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…" for text in sample))
    return tuple(kept[:_EXAMPLES])
