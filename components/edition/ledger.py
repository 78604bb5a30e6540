"""The ledger: the files of an edition in their folder, of which it knows what each was made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

import orjson
from pydantic import BaseModel, ValidationError

NAME: Final = ".edition.json"


class NotOursError(Exception):
    """A folder with files that no edition wrote; its text is one sentence."""


class Record(BaseModel):
    """One file: the key of all that it was made of, its digest, and the addresses it asks for."""

    key: str
    digest: str
    asks: list[str] = []


class Book(BaseModel):
    """What the ledger's file has: the records by the paths of their files."""

    files: dict[str, Record] = {}


@dataclass(slots=True)
class Ledger:
    """A folder, what an earlier edition wrote into it, and what this one has."""

    folder: Path
    earlier: Mapping[str, Record]
    now: dict[str, Record] = field(default_factory=dict)
    written: int = 0
    size: int = 0

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Return the ledger of a folder, which is made if missing; raises NotOursError."""
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / NAME
        if not place.exists() and any(folder.iterdir()):
            raise NotOursError(
                f"{folder} has files that no edition wrote. Name an empty or a new folder."
            )
        try:
            book = Book.model_validate_json(place.read_bytes()) if place.exists() else Book()
        except ValidationError as error:
            raise NotOursError(
                f"{place} is not the list that an edition wrote. Name an empty or a new folder."
            ) from error
        ledger = cls(folder, book.files)
        ledger.save(book.files)
        return ledger

    def find(self, file: str, key: str) -> Record | None:
        """Return the record of a file that is as written from the same, else None."""
        record = self.earlier.get(file)
        path = self.folder / file
        if record is None or record.key != key or not path.is_file():
            return None
        body = path.read_bytes()
        return record if _digest(body) == record.digest else None

    def keep(self, file: str, record: Record) -> None:
        """Let a file of the earlier edition be one of this."""
        self.now[file] = record
        self.size += (self.folder / file).stat().st_size

    def write(self, file: str, body: bytes, *, key: str, asks: Iterable[str] = ()) -> None:
        """Write a file, as a whole or not at all, unless it has these bytes already."""
        path = self.folder / file
        self.now[file] = Record(key=key, digest=_digest(body), asks=list(asks))
        self.size += len(body)
        if path.is_file() and path.read_bytes() == body:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(f".{path.name}.part")
        half.write_bytes(body)
        half.replace(path)
        self.written += 1

    def remove_rest(self) -> int:
        """Remove what only the earlier edition had, and folders left empty; return how many."""
        gone = [self.folder / file for file in sorted(self.earlier.keys() - self.now.keys())]
        root = self.folder.resolve()
        gone = [path for path in gone if path.is_file() and root in path.resolve().parents]
        for path in gone:
            path.unlink()
            for parent in path.parents:
                if parent == self.folder or any(parent.iterdir()):
                    break
                parent.rmdir()
        return len(gone)

    def save(self, files: Mapping[str, Record]) -> None:
        """Write the list of files."""
        options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
        body = orjson.dumps(Book(files=dict(files)).model_dump(), option=options)
        (self.folder / NAME).write_bytes(body)


def _digest(body: bytes) -> str:
    return sha256(body).hexdigest()
