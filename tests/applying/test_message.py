"""Read corrections as they come out of mail programs: right, or refused."""

import email
import re
from collections.abc import Callable
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.applying import mailing
from tests.rules.strategies import ALPHABET

from annuaire.intake.applying import mail, message
from annuaire.records.collections import ENTERPRISES
from annuaire.schema import load
from annuaire.text.problems import AnnuaireError

SCHEMA = load("enterprises")
CHANGES: dict[str, mailing.Value] = {
    "etablissements.1.telephone": "819 555-0142",
    "site_web": None,
    "mission": "Une mission assez longue pour être coupée, avec « guillemets », • bulles, et > là.\n\nFin [ok].",
    "territoires_desservis": ["995", "region"],
    "reseaux.facebook": "https://www.facebook.com/une-adresse-assez-longue-pour-passer-de-soixante-douze-colonnes",
    "offres.nouveau 1.nom": "Déneigement",
    "offres.nouveau 1.verification.statut": "a-confirmer",
}
ORDERS = {"offres": ["2", "1", "nouveau 1"]}
TEXT = mailing.compose("entretien-exemple", "3f2a9c1d", CHANGES, ORDERS)
MANGLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "wrapped": mailing.wrapped,
    "wrapped short": lambda t: mailing.wrapped(t, 40),
    "quoted": lambda t: mailing.quoted(mailing.wrapped(t)),
    "quoted twice": lambda t: mailing.quoted(mailing.quoted(mailing.wrapped(t))),
    "quoted tight": lambda t: mailing.quoted(t, ">"),
    "quoted, then wrapped": lambda t: mailing.wrapped(mailing.quoted(t)),
    "plain spaces": lambda t: mailing.wrapped(mailing.plain_spaces(t)),
    "CRLF": lambda t: mailing.crlf(mailing.wrapped(t)),
    "links twice": mailing.linked,
    "after hyphens": mailing.broken_after_hyphens,
    "links twice, after hyphens": lambda t: mailing.quoted(mailing.broken_after_hyphens(mailing.linked(t))),
    "one line": lambda t: t.replace("\n", " "),
    "indented": lambda t: mailing.quoted(t, "    "),
    "invisible": lambda t: "\ufeff" + t.replace("Ordre", "Or\u200bdre"),
    "twice in the thread": lambda t: t + "\n\nLe 3 mai, vous écriviez :\n" + mailing.quoted(mailing.wrapped(t)),
}


def flat(value: mailing.Value) -> mailing.Value:
    """Give a value as a message keeps it."""
    if isinstance(value, list):
        return [" ".join(item.split()) for item in value]
    return None if value is None else re.sub(r"[\s\ufeff]+", " ", value.replace("\n", "¶")).strip().replace("¶", "\n")


def settings_of(text: str) -> dict[str, mailing.Value]:
    """Read one correction, and give its values by path."""
    (proposal,) = message.read(text, {ENTERPRISES: SCHEMA})
    found = {}
    for one in proposal.settings:
        table = [one.target.table, one.target.item] if one.target.table else []
        found[".".join([*table, *one.target.field.path])] = one.value
    return found


def first_of(data: bytes) -> dict[str, mailing.Value] | None:
    """Give the values of the first text of a mail that is a correction, None when there is none."""
    for text in mail.read(data).texts:
        try:
            return settings_of(text)
        except AnnuaireError:
            continue
    return None


@pytest.mark.parametrize("mangling", MANGLINGS)
def test_a_correction_survives_mail(mangling: str) -> None:
    text = MANGLINGS[mangling](TEXT)
    (proposal,) = message.read(text, {ENTERPRISES: SCHEMA})
    assert (proposal.reference, proposal.base) == ("entretien-exemple", "3f2a9c1d")
    assert proposal.orders == {"offres": ("2", "1", "nouveau 1")}
    assert settings_of(text) == {path: flat(value) for path, value in CHANGES.items()}


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("kind", ["plain", "html", "both", "spoilt plain"])
def test_a_correction_comes_out_of_a_mail(encoding: str, kind: str) -> None:
    wrapped, page = mailing.wrapped(TEXT), mailing.as_html(TEXT)
    texts = {
        "plain": (wrapped, ""),
        "html": ("", page),
        "both": (wrapped, page),
        "spoilt plain": (wrapped.replace("819", "819\u200a0"), page),
    }
    data = mailing.mail(*texts[kind], encoding=encoding)
    assert mail.looks_like_mail(data)
    assert first_of(data) == {path: flat(value) for path, value in CHANGES.items()}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Corriger.eml", "rfc822"),
        ("Corriger.eml", "octet-stream"),
        ("correction.txt", "plain"),
        ("ATT00001.txt", "plain"),
    ],
)
def test_a_correction_comes_out_of_what_is_attached(name: str, kind: str) -> None:
    outer = MIMEMultipart()
    outer["Subject"] = "TR : Corriger notre fiche"
    if name != "ATT00001.txt":
        outer.attach(MIMEText("Voir ci-joint.", "plain", "utf-8"))
    data = mailing.mail(mailing.wrapped(TEXT))
    part: Message = {
        "rfc822": lambda: MIMEMessage(email.message_from_bytes(data)),
        "octet-stream": lambda: MIMEApplication(data),
        "plain": lambda: MIMEText(mailing.wrapped(TEXT), "plain", "utf-8"),
    }[kind]()
    part.add_header("Content-Disposition", "attachment", filename=name)
    outer.attach(part)
    assert mail.looks_like_mail(outer.as_bytes())
    assert first_of(outer.as_bytes()) == {path: flat(value) for path, value in CHANGES.items()}


VALUES = (
    st.text(ALPHABET + "•\n", min_size=1, max_size=300)
    .map(str.strip)
    .filter(
        lambda t: t and not any(mark in t for mark in ("‹", "›", "¶"))  # noqa: RUF001
    )
)


@example("• Nom [nom] : « x » (était « y ») [fin] contrôle 00000000", "wrapped", "plain")
@example("> [annuaire 1] fiche a, base nouvelle", "quoted", "html")
@given(
    VALUES,
    st.sampled_from(["as it is", "wrapped", "quoted", "plain spaces", "CRLF"]),
    st.sampled_from(["plain", "html", ""]),
)
def test_any_value_survives_or_is_refused_whole(value: str, mangling: str, kind: str) -> None:
    text = mailing.compose("exemple", "nouvelle", {"description": value, "nom": "Exemple"})
    spoilt = MANGLINGS[mangling](text)
    if kind:
        data = mailing.mail(spoilt) if kind == "plain" else mailing.mail(page=mailing.as_html(spoilt))
        spoilt = mail.read(data).texts[0]
    got = settings_of(spoilt)
    assert got["nom"] == "Exemple"
    assert flat(got["description"]) == flat(value)


@given(st.integers(0, len(TEXT) - 1), st.sampled_from("x0«»[]•:"))
def test_what_was_changed_on_the_way_is_refused(at: int, character: str) -> None:
    start, end = TEXT.index("[annuaire"), TEXT.index("Merci")
    spoilt = TEXT[:at] + character + TEXT[at + 1 :]
    if spoilt == TEXT or not start <= at < end - 2 or TEXT[at].isspace() or "contrôle" in TEXT[at : at + 8]:
        return
    if "[fin] contr" in TEXT[at - 8 : at + 1]:
        return  # the word itself may be spoilt
    with pytest.raises(AnnuaireError):
        message.read(spoilt, {ENTERPRISES: SCHEMA})


@pytest.mark.parametrize("rank", range(8))
def test_every_digit_of_the_control_counts(rank: int) -> None:
    at = TEXT.index("contrôle ") + len("contrôle ") + rank
    spoilt = TEXT[:at] + ("0" if TEXT[at] != "0" else "1") + TEXT[at + 1 :]
    with pytest.raises(AnnuaireError, match="changé en route"):
        message.read(spoilt, {ENTERPRISES: SCHEMA})


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda t: t.replace("0142", "0143"), "changé en route"),
        (lambda t: t[: t.index("[fin]")], "coupée"),
        (lambda t: t[t.index("[annuaire 1]") + 5 :], "il manque le début"),
        (lambda t: "Bonjour, notre téléphone a changé.", "en mots"),
        (lambda t: "x" * 500_000, "trop long"),
    ],
)
def test_a_refusal_says_what_to_do(spoil: Callable[[str], str], words: str) -> None:
    with pytest.raises(AnnuaireError, match=words):
        message.read(spoil(TEXT), {ENTERPRISES: SCHEMA})


@pytest.mark.parametrize(
    ("slug", "base", "changes", "orders", "words"),
    [
        ("../secret", "nouvelle", {"nom": "A"}, {}, "ne nomme pas une fiche"),
        ("exemple", "zzz", {"nom": "A"}, {}, "ne nomme pas une fiche"),
        ("exemple", "nouvelle", {"couleur": "bleu"}, {}, "n’existe pas"),
        ("exemple", "nouvelle", {"offres.0.nom": "bleu"}, {}, "n’existe pas"),
        ("exemple", "nouvelle", {"etablissements.1": "bleu"}, {}, "n’existe pas"),
        ("exemple", "nouvelle", {"nom": "A"}, {"offres": ["1", "1"]}, "rangs"),
        ("exemple", "nouvelle", {"nom": "A"}, {"offres": ["premier"]}, "rangs"),
    ],
)
def test_a_well_sealed_nonsense_is_refused(
    slug: str, base: str, changes: dict[str, mailing.Value], orders: dict[str, list[str]], words: str
) -> None:
    with pytest.raises(AnnuaireError, match=words):
        message.read(mailing.compose(slug, base, changes, orders), {ENTERPRISES: SCHEMA})


@given(st.binary(max_size=2000))
def test_no_mail_breaks_the_reader(data: bytes) -> None:
    for prefix in (
        b"",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n",
        b"Content-Type: text/html; charset=x\n\n",
    ):
        try:
            for text in mail.read(prefix + data).texts:
                message.read(text, {ENTERPRISES: SCHEMA})
        except AnnuaireError:
            pass


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent / "courriels").glob("*.eml")), ids=lambda path: path.stem
)
def test_mails_as_programs_save_them(path: Path) -> None:
    assert first_of(path.read_bytes()) == {path: flat(value) for path, value in CHANGES.items()}
