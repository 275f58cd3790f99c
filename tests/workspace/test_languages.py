"""Languages: catalogues that fit the program, pages in each, a pseudo-language, right-to-left."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation
from tests.workspace.conftest import World

from standwith.kernel.text import direction
from standwith.web import tags

LOCALE = Path(__file__).parents[2] / "src" / "standwith" / "web" / "locale"
TEMPLATES = LOCALE.parent / "templates"
LANGUAGES = ("fr", "ru", "ar", "my")
ENTRY = re.compile(
    r'msgid "(?P<key>.+)"\n(?:msgid_plural ".*"\n)?(?P<texts>(?:msgstr(?:\[\d\])? ".*"\n?)+)'
)


def catalogue(language: str) -> dict[str, list[str]]:
    """Read the texts of a language."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    return {
        found["key"]: re.findall(r'msgstr(?:\[\d\])? "(.*)"', found["texts"])
        for found in ENTRY.finditer(text)
    }


def marked() -> set[str]:
    """List every text that the templates mark for translation."""
    found: set[str] = set()
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text("utf-8")
        found |= {
            m[1] or m[2] for m in re.finditer(r"{% translate (?:\"([^\"]+)\"|'([^']+)') %}", text)
        }
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_marked_text_stands_in_the_catalogue(language: str) -> None:
    known = set(catalogue(language))
    missing = {text for text in marked() if text.replace('"', '\\"') not in known}
    assert missing == set(), "run: python tools/messages.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    held = catalogue(language)
    assert len(held) > 350
    assert [key for key, texts in held.items() if not all(texts)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_that_it_was_drafted_by_machine(language: str) -> None:
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    assert text.startswith("# Drafted by machine")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    with translation.override(language):
        for key, texts in catalogue(language).items():
            if texts[0] and "%(" not in key and "\\" not in key:
                assert translation.gettext(key) == texts[0], key


MAIN_PATH = (
    "Sign in",
    "Password",
    "Second factor",
    "Continue",
    "Watch",
    "Situations",
    "Assess",
    "Choose",
    "Act",
    "Account",
    "Search",
    "Sign out",
    "Record a claim",
    "Brief",
    "Propose",
    "Decide",
    "Assign a task",
    "My week",
    "Who can see this",
    "Do now",
    "Never as worded",
    "There is a problem",
    "Verify now",
    "History and receipts",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", MAIN_PATH)
def test_the_words_of_the_main_path_are_translated(language: str, text: str) -> None:
    with translation.override(language):
        assert translation.gettext(text) != text or (language, text) == ("fr", "Source")


@pytest.mark.parametrize("language", LANGUAGES)
def test_named_parts_of_a_text_are_kept(language: str) -> None:
    for key, texts in catalogue(language).items():
        named = set(re.findall(r"%\((\w+)\)s", key))
        for text in texts:
            if text:
                assert set(re.findall(r"%\((\w+)\)s", text)) == named, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_brings_markup_of_its_own(language: str) -> None:
    for texts in catalogue(language).values():
        for text in texts:
            assert "<" not in text
            assert "{" not in text


PATHS = ("/", "/situations/", "/claims/", "/tasks/", "/choose/", "/account/", "/settings/")


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_in_the_language_that_was_chosen(world: World, language: str, path: str) -> None:
    client = world.client("head")
    client.cookies["language"] = language
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.headers["Content-Language"] == language
    assert f'<html lang="{language}" dir="{direction(language)}">' in page
    drafted = "machine" in page or language != "en"
    assert drafted or language == "en"


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("fr-CH, en;q=0.5", "fr"),
        ("ru", "ru"),
        ("ar-EG", "ar"),
        ("my", "my"),
        ("xx", "en"),
        ("", "en"),
        ("*;q=0", "en"),
        ("a" * 5000, "en"),
    ],
)
def test_without_a_choice_the_browser_is_asked(asked: str, given: str) -> None:
    answer = Client().get("/sign-in", headers={"Accept-Language": asked})
    assert answer.headers["Content-Language"] == given


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("cookie", ["xx", "", "../../etc", "en\0", "ar; x"])
def test_a_cookie_of_no_language_is_passed_over(cookie: str) -> None:
    client = Client()
    client.cookies["language"] = cookie
    assert client.get("/sign-in").status_code == 200


def pseudo(text: str) -> str:
    """A language that nobody speaks: longer, accented, in brackets."""
    accents = str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")
    return f"[{text.translate(accents)} {'~' * (len(text) // 3)}]"


def speak_pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every text of the interface said in the pseudo-language."""
    said = vars(translation)["_trans"]
    real = said.gettext
    monkeypatch.setattr(said, "gettext", lambda text: pseudo(real(text)))
    monkeypatch.setattr(said, "ngettext", lambda one, many, n: pseudo(one if n == 1 else many))


# What stands on pages and is no text of the interface: names, data of the case, codes, the brand.
DATA = re.compile(
    r"Standwith|TLP:|Hanna|Belarus|Ministry|iCalendar|English|Français|CSV|JSON|HTML|PDF|DOCX|"
    r"SHA-256|^[\W\d_]*$|^/|standwith|[А-Яа-я؀-ۿက-႟]"
)


def test_no_text_of_the_frame_is_forgotten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under the pseudo-language every word of the interface stands in brackets."""
    speak_pseudo(monkeypatch)
    client = world.client("head")
    for path in ("/keys", "/search", "/accessibility", "/situations/?q=zzzz", "/tasks/week"):
        page = client.get(path).content.decode()
        body = re.sub(r"<(script|style|option|title)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
        body = re.sub(r"<bdi>.*?</bdi>|<kbd>.*?</kbd>|<!--.*?-->", "", body, flags=re.DOTALL)
        for text in re.findall(r">([^<]+)<", body.split("<body", 1)[1]):
            plain = text.strip()
            if plain and not DATA.search(plain):
                assert plain.startswith("[") or plain.endswith("]"), (path, plain)


def test_longer_words_change_no_status(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    speak_pseudo(monkeypatch)
    for path in PATHS:
        assert world.client("head").get(path).status_code == 200


@pytest.mark.parametrize(
    ("value", "language", "shown"),
    [
        ({"en": "Vote", "be": "Выбары"}, "en", '<span lang="en" dir="ltr">Vote</span>'),
        ({"be": "Выбары", "ar": "انتخابات"}, "ar", '<span lang="ar" dir="rtl">انتخابات</span>'),
        ({"be": "Выбары"}, "fr", '<span lang="be" dir="ltr">Выбары</span>'),
        ({"en": "<b>"}, "en", '<span lang="en" dir="ltr">&lt;b&gt;</span>'),
        ("plain <i>", "en", '<span dir="auto">plain &lt;i&gt;</span>'),
    ],
)
def test_a_text_knows_its_language_and_direction(value: object, language: str, shown: str) -> None:
    with translation.override(language):
        assert str(tags.text(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [({"en": "a", "fr": "b"}, "b"), ({"be": "c"}, "c"), ("d", "d"), (3, "3")]
)
def test_a_title_is_the_text_alone(value: object, shown: str) -> None:
    with translation.override("fr"):
        assert tags.plain(value) == shown


@pytest.mark.parametrize(
    ("kept", "changed", "written"),
    [
        ({"q": "a"}, {"after": "x"}, "q=a&after=x"),
        ({"q": "a", "after": "x"}, {"after": None}, "q=a"),
        ({"q": "a&b=c"}, {}, "q=a%26b%3Dc"),
        ({}, {}, ""),
    ],
)
def test_a_link_keeps_its_query(
    kept: dict[str, str], changed: dict[str, str | None], written: str
) -> None:
    assert tags.query(kept, **changed) == written


@pytest.mark.parametrize(
    ("verdict", "tone"),
    [("recommend", "now"), ("needs-info", "ask"), ("prohibited", "never"), ("other", "hold")],
)
def test_the_colour_of_a_verdict_is_never_all_there_is(verdict: str, tone: str) -> None:
    assert tags.tone(verdict) == tone
    assert tags.spoken("needs-info") == "needs info"


def test_a_template_outside_the_interface_can_use_the_tags() -> None:
    engine = engines["django"]
    template = engine.from_string("{{ v|text }}{{ w|moment }}{{ x|split|length }}{{ m|item:'k' }}")
    shown = template.render({"v": "a", "w": None, "x": "a b c", "m": {"k": 4}})
    assert shown == '<span dir="auto">a</span>34'
