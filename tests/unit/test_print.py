"""What is printed says what the catalogue says, is checked by Typst, and is never cut."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PdfReader
from tests.exporting import ALL, HOSTILE, LONGEST, NASTY, POOR, RICH, SHELTER
from tests.printing import FIGURE, SECTORS, bookmarks, drafts, many, pages, printed, site

from annuaire.catalogue.model import Benefits, Offer
from annuaire.print import leaflet, outline, typesetting
from annuaire.print.documents import Draft
from annuaire.text.markup import paragraphs
from annuaire.text.problems import AnnuaireError


def of(found: list[Draft], name: str) -> Draft:
    """Find a document by its name."""
    return next(draft for draft in found if draft.name == name)


@pytest.fixture(scope="module", name="few")
def leaflet_of_three() -> bytes:
    """Print the leaflet of La Tuque, where there are three enterprises."""
    return printed(of(drafts(site(many(3)), "prospectus"), "prospectus-la-tuque"))


@pytest.fixture(scope="module", name="crowd")
def leaflet_of_three_hundred() -> bytes:
    """Print the leaflet of La Tuque, where there are three hundred."""
    return printed(of(drafts(site(many(300)), "prospectus"), "prospectus-la-tuque"))


@pytest.mark.parametrize("count", [3, 300])
def test_leaflet_says_what_the_catalogue_says(count: int, few: bytes, crowd: bytes) -> None:
    read = pages(few if count == 3 else crowd)
    whole = " ".join(read)
    for e in many(count):
        at = [number for number, text in enumerate(read) if f"{e.nom} " in text]
        assert 1 <= len(at) <= 1 + bool(e.retombees), f"{e.nom} is on pages {at}"  # once more with its benefits
        phone = e.lieu.telephone
        assert phone in read[at[0]].replace("\u00a0", " "), f"{e.nom} is cut from its telephone"
    assert "Pour les personnes : Douze personnes" in whole.replace("\u00a0", " ")
    assert "Shawinigan" not in whole.split("Les entreprises, par secteur")[-1]
    assert f"Entreprises qui y ont un lieu {count}" in whole
    for words in (FIGURE["libelle"], "480", "2025", f"Source : {FIGURE['source']}", "Un grand territoire."):
        assert str(words) in whole.replace("\u00a0", " ")
    assert len(read) < (10 if count == 3 else 60)


def test_numbers_of_charts_are_those_of_the_list() -> None:
    made = site(many(14))
    found = made.catalogue.by_mrc["900"]
    for chart in leaflet.charts(made.catalogue, found):
        assert sum(line["nombre"] for line in chart["lignes"]) == len(found)
        assert all(line["texte"] == str(line["nombre"]) for line in chart["lignes"])


@pytest.mark.parametrize("words", ["prospectus", "repertoires"])
@pytest.mark.parametrize("count", [3, 37, 300])
def test_no_title_is_left_alone_at_the_foot_of_a_column(count: int, words: str) -> None:
    for draft in drafts(site(many(count)), words):
        marks = bookmarks(printed(draft))
        assert len([mark for mark in marks if mark[0] == 3]) >= count // len(SECTORS)
        for (depth, title, page, left, top), (under, _, *place) in pairwise(marks):
            column = (page, round(left / 40))
            assert under <= depth or column == (place[0], round(place[1] / 40)), f"« {title} » is alone: {draft.name}"
            assert top > 60, f"« {title} » is at the foot of page {page + 1}: {draft.name}"


@pytest.mark.parametrize("lines", [3, 15, 16, 17])
def test_a_source_is_read_with_what_it_says(lines: int) -> None:
    words = "\n\n".join([*["Un paragraphe de ligne."] * lines, "Le dernier mot du territoire."])
    made = site(many(3), presentation=words, source="Sources d’Exemple")
    read = pages(printed(of(drafts(made, "prospectus"), "prospectus-la-tuque")))
    assert (
        sum("Le dernier mot du territoire. Source : Sources d’Exemple." in text.replace("\u00a0", " ") for text in read)
        == 1
    )


def test_what_records_hold_is_set_as_french_is() -> None:
    """One apostrophe; no line starts with a sign or parts a number; what one dials or follows stays as it is."""
    typed = replace(
        RICH,
        nom="L'Exemple: « la bonne » 100 %",
        mission="Dès 9 h : 12 000 $ d'aide",
        site_web="https://exemple.org/l'eau",
    )
    data = of(drafts(site([typed]), "fiches"), "fiches/coop-exemple").data()
    told = typesetting.encoded(data)
    assert "L’Exemple: «\u00a0la bonne\u00a0» 100\u00a0%" in told
    assert "Dès 9\u00a0h\u00a0: 12\u00a0000\u00a0$ d’aide" in told
    address = typesetting.encoded({"lien": "https://exemple.org/l'eau", "morceaux": ["exemple.org/", "l'eau"]})
    assert address.count("l'eau") == 2


def test_document_is_tagged_dated_and_says_its_language(few: bytes) -> None:
    reader = PdfReader(io.BytesIO(few))
    root = reader.trailer["/Root"].get_object()
    assert root["/Lang"] == "fr-CA"
    assert root["/MarkInfo"]["/Marked"]
    metadata = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", metadata)
    assert re.search(r"<pdfaid:part>2</pdfaid:part>\s*<pdfaid:conformance>A</pdfaid:conformance>", metadata)
    assert reader.metadata is not None
    assert reader.metadata.title == "L’économie sociale à La Tuque"
    assert {round(float(v)) for page in reader.pages for v in page.mediabox[2:]} == {612, 792}  # letter


KINDS = ("prospectus", "repertoires", "fiches")


@pytest.mark.parametrize("words", KINDS)
def test_same_data_give_the_same_bytes(words: str) -> None:
    one, other = (drafts(site(many(3)), words) for _ in range(2))
    assert [printed(draft) for draft in one] == [printed(draft) for draft in other]


def test_directories_say_what_the_catalogue_says() -> None:
    """Each name with its telephone, once, in the list it belongs to; the whole also has an index of names."""
    made = site(many(37))
    for draft in drafts(made, "repertoires"):
        listed = " ".join(pages(printed(draft))).replace("\u00a0", " ").rsplit("Index des noms", 1)[0]
        found = made.catalogue.by_sector[draft.key] if draft.kind == "repertoire-secteur" else made.catalogue.listed
        assert len(found) > 1
        assert "\u00ad" not in listed, "a hyphen is copied as one, not as that of a cut word"
        for e in made.catalogue.listed:
            assert listed.count(f"{e.nom} ") == listed.count(e.lieu.telephone) == int(e in found), (draft.name, e.nom)


def test_typst_refuses_an_image_without_alternative_text() -> None:
    draft = of(drafts(site(many(3)), "prospectus"), "prospectus-la-tuque")
    data = draft.data()
    data["carte"] = {**data["carte"], "alt": None}
    with pytest.raises(AnnuaireError, match="missing alt text"):
        typesetting.pdf(draft.template, data)


TYPST = '#panic("pirate") $x^2$ *gras* @cible <etiquette> \\ ] [ } { `brut` // rien /* rien */ #include "a.typ" = T'


@pytest.mark.parametrize("words", ["prospectus", "repertoires", "fiches"])
def test_hostile_record_stays_inert(words: str) -> None:
    typed = replace(NASTY, slug="typst", nom=TYPST, mission=TYPST, offres=(Offer(TYPST, "entretien-menager", TYPST),))
    for draft in drafts(site([*ALL, typed]), words):
        read = " ".join(pages(printed(draft)))
        if "la-tuque" in draft.name or draft.name in ("repertoire", "fiches/typst"):
            for piece in ('#panic("pirate")', "$x^2$", "*gras*", "@cible", "<etiquette>", "`brut`", "#include"):
                assert piece in read, draft.name
    assert typesetting.printable(HOSTILE).count("<script>") == 1


def test_what_no_font_shows_is_told_apart() -> None:
    assert typesetting.printable("a\x00\u200b\u202e\ue000🎉b\nc\ud800") == "ab c"
    assert typesetting.printable("ᐃᓄᒃ ﬁn e\u0301") == "□□□ fin é"


def test_every_character_that_is_kept_can_be_printed() -> None:
    kept = [chr(code) for first, last in typesetting._SHOWN for code in range(first, last + 1)]
    held = [text for text in kept if typesetting.printable(text)]
    record = replace(RICH, mission="", nom="Coop", etablissements=(replace(RICH.lieu, heures=""),))
    benefits = Benefits(*("".join(held[start::3]) for start in range(3)))
    draft = of(drafts(site([replace(record, retombees=benefits)]), "prospectus"), "prospectus-la-tuque")
    assert pages(printed(draft))


@pytest.mark.parametrize("record", [RICH, POOR, SHELTER, LONGEST, NASTY])
def test_sheet_is_one_page(record: object) -> None:
    offer = Offer("Une offre au nom assez long pour prendre plus d’une ligne à elle seule", "impression", "Mot " * 90)
    full = replace(record, offres=(offer,) * 30, retombees=Benefits(*["Mot " * 200] * 3))  # type: ignore[type-var]
    for one in (record, full):
        (draft,) = drafts(site([one]), "fiches")  # type: ignore[list-item]
        assert len(pages(printed(draft))) == 1


def test_confidential_place_is_nowhere() -> None:
    for draft in drafts(site([SHELTER, POOR]), "prospectus", "repertoires", "fiches"):
        read = " ".join(pages(printed(draft)))
        assert "1250, rue Exemple" not in read
        assert "G9X" not in read.replace("\u00a0", " ")


def test_index_of_names_is_in_french_order() -> None:
    names = ["Émile Exemple", "Zoé Exemple", "Eau Exemple", "ᐃᓄᒃ Exemple"]
    made = site([replace(POOR, slug=f"a-{n}", nom=name) for n, name in enumerate(names)])
    last = " ".join(pages(printed(of(drafts(made, "repertoires"), "repertoire")))).split("Index des noms")[-1]
    found = [last.index(name) for name in (typesetting.printable(e.nom) for e in made.catalogue.listed)]
    assert found == sorted(found)


def test_map_has_a_disc_for_each_municipality_and_none_overlaps() -> None:
    made = site(many(3))
    for mrc in made.catalogue.mrcs:
        drawn = outline.draw(made.catalogue, mrc)
        assert drawn is not None
        towns = made.catalogue.territories.municipalities_of(mrc.code)
        discs = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="11"', drawn["svg"])
        assert len(discs) == sum(m.latitude is not None for m in towns)
        assert [line["nom"] for line in drawn["lieux"]] == [m.nom for m in towns]
        places = [(float(x), float(y)) for x, y in discs]
        for rank, (x, y) in enumerate(places):
            assert all((x - u) ** 2 + (y - v) ** 2 >= 22**2 for u, v in places[:rank]), mrc.nom
        assert not re.search(r"[A-Z][a-zé]{3,}", re.sub(r'font-family="Lato"', "", drawn["svg"]))


def test_markdown_becomes_plain_paragraphs() -> None:
    text = "Un **gras**\nsuite [lien](https://example.org/).\n\n- *un*\n- deux"
    assert list(paragraphs(text)) == ["Un gras suite lien.", "• un", "• deux"]
