"""The pledge: its terms, totals, tranches and sectors, as ``pledge.toml`` states them."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from components.basics.amounts import Amount
from components.basics.messages import mark
from components.basics.palette import NEUTRAL, SECTOR_COLOURS
from components.facts.checks import (
    LIST_SEPARATOR,
    NO_ERROR,
    SPREADSHEET_ERRORS,
    invisible_in,
    visible_instead,
)
from components.facts.csv_file import read_utf8
from components.facts.faults import Fault
from components.facts.schema import CONFIDENCES, QUALIFIERS, SLUG


def _one_of(choices: Collection[str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in choices:
            raise PydanticCustomError("choice", "one of {choices}", {"choices": ", ".join(choices)})
        return value

    return AfterValidator(check)


def _distinct(key: str) -> AfterValidator:
    """Refuse two entries of a table array with the same ``key``; several may have none."""

    def check(entries: tuple[BaseModel, ...]) -> tuple[BaseModel, ...]:
        values = (getattr(entry, key) for entry in entries)
        counts = Counter(value for value in values if value != "")
        repeated = [str(value) for value, count in counts.items() if count > 1]
        if repeated:
            allowed = f"each {key} once; {', '.join(repeated)} stands more than once"
            raise PydanticCustomError("distinct", "{allowed}", {"allowed": allowed})
        return entries

    return AfterValidator(check)


def _slug(value: str) -> str:
    if not re.fullmatch(SLUG, value):
        raise PydanticCustomError("slug", "lowercase letters, digits and single hyphens")
    return value


def _note(value: str) -> str:
    if value.strip() in SPREADSHEET_ERRORS:
        raise PydanticCustomError("note", "{allowed}", {"allowed": NO_ERROR})
    return value


def _name(value: str) -> str:
    if invisible_in(value):
        raise PydanticCustomError("name", "{allowed}", {"allowed": visible_instead(value)})
    return value


Note = Annotated[str, AfterValidator(_note)]
Text = Annotated[str, Field(min_length=1), AfterValidator(_note)]
Name = Annotated[Text, AfterValidator(_name)]
Slug = Annotated[str, AfterValidator(_slug)]
UsdBn = Annotated[float, Field(gt=0, lt=100_000, allow_inf_nan=False)]
Qualifier = Annotated[str, _one_of(QUALIFIERS), Field(examples=[*QUALIFIERS])]
Confidence = Annotated[str, _one_of(CONFIDENCES), Field(examples=[*CONFIDENCES])]
Colour = Annotated[str, _one_of(SECTOR_COLOURS), Field(examples=[*SECTOR_COLOURS])]
SourceIds = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Tranche(_Entry):
    """A batch of projects announced together, with the total in its announcement."""

    tranche: int = Field(ge=1, description=mark("Number of the tranche, as projects refer to it."))
    announced_on: date = Field(
        description=mark("Day the tranche was announced in the United States.")
    )
    amount_usd_bn: UsdBn = Field(description=mark("Total of the tranche, US$ billions."))
    amount_qualifier: Qualifier = Field(description=mark("How exact the total is."))
    is_own_sum: bool = Field(
        default=False,
        description=mark("Whether we added up the total, since no government states it."),
    )
    note: Note = Field(default="", description=mark("What a reader must know about the total."))
    source_ids: SourceIds = Field(description=mark("Sources of the total."))

    @property
    def total(self) -> Amount:
        """The official total."""
        return Amount(self.amount_usd_bn, self.amount_qualifier)


class Sector(_Entry):
    """A field the pledge may invest in."""

    sector: Slug = Field(description=mark("Identifier that projects and links use; never changes."))
    label: Name = Field(description=mark("Name shown to readers."))
    colour: Colour = Field(
        default="",
        description=mark("Colour in every chart; without one the next that no sector names."),
    )
    keywords: Annotated[tuple[Name, ...], Field(strict=False)] = Field(
        default=(), description=mark("Other words by which a search finds it; no page shows them.")
    )

    @property
    def searched(self) -> str:
        """All words by which a search finds it."""
        return " ".join((self.label, *self.keywords))


class Term(_Entry):
    """One condition of the pledge, with its confidence."""

    term: Slug = Field(description=mark("Identifier of the term."))
    label: Name = Field(description=mark("Name shown to readers."))
    value: Text = Field(description=mark("What is agreed, in a phrase or a sentence."))
    confidence: Confidence = Field(description=mark("How sure the value is."))
    note: Note = Field(default="", description=mark("Disagreement, origin or caveat."))
    source_ids: SourceIds = Field(description=mark("Sources of the value."))


class Aside(_Entry):
    """A table beside the pledge that is never added to it."""

    title: Name = Field(description=mark("What the table lists."))
    dated: date = Field(description=mark("Day that all rows of the table are of."))
    note: Text = Field(description=mark("What a reader must know about its figures."))
    source_ids: SourceIds = Field(description=mark("Sources of the note."))


class Pledge(_Entry):
    """The commitment that all projects count towards."""

    title: Name = Field(description=mark("Title of the dashboard and of everything exported."))
    publisher: Name = Field(description=mark("Who publishes the dataset; citations name it."))
    investor: Name = Field(description=mark("Country that invests."))
    recipient: Name = Field(description=mark("Country that receives."))
    slug: Slug = Field(description=mark("Name of the pledge inside file names."))
    version: Text = Field(
        description=mark(
            "Version of the dataset, the day of its release first (2026.11.27 or, the "
            "fourth of a day, 2026.11.27.4); changes with every release."
        )
    )
    as_of: date = Field(description=mark("Day up to which the facts were collected."))
    searched_on: date | None = Field(
        default=None,
        description=mark("Day on which publications were last searched for new facts."),
    )
    licence: Text = Field(description=mark("Licence of the data."))
    total_usd_bn: UsdBn = Field(description=mark("The pledged total, nominal US$ billions."))
    total_qualifier: Qualifier = Field(description=mark("How exact the total is."))
    total_source_ids: SourceIds = Field(description=mark("Sources of the total."))
    signed_on: date = Field(description=mark("Day the pledge was signed; the pace starts here."))
    signed_event: Text = Field(description=mark("What happened on that day."))
    signed_source_ids: SourceIds = Field(description=mark("Sources of the signing."))
    deadline: date = Field(description=mark("Last day for making the investments."))
    deadline_source_ids: SourceIds = Field(description=mark("Sources of the deadline."))
    tranches: Annotated[tuple[Tranche, ...], Field(strict=False), _distinct("tranche")] = Field(
        description=mark("Tranches announced so far.")
    )
    sectors: Annotated[
        tuple[Sector, ...],
        Field(strict=False),
        _distinct("sector"),
        _distinct("label"),
        _distinct("colour"),
    ] = Field(description=mark("Sectors a project may have, in the order of legends and filters."))
    terms: Annotated[tuple[Term, ...], Field(strict=False), _distinct("term")] = Field(
        description=mark("Conditions of the pledge, in reading order.")
    )
    agreements: Aside | None = Field(
        default=None, description=mark("About agreements.csv as a whole.")
    )
    interests: Aside | None = Field(
        default=None, description=mark("About interests.csv as a whole.")
    )

    @field_validator("deadline")
    @classmethod
    def _follow_the_signing(cls, deadline: date, known: ValidationInfo) -> date:
        signed_on = known.data.get("signed_on")
        if signed_on and deadline <= signed_on:
            raise PydanticCustomError("deadline", "a day after signed_on")
        return deadline

    @field_validator("searched_on")
    @classmethod
    def _follow_the_facts(cls, searched_on: date | None, known: ValidationInfo) -> date | None:
        as_of = known.data.get("as_of")
        if searched_on and as_of and searched_on < as_of:
            raise PydanticCustomError("searched_on", "a day not before as_of")
        return searched_on

    @property
    def released_on(self) -> date | None:
        """The day with which the version begins; None where it begins with none."""
        parts = re.match(r"([0-9]{4})\.([0-9]{1,2})\.([0-9]{1,2})(?![0-9])", self.version)
        try:
            return date(*map(int, parts.groups())) if parts else None
        except ValueError:
            return None

    @property
    def total(self) -> Amount:
        """The pledged total."""
        return Amount(self.total_usd_bn, self.total_qualifier)

    @property
    def sector_colours(self) -> dict[str, str]:
        """The name of each sector's colour, by sector: its own or the next of the palette.

        Sectors beyond the end of the palette are neutral.
        """
        named = {sector.colour for sector in self.sectors}
        unnamed = iter([colour for colour in SECTOR_COLOURS if colour not in named])
        return {sector.sector: sector.colour or next(unnamed, NEUTRAL) for sector in self.sectors}

    def asides(self) -> dict[str, Aside]:
        """Return the descriptions of the tables beside the pledge, by table name."""
        known = {"agreements": self.agreements, "interests": self.interests}
        return {name: aside for name, aside in known.items() if aside is not None}

    def texts(self) -> dict[tuple[str, str], str]:
        """Return every text by its place, ``("terms/equity", "label")``; lists joined by ``;``."""
        texts = {
            (place, key): getattr(entry, key)
            for place, entry in self._places()
            for key in TRANSLATED[type(entry)]
        }
        return {
            place: text if isinstance(text, str) else LIST_SEPARATOR.join(text)
            for place, text in texts.items()
        }

    def with_texts(self, texts: Mapping[tuple[str, str], str]) -> Self:
        """Return the pledge with other texts at some of the places that ``texts`` has."""
        written = {
            place: entry.model_copy(update=_own_texts(entry, place, texts))
            for place, entry in self._places()
        }
        arrays = {
            name: tuple(written[_place(name, entry)] for entry in getattr(self, name))
            for name in ENTRIES
        }
        asides = {name: written[name] for name in self.asides()}
        return self.model_copy(update={**_own_texts(self, WHOLE, texts), **arrays, **asides})

    def _places(self) -> Iterator[tuple[str, BaseModel]]:
        yield WHOLE, self
        for name in ENTRIES:
            yield from ((_place(name, entry), entry) for entry in getattr(self, name))
        yield from self.asides().items()

    def citations(self) -> list[tuple[str, tuple[str, ...]]]:
        """List every key that has source ids, by its place in the file, with the ids."""
        entries: dict[str, tuple[Tranche | Term, ...]] = {
            "tranches": self.tranches,
            "terms": self.terms,
        }
        return [
            ("total_source_ids", self.total_source_ids),
            ("signed_source_ids", self.signed_source_ids),
            ("deadline_source_ids", self.deadline_source_ids),
            *(
                (f"{name} {place}, source_ids", entry.source_ids)
                for name, array in entries.items()
                for place, entry in enumerate(array, start=1)
            ),
            *((f"{name}, source_ids", aside.source_ids) for name, aside in self.asides().items()),
        ]


ENTRIES: Final[dict[str, type[BaseModel]]] = {
    "tranches": Tranche,
    "sectors": Sector,
    "terms": Term,
}
"""Name of a table array, [[name]] -> what each of its entries holds."""

SECTIONS: Final[dict[str, type[BaseModel]]] = {"agreements": Aside, "interests": Aside}
"""Name of a table, [name] -> what it holds."""

KEYS: Final = {"tranches": "tranche", "sectors": "sector", "terms": "term"}
"""Name of a table array -> the key that tells its entries apart."""

WHOLE: Final = "pledge"
"""The place of the texts outside all arrays and tables."""

TRANSLATED: Final[dict[type[BaseModel], tuple[str, ...]]] = {
    Pledge: ("title", "publisher", "investor", "recipient", "signed_event"),
    Tranche: ("note",),
    Sector: ("label", "keywords"),
    Term: ("label", "value", "note"),
    Aside: ("title", "note"),
}
"""The texts that may stand in another language beside the file."""


def _place(name: str, entry: BaseModel) -> str:
    return f"{name}/{getattr(entry, KEYS[name])}"


def _own_texts(
    entry: BaseModel, place: str, texts: Mapping[tuple[str, str], str]
) -> dict[str, str | tuple[str, ...]]:
    return {
        key: texts[place, key]
        if isinstance(getattr(entry, key), str)
        else tuple(map(str.strip, texts[place, key].split(LIST_SEPARATOR)))
        for key in TRANSLATED[type(entry)]
        if (place, key) in texts
    }


ALLOWED: Final = {
    "missing": "this key must be present",
    "string_type": "text in quotation marks",
    "string_too_short": "some text",
    "float_type": "a number without quotation marks",
    "int_type": "a whole number without quotation marks",
    "date_type": "a date without quotation marks, such as 2026-10-10",
    "tuple_type": "a list in square brackets",
    "too_short": "at least one item",
    "model_type": "a section of its own, with its keys below its name in square brackets",
}
"""Pydantic's type of an error -> what is allowed, for a person who edits the file."""


def read_pledge(path: Path) -> tuple[Pledge | None, list[Fault]]:
    """Read and check the file; the pledge is None whenever there is a fault."""
    content, faults = read_utf8(path)
    if content is None:
        return None, faults
    try:
        return Pledge.model_validate(tomllib.loads(content.decode())), []
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax_fault(error, file=path.name)]
    except ValidationError as error:
        return None, [_key_fault(detail, file=path.name) for detail in error.errors()]
    except (RecursionError, ValueError):
        allowed = "fewer brackets inside brackets, and numbers of fewer digits"
        return None, [Fault(path.name, None, None, None, allowed)]


def _syntax_fault(error: tomllib.TOMLDecodeError, *, file: str) -> Fault:
    line = re.search(r"at line (\d+)", str(error))
    return Fault(file, int(line[1]) if line else None, None, None, f"valid TOML: {error}")


def _key_fault(detail: ErrorDetails, *, file: str) -> Fault:
    place = detail["loc"]
    value = detail["input"]
    is_long = isinstance(value, int) and value.bit_length() > 64  # str() may refuse such a number
    quoted = None if is_long or isinstance(value, dict | list | tuple) else str(value)
    return Fault(file, None, _name_place(place), quoted, _explain(detail))


def _name_place(place: tuple[int | str, ...]) -> str:
    """Name a key by its entry, counting from 1: ``("tranches", 0, "note")`` is tranches 1, note."""
    counted = [f" {part + 1}" if isinstance(part, int) else f", {part}" for part in place]
    return "".join(counted).removeprefix(", ")


def _explain(detail: ErrorDetails) -> str:
    if detail["type"] == "extra_forbidden":
        return _known_key(detail["loc"])
    return ALLOWED.get(detail["type"]) or re.sub(r"^\w+ should be ", "", detail["msg"])


def _known_key(place: tuple[int | str, ...]) -> str:
    model = (ENTRIES | SECTIONS).get(str(place[0]), Pledge) if len(place) > 1 else Pledge
    close = get_close_matches(str(place[-1]), model.model_fields, n=1)
    return "a key of this file" + (f'; did you mean "{close[0]}"?' if close else "")
