"""The files of an edition in their folder: what is kept, removed, refused."""

from pathlib import Path

import pytest

from components.edition.ledger import NAME, Ledger, NotOursError, Record


def write(folder: Path, **files: str) -> Ledger:
    ledger = Ledger.open(folder)
    for name, text in files.items():
        ledger.write(f"{name}/index.html", text.encode(), key=text)
    ledger.remove_rest()
    ledger.save(ledger.now)
    return ledger


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_is_no_longer_wanted_goes_with_its_empty_folder(tmp_path: Path):
    write(tmp_path, one="1", two="2")
    write(tmp_path, two="2")
    assert names(tmp_path) == {NAME, "two/index.html"}
    assert not (tmp_path / "one").exists()


def test_a_file_that_no_edition_wrote_stays(tmp_path: Path):
    write(tmp_path, one="1")
    (tmp_path / "one" / "CNAME").write_text("mine")
    write(tmp_path, two="2")
    assert names(tmp_path) == {NAME, "one/CNAME", "two/index.html"}


def test_a_folder_with_other_files_is_refused_and_an_empty_one_is_not(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years")
    with pytest.raises(NotOursError, match=r"has files that no edition wrote\. Name an empty"):
        Ledger.open(tmp_path)
    assert names(tmp_path) == {"thesis.txt"}
    Ledger.open(tmp_path / "new" / "folder")


@pytest.mark.parametrize("text", ["", "[]", '{"files": {"a": 1}}'])
def test_a_list_that_no_edition_wrote_is_refused(tmp_path: Path, text: str):
    (tmp_path / NAME).write_text(text)
    with pytest.raises(NotOursError, match=r"\.edition\.json is not the list"):
        Ledger.open(tmp_path)


def test_a_list_that_names_files_elsewhere_removes_none(tmp_path: Path):
    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    folder = tmp_path / "public"
    ledger = Ledger.open(folder)
    listed = {name: Record(key="", digest="") for name in ("../outside.txt", str(outside))}
    ledger.save(listed)
    write(folder, one="1")
    assert outside.exists()


def test_equal_bytes_are_not_written_again(tmp_path: Path):
    write(tmp_path, one="1")
    before = (tmp_path / "one" / "index.html").stat().st_mtime_ns
    assert write(tmp_path, one="1").written == 0
    assert (tmp_path / "one" / "index.html").stat().st_mtime_ns == before


def test_a_file_changed_by_another_hand_is_not_taken_for_ours(tmp_path: Path):
    write(tmp_path, one="1")
    assert Ledger.open(tmp_path).find("one/index.html", "1") is not None
    (tmp_path / "one" / "index.html").write_text("other")
    assert Ledger.open(tmp_path).find("one/index.html", "1") is None
