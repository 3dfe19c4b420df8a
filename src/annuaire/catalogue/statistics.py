"""Count the enterprises of a site for the page, its files and the command: by territory, sector, form, membership.

An enterprise counts once, where its main place is and in its main sector, so that shares add up. What is counted of it
is a `Facts`, made from the catalogue today or from a state of the history: both are counted alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from annuaire.catalogue.dimensions import Dimension, dimensions, unlisted
from annuaire.catalogue.facts import ELSEWHERE, Facts, Month, facts
from annuaire.catalogue.supply import Supply
from annuaire.rules.freshness import MONTHS, months_before
from annuaire.text import french
from annuaire.text.figures import Column, Kind, Table, Value, leading, share

YEAR = 12  # months that « depuis un an » goes back
PER = 10_000  # inhabitants
COUNTED = ("entreprise", "entreprises")


class Statistics:
    """Reckon the tables of a site on a day.

    `added` dates the records that came after the first ones; `since` is the day from which what is new counts (a year
    before if None); `before` is what stood just before that day, None when nobody knows; `months` what stood at the
    end of each month that is over, oldest first.
    """

    def __init__(
        self,
        supply: Supply,
        day: date,
        *,
        added: Mapping[str, date] | None = None,
        months: Sequence[Month] = (),
        since: date | None = None,
        before: Sequence[Facts] | None = None,
    ) -> None:
        self.catalogue = supply.catalogue
        self.supply = supply
        self.day = day
        self.since = since or a_year_before(day)
        self.months = tuple(months)
        self._added = added or {}
        self.before = None if before is None else [f for f in before if f.is_listed]
        self._fresh = months_before(day, MONTHS)

    @cached_property
    def every(self) -> tuple[Facts, ...]:
        """List what is counted of every enterprise, those that left included."""
        return tuple(facts(self.catalogue, e) for e in self.catalogue.enterprises)

    @cached_property
    def listed(self) -> tuple[Facts, ...]:
        """List what is counted of the enterprises in activity."""
        return tuple(f for f in self.every if f.is_listed)

    @cached_property
    def dimensions(self) -> Mapping[str, Dimension]:
        """Give the ways to part enterprises, by code."""
        return {dimension.code: dimension for dimension in dimensions(self.catalogue)}

    def is_new(self, f: Facts) -> bool:
        """Tell an enterprise listed whose record was added since the day; the first records of all are not new."""
        return f.is_listed and f.slug in self._added and self._added[f.slug] >= self.since

    def is_gone(self, f: Facts) -> bool:
        """Tell an enterprise that closed, or was merged, since the day."""
        return not f.is_listed and f.closed is not None and f.closed >= self.since

    def is_fresh(self, f: Facts) -> bool:
        """Tell a record confirmed in the last `MONTHS` months (see `annuaire.rules.freshness`)."""
        return f.is_confirmed and f.verified is not None and f.verified >= self._fresh

    def is_vouched(self, f: Facts) -> bool:
        """Tell a record confirmed since the day."""
        return f.is_confirmed and f.verified is not None and f.verified >= self.since

    def overview(self) -> Table:
        """Count the enterprises and offers as a whole, against what stood before where that is known."""
        listed, lines = self.listed, self.supply.lines
        days = [line.offer.verification.date for line in lines if line.offer and line.is_confirmed]
        confirmed = sum(f.is_confirmed for f in listed)
        people = sum(m.population for m in self.catalogue.mrcs)
        before = self.before
        rows: list[tuple[Value, ...]] = [
            ("entreprises", "Entreprises en activité", len(listed), None if before is None else len(before)),
            (
                "verifiees",
                "dont la fiche est vérifiée",
                confirmed,
                None if before is None else sum(f.is_confirmed for f in before),
            ),
            (
                "a-jour",
                f"dont la fiche l’est depuis moins de {MONTHS}{french.NBSP}mois",
                sum(map(self.is_fresh, listed)),
                None,
            ),
            ("pour-10000", f"Entreprises pour {french.number(PER)} habitants", _per(len(listed), people), None),
            ("ajoutees", f"Fiches ajoutées {self.period}", sum(map(self.is_new, listed)), None),
            ("fermees", f"Fermées ou fusionnées {self.period}", sum(map(self.is_gone, self.every)), None),
            ("confirmations", f"Fiches confirmées {self.period}", sum(map(self.is_vouched, listed)), None),
            ("offres", "Offres", len(lines), None),
            ("offres-verifiees", "dont l’offre est confirmée", len(days), None),
            (
                "offres-confirmations",
                f"Offres confirmées {self.period}",
                sum(day is not None and day >= self.since for day in days),
                None,
            ),
        ]
        known = before is not None
        columns: tuple[Column, ...] = (
            Column("code", "Code", Kind.TEXT),
            Column("libelle", "Mesure", Kind.TEXT),
            Column("valeur", "Nombre"),
        )
        if known:
            columns += (Column("avant", "Avant"), Column("ecart", "Écart", Kind.CHANGE))
        kept = [row[:3] if not known else (*row, _change(row[2], row[3])) for row in rows]
        return Table("ensemble", "Vue d’ensemble", self._whole_sentence(), columns, tuple(kept))

    @property
    def terms(self) -> str:
        """Say what the columns of the tables count."""
        return (
            "Une entreprise est comptée une fois, là où est son lieu principal et dans son secteur principal. "
            f"Vérifiées{french.NBSP}: une personne s’est portée garante de la fiche; à jour{french.NBSP}: depuis moins "
            f"de {MONTHS}{french.NBSP}mois. Ajoutées, fermées et confirmées{french.NBSP}: {self.period}; les premières "
            "fiches du répertoire ne sont pas des ajouts."
        )

    @property
    def period(self) -> str:
        """Say since when: « depuis le 1er avril 2026 »."""
        return f"depuis le {french.day(self.since)}"

    def table(self, by: str) -> Table:
        """Count by one dimension, the most numerous first; raise KeyError for one that this site has not."""
        dimension = self.dimensions[by]
        labels = dimension.labels
        counts = {
            key: Counter(map(dimension.main, filter(test, among)))
            for key, test, among in (
                ("entreprises", None, self.listed),
                ("verifiees", lambda f: f.is_confirmed, self.listed),
                ("a_jour", self.is_fresh, self.listed),
                ("ajoutees", self.is_new, self.listed),
                ("fermees", self.is_gone, self.every),
                ("confirmations", self.is_vouched, self.listed),
                ("avant", None, self.before or ()),
            )
        }
        if dimension.is_place:
            known = frozenset(labels)
            counts = {key: _outside(counter, known) for key, counter in counts.items()}
        wide = Counter(code for f in self.listed for code in set(dimension.every(f)))
        present = {code for counter in counts.values() for code in counter}
        codes = [code for code in labels if dimension.is_place or code in present]
        codes += sorted(present - set(labels))  # of the past, or of elsewhere
        codes.sort(key=lambda code: -counts["entreprises"][code])  # equal ones stay in French order
        columns, rows = [*self._columns(dimension)], []
        for code in codes:
            count = counts["entreprises"][code]
            row: list[Value] = [code, labels.get(code, unlisted(code)), count, share(count, len(self.listed))]
            if dimension.is_place:
                people = dimension.people(code)
                row += [wide[code] if code in labels else None, people or None, _per(count, people)]
            if by == "secteur":
                row.append(wide[code])
            row += [counts[key][code] for key in ("verifiees", "a_jour", "ajoutees", "fermees", "confirmations")]
            if self.before is not None:
                row += [counts["avant"][code], count - counts["avant"][code]]
            rows.append(tuple(row))
        made = Table(by, dimension.title, "", tuple(columns), tuple(rows))
        said = (
            f"{self._whole()} {leading(made, 'entreprises', dimension.nouns, COUNTED, feminine=dimension.is_feminine)}"
        )
        return Table(by, made.title, f"{said.strip()}{self._empty(made)}{self._rates(made)}", made.columns, made.rows)

    def offers(self) -> Table:
        """Count the offers by purchase category, the most offered first; a category that nobody offers is absent."""
        categories = self.catalogue.vocabularies.categories
        rows: list[tuple[Value, ...]] = []
        for slug, lines in self.supply.by_category.items():
            who = len({line.enterprise.slug for line in lines})
            rows.append((slug, categories[slug].libelle, len(lines), sum(line.is_confirmed for line in lines), who))
        rows.sort(key=lambda row: -int(row[2] or 0))
        columns = (
            Column("code", "Code", Kind.TEXT),
            Column("libelle", "Catégorie d’achat", Kind.TEXT),
            Column("offres", "Offres"),
            Column("confirmees", "Confirmées"),
            Column("entreprises", "Entreprises"),
        )
        made = Table("offres", "Offres par catégorie d’achat", "", columns, tuple(rows))
        total = len(self.supply.lines)
        all_of = french.count(len(categories), "catégorie")
        said = (
            f"{french.count(total, 'offre')} dans {french.number(len(rows))} des {all_of}."
            if total
            else "Aucune offre."
        )
        first = leading(made, "offres", "catégories", ("offre", "offres"), feminine=True)
        return Table(made.code, made.title, f"{said} {first}".strip(), columns, made.rows)

    def evolution(self) -> Table:
        """Count the enterprises at the end of each month that the history knows, oldest first, today last."""
        columns = (
            Column("code", "Code", Kind.TEXT),
            Column("libelle", "Mois", Kind.TEXT),
            Column("entreprises", "Entreprises"),
            Column("verifiees", "Vérifiées"),
        )
        today = Month(self.day, len(self.listed), sum(f.is_confirmed for f in self.listed))
        months = [*self.months, today]
        rows = [(f"{m.day:%Y-%m}", french.month(m.day), m.listed, m.confirmed) for m in months]
        first, last = months[0], months[-1]
        if len(months) == 1:
            said = f"{self._whole()} L’histoire du répertoire commence ce mois-ci."
        else:
            said = (
                f"De {french.count(first.listed, 'entreprise')} à la fin {french.of(french.month(first.day))} à "
                f"{french.number(last.listed)} le {french.day(last.day)}; fiches vérifiées, de "
                f"{french.number(first.confirmed)} à {french.number(last.confirmed)}."
            )
        return Table("mois", "Mois par mois", said, columns, tuple(rows))

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Give all the tables, in the order of a report."""
        return (self.overview(), *(self.table(code) for code in self.dimensions), self.evolution(), self.offers())

    def _columns(self, dimension: Dimension) -> Iterable[Column]:
        yield Column("code", "Code", Kind.TEXT)
        yield Column("libelle", dimension.noun, Kind.TEXT)
        yield Column("entreprises", "Entreprises")
        yield Column("part", "Part", Kind.SHARE)
        if dimension.is_place:
            yield Column("avec_un_lieu", "Avec un lieu")
            yield Column("population", "Population")
            yield Column("pour_10000", f"Pour {french.number(PER)} habitants", Kind.RATE)
        if dimension.code == "secteur":
            yield Column("tous_secteurs", "Secteur principal ou autre")
        yield Column("verifiees", "Vérifiées")
        yield Column("a_jour", "À jour")
        yield Column("ajoutees", "Ajoutées")
        yield Column("fermees", "Fermées")
        yield Column("confirmations", "Confirmées")
        if self.before is not None:
            yield Column("avant", "Avant")
            yield Column("ecart", "Écart", Kind.CHANGE)

    def _whole(self) -> str:
        count = len(self.listed)
        return f"{french.count(count, 'entreprise')} en tout." if count else "Aucune entreprise répertoriée."

    def _whole_sentence(self) -> str:
        count = len(self.listed)
        if not count:
            return self._whole()
        confirmed = sum(f.is_confirmed for f in self.listed)
        part = french.number(share(confirmed, count))
        said = f"{french.sentence(french.count(count, 'entreprise'))} en activité; {french.number(confirmed)} "
        said += f"{'fiche vérifiée' if confirmed < 2 else 'fiches vérifiées'} ({part}{french.NBSP}%)."
        if self.before is None:
            return said
        change = count - len(self.before)
        how = f"{french.number(abs(change))} de {'plus' if change > 0 else 'moins'}" if change else "autant"
        return f"{said} C’est {how} qu’avant le {french.day(self.since)}."

    def _rates(self, made: Table) -> str:
        """Say between which territories the rate by inhabitants goes; nothing where one alone has enterprises."""
        if not self.dimensions[made.code].is_place:
            return ""
        pairs = zip(made.values("pour_10000"), made.values("libelle"), strict=True)
        known = [(rate, str(label)) for rate, label in pairs if isinstance(rate, float) and rate]
        if len(known) < 2:
            return ""
        low, high = min(known), max(known)
        return (
            f" Pour {french.number(PER)} habitants{french.NBSP}: de {french.number(low[0])} ({low[1]}) à "
            f"{french.number(high[0])} ({high[1]})."
        )

    def _empty(self, made: Table) -> str:
        """Name the territories that have no enterprise, a few; say how many when there are more."""
        if not self.dimensions[made.code].is_place or not self.listed:
            return ""
        pairs = zip(made.values("libelle"), made.values("entreprises"), strict=True)
        without = [str(label) for label, count in pairs if not count]
        if not without:
            return ""
        named = french.enumeration(without) if len(without) <= 3 else french.count(len(without), "territoire")
        return f" Sans aucune{french.NBSP}: {named}."


def a_year_before(day: date) -> date:
    """Give the day from which what is new counts when nobody says another."""
    return months_before(day, YEAR)


def _outside(counter: Counter[str], known: frozenset[str]) -> Counter[str]:
    """Gather what is out of the territories of the site under one code."""
    found: Counter[str] = Counter()
    for code, count in counter.items():
        found[code if code in known else ELSEWHERE] += count
    return found


def _per(count: int, people: int) -> float | None:
    return round(count * PER / people, 1) if people else None


def _change(now: Value, before: Value) -> Value:
    return now - before if isinstance(now, int) and isinstance(before, int) else None
