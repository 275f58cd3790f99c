"""The words of registers: heads, statuses and terms in their languages, one by one."""

from __future__ import annotations

import pytest

from standwith.account.registry.law import MONTH, WEEK, YEAR, read_sentence
from standwith.account.registry.mapping import DATES, ESSENTIAL, HEADS, propose
from standwith.account.registry.months import MONTHS
from standwith.account.registry.statuses import told
from standwith.account.registry.vocabulary import (
    BEGINS,
    DEATHS,
    ENDS,
    IN_CUSTODY,
    RELEASES,
    UNSURE,
    Status,
)

CECC = {
    "Record Number": "id",
    "Main Name": "name",
    "Detention Status": "status",
    "Issue Category": "occupation",
    "Ethnic Group": "ethnicity",
    "Age at Detention": "age",
    "Residence": "place",
    "Date of Detention": "arrested",
    "Current or Last Prison": "prison",
    "Sentence": "sentence",
    "Charge (statute)": "charges",
    "Trial Court/Date": "tried",
    "Sentence Ends per PRC": "ends",
    "Actual Date Released": "released",
    "Short Summary": "note",
}
VIASNA = {
    "id": "id",
    "url": "url",
    "name": "name",
    "status": "status",
    "gender": "gender",
    "photo": None,
    "description": "note",
    "birthday": "born",
    "arrested": "arrested",
    "articles": "charges",
    "prison": "prison",
    "declaration": None,
    "penalty": "sentence",
    "release_date": "released",
    "verdict_date": "tried",
    "died": "died",
    "clusters": None,
}
BELARUSIAN = {
    "Нумар": "id",
    "Прозвішча Імя": "name",
    "Дата нараджэння": "born",
    "Дата затрымання": "arrested",
    "Артыкулы": "charges",
    "Прысуд": "sentence",
    "Турма": "prison",
    "Дата вызвалення": "released",
}
RUSSIAN = {
    "№": "id",
    "ФИО": "name",
    "Пол": "gender",
    "Дата рождения": "born",
    "Возраст": "age",
    "Дата задержания": "arrested",
    "Статья": "charges",
    "Дата суда": "tried",
    "Приговор": "sentence",
    "Колония": "prison",
    "Статус": "status",
    "Дата освобождения": "released",
}
PERSIAN = {
    "شماره": "id",
    "نام": "name",
    "جنسیت": "gender",
    "تاریخ تولد": "born",
    "تاریخ بازداشت": "arrested",
    "اتهام": "charges",
    "حکم": "sentence",
    "زندان": "prison",
    "وضعیت": "status",
    "تاریخ آزادی": "released",
    "شغل": "occupation",
}
ARABIC = {
    "رقم": "id",
    "الاسم": "name",
    "الجنس": "gender",
    "تاريخ الميلاد": "born",
    "تاريخ الاعتقال": "arrested",
    "التهمة": "charges",
    "الحكم": "sentence",
    "السجن": "prison",
    "الحالة": "status",
    "تاريخ الإفراج": "released",
}
CHINESE = {
    "编号": "id",
    "姓名": "name",
    "性别": "gender",
    "出生日期": "born",
    "拘押日期": "arrested",
    "罪名": "charges",
    "刑期": "sentence",
    "监狱": "prison",
    "状态": "status",
    "获释日期": "released",
}


@pytest.mark.parametrize("wanted", [CECC, VIASNA, BELARUSIAN, RUSSIAN, PERSIAN, ARABIC, CHINESE])
def test_the_heads_of_known_registers_find_their_fields(wanted: dict[str, str | None]) -> None:
    found = propose(list(wanted))
    of_column = {column: field for field, column in found.columns.items()}
    assert {column: of_column.get(column) for column in wanted} == wanted
    assert set(found.left) == {column for column, field in wanted.items() if field is None}
    assert found.essential == 1


def test_a_head_names_one_field_alone() -> None:
    aliases = [alias for held in HEADS.values() for alias in held]
    assert sorted(aliases) == sorted(set(aliases))
    assert set(ESSENTIAL) | set(DATES) <= HEADS.keys()


@pytest.mark.parametrize("head", ["Date_of_Birth", "DATE OF BIRTH", "  date of birth ", "Dob"])
def test_case_blanks_and_underscores_of_heads_do_not_matter(head: str) -> None:
    assert propose([head]).columns == {"born": head}


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Released on bail", Status.RELEASED_BAIL),
        ("bailed", Status.RELEASED_BAIL),
        ("под подпиской о невыезде", Status.RELEASED_BAIL),
        ("освобождён под залог", Status.RELEASED_BAIL),
        ("آزاد با وثیقه", Status.RELEASED_BAIL),
        ("مفرج عنه بكفالة", Status.RELEASED_BAIL),
        ("取保候审", Status.RELEASED_BAIL),
        ("pardoned by decree", Status.PARDONED),
        ("помилована", Status.PARDONED),
        ("памілаваны", Status.PARDONED),
        ("عفو رئاسي", Status.PARDONED),
        ("特赦", Status.PARDONED),
        ("amnesty of 2022", Status.AMNESTIED),
        ("амнистирован", Status.AMNESTIED),
        ("exchanged for prisoners", Status.EXCHANGED),
        ("в рамках обмена", Status.EXCHANGED),
        ("acquitted", Status.ACQUITTED),
        ("оправдан судом", Status.ACQUITTED),
        ("تبرئه", Status.ACQUITTED),
        ("escaped", Status.ESCAPED),
        ("ESC", Status.ESCAPED),
        ("paroled", Status.RELEASED_CONDITIONAL),
        ("released conditionally", Status.RELEASED_CONDITIONAL),
        ("released unconditionally", Status.RELEASED),
        ("по УДО", Status.RELEASED_CONDITIONAL),
        ("آزادی مشروط", Status.RELEASED_CONDITIONAL),
        ("served the sentence", Status.RELEASED_SERVED),
        ("отбыл срок", Status.RELEASED_SERVED),
        ("адбыла пакаранне", Status.RELEASED_SERVED),
        ("released, full term", Status.RELEASED_SERVED),
        ("released", Status.RELEASED),
        ("REL", Status.RELEASED),
        ("freed", Status.RELEASED),
        ("освобождена", Status.RELEASED),
        ("вызвалены", Status.RELEASED),
        ("звільнений", Status.RELEASED),
        ("أفرج عنه بعد إفراج", Status.RELEASED),
        ("آزاد شد", Status.RELEASED),
        ("已获释", Status.RELEASED),
        ("석방", Status.RELEASED),
        ("house arrest", Status.HOUSE_ARREST),
        ("домашний арест", Status.HOUSE_ARREST),
        ("хатняя хімія", Status.HOUSE_ARREST),
        ("حصر خانگی", Status.HOUSE_ARREST),
        ("الإقامة الجبرية", Status.HOUSE_ARREST),
        ("forcibly disappeared", Status.DISAPPEARED),
        ("missing", Status.DISAPPEARED),
        ("исчез", Status.DISAPPEARED),
        ("знік", Status.DISAPPEARED),
        ("مختفي قسريا", Status.DISAPPEARED),
        ("ناپدید", Status.DISAPPEARED),
        ("失踪", Status.DISAPPEARED),
        ("former political prisoner", Status.NO_LONGER_LISTED),
        ("бывший политзаключённый", Status.NO_LONGER_LISTED),
        ("былы палітвязень", Status.NO_LONGER_LISTED),
    ],
)
def test_statuses_are_read_in_the_languages_of_registers(cell: str, wanted: Status) -> None:
    assert told({"status": cell}).status is wanted


@pytest.mark.parametrize(
    "cell",
    [
        "not released",
        "was never released",
        "release denied",
        "pardon refused",
        "appeal for amnesty",
        "awaiting exchange",
        "demanded to be released",
        "calls to free her",
        "не освобождён",
        "не вызвалены",
        "в помиловании отказано",
        "отклонено помилование",
        "требуют освобождения",
        "لم يفرج عنه",
        "رفض الإفراج",
        "آزاد نشد",
        "未获释",
        "没有获释",
        "inactive file",
        "unknown",
        "np",
        "13",
    ],
)
def test_words_of_freedom_that_are_turned_round_free_nobody(cell: str) -> None:
    assert told({"status": cell}).status is None


@pytest.mark.parametrize(
    "cell",
    [
        "DEC",
        "DEC-ill",
        "DEC-exe",
        "rel/dec",
        "died in custody",
        "found dead",
        "executed",
        "умер",
        "памёр",
        "помер у в'язниці",
        "казнён, казнен",
        "توفي في السجن",
        "درگذشت",
        "死亡",
    ],
)
def test_a_word_of_death_is_noticed(cell: str) -> None:
    assert told({"status": cell}).dead


@pytest.mark.parametrize(
    "cell", ["declared ill", "deadline set", "December", "decision pending", "studied law", ""]
)
def test_words_that_only_look_like_it_are_not(cell: str) -> None:
    assert not told({"status": cell}).dead


@pytest.mark.parametrize("cell", ["DET", "active", "detained", "in prison", "معتقل", "在押"])
def test_who_is_said_to_be_held_is(cell: str) -> None:
    found = told({"status": cell})
    assert found.held
    assert found.status is None


@pytest.mark.parametrize(
    ("raw", "days"),
    [
        ("3 years", 3 * YEAR),
        ("3 yrs", 3 * YEAR),
        ("1 year and 1 month", YEAR + MONTH),
        ("6 months", 6 * MONTH),
        ("18 mo", 18 * MONTH),
        ("2 weeks", 2 * WEEK),
        ("72 days", 72),
        ("1.5 years", 1.5 * YEAR),
        ("4 года", 4 * YEAR),
        ("5 лет колонии", 5 * YEAR),
        ("1 год 6 месяцев", YEAR + 6 * MONTH),
        ("10 суток", 10),
        ("15 дней", 15),
        ("3 недели", 3 * WEEK),
        ("2 гады", 2 * YEAR),
        ("3 гады 6 месяцаў", 3 * YEAR + 6 * MONTH),
        ("8 років", 8 * YEAR),
        ("5 місяців", 5 * MONTH),
        ("۵ سال و ۶ ماه", 5 * YEAR + 6 * MONTH),
        ("٣ سنوات", 3 * YEAR),
        ("٦ أشهر", 6 * MONTH),
        ("15 يوم", 15),
        ("3年", 3 * YEAR),
        ("1年6个月", YEAR + 6 * MONTH),
        ("15天", 15),
        ("2년", 2 * YEAR),
    ],
)
def test_terms_are_read_as_days(raw: str, days: float) -> None:
    assert read_sentence(raw).days == pytest.approx(days)


@pytest.mark.parametrize(
    "raw", ["5", "five years", "2 strokes", "article 130", "5 years 3 lashes", "?", "arrest"]
)
def test_terms_that_are_not_understood_have_no_days(raw: str) -> None:
    found = read_sentence(raw)
    assert found.days is None
    assert found.raw == raw


def test_the_kinds_of_status_do_not_overlap() -> None:
    kinds = [BEGINS, ENDS, IN_CUSTODY, UNSURE]
    assert sum(map(len, kinds)) == len(frozenset().union(*kinds))
    assert RELEASES | DEATHS <= ENDS
    assert Status.TERM_EXPIRED_STATUS_UNKNOWN not in ENDS, "a term that is over frees nobody"
    assert Status.NO_LONGER_LISTED not in ENDS, "nor does the silence of a list"


def test_every_calendar_has_twelve_months_and_no_word_means_two_of_one() -> None:
    for calendar in ("gregorian", "jalali", "hijri"):
        assert {number for held, number in MONTHS.values() if held == calendar} == set(range(1, 13))
