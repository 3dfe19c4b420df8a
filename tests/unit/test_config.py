"""Settings: one file, read once; an official site needs a publisher."""

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml

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
        ("carte:\n  fond: x", "fond"),
        ("carte:\n  mention: © Exemple", "carte.mention|carte.tuiles"),
        ("carte:\n  tuiles: https://tuiles.exemple.org/{z}/{x}/{y}.png", "carte.mention"),
        ("carte:\n  tuiles: http://tuiles.exemple.org/{z}/{x}/{y}.png\n  mention: x", "carte.tuiles.*https"),
        ("carte:\n  tuiles: https://tuiles.exemple.org/{z}/{x}.png\n  mention: x", "carte.tuiles.*{y}"),
        ("carte:\n  tuiles: https://127.0.0.1/{z}/{x}/{y}.png\n  mention: x", "carte.tuiles"),
        ('carte:\n  tuiles: "https://a.org; script-src *//{z}/{x}/{y}"\n  mention: x', "carte.tuiles"),
        ("alerte: { texte: Fermé, couleur: rouge }", "couleur"),
        ("alerte: { texte: Fermé, adresse: a-propos/ }", "alerte.*lien"),
        ("alerte: { texte: Fermé, adresse: 'javascript:x()', lien: Voir }", "alerte.adresse"),
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


OFFICIAL = {
    "publication": "officielle",
    "licence_donnees": "CC BY 4.0",
    "depot": "https://forge.exemple.org/pole/repertoire",
    "depot_modifier": "https://forge.exemple.org/pole/repertoire/edit/main/content",
    "regions": ["04", "17"],
    "pole": {
        "nom": "Pôle d’ici",
        "courriel": "info@exemple.org",
        "telephone": "819 000-0000",
        "site_web": "https://exemple.org/",
        "adresse": "1, rue de la Gare",
        "responsable_renseignements": "Direction générale",
        "hebergeur": "Un hébergeur, au Québec",
    },
}


def official(tmp_path: Path, setting: str = "", value: str = "", **others: object) -> config.Settings:
    """Load an official site where one setting holds a value."""
    own = copy.deepcopy(OFFICIAL) | others
    site = {"site_name": "Répertoire d’ici", "site_url": "https://exemple.org/", "extra": {"annuaire": own}}
    *groups, key = setting.split(".")
    held: Any = own["pole"] if groups else site if key.startswith("site_") else own
    if setting:
        held[key] = value
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(site, allow_unicode=True), encoding="utf-8")
    return config.load(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("site_name", "Répertoire Exemple"),
        ("site_url", "https://example.org/"),
        ("site_url", "https://www.example.com/annuaire/"),
        ("site_url", "https://repertoire.example.org/"),
        ("site_url", "https://localhost/"),
        ("site_url", "https://pole.example/"),
        ("pole.nom", "Pôle Exemple"),
        ("pole.courriel", "info@example.org"),
        ("pole.telephone", "819 555-0100"),
        ("pole.site_web", "https://example.net/"),
        ("pole.adresse", "1, rue Exemple, Exempleville (Québec)"),
        ("pole.hebergeur", "Hébergement Exemple, au Québec"),
        ("licence_donnees", "Voir https://www.example.org/licence"),
        ("depot", "https://forge.example.org/pole/repertoire"),
        ("depot_modifier", "https://forge.example.org/pole/repertoire/edit/main/content"),
    ],
)
def test_an_official_site_has_no_example_left(tmp_path: Path, setting: str, value: str) -> None:
    with pytest.raises(AnnuaireError, match=rf"«\u00a0{setting}\u00a0» est encore un exemple"):
        official(tmp_path, setting, value)
    assert official(tmp_path, setting, value, publication="demonstration").is_demonstration


def test_no_door_of_an_official_site_leads_to_an_example(tmp_path: Path) -> None:
    door = {"titre": "A", "adresse": "https://www.example.org/", "onglet": "a"}
    with pytest.raises(AnnuaireError, match=r"portes, ligne 1, adresse.*encore un exemple"):
        official(tmp_path, portes=[door])


def test_an_official_site(tmp_path: Path) -> None:
    settings = official(tmp_path)
    assert not settings.is_demonstration
    assert settings.regions == ("04", "17")
    assert official(tmp_path, "pole.site_web", "https://mon-example.org/"), "the host of somebody"


@pytest.mark.parametrize("word", ["toutes", "Toutes", "TOUTES", "[Toutes]"])
def test_all_of_quebec_is_said_in_any_case(tmp_path: Path, word: str) -> None:
    assert load(tmp_path, f"regions: {word}").regions == ()


def test_a_missing_file_says_where_to_stand(tmp_path: Path) -> None:
    with pytest.raises(AnnuaireError, match=r"se rendre dans le sien.*annuaire init"):
        config.load(tmp_path / "mkdocs.yml")
    with pytest.raises(AnnuaireError, match=r"autre\.yml est introuvable"):
        config.load(tmp_path / "autre.yml")


def test_a_reference_date_can_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert config.reference_date(tmp_path).year == 2026


def test_a_server_of_tiles_is_nobodys_by_default(tmp_path: Path) -> None:
    assert load(tmp_path).tiles is None
    own = "carte:\n  tuiles: https://tuiles.exemple.org/{z}/{x}/{y}.png\n  mention: © Exemple"
    tiles = load(tmp_path, own).tiles
    assert tiles is not None
    assert (tiles.host, tiles.notice) == ("tuiles.exemple.org", "© Exemple")
