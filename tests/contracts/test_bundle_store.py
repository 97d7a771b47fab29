"""What every bundle store keeps. A new one is registered in ``STORES``."""

from __future__ import annotations

import errno
import hashlib
import os
import tarfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.integrations.bundle_store import DiskBundleStore
from core.domain.skills import BundleFile, SkillBundle
from core.errors import BundleCorrupt, DiskFull
from core.ports import BundleStore
from tests.bundles import bundle

STORES: dict[str, Callable[[Path], BundleStore]] = {"disk": DiskBundleStore}

PDF = bundle(
    {"scripts/fill.py": "print('filled')\n", "assets/form.pdf": b"%PDF\r\n\x00\xff"}, executables=("scripts/fill.py",)
)


def files_below(folder: Path) -> list[Path]:
    """List every file, hidden ones too."""
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BundleStore:
    """Give each store in turn, on an empty home."""
    return STORES[request.param](tmp_path)


async def test_what_is_stored_comes_back(store: BundleStore) -> None:
    """Paths, bytes and executable bits survive."""
    await store.put(PDF)
    assert await store.get(PDF.digest) == PDF


async def test_a_difference_is_kept_as_it_was_written(store: BundleStore, tmp_path: Path) -> None:
    """Its file holds exactly the text, is described truly, and the same text is one file."""
    text = "--- a/\ud55c\n+++ b/x\n@@ -1,1 +1,1 @@\n-1\r\n+2\n"
    kept = await store.put_diff(text)
    assert await store.put_diff(text) == kept
    content = (tmp_path / kept.path).read_bytes()
    assert content == text.encode()
    assert (kept.size, kept.checksum) == (len(content), hashlib.sha256(content).hexdigest())
    assert (await store.put_diff("other")).path != kept.path


async def test_what_is_stored_survives_the_process(tmp_path: Path) -> None:
    """Another store on the same home finds it."""
    await DiskBundleStore(tmp_path).put(PDF)
    assert await DiskBundleStore(tmp_path).get(PDF.digest) == PDF


async def test_the_receipt_says_where_and_what_the_file_is(store: BundleStore, tmp_path: Path) -> None:
    """Path below the home, size and checksum are those of the file on disk."""
    stored = await store.put(PDF)
    content = (tmp_path / stored.path).read_bytes()
    assert stored.path == f"artifacts/bundles/{PDF.digest[:2]}/{PDF.digest}.tar"
    assert (stored.digest, stored.size) == (PDF.digest, len(content))
    assert stored.checksum == hashlib.sha256(content).hexdigest()


async def test_storing_again_changes_nothing(store: BundleStore, tmp_path: Path) -> None:
    """A digest that is there is left alone, to the inode."""
    first = await store.put(PDF)
    before = (tmp_path / first.path).stat()
    assert await store.put(PDF) == first
    after = (tmp_path / first.path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


async def test_the_same_content_is_the_same_file_everywhere(tmp_path: Path) -> None:
    """The file depends on the content alone: not on order, time or user."""
    backwards = SkillBundle(files={path: PDF.files[path] for path in sorted(PDF.files, reverse=True)})
    one = await DiskBundleStore(tmp_path / "one").put(PDF)
    two = await DiskBundleStore(tmp_path / "two").put(backwards)
    assert one == two
    with tarfile.open(tmp_path / "one" / one.path) as archive:
        assert {(member.mtime, member.uid, member.gid, member.uname) for member in archive} == {(0, 0, 0, "")}


async def test_bundles_do_not_mix(store: BundleStore) -> None:
    """Each digest leads to its own content; an executable bit is a difference."""
    plain = bundle({"scripts/fill.py": "print('filled')\n", "assets/form.pdf": b"%PDF\r\n\x00\xff"})
    await store.put(PDF)
    await store.put(plain)
    assert (await store.get(PDF.digest), await store.get(plain.digest)) == (PDF, plain)


@pytest.mark.parametrize("digest", ["0" * 64, "", "../../../etc/passwd", "0" * 63 + "/", "Z" * 64])
async def test_what_is_not_there_is_reported(store: BundleStore, digest: str) -> None:
    """A digest that was never stored, or is none, leads nowhere."""
    with pytest.raises(BundleCorrupt):
        await store.get(digest)


async def test_a_changed_file_is_never_returned_and_is_mended_by_storing_again(
    store: BundleStore, tmp_path: Path
) -> None:
    """Bytes that do not fit the digest are refused, until the bundle is fetched and stored anew."""
    stored = await store.put(PDF)
    path = tmp_path / stored.path
    path.write_bytes(path.read_bytes().replace(b"filled", b"stolen"))
    with pytest.raises(BundleCorrupt, match=PDF.digest):
        await store.get(PDF.digest)
    await store.put(PDF)
    assert await store.get(PDF.digest) == PDF


async def test_a_link_in_the_file_is_not_followed(store: BundleStore, tmp_path: Path) -> None:
    """A tar that somebody put there may hold anything; only regular files are read."""
    stored = await store.put(PDF)
    with tarfile.open(tmp_path / stored.path, "w") as archive:
        member = tarfile.TarInfo("SKILL.md")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    with pytest.raises(BundleCorrupt):
        await store.get(PDF.digest)


@given(position=st.integers(0), value=st.integers(0, 255), cut=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_damage_is_found_wherever_it_is(
    store: BundleStore, tmp_path: Path, position: int, value: int, cut: bool
) -> None:
    """A damaged file gives the very bundle or BundleCorrupt, nothing else."""
    stored = await store.put(PDF)
    content = bytearray((tmp_path / stored.path).read_bytes())
    position %= len(content)
    if cut:
        del content[position:]
    else:
        content[position] = value
    (tmp_path / stored.path).write_bytes(content)
    with suppress(BundleCorrupt):
        assert await store.get(PDF.digest) == PDF


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
async def test_a_full_disk_stores_nothing(
    store: BundleStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Without room there is no file, no half of one, and a sentence for people."""

    def full(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull, match="no space left"):
            await store.put(PDF)
    assert files_below(tmp_path) == []
    await store.put(PDF)
    assert await store.get(PDF.digest) == PDF


async def test_what_fails_before_the_rename_leaves_the_old_state(
    store: BundleStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is there whole or not at all, and nothing half-written stays behind."""

    def fail(self: Path, target: Path) -> Path:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    await store.put(bundle())
    before = files_below(tmp_path)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        await store.put(PDF)
    assert files_below(tmp_path) == before
    with pytest.raises(BundleCorrupt):
        await store.get(PDF.digest)


async def test_long_and_foreign_names_are_kept(store: BundleStore) -> None:
    """Names of the length and script that bundles may have fit the format."""
    files = {f"{'d' * 200}/{'f' * 200}.md": BundleFile(content=b"x"), "참고/안내 (1).md": BundleFile(content=b"")}
    odd = SkillBundle(files=files)
    await store.put(odd)
    assert await store.get(odd.digest) == odd
