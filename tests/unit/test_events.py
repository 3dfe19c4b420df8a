"""Events, their agenda (re-read by the library that others use too), and the newsletter of a month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import yaml
from tests.rules.corpus import settings

from annuaire.catalogue.events import Event, coming, day_of, event
from annuaire.catalogue.events import collection as with_days
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.items import Item, item
from annuaire.cli import stats
from annuaire.pages import newsletter
from annuaire.pages.calendar import calendar
from annuaire.pages.linked import event_data
from annuaire.places import territories, vocabularies
from annuaire.records.reading import from_document
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError
from annuaire.yamlfile import source

REVISED = datetime(2026, 11, 2, 12, tzinfo=UTC)
TODAY = REVISED.date()
SETTINGS = settings(Path("content"))
TORONTO = ZoneInfo("America/Toronto")
LA_TUQUE, MEKINAC = "900", "350"
NOBODY, SOMEBODY = (Item({"telephone": phone, "courriel": "", "fonction": ""}) for phone in ("", "819 555-0100"))


def made(slug: str = "exemple", **values: Any) -> Item:
    """Make the record of an event from what its file would say."""
    given = {"nom": f"Visite {slug}", "genre": "visite", "statut": "prevu", "debut": "2027-05-12", **values}
    text = yaml.safe_dump(given, allow_unicode=True, default_style='"', width=10_000)
    document = source.parse(text, Path(f"{slug}.yml"))
    return item(from_document(document, f"{slug}.yml", load("evenements")))


def catalogue(*items: Item, regions: tuple[str, ...] = ("04",)) -> Catalogue:
    """Make the catalogue of a site that has some events."""
    return Catalogue((), {"evenements": items}, territories.load(), vocabularies.load(), regions)


def entries(*items: Item, site: Catalogue | None = None) -> list[icalendar.Event]:
    """Write events as an agenda has them, and read it again."""
    known = site or catalogue(*items)
    written = calendar(known, SETTINGS, [event(one) for one in items], REVISED, "Évènements")
    return list(icalendar.Calendar.from_ical(written).walk("VEVENT"))


def test_a_day_and_its_hours() -> None:
    (read,) = entries(made(heure_debut="09:00", heure_fin="16:00", lieu="Salle A, B; C"))
    assert datetime(2027, 5, 12, 9, tzinfo=TORONTO) == read.DTSTART
    assert datetime(2027, 5, 12, 16, tzinfo=TORONTO) == read.DTEND
    assert str(read["location"]) == "Salle A, B; C"
    assert read["dtstart"].params["TZID"] == "America/Toronto"
    assert read["uid"] == "exemple.evenements@exemple.org"
    assert read["dtstamp"].dt == REVISED
    assert read["status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("last", "after"), [("", date(2027, 3, 14)), ("2027-03-15", date(2027, 3, 16)), ("2027-03-13", date(2027, 3, 14))]
)
def test_whole_days_end_the_day_after(last: str, after: date) -> None:
    """Three days over the night when clocks change are still three days."""
    (read,) = entries(made(debut="2027-03-13", **({"fin": last} if last else {})))
    assert date(2027, 3, 13) == read.DTSTART
    assert after == read.DTEND
    assert read["dtstart"].params["VALUE"] == "DATE"


def test_the_night_when_clocks_change_lasts_six_hours() -> None:
    night = made(debut="2027-11-06", heure_debut="22:00", fin="2027-11-07", heure_fin="03:00")
    (read,) = entries(night)
    assert read.DTEND.astimezone(UTC) - read.DTSTART.astimezone(UTC) == timedelta(hours=6)
    dated = event_data(catalogue(night), SETTINGS, event(night))
    assert (dated["startDate"], dated["endDate"]) == ("2027-11-06T22:00:00-04:00", "2027-11-07T03:00:00-05:00")


def test_the_zone_is_written_as_it_was_and_is() -> None:
    """What the agenda says of the zone gives the same hours as the tables of the machine, each hour near a change."""
    written = calendar(catalogue(), SETTINGS, [event(made(heure_debut="09:00"))], REVISED)
    (zone,) = icalendar.Calendar.from_ical(written).walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    told = zone.to_tz(lookup_tzid=False)
    for year in (*range(1988, 2012), *range(2024, 2032)):
        for month in range(1, 13):
            for day in (1, 6, 7, 8, 13, 14, 27, 28):
                for hour in (0, 4, 12):
                    local = datetime(year, month, day, hour)  # noqa: DTZ001 - the hour that people read
                    expected = local.replace(tzinfo=TORONTO).utcoffset()
                    assert local.replace(tzinfo=told).utcoffset() == expected, local


def test_what_is_cancelled_says_so() -> None:
    (read,) = entries(made(statut="annule", heure_debut="09:00", inscription="En ligne"))
    assert read["status"] == "CANCELLED"
    assert str(read["summary"]).startswith("Annulé")
    assert "En ligne" not in str(read["description"])


def test_only_known_days_go_in() -> None:
    items = [made("a", debut="2019-11"), made("b", debut="2018"), made("c", debut="2027-05-12", fin="2027-06")]
    assert entries(*items) == []


def test_the_last_hour_of_several_days_must_be_known() -> None:
    (read,) = entries(made(debut="2027-05-12", fin="2027-05-14", heure_debut="09:00"))
    assert (date(2027, 5, 12), date(2027, 5, 15)) == (read.DTSTART, read.DTEND)


def test_the_same_bytes_twice() -> None:
    one = event(made(heure_debut="09:00"))
    assert calendar(catalogue(), SETTINGS, [one], REVISED) == calendar(catalogue(), SETTINGS, [one], REVISED)


HOSTILE = "a,b;c\\d\\nSUMMARY:x\r\nBEGIN:VEVENT\u2028END:VEVENT\x85\x0bUID:y\tz\x00\x7f\ud800"


@pytest.mark.parametrize("field", ["nom", "lieu", "adresse", "resume", "organisateur", "inscription"])
def test_no_text_adds_a_line(field: str) -> None:
    """Breaks, commas, semicolons and backslashes come back as text; what is no character is left out."""
    one = made(heure_debut="09:00")
    values = {name: getattr(one, name) for name in load("evenements").names if hasattr(one, name)}
    hostile = Item({**values, field: HOSTILE, "partenaires": (), "sources": ()}, "exemple")
    written = calendar(catalogue(), SETTINGS, [event(hostile)], REVISED)
    assert written.count("\r\nBEGIN:VEVENT\r\n") == 1
    lines = written.replace("\r\n ", "").split("\r\n")
    assert not [line for line in lines if line.startswith(("SUMMARY:x", "UID:y", "END:VEVENT"))][1:]
    assert not set(written) & set("\u2028\x85\x0b\x00\x7f\t")
    (read,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    name = {"nom": "summary", "lieu": "location", "adresse": "location"}.get(field, "description")
    assert "a,b;c\\d\\nSUMMARY:x\nBEGIN:VEVENT\nEND:VEVENT\n\nUID:y z" in str(read[name])


def test_to_come_or_past_by_the_day_given() -> None:
    items = {
        "hier": made("hier", debut="2026-11-01"),
        "aujourd-hui": made("aujourd-hui", debut="2026-11-02"),
        "en-cours": made("en-cours", debut="2026-10-30", fin="2026-11-03"),
        "ce-mois": made("ce-mois", debut="2026-11"),
        "annule": made("annule", debut="2027-01-01", statut="annule"),
        "tenu": made("tenu", debut="2026", statut="tenu"),
        "inconnu": made("inconnu", debut="2026", statut="inconnu"),
    }
    found = coming(catalogue(*items.values()), TODAY)
    assert [e.item.slug for e in found] == ["en-cours", "ce-mois", "aujourd-hui", "annule"]


def test_whom_an_event_concerns() -> None:
    known = catalogue()
    mekinac = known.territories.mrcs[MEKINAC]
    there = {
        "mrc": {"mrc": MEKINAC},
        "ville": {"municipalite": "Lac-aux-Sables"},
        "public": {"mrc": LA_TUQUE, "territoires_desservis": [MEKINAC]},
        "region": {"territoires_desservis": ["region"]},
        "ailleurs": {"mrc": LA_TUQUE},
        "inconnu": {},
    }
    found = {name: event(made(name, **values)).concerns(known, mekinac) for name, values in there.items()}
    assert found == {name: name not in ("ailleurs", "inconnu") for name in there}


def test_described_to_machines() -> None:
    one = made(debut="2027-03-13", fin="2027-03-15", statut="annule", organisateur="Pôle Exemple", mrc=MEKINAC)
    data = event_data(catalogue(one), SETTINGS, event(one))
    assert (data["startDate"], data["endDate"]) == ("2027-03-13", "2027-03-15")
    assert data["eventStatus"] == "https://schema.org/EventCancelled"
    assert data["organizer"] == {"@type": "Organization", "name": "Pôle Exemple"}
    assert data["location"]["name"] == "MRC de Mékinac"


def test_an_organiser_that_has_a_record_is_led_to() -> None:
    pole = Item({"nom": "Pôle Exemple", "genre": "pole"}, "pole-exemple")
    one = made(organisateur="pole-exemple")
    known = Catalogue(
        (), {"evenements": [one], "organisations": [pole]}, territories.load(), vocabularies.load(), ("04",)
    )
    organiser = event_data(known, SETTINGS, event(one))["organizer"]
    assert organiser["name"] == "Pôle Exemple"
    assert organiser["url"] == "https://exemple.org/aide/organismes/pole-exemple/"
    (read,) = entries(one, site=known)
    assert "Pôle Exemple" in str(read["description"])


def test_addresses_of_events_are_those_of_their_description() -> None:
    from annuaire import urls

    described = with_days()
    assert described
    assert described.pages
    assert described.pages.address == urls.EVENTS


def month(*items: Item, asked: str = "", mrc: str = "") -> newsletter.MonthView:
    known = catalogue(*items)
    return newsletter.month(known, SETTINGS, newsletter.chosen(asked, TODAY), newsletter.place(known, mrc))


def test_a_month_for_the_newsletter() -> None:
    items = [
        made("avant", debut="2026-11-30"),
        made("pendant", debut="2026-11-30", fin="2026-12-02"),
        made("quelque-part", debut="2026-12", territoires_desservis=["region"]),
        made("annule", debut="2026-12-10", statut="annule", mrc=LA_TUQUE),
        made("apres", debut="2027-01-01"),
        made("annee", debut="2026"),
    ]
    view = month(*items)
    assert [told.name for told in view.told] == ["Visite pendant", "Visite quelque-part", "Visite annule"]
    text = newsletter.text(view).replace("\u00a0", " ")
    assert text.startswith("Évènements de décembre 2026\n\n")
    assert "ANNULÉ : Visite annule" in text
    assert "https://exemple.org/evenements/pendant/" in text
    assert [t.name for t in month(*items, mrc="Mékinac").told] == ["Visite quelque-part"]
    assert [t.name for t in month(*items, asked="2027-01").told] == ["Visite apres"]
    assert "Aucun évènement annoncé en avril 2027" in newsletter.text(month(*items, asked="2027-04")).replace(
        "\u00a0", " "
    )


def test_html_that_mail_programs_keep() -> None:
    html = newsletter.html(
        month(made(debut="2026-12-10", resume="<b>x</b> & {{ v }}", nom='"><script>alert(1)</script>'))
    )
    assert "&lt;b&gt;x&lt;/b&gt; &amp; {{ v }}" in html
    for kept_out in ("<script", "<style", "<link", "class=", 'href="/', 'href="evenements'):
        assert kept_out not in html, kept_out
    assert 'href="https://exemple.org/evenements/exemple/"' in html


@pytest.mark.parametrize("asked", ["mars", "2027", "2027-13", "2027-03-01"])
def test_what_is_no_month(asked: str) -> None:
    with pytest.raises(AnnuaireError, match="n’est pas un mois"):
        newsletter.chosen(asked, TODAY)


@pytest.mark.parametrize(("today", "first"), [(date(2026, 12, 31), date(2027, 1, 1)), (TODAY, date(2026, 12, 1))])
def test_the_coming_month(today: date, first: date) -> None:
    assert newsletter.chosen("", today).first == first


def test_what_is_no_mrc() -> None:
    with pytest.raises(AnnuaireError, match="Mékinac"):
        newsletter.place(catalogue(), "Montréal")


def test_order_by_day_hour_and_name() -> None:
    items = [
        made("b", debut="2027-05-12", heure_debut="13:00"),
        made("a", debut="2027-05-12", heure_debut="09:00"),
        made("c", debut="2027-05-11"),
    ]
    found: tuple[Event, ...] = coming(catalogue(*items), TODAY)
    assert [e.item.slug for e in found] == ["c", "a", "b"]


def test_an_evening_in_quebec_is_still_today() -> None:
    assert day_of(datetime(2026, 11, 3, 2, tzinfo=UTC)) == date(2026, 11, 2)


def test_counts_of_what_helps() -> None:
    checked = Item({"nom": "A", "verifie_le": TODAY, "site_web": "https://a.example.org/", "contact": NOBODY}, "a")
    stale = Item({"nom": "B", "verifie_le": date(2025, 11, 1), "site_web": "", "contact": SOMEBODY}, "b")
    never = Item({"nom": "C", "verifie_le": None, "site_web": "", "contact": NOBODY}, "c")
    known = Catalogue((), {"organisations": [checked, stale, never]}, territories.load(), vocabularies.load(), ("04",))
    title, line = stats.helpers(known, TODAY).splitlines()
    assert title.split() == ["Fiches", "Avec", "contact", "À", "vérifier"]
    assert line.split() == ["Organismes", "3", "2", "2"]
    assert stats.helpers(catalogue(), TODAY) == ""
