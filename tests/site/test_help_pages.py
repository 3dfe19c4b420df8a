"""The pages of help, built: whole without scripts, each record linked to what it names, what is over said so."""

from __future__ import annotations

import json

from tests.documents import Document, read
from tests.sites import Project

from annuaire import urls
from annuaire.catalogue.helping import GROUPS
from annuaire.schema import load

BREWERY = "microbrasserie-cooperative-le-prototype-d-exemple"


def page(project: Project, url: str) -> Document:
    return read(project.pages()[url])


def text(project: Project, url: str) -> str:
    return page(project, url).text.replace("\u00a0", " ")


def links(document: Document) -> list[str]:
    return [element.attributes["href"] for element in document.all("a") if "main" in element.path]


def test_crossed_listings_need_no_script(example: Project) -> None:
    pages = example.pages()
    needs = load("organisations").root.field("besoins").labels
    assert {urls.help_need(need) for need in needs} <= set(pages)
    question = links(page(example, urls.HELP))
    assert all(f"./{urls.help_need(need).removeprefix(urls.HELP)}" in question for need in needs)
    said = text(example, urls.help_in("exempleville"))
    assert "Accueille tout projet collectif de la région" in said
    assert "819 555-0100" in said
    assert said.index("À compléter") > said.index("Locaux")
    assert said.index("Fermés ou terminés") > said.index("À compléter")
    assert "À qui demander le reste" in said


def test_need_by_territory(example: Project) -> None:
    said = text(example, urls.help_need("gouvernance"))
    assert said.index("MRC des Grands-Exemples") < said.index("Toute la région")
    assert "Stade non précisé" in said


def test_models_are_no_answer(example: Project) -> None:
    for url, path in example.pages().items():
        if url.startswith((f"{urls.HELP}besoins/", f"{urls.HELP}territoires/")):
            assert "aide/modeles/modele-exemple" not in path.read_text(encoding="utf-8"), url
    assert "modele-exemple" not in (example.site / urls.HELP_DATA).read_text(encoding="utf-8")


def test_a_roof_and_its_guests_are_linked_both_ways(example: Project) -> None:
    roof = page(example, "aide/organismes/lieu-partage-exemple/")
    assert f"../../../entreprises/{BREWERY}/" in links(roof)
    assert "Atelier d’un exemple sans fiche" in roof.text
    guest = page(example, f"entreprises/{BREWERY}/")
    assert "Logée chez" in guest.text
    assert "../../aide/organismes/lieu-partage-exemple/" in links(guest)


def test_a_programme_is_whole(example: Project) -> None:
    programme = page(example, "aide/programmes/parcours-exemple/")
    said = programme.text.replace("\u00a0", " ")
    assert "../../organismes/pole-exemple/" in links(programme)
    assert "../../organismes/cdc-des-grands-exemples/" in links(programme)
    for words in ("Ateliers", "8 h", "1 à 6", "Caisse de l’Exemple", "Ouvert depuis le 1er septembre 2026", "Sources"):
        assert words in said, words
    loan = text(example, "aide/programmes/pret-exemple/")
    assert "de 50 000 $ à 2 500 000 $" in loan
    assert "Page du Fonds Exemple (texte fictif), juin 2026" in loan
    assert "Fiche à compléter" in loan


def test_inherited_contact_says_whose_it_is(example: Project) -> None:
    said = text(example, "aide/outils/reglements-generaux-exemple/")
    assert "Par Pôle d’économie sociale Exemple" in said
    assert "819 555-0100" in said


def test_a_file_is_published_with_its_size(example: Project) -> None:
    name = "fichiers/reglements-generaux-exemple.pdf"
    assert (example.site / name).read_bytes().startswith(b"%PDF")
    for url in ("aide/outils/reglements-generaux-exemple/", "aide/besoins/gouvernance/"):
        found = [a for a in page(example, url).all("a") if a.attributes["href"] == f"../../../{name}"]
        assert [a.text.replace("\u00a0", " ") for a in found] == ["Télécharger (PDF, 1 ko)"], url
    data = json.loads((example.site / urls.HELP_DATA).read_text(encoding="utf-8"))
    assert [one["j"]["fichier"][1] for one in data["fiches"] if "fichier" in one.get("j", {})] == [name]


def test_what_is_no_more_is_said_so(example: Project) -> None:
    gone = page(example, "aide/organismes/cld-exemple/")
    assert "Cet organisme n’existe plus depuis 2015. Voir" in gone.text
    assert "../pole-exemple/" in links(gone)
    assert "Fermé depuis le 15 octobre 2024" in text(example, "aide/programmes/subvention-fermee-exemple/")
    assert "personne n’a encore vérifié" in text(example, "aide/organismes/fonds-exemple/")


def test_five_questions_and_four_results_are_text(example: Project) -> None:
    project = page(example, urls.PROJECT)
    assert len(project.all("fieldset")) == 5
    for title in ("Une coopérative", "Une association (OBNL)", "De l’action communautaire", "Une entreprise ordinaire"):
        assert title in project.text
    assert "Un aide-mémoire, pas un avis juridique" in project.text
    assert "https://www.legisquebec.gouv.qc.ca/fr/document/lc/E-1.1.1" in links(project)


def test_financing_says_what_is_closed_and_gives_only_sourced_amounts(example: Project) -> None:
    funding = page(example, urls.FUNDING)
    rows = [element for element in funding.all("tr") if "data-kind" in element.attributes]
    assert [row for row in rows if "data-finished" in row.attributes] == rows[-1:]
    assert "Fermé depuis le 15 octobre 2024" in rows[-1].text.replace("\u00a0", " ")
    for row in rows:
        assert ("$" in row.text) == ("Source" in row.text), row.text
    assert "Parcours Exemple" not in funding.text


def test_every_page_of_help_says_where_it_comes_from(example: Project) -> None:
    for url in example.pages():
        if url.startswith(urls.HELP) and url.count("/") > 1 and not url.startswith("aide/ecosysteme/"):
            is_listing = url in {f"aide/{name}/" for name in ("organismes", "programmes", "outils", "modeles")}
            found = [link for link in links(page(example, url)) if link.endswith("d-ou-vient-ce-contenu/")]
            assert bool(found) or is_listing, url
    assert "../d-ou-vient-ce-contenu/" in links(page(example, "a-propos/"))


def test_data_is_small_and_plain(example: Project) -> None:
    data = json.loads((example.site / urls.HELP_DATA).read_text(encoding="utf-8"))
    assert [group[0] for group in data["groupes"]] == list(GROUPS)
    assert {one["c"] for one in data["fiches"]} == {"organisations", "programmes", "outils"}
    addresses = [link[1] for one in data["fiches"] for link in (one.get("j") or {}).values() if isinstance(link, list)]
    assert all(address.startswith(("https://", "http://", "tel:+1-", "mailto:", "fichiers/")) for address in addresses)


def test_each_territory_and_profile_leads_to_help(example: Project) -> None:
    assert "../../aide/?mrc=997" in links(page(example, "territoires/exempleville/"))
    assert "../../aide/?mrc=997" in links(page(example, "entreprises/entretien-exemple-entreprise-d-insertion/"))
