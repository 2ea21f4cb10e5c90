"""Frameworks and their criteria, read from the rows in `frameworks/`."""

from collections.abc import Mapping
from functools import cache

from parkloop.model import Band, Branch, Confidence, Criterion, Framework, Shape
from parkloop.reference.yaml_rows import Row, listed, load, number, required, rows, table, text_of

_FILES = (
    "international-v1",
    "vietnam-decree-35",
    "vietnam-circular-05",
    "china-hj274",
    "china-lowcarbon-park-2024",
    "indonesia-permenperin-26-2025",
)
_RULES = ("scored", "all_must_pass", "mandatory_and_choice", "weighted_bands", "reference_values")
_COMPARISONS = (">=", ">", "<=", "<")


@cache
def frameworks() -> Mapping[str, Framework]:
    """Every framework that ships with the house, by id.

    Source and confidence stand on each criterion; thresholds are in the unit of their criterion.

    Examples
    --------
    >>> len(frameworks()["cn-hj-274-2015"].criteria)
    32
    """
    read = (read_framework(text_of(name)) for name in _FILES)
    return {framework.id: framework for framework in read}


def read_framework(text: str) -> Framework:
    """The framework written in `text`, in the form of the files that ship with the house.

    A user adds a framework by giving such a text; a criterion without `rule` is a yes/no question.

    Raises
    ------
    ValueError
        When a field is missing or a rule, comparison, category or id does not fit; says which and where.
    """
    row = load(text)
    if not isinstance(row, Mapping) or "id" not in row:
        raise ValueError("a framework file starts with fields such as `id: my-framework`; `id` is missing")
    name = str(row["id"])
    if row.get("rule") not in _RULES:
        raise ValueError(f"framework {name}: rule {row.get('rule')!r} is none of {', '.join(_RULES)}")
    criteria = tuple(_criterion(item, row) for item in rows(row, "criteria"))
    framework = Framework(
        id=name,
        title_en=required(row, "title_en", name),
        title_vi=required(row, "title_vi", name),
        edition=required(row, "edition", name),
        categories=tuple(str(item) for item in listed(row, "categories")),
        rule=str(row["rule"]),
        criteria=criteria,
        category_weights={key: float(str(value)) for key, value in table(row, "category_weights").items()},
        pass_mark=number(row.get("pass_mark")),
        source=str(row.get("source", "")).strip(),
        confidence=Confidence(str(row.get("confidence", "unchecked"))),
        note_en=str(row.get("note_en", "")).strip(),
        note_vi=str(row.get("note_vi", "")).strip(),
    )
    _check(framework)
    return framework


def _check(framework: Framework) -> None:
    seen: set[str] = set()
    for criterion in framework.criteria:
        if criterion.id in seen:
            raise ValueError(f"framework {framework.id}: criterion {criterion.id} stands there twice")
        seen.add(criterion.id)
        if not criterion.gate and criterion.category not in framework.categories:
            raise ValueError(
                f"criterion {criterion.id}: category {criterion.category!r} is none of the framework's; "
                f"it has {', '.join(framework.categories)}"
            )
    strange = set(framework.category_weights) - set(framework.categories)
    if strange:
        raise ValueError(f"framework {framework.id}: weights for unknown categories {sorted(strange)}")
    if framework.rule == "weighted_bands" and (not framework.category_weights or framework.pass_mark is None):
        raise ValueError(f"framework {framework.id}: weighted_bands asks for category_weights and pass_mark")


def _criterion(row: Row, framework: Row) -> Criterion:
    name = required(row, "id", str(framework["id"]))
    topic = table(table(framework, "topics"), str(row.get("topic", "")))
    kind = required(row, "kind", name)
    rule = table(row, "rule")
    sources = table(framework, "sources")
    source = (
        row.get("source") or sources.get(str(row.get("source_key", ""))) or framework.get("default_source")
    )
    confidence = row.get("confidence") or framework.get("default_confidence") or "unchecked"
    shape = _shape(rule, name)
    return Criterion(
        id=name,
        framework_id=str(framework["id"]),
        category=required(row, "category", name),
        title_en=required(row, "en", name),
        title_vi=required(row, "vi", name),
        kind=kind,
        shape=shape,
        unit=str(rule.get("unit", "")),
        comparison="is_true" if shape is Shape.BOOLEAN else _comparison(rule, name),
        threshold=True if shape is Shape.BOOLEAN else number(rule.get("threshold")),
        parameter=str(rule.get("parameter", "")),
        branches=tuple(_branch(item, name) for item in rows(rule, "branches")),
        bands=tuple(_band(item, name) for item in rows(rule, "bands")),
        choice_group=str(row.get("choice_group", "")),
        weight=1.0 if row.get("weight") is None else float(str(row["weight"])),
        gate=kind == "gate",
        subject=str(row.get("subject", "park")),
        topic_en=str(topic.get("en", "")),
        topic_vi=str(topic.get("vi", "")),
        source=str(source or "").strip(),
        confidence=Confidence(str(confidence)),
    )


def _shape(rule: Row, name: str) -> Shape:
    if not rule:
        return Shape.BOOLEAN
    for key, shape in (
        ("bands", Shape.BANDED),
        ("branches", Shape.CONDITIONAL),
        ("parameter", Shape.PARAMETRIC),
        ("threshold", Shape.THRESHOLD),
        ("information", Shape.INFORMATION),
    ):
        if key in rule:
            return shape
    raise ValueError(
        f"criterion {name}: its rule has none of threshold, parameter, branches, bands, information"
    )


def _comparison(rule: Row, name: str) -> str:
    if "threshold" not in rule and "parameter" not in rule:
        return ""
    comparison = str(rule.get("comparison", ""))
    if comparison not in _COMPARISONS:
        raise ValueError(f"criterion {name}: comparison {comparison!r} is none of {' '.join(_COMPARISONS)}")
    return comparison


def _branch(row: Row, name: str) -> Branch:
    when, comparison = str(row.get("when", "")), str(row.get("comparison", ""))
    if when not in _COMPARISONS or comparison not in _COMPARISONS:
        raise ValueError(f"criterion {name}: a branch compares by {' '.join(_COMPARISONS)}")
    limit, threshold = number(row.get("limit")), number(row.get("threshold"))
    if limit is None or threshold is None:
        raise ValueError(f"criterion {name}: a branch needs the numbers limit and threshold")
    return Branch(required(row, "parameter", name), when, limit, comparison, threshold)


def _band(row: Row, name: str) -> Band:
    score = number(row.get("score"))
    if score is None:
        raise ValueError(f"criterion {name}: a band needs a score")
    return Band(
        score=score,
        low=number(row.get("low")),
        high=number(row.get("high")),
        low_included=bool(row.get("low_included", True)),
        high_included=bool(row.get("high_included", False)),
    )
