"""Words in cells to codes and ids: code lists, resources, participants, in either language."""

from collections.abc import Mapping

from parkloop import reference
from parkloop.intake.amount import Scale, scale
from parkloop.intake.codes import code_list
from parkloop.intake.trouble import CellError
from parkloop.intake.words import bare, closest, fold
from parkloop.model import Criterion, Period, Resource

Labels = Mapping[str, tuple[str, str]]
_CANDIDATES = 3
_NAMED = ("parks", "participants", "visits")


class WordIndex:
    """Codes by everything people may write for them: code, label, label without diacritics, `a | b`."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self._exact: dict[str, set[str]] = {}
        for code, pair in labels.items():
            for word in {code, *pair, *(bare(label) for label in pair)} - {""}:
                self._exact.setdefault(fold(word), set()).add(code)

    def code(self, text: str) -> str | None:
        """The one code `text` stands for; a label that stands for several stands for none."""
        if text in self.labels:
            return text
        for word in (text, *text.split("|")):
            found = self._exact.get(fold(word)) or self._exact.get(bare(word)) or set()
            if len(found) == 1:
                return next(iter(found))
        return None

    def add(self, code: str, word: str) -> None:
        """Let `word` stand for `code` too."""
        self._exact.setdefault(fold(word), set()).add(code)

    def word(self, code: str, lang: str) -> str:
        """What to write for `code`: its label in `lang` where that leads back to it, else the code."""
        pair = self.labels.get(code)
        if pair is None:
            return code
        label = pair[1] if lang == "vi" else pair[0]
        return label if label and self.code(label) == code else code

    def near(self, text: str) -> tuple[str, ...]:
        """Candidates for a word nobody knows, as codes with their labels."""
        words = {word: code for code, pair in self.labels.items() for word in (code, *pair) if word}
        codes = dict.fromkeys(words[word] for word in closest(text, words))
        return tuple(codes)


class Look:
    """Everything a cell may refer to, read once for a workbook.

    `style` is the number style the workbook declares; `park_id` the one park there is, or empty.
    """

    def __init__(self, style: str = "") -> None:
        self.style = style
        self.currency = ""
        self.programme_id = ""
        self.park_ids: list[str] = []
        self.people: dict[str, WordIndex] = {name: WordIndex({}) for name in _NAMED}
        self._known: dict[str, set[str]] = {name: set() for name in _NAMED}
        self._lists: dict[str, WordIndex | None] = {}
        self._resources: WordIndex | None = None
        self._criteria: dict[str, Criterion] | None = None
        self._cache: dict[tuple[str, str], str] = {}
        self._scales: dict[tuple[str, str, Period | None, str], Scale] = {}

    def list(self, name: str) -> WordIndex | None:
        """The code list `name`; None where no such list is published and any word goes."""
        if name not in self._lists:
            labels = code_list(name)
            self._lists[name] = WordIndex(labels) if labels else None
        return self._lists[name]

    def code(self, name: str, text: str) -> str:
        """The code of list `name` that `text` stands for."""
        key = (name, text)
        if key not in self._cache:
            index = self.list(name)
            found = text if index is None else index.code(text)
            if found is None and index is not None:
                near = ", ".join(index.near(text)) or ", ".join(list(index.labels)[:8])
                raise CellError("intake.code.unknown", typed=text, candidates=near)
            self._cache[key] = str(found)
        return self._cache[key]

    @property
    def resources(self) -> WordIndex:
        """Resources by id, name and synonym."""
        if self._resources is None:
            known = reference.resources()
            index = WordIndex({item.id: (item.name_en, item.name_vi) for item in known.values()})
            for item in known.values():
                for word in (*item.synonyms_en, *item.synonyms_vi):
                    index.add(item.id, word)
            self._resources = index
        return self._resources

    def resource(self, text: str) -> str:
        """The id of the resource `text` stands for."""
        key = ("resource", text)
        if key not in self._cache:
            found = self.resources.code(text)
            if found is None:
                near = dict.fromkeys((*self.resources.near(text), *reference.resource_for(text)))
                shown = ", ".join(tuple(near)[:_CANDIDATES]) or "-"
                raise CellError("intake.resource.unknown", typed=text, candidates=shown)
            self._cache[key] = found
        return self._cache[key]

    def resource_record(self, resource_id: str) -> Resource | None:
        """The resource with its properties; None when the taxonomy has no such id."""
        return reference.resources().get(resource_id)

    def introduce(self, collection: str, record_id: str, *names: str) -> None:
        """Make a park, participant or visit known by its id and names."""
        self._known[collection].add(record_id)
        for word in (record_id, *names):
            if word:
                self.people[collection].add(record_id, word)
        if collection == "parks" and record_id not in self.park_ids:
            self.park_ids.append(record_id)

    def party(self, collections: tuple[str, ...], text: str) -> str:
        """The id of the park, participant or visit `text` names, by id or by a name only one of them has."""
        for collection in collections:
            if text in self._known[collection]:
                return text
        for collection in collections:
            found = self.people[collection].code(text)
            if found is not None:
                return found
        known = [item for collection in collections for item in sorted(self._known[collection])]
        near = ", ".join(closest(text, known)) or ", ".join(known[:8]) or "-"
        raise CellError("intake.party.unknown", typed=text, candidates=near)

    def subject(self, text: str) -> str:
        """The id of the programme, park or participant `text` names."""
        if text == self.programme_id:
            return text
        return self.party(("parks", "participants"), text)

    def scale(self, unit_text: str, canonical: str, period: Period | None, resource_id: str) -> Scale:
        """`amount.scale` with each combination worked out once a workbook."""
        key = (unit_text, canonical, period, resource_id)
        if key not in self._scales:
            self._scales[key] = scale(unit_text, canonical, period, self.resource_record(resource_id))
        return self._scales[key]

    def criterion(self, criterion_id: str) -> Criterion | None:
        """The criterion with this id in any framework; None when there is none."""
        if self._criteria is None:
            self._criteria = {
                item.id: item for framework in reference.frameworks().values() for item in framework.criteria
            }
        return self._criteria.get(criterion_id)
