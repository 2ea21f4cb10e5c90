"""Made-up company names."""

from random import Random

_SYLLABLES = (
    "An Phát",
    "Bảo Minh",
    "Cát Tường",
    "Đại Lộc",
    "Gia Khánh",
    "Hải Vân",
    "Hưng Thịnh",
    "Kim Sơn",
    "Lam Giang",
    "Minh Quang",
    "Nam Cường",
    "Ngọc Lâm",
    "Phong Nhã",
    "Phúc Long",
    "Quang Trung",
    "Sao Việt",
    "Tân Tiến",
    "Thanh Bình",
    "Thiên Ân",
    "Trường Sơn",
    "Vạn Xuân",
    "Việt Hà",
    "Xuân Lộc",
    "Yên Bình",
)


def company_names(kinds: list[str], prefixes: dict[str, str], seed: int) -> list[str]:
    """One name per kind, none twice; every name says that it is a sample."""
    draw = Random(f"{seed}/names")
    pool = draw.sample(_SYLLABLES, len(_SYLLABLES)) * 2
    return [f"{prefixes[kind]} {pool[n]} (mẫu)" for n, kind in enumerate(kinds)]
