"""Facts kept from a table of sources: written once, each with its source, never over what a person wrote."""

from pathlib import Path

import pytest
from tools.donnees.enrichir import REGISTER, Facts, main, name_of, texts

from annuaire.schema import load
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

SCHEMA = load("enterprises")
RECORD = """nom: Coop Exemple
neq: "1142934315"
forme_juridique: cooperative
statut: inconnu
secteur: a-preciser
etablissements:
  # le siège
  - municipalite: La Tuque
verification:
  statut: a-confirmer
  deduits: [forme_juridique, secteur]
"""
COPY = "quelquun/depot@abc:data/REQ/extrait.csv"


def line(field: str, value: str, where: str = COPY, date: str = "2025-06-07") -> dict[str, str]:
    return {
        "slug": "coop-exemple",
        "field": field,
        "value": value,
        "source": where,
        "source_date": date,
        "licence": "CC BY-NC-SA 4.0 (à confirmer)",
    }


def fact(champ: str, valeur: str, ligne: str, categorie: str = "") -> dict[str, str]:
    return {"fiche": "coop-exemple", "champ": champ, "valeur": valeur, "ligne": ligne, "categorie": categorie}


LINES = [
    line("activite", "SERVICE D'ENTRETIEN MÉNAGER"),
    line("forme_juridique", "cooperative-de-solidarite"),
    line("neq", "1142934323"),
    line("telephone", "819 555-0142", "https://journal.exemple/a", "n.d."),
]


def test_facts_are_written_with_their_source(tmp_path: Path) -> None:
    path = tmp_path / "coop-exemple.yml"
    path.write_text(RECORD, encoding="utf-8")
    facts = [
        fact("activite", "Entretien ménager.", "activite"),
        fact("forme_juridique", "cooperative-de-solidarite", "forme_juridique"),
        fact("neq", "1142934323", "neq"),
        fact("offres", "Entretien ménager", "activite", "entretien-menager"),
        fact("etablissements.telephone", "819 555-0142", "telephone"),
    ]
    wanted, aside = texts(Facts(LINES), facts, tmp_path, SCHEMA)
    assert aside == ["coop-exemple, neq: « 1142934315 » is there"]
    assert "# le siège" in wanted[0].text
    values = source.parse(wanted[0].text, path).values
    assert (values["neq"], values["forme_juridique"]) == ("1142934315", "cooperative-de-solidarite")
    assert values["verification"] == {"statut": "a-confirmer", "deduits": ["secteur"]}
    assert values["offres"][0]["verification"] == {"statut": "a-confirmer", "source": REGISTER}
    terms = "CC BY-NC-SA 4.0 (à confirmer)"
    assert values["provenances"] == [
        {
            "champs": ["activite", "forme_juridique", "offres"],
            "source": REGISTER,
            "date": "2025-06-07",
            "licence": terms,
        },
        {"champs": ["etablissements.telephone"], "source": "https://journal.exemple/a", "licence": terms},
    ]
    path.write_text(wanted[0].text, encoding="utf-8")
    assert texts(Facts(LINES), facts, tmp_path, SCHEMA)[0] == [], "a second time changes nothing"


def test_a_wrong_number_is_corrected_only_by_a_line_that_says_so() -> None:
    values = source.parse(RECORD, Path("x.yml")).values
    known = Facts([line("neq_corrige", "1142934323")])
    assert known.apply(values, [fact("neq", "1142934323", "neq_corrige")]) == []
    assert values["neq"] == "1142934323"


@pytest.mark.parametrize(
    "asked", [fact("annee_fondation", "1998", "annee_fondation"), fact("neq", "1142934331", "neq")]
)
def test_what_no_line_says_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(AnnuaireError):
        Facts(LINES).apply(source.parse(RECORD, Path("x.yml")).values, [asked])


def test_a_source_is_never_named_by_who_copied_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert name_of(LINES[0]) == REGISTER
    long = line("activite", "x", f"https://a.exemple/{'a' * 200} ; https://b.exemple/{'b' * 200}")
    assert name_of(long) == f"https://a.exemple/{'a' * 200}"
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
