"""A ledger of purchases, read by the browser's own code: figures by hand, four shapes, who is who."""

from __future__ import annotations

import random
from typing import Any

import pytest
from tests import ledgers
from tests.ledgers import ask_in_node, exemple_catalogue, read
from tests.node import Ask

from annuaire.catalogue.index import Catalogue

__all__ = ["ask_in_node", "exemple_catalogue"]  # fixtures
Json = dict[str, Any]
CLOSED, MERGED = "1100000152", "1100000136"
ENTIRE = {"titre": 0, "vide": 0, "total": 0, "sans-fournisseur": 0, "sans-montant": 0, "illisible": 0}


def apart(result: Json) -> dict[str, int]:
    """Count the rows that are no purchase, by reason."""
    return {reason: own["count"] for reason, own in result["apart"].items()}


def sums(rows: list[Json]) -> dict[str, tuple[int, int, int]]:
    """Give the cents, lines and suppliers of each row by its label."""
    return {row["label"]: (row["cents"], row["lines"], row["suppliers"]) for row in rows}


def test_thirty_lines_by_hand(ask: Ask) -> None:
    found = read(ask, ledgers.THIRTY.encode("cp1252"))
    assert found["guess"]["how"] == ["CSV", "encodage Windows-1252", "cellules séparées par point-virgule"]
    assert found["guess"]["roles"] == {"fournisseur": 0, "neq": 1, "montant": 2, "date": 3, "objet": 4}
    result = found["result"]
    # 1250 + 750 + 500 - 250; 3400.50 + 1599.50; 120; 880; 75.25
    assert result["confirmed"] == {"cents": 8_325_25, "lines": 9, "suppliers": 5}
    assert result["pending"] == {"cents": 1_400_00, "lines": 4, "suppliers": 3}
    # 2500; 3000; 20000; 3274.75; 1500; 45
    assert result["outside"] == {"cents": 30_319_75, "lines": 8, "suppliers": 6}
    assert result["total"] == {"cents": 40_045_00, "lines": 21, "suppliers": 14}
    assert result["share"] == pytest.approx(0.207897, abs=1e-6)
    assert result["days"] == ["2025-01-15", "2025-12-31"]
    counts = apart(result)
    assert counts == {
        "titre": 3,
        "vide": 1,
        "total": 2,
        "sans-fournisseur": 1,
        "sans-montant": 1,
        "illisible": 1,
    }
    assert sum(counts.values()) + result["total"]["lines"] == result["rows"] == 30
    assert (result["credits"], result["badNeq"]) == (2, 1)
    assert [row["row"] for row in result["apart"]["illisible"]["rows"]] == [28]
    whole = ask("objects")
    assert sums(whole["territories"]) == {
        "Exempleville": (7_370_00, 7, 3),
        "MRC des Grands-Exemples": (880_00, 1, 1),
        "MRC de La Haute-Vallée-de-la-Rivière-aux-Exemples-et-du-Lac-des-Mille-Illustrations": (75_25, 1, 1),
    }
    assert sums(whole["categories"]) == {
        "Plusieurs catégories offertes, l’objet ne départage pas": (3_520_50, 2, 2),
        "Traiteur et buffets": (2_250_00, 4, 1),
        "Impression et reprographie": (1_599_50, 1, 1),
        "Destruction de documents": (880_00, 1, 1),
        "Aucune offre inscrite à la fiche": (75_25, 1, 1),
    }
    other = whole["else"]
    assert [(row["label"], row["cents"], row["lines"]) for row in other["categories"]] == [
        ("Entretien ménager de locaux", 3_000_00, 2),
        ("Traiteur et buffets", 45_00, 1),
    ]
    assert other["unoffered"] == {"cents": 27_274_75, "lines": 5}
    assert other["unread"] == {"cents": 0, "lines": 0}
    assert [firm["name"] for firm in other["categories"][0]["firms"]] == [
        "Entretien Exemple, entreprise d’insertion",
        "Aide à domicile des Grands-Exemples",
    ]
    assert [firm["isSure"] for firm in other["categories"][0]["firms"]] == [True, False]


def test_a_person_confirms_sets_aside_and_goes_back(ask: Ask) -> None:
    result = read(ask, ledgers.THIRTY)["result"]
    pending = {row["name"]: row for row in result["list"]["pending"]}
    assert set(pending) == {"NAVETTE EXEMPLE INC.", "Ressourcerie Exmple", "COOP FUNERAIRE D EXEMPLE"}
    scores = {name: row["candidates"][0]["score"] for name, row in pending.items()}
    assert (scores["NAVETTE EXEMPLE INC."], scores["COOP FUNERAIRE D EXEMPLE"]) == (1, 1)
    assert 0.72 <= scores["Ressourcerie Exmple"] < 1
    assert result["alike"] == 2
    alike = ask("alike")
    assert (alike["confirmed"]["cents"], alike["pending"]["cents"], alike["alike"]) == (9_415_25, 310_00, 0)
    row = pending["Ressourcerie Exmple"]
    chosen = ask("decide", keys=[row["key"]], rank=row["candidates"][0]["rank"])
    assert (chosen["confirmed"]["cents"], chosen["pending"]["suppliers"]) == (9_725_25, 0)
    aside = ask("decide", keys=[row["key"]], rank=-1)
    assert (aside["confirmed"]["cents"], aside["outside"]["cents"]) == (9_415_25, 30_629_75)
    assert [one["name"] for one in aside["list"]["refused"]] == ["Ressourcerie Exmple"]
    assert ask("decide", keys=[row["key"]], rank=None)["pending"]["cents"] == 310_00


@pytest.mark.parametrize("shape", ledgers.SHAPES)
@pytest.mark.parametrize("seed", [1, 2])
def test_each_shape_adds_up_to_what_its_generator_says(ask: Ask, exemple: Catalogue, shape: str, seed: int) -> None:
    known = {e.neq: e.nom for e in exemple.enterprises if e.neq and e.nom.isascii()}
    assert len(known) > 5
    data, truth = ledgers.SHAPES[shape](random.Random(seed), known, 200)  # noqa: S311: made up, not secret
    result = read(ask, data)["result"]
    assert (result["total"]["cents"], result["total"]["lines"]) == (truth.total, truth.lines)
    assert (result["confirmed"]["cents"], result["confirmed"]["lines"]) == (truth.confirmed, truth.confirmed_lines)
    assert result["credits"] == truth.credits
    assert apart(result) == ENTIRE | truth.apart
    assert sum(apart(result).values()) + result["total"]["lines"] == result["rows"]
    days = sorted(filter(None, truth.days))
    assert result["days"] == ([days[0], days[-1]] if days else [])
    for rows in (result["categories"], result["territories"]):
        assert sum(row["cents"] for row in rows) == truth.confirmed
        assert sum(row["lines"] for row in rows) == truth.confirmed_lines


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Fournisseur;NEQ;Montant;Date;Objet", [0, 1, 2, 3, 4]),
        ("Nom du fournisseur;NEQ;Montant total;Date du contrat;Objet du contrat", [0, 1, 2, 3, 4]),
        ("Adjudicataire;NEQ;Montant (avec taxes);Date d’adjudication;Nature", [0, 1, 2, 3, 4]),
        ("supplier;NEQ;amount;date;description", [0, 1, 2, 3, 4]),
        ("a;b;c;d;e", [0, 1, 2, 3, 4]),
    ],
)
def test_columns_are_guessed(ask: Ask, header: str, roles: list[int]) -> None:
    lines = "\n".join(
        f"Fournisseur fictif {n};11{n:08d};{n * 7},50;2025-01-{n:02d};Services de toute sorte, contrat {n} de l’année"
        for n in range(10, 29)
    )
    guess = read(ask, f"{header}\n{lines}\n")["guess"]
    assert list(guess["roles"].values()) == roles


def test_the_amount_is_not_a_tax_nor_a_number(ask: Ask) -> None:
    text = "No fournisseur;Fournisseur;No chèque;Avant taxes;TPS;TVQ;Total\n"
    text += "".join(f"{n};Exemple {n};{n + 4000};100,00;5,00;9,98;114,98\n" for n in range(5))
    guess = read(ask, text)["guess"]
    assert (guess["roles"]["fournisseur"], guess["roles"]["montant"]) == (1, 6)


def test_a_supplier_called_total_is_no_total(ask: Ask) -> None:
    text = (
        "Fournisseur;Montant\nTotal Exemple inc.;50\nAutre;25\nTraiteur Fictif;10\nTraiteur Fictif Total;85\nTotal;85\n"
    )
    result = read(ask, text)["result"]
    assert (result["total"]["cents"], apart(result)["total"]) == (85_00, 2)


def test_no_share_of_credits(ask: Ask) -> None:
    result = read(ask, "Fournisseur;NEQ;Montant\nExemplaire;1100000103;50\nAutre;;-80\n")["result"]
    assert (result["total"]["cents"], result["share"]) == (-30_00, None)


def test_who_closed_or_merged_is_still_known(ask: Ask) -> None:
    text = f"Fournisseur;NEQ;Montant\nÉpicerie;{CLOSED};10\nMiel;{MERGED};20\nMénage Exemple;;5\n"
    result = read(ask, text)["result"]
    firms = {row["neq"]: row["firm"] for row in result["list"]["confirmed"]}
    assert firms[CLOSED]["since"] == "fermée depuis"
    assert firms[MERGED]["since"] == "fait maintenant partie de 100 % Exemple, coopérative de producteurs"
    assert firms[MERGED]["slug"] == "100-exemple-cooperative-de-producteurs"
    former = result["list"]["pending"][0]["candidates"][0]
    assert former["name"] == "Entretien Exemple, entreprise d’insertion", "by the name that its old address keeps"


def test_another_neq_is_told(ask: Ask) -> None:
    result = read(ask, "Fournisseur;NEQ;Montant\nNavette Exemple;1199999999;10\n")["result"]
    assert result["list"]["pending"][0]["candidates"][0]["isOther"]
    assert result["alike"] == 0
    assert ask("alike")["confirmed"]["suppliers"] == 0


NAMES = [
    "Coopérative de solidarité Les Fins Exemples",
    "Centre d’action bénévole de Modèleville",
    "Centre d’action bénévole de Spécimen",
    "Traiteur Le Gabarit",
    "C.P.E. Les Petits Patrons",
]


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("COOP DE SOLIDARITE LES FINS EXEMPLES", 0),
        ("Coop. Les fins exemples", 0),
        ("COOPERATIVE DE SOLIDARITE LES FI", 0),
        ("Centre d'action benevole Modeleville inc.", 1),
        ("9999-9999 Québec inc. (Traiteur Le Gabarit)", 3),
        ("Traiteur le Gabarti", 3),
        ("Traiteur Le Gabarit ltée", 3),
        ("Traiteur Dupatron", None),
        ("CPE Les Petits Patrons", 4),
        ("Québec inc.", None),
        ("", None),
    ],
)
def test_names_are_matched(ask: Ask, text: str, rank: int | None) -> None:
    ask("names", names=NAMES)
    found = ask("named", text=text)
    assert (found[0]["rank"] if found else None) == rank


def test_a_name_that_two_begin_with_proposes_both(ask: Ask) -> None:
    ask("names", names=NAMES)
    assert {one["rank"] for one in ask("named", text="Centre d’action bénévole")} == {1, 2}


def test_is_this_enterprise_collective(ask: Ask) -> None:
    lines = ("1100000102", "NEQ 1100 000 103, Autre nom", "Navette Exemple inc.", "Ressourcerie Exmple")
    text = "\n".join((*lines, "2211111111", "Pavage Fictif", "1199999999 Pavage Fictif", "", ""))
    found = ask("verdicts", text=text)
    kinds = ["inscrite", "inscrite", "nom", "semblable", "personne", "absente", "absente"]
    assert [one["kind"] for one in found] == kinds
    assert found[1]["firms"][0]["name"] == "Exemplaire"
    assert len(ask("verdicts", text="Fictif\n" * 900)) == 500


def test_a_hostile_name_is_only_a_text(ask: Ask) -> None:
    name = '=HYPERLINK("http://exemple.example","<b>x</b>")'
    result = read(ask, f'Fournisseur;NEQ;Montant\n"{name.replace(chr(34), chr(34) * 2)}";1100000103;10\n')["result"]
    assert result["list"]["confirmed"][0]["name"] == name
    cells = [cell for sheet in ask("sheets") for row in sheet["rows"] for cell in row]
    assert {"text": name} in cells
    assert not any("formula" in cell for cell in cells)
