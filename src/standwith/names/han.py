"""Chinese characters and their spellings in Latin letters: Pinyin, and Wade-Giles from it."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# Characters that are read otherwise as a family name.
_FAMILY = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "朴": "piao pu",
    "盖": "ge gai", "任": "ren", "翟": "zhai di", "覃": "qin tan", "乐": "yue le", "尉": "yu wei",
    "单于": "chanyu", "吕": "lu lv lyu", "禤": "xuan",
}  # fmt: skip
# Family names as they are spelled in Hong Kong, Taiwan, South-East Asia and the diaspora.
_ABROAD = {
    "李": "lee", "黎": "lai", "王": "wong", "黄": "wong hwang", "黃": "wong hwang", "汪": "wong",
    "张": "cheung teo", "張": "cheung teo", "陈": "chan tan", "陳": "chan tan", "刘": "lau low",
    "劉": "lau low", "林": "lam lim", "吴": "ng woo goh", "吳": "ng woo goh", "郑": "cheng tay",
    "鄭": "cheng tay", "梁": "leung", "杨": "yeung young", "楊": "yeung young", "周": "chow chau",
    "许": "hui khoo koh", "許": "hui khoo koh", "何": "ho", "郭": "kwok quek", "赵": "chiu",
    "趙": "chiu", "曹": "cho tso", "邓": "tang", "鄧": "tang", "谢": "tse", "謝": "tse",
    "罗": "law", "羅": "law", "叶": "yip ip", "葉": "yip ip", "蔡": "choi choy", "冯": "fung",
    "馮": "fung", "区": "au", "區": "au", "邹": "chow", "鄒": "chow", "朱": "chu choo",
    "胡": "wu woo", "徐": "chui tsui", "孙": "suen", "孫": "suen", "马": "mah", "馬": "mah",
    "高": "ko kao", "潘": "poon", "余": "yu yee", "钟": "chung", "鍾": "chung", "戴": "tai",
}  # fmt: skip
_GILES = [
    (r"^zh", "ch"), (r"^q", "ch"), (r"^x", "hs"), (r"^j", "ch"), (r"^b", "p"), (r"^d", "t"),
    (r"^g", "k"), (r"^z", "ts"), (r"^c(?!h)", "ts"), (r"^r", "j"),
]  # fmt: skip
_ENDS = [(r"ong$", "ung"), (r"ian$", "ien"), (r"ie$", "ieh"), (r"ue$", "ueh"),
         (r"(?<=[zcsrh])i$", "ih"), (r"o$", "uo"), (r"e$", "o"), (r"^yan$", "yen")]  # fmt: skip


def han(text: str) -> tuple[frozenset[str], ...]:
    """Read each character as the set of its spellings."""
    found = [letter for letter in text if "\u3400" <= letter <= "\u9fff"]
    return tuple(_spellings(letter, first=i == 0) for i, letter in enumerate(found))


@lru_cache(maxsize=8192)
def _spellings(letter: str, *, first: bool) -> frozenset[str]:
    pinyin = {anyascii(letter).casefold().strip()}
    if first and letter in _FAMILY:
        pinyin |= set(_FAMILY[letter].split())
    abroad = set(_ABROAD.get(letter, "").split()) if first else set[str]()
    pinyin |= {spelled.replace("lu", "lv") for spelled in pinyin if spelled.startswith("lu")}
    return frozenset(pinyin | abroad | {other for one in pinyin for other in _giles(one)})


def _giles(spelled: str) -> set[str]:
    """Turn Pinyin into the spellings of Wade and Giles, without their apostrophes."""
    begun = spelled
    for pattern, other in _GILES:
        if re.search(pattern, spelled):
            begun = re.sub(pattern, other, spelled)
            break
    ended = {re.sub(pattern, other, begun) for pattern, other in _ENDS}
    return {begun, *ended}
