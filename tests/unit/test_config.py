"""Settings: one file, read once; an official site needs a publisher."""

from pathlib import Path

import pytest

from annuaire import config
from annuaire.text.problems import AnnuaireError

BASE = "site_name: Répertoire Exemple\nsite_url: https://exemple.org/annuaire/\n"


def load(tmp_path: Path, own: str = "") -> config.Settings:
    file = tmp_path / "mkdocs.yml"
    extra = "extra:\n  annuaire:\n" + "".join(f"    {line}\n" for line in own.splitlines()) if own else ""
    file.write_text(BASE + extra, encoding="utf-8")
    return config.load(file)


def test_a_site_is_a_demonstration_until_said_otherwise(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.is_demonstration
    assert settings.base_path == "/annuaire/"
    assert settings.regions == ()


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("publication: officiel", "publication"),
        (
            "publication: officielle",
            "pole.nom, pole.courriel, pole.telephone, pole.responsable_renseignements, pole.hebergeur, licence_donnees",
        ),
        ("publications: demonstration", "publications"),
        ("pole:\n  tel: x", "tel"),
        ("depot: http://exemple.org", "https://"),
        ("sources_exclues: [Registre]\nsources_gardees: [Registre]", "Registre.*choisir"),
        ("sources_exclues: Registre", "sources_exclues.*liste de textes"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, own: str, said: str) -> None:
    with pytest.raises(AnnuaireError, match=said):
        load(tmp_path, own)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        (
            "portes:\n  - { titre: A, adresse: 'javascript:x()', onglet: a }",
            "portes, ligne 1, adresse.*adresse d’un lien",
        ),
        ("portes:\n  - { titre: A, adresse: a/ }\n  - { titre: B, adresse: '//mal.exemple.org' }", "portes, ligne 2"),
        ("portes:\n  - { titre: A, adresse: 'a/\" onclick=\"x' }", "portes, ligne 1"),
        ("portes:\n  - { titre: A, adresse: 'https://moi@exemple.org/' }", "portes, ligne 1.*nom d’utilisateur"),
        ("portes:\n  - { titre: A, adresse: a/, icone: x }", "portes.*liste dont chaque ligne"),
        ("portes: a/", "portes.*liste dont chaque ligne"),
        ("pole: { site_web: 'javascript:x()' }", "pole.site_web.*adresse web permise"),
        ("pole: { site_web: 'http://intranet/' }", "pole.site_web.*accessible au public"),
        ("depot: 'https://exemple.org/\"onclick=\"x'", "depot.*adresse web permise"),
        ("depot: https://192.0.2.7/x", "depot.*par son numéro"),
        ("depot_modifier: https://forge.local/x", "depot_modifier.*accessible au public"),
        ("licence_donnees: 'Voir https://moi:x@exemple.org/licence'", "licence_donnees.*nom d’utilisateur"),
    ],
)
def test_an_address_that_pages_would_show_is_judged(tmp_path: Path, own: str, said: str) -> None:
    with pytest.raises(AnnuaireError, match=rf"^mkdocs\.yml.*{said}"):
        load(tmp_path, own)


def test_addresses_that_lead_somewhere_are_taken(tmp_path: Path) -> None:
    doors = ("acheter/", "/ailleurs/", "https://www.exemple.org/", "mailto:info@exemple.org", "acheter/#haut")
    own = "portes:\n" + "".join(f"  - {{ titre: A, adresse: '{door}', onglet: a }}\n" for door in doors)
    assert load(tmp_path, own + "depot: https://forge.exemple.org/a/b\npole: { site_web: https://exemple.org/ }")


@pytest.mark.parametrize("site_url", ['https://exemple.org/"onclick="x', "https://exemple.org/<b>"])
def test_the_address_of_the_site_cannot_leave_its_attribute(tmp_path: Path, site_url: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"site_name: Essai\nsite_url: '{site_url}'\n", encoding="utf-8")
    with pytest.raises(AnnuaireError, match="site_url"):
        config.load(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("site_url", "courriel", "site_web", "said"),
    [
        ("https://example.org/", "info@exemple.org", "", "site_url"),
        ("https://www.example.com/annuaire/", "info@exemple.org", "", "site_url"),
        ("https://localhost/", "info@exemple.org", "", "site_url"),
        ("https://pole.example/", "info@exemple.org", "", "site_url"),
        ("https://exemple.org/", "info@example.org", "", "pole.courriel"),
        ("https://exemple.org/", "info@exemple.org", "https://example.net/", "pole.site_web"),
    ],
)
def test_an_official_site_has_no_example_left(
    tmp_path: Path, site_url: str, courriel: str, site_web: str, said: str
) -> None:
    file = tmp_path / "mkdocs.yml"
    text = (
        "site_name: Essai\nsite_url: {}\nextra:\n  annuaire:\n    publication: {}\n    licence_donnees: CC BY 4.0\n"
        "    pole: {{ nom: Pôle, telephone: 819 555-0142, courriel: {}, site_web: '{}',\n"
        "      responsable_renseignements: Direction, hebergeur: Hébergement }}\n"
    )
    file.write_text(text.format(site_url, "officielle", courriel, site_web), encoding="utf-8")
    with pytest.raises(AnnuaireError, match=rf"{said}.*encore un exemple"):
        config.load(file)
    file.write_text(text.format(site_url, "demonstration", courriel, site_web), encoding="utf-8")
    assert config.load(file).is_demonstration


def test_an_official_site(tmp_path: Path) -> None:
    own = (
        'publication: officielle\nlicence_donnees: CC BY 4.0\nregions: ["04", "17"]\n'
        "pole: { nom: Pôle Exemple, courriel: info@exemple.org, telephone: 819 555-0142,\n"
        "  responsable_renseignements: Direction générale, hebergeur: Hébergement Exemple }"
    )
    settings = load(tmp_path, own)
    assert not settings.is_demonstration
    assert settings.regions == ("04", "17")


def test_a_missing_file_says_where_to_stand(tmp_path: Path) -> None:
    with pytest.raises(AnnuaireError, match=r"se rendre dans le sien.*annuaire init"):
        config.load(tmp_path / "mkdocs.yml")
    with pytest.raises(AnnuaireError, match=r"autre\.yml est introuvable"):
        config.load(tmp_path / "autre.yml")


def test_a_reference_date_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert config.reference_date(tmp_path).year == 2026
