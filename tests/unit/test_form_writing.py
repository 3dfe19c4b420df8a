"""What the form writes: the record, as the formatter would and only what changes; the message; the file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from tests.forming import EVERY_TEXT, SCHEMA, ask_the_form  # noqa: F401 - the fixture « ask »
from tests.node import Ask
from tests.sites import EXAMPLES

from annuaire.records.collections import ENTERPRISES
from annuaire.yamlfile import source
from annuaire.yamlfile.formatter import format_text


@pytest.mark.parametrize("slug", EVERY_TEXT)
def test_writing_a_record_unchanged_changes_nothing(slug: str, ask: Ask) -> None:
    text = EVERY_TEXT[slug]
    assert ask("write", text=text, values=ask("read", text=text), ranks=same_ranks(ask("read", text=text))) == text


def same_ranks(values: dict[str, Any]) -> dict[str, list[int]]:
    """Say that no item moved."""
    return {key: list(range(1, len(values.get(key, [])) + 1)) for key in SCHEMA.children}


RECORD = EXAMPLES / "content" / ENTERPRISES / "entretien-exemple-entreprise-d-insertion.yml"


def test_one_change_is_one_line(ask: Ask) -> None:
    text = RECORD.read_text(encoding="utf-8").replace("site_web: https", "# à vérifier\nsite_web: https", 1)
    values = ask("read", text=text)
    values["etablissements"][0]["telephone"] = "819 555-0199"
    written = ask("write", text=text, values=values, ranks=same_ranks(values))
    assert written == text.replace('"819 555-0110"\n    courriel', '"819 555-0199"\n    courriel')


def test_items_take_their_comments_along(ask: Ask) -> None:
    text = (
        "nom: Coop Exemple\noffres:\n  # la première\n  - nom: Un\n    categorie: traiteur\n"
        "  - nom: Deux\n    categorie: traiteur\nverification:\n  statut: a-confirmer\n"
    )
    values = ask("read", text=text)
    new = {"nom": "Trois", "categorie": "deneigement", "delai": "2 jours"}
    values["offres"] = [values["offres"][1], new, values["offres"][0]]
    written = ask("write", text=text, values=values, ranks={"offres": [2, 0, 1]})
    assert source.parse(written, Path("x.yml")).values == values
    assert "# la première\n  - nom: Un\n" in written
    assert format_text(written, SCHEMA) == written


COMMENTED = """# yaml-language-server: $schema=../../schemas/entreprise.schema.json
# Un mot du Pôle
nom: Coop Exemple  # exact
# avant la forme
forme_juridique: obnl  # relu
statut: active
secteur: habitation
secteurs_secondaires: [arts-culture, foresterie]  # deux
mission: >-  # longue
  Un texte assez long pour tenir sur deux lignes, ce qui est le cas ici puisque la limite est de
  cent caractères.
offres:  # les offres
  # la première
  - nom: Un  # un
    categorie: traiteur
    # fin de la première
  - nom: Deux
    categorie: traiteur
# après les offres
etablissements:  # un seul
  - municipalite: Shawinigan  # ville
    telephone: "819 555-0142"  # vu # deux fois
    # fin du lieu
verification:  # du Pôle
  statut: a-confirmer

# à la toute fin
"""


def test_every_comment_stays_where_it_is(ask: Ask) -> None:
    """Whatever the comments, the lines that change are those of the values that change."""
    assert format_text(COMMENTED, SCHEMA) == COMMENTED
    values = ask("read", text=COMMENTED)
    ranks = same_ranks(values)
    assert ask("write", text=COMMENTED, values=values, ranks=ranks) == COMMENTED
    values["etablissements"][0]["telephone"] = "819 555-0199"
    values["secteurs_secondaires"] = [f"secteur-numero-{number}" for number in range(1, 8)]
    written = ask("write", text=COMMENTED, values=values, ranks=ranks)
    listed = "".join(f"  - secteur-numero-{number}\n" for number in range(1, 8))
    expected = COMMENTED.replace("819 555-0142", "819 555-0199")
    assert written == expected.replace(" [arts-culture, foresterie]  # deux\n", f"  # deux\n{listed}")


def test_a_new_record_is_written_as_the_formatter_does(ask: Ask) -> None:
    for slug, text in EVERY_TEXT.items():
        values = ask("read", text=text)
        written = ask("write", text="", values=values, ranks={})
        assert source.parse(written, Path(f"{slug}.yml")).values == values
        header = "# yaml-language-server: $schema=../../schemas/entreprise.schema.json\n"
        assert written.startswith(header)
        assert written == format_text(written, SCHEMA), slug


def collapsed(message: str) -> str:
    """Take a message as `annuaire apply` does: one space for all white space."""
    return " ".join(message.split())


def test_message_of_a_correction(ask: Ask) -> None:
    text = RECORD.read_text(encoding="utf-8")
    values = ask("read", text=text)
    values["etablissements"][0]["telephone"] = "819 555-0142"
    del values["site_web"]
    values["mission"] = "Dire « bonjour ».\n\nEt servir."
    values["certifications"] = ["ecologo", "concilivi"]
    values["offres"] = [values["offres"][1], values["offres"][0], {"nom": "Déneigement", "categorie": "deneigement"}]
    nom = values["nom"]
    ranks = {**same_ranks(values), "offres": [2, 1, 0]}
    message = ask("message", slug=RECORD.stem, nom=nom, text=text, values=values, ranks=ranks)
    base = hashlib.sha256(text.encode()).hexdigest()[:8]
    body = collapsed(message)
    assert f"[annuaire 1] fiche {RECORD.stem}, base {base} •" in body
    assert "• Téléphone [etablissements.1.telephone] : « 819 555-0142 » (était « 819 555-0110 »)" in body
    assert "• Site web [site_web] : retiré (était « https://entretien.example.org/ »)" in body
    assert "• Mission [mission] : « Dire ‹‹ bonjour ››.¶¶Et servir. » (était " in body  # noqa: RUF001
    assert "• Certifications [certifications] : « ecologo | concilivi » (était " in body
    assert "• Ordre [offres] : « 2, 1, nouveau 1 » •" in body
    assert "• Produit ou service [offres.nouveau 1.nom] : « Déneigement » •" in body
    assert "• Catégorie d’achat [offres.nouveau 1.categorie] : « deneigement » •" in body
    assert body.count("•") == 7
    begin, end = body.index("[annuaire 1]"), body.index(" [fin]")
    control = hashlib.sha256(body[begin:end].encode()).hexdigest()[:8]
    assert body.endswith(f"[fin] contrôle {control}")


def test_the_file_says_what_it_started_from(ask: Ask) -> None:
    """The last line names the base, once, and is no part of the record."""
    text = RECORD.read_text(encoding="utf-8")
    base = hashlib.sha256(text.encode()).hexdigest()[:8]
    file = ask("file", slug=RECORD.stem, base=base, text=text)
    assert file == f"{text}# annuaire 1, fiche {RECORD.stem}, base {base}\n"
    assert source.parse(file, RECORD).values == source.parse(text, RECORD).values
    assert ask("file", slug=RECORD.stem, base="nouvelle", text=file) == file.replace(f"base {base}", "base nouvelle")


def test_pages_of_a_forge(ask: Ask) -> None:
    """A new record is prefilled while its address stays short; else the page is opened empty, where there is one."""
    modifier, depot = "https://github.com/pole/repertoire/edit/main/content", "https://github.com/pole/repertoire"
    edit, new = ask("forge", modifier=modifier, depot=depot, slug="coop", text="nom: Coop Élan\n")
    assert edit == f"{modifier}/enterprises/coop.yml"
    page = "https://github.com/pole/repertoire/new/main/content/enterprises?filename=coop.yml"
    assert new == {"href": f"{page}&value=nom%3A%20Coop%20%C3%89lan%0A", "isPrefilled": True}
    _, new = ask("forge", modifier=modifier, depot=depot, slug="coop", text="é" * 1300)
    assert new == {"href": page, "isPrefilled": False}
    _, new = ask("forge", modifier="https://forge.example.org/a/b/_edit/main/", depot="", slug="coop", text="nom: A\n")
    assert new["href"].startswith("https://forge.example.org/a/b/_new/main/enterprises?filename=coop.yml&value=")
    unknown = ask("forge", modifier="https://forge.example.org/modifier", depot=depot, slug="coop", text="nom: A\n")
    assert unknown[1] == {"href": depot, "isPrefilled": False}
    assert ask("forge", modifier="", depot=depot, slug="coop", text="")[0] == ""
