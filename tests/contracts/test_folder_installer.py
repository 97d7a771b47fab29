"""What an installer into folders keeps besides what every installer does: the file system is full of surprises."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.installers import skill_place
from bot.installers.skill_folder import LARGEST_FOLDER
from bot.installers.skill_place import SkillPlace
from core.domain.skills import BundleFile, SkillBundle
from core.domain.targets import ProviderKind, ProviderMode
from core.errors import (
    DiskFull,
    ProviderUnavailable,
    TargetBlocked,
    TargetChanged,
    TargetReadOnly,
    Unreachable,
    VerificationFailed,
)
from core.ports import SkillInstaller
from tests.bundles import bundle
from tests.contracts.installer_places import provider, registry
from tests.installing import CONSENT

OLD = bundle({"scripts/fill.py": "print(1)\n", "gone.txt": "old\n"}, executables=("scripts/fill.py",))
NEW = bundle({"scripts/fill.py": "print(2)\n", "a/b/form.pdf": b"%PDF\r\n\0\xff", "empty": ""})


def on_disk(kind: ProviderKind) -> Callable[[Path], SkillInstaller]:
    """Return what makes the installer of a filesystem provider of ``kind`` with its skills folder at the path."""
    return lambda path: registry(path.parent)(provider(kind, {"path": str(path)}))


INSTALLERS = {kind.value: on_disk(kind) for kind in ProviderKind}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a skills folder that does not exist yet."""
    return tmp_path / "client" / "skills"


@pytest.fixture(params=INSTALLERS)
def installer(request: pytest.FixtureRequest, folder: Path) -> SkillInstaller:
    """Give each installer in turn."""
    return INSTALLERS[request.param](folder)


@pytest.fixture(params=["one step", "two steps"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Swap folders with and without the system's help."""
    if request.param == "two steps":
        monkeypatch.setattr(skill_place, "exchange", lambda _one, _other: False)


def files_in(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below ``folder``."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def leftovers(folder: Path) -> list[str]:
    """Return what lies beside the skills folder and is no lock."""
    return [path.name for path in folder.parent.glob(".skillwarden-*/*") if path.suffix != ".lock"]


def mode_of(path: Path) -> int:
    """Return the permissions of ``path``."""
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    """Return what is in ``folder``, sorted."""
    return sorted(path.name for path in folder.iterdir())


def make_folder(folder: Path, **files: str) -> Path:
    """Make ``folder`` with ``files``."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_text(content)
    return folder


async def digest(installer: SkillInstaller) -> str | None:
    """Return the digest of what is there."""
    there = await installer.read("pdf")
    return there.digest if there else None


async def test_what_is_installed_is_read_back_byte_for_byte(installer: SkillInstaller, folder: Path) -> None:
    """Paths, bytes and executable bits are those of the source, and nothing else is in the skills folder."""
    await installer.install("pdf", NEW, replacing=None, consent=CONSENT)
    assert await installer.read("pdf") == NEW
    assert files_in(folder) == {f"pdf/{path}": file.content for path, file in NEW.files.items()}
    assert leftovers(folder) == []


async def test_modes_do_not_depend_on_the_umask(installer: SkillInstaller, folder: Path) -> None:
    """Clients of other users can read the skill, and run what the source lets them run."""
    before = os.umask(0o077)
    try:
        await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    finally:
        os.umask(before)
    paths = ("pdf", "pdf/SKILL.md", "pdf/scripts", "pdf/scripts/fill.py", "pdf/gone.txt")
    assert [mode_of(folder / path) for path in paths] == [0o755, 0o644, 0o755, 0o755, 0o644]


async def test_reading_what_is_not_there_makes_nothing(installer: SkillInstaller, tmp_path: Path) -> None:
    """A question leaves no trace, and neither does removing what is not there."""
    assert await installer.read("pdf") is None
    await installer.uninstall("pdf", replacing="0" * 64, consent=CONSENT)
    assert names_in(tmp_path) == []


@pytest.mark.usefixtures("steps")
async def test_an_update_replaces_everything(installer: SkillInstaller, folder: Path) -> None:
    """Files of the old version are gone, and so is what the swap needed."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    await installer.install("pdf", NEW, replacing=OLD.digest, consent=CONSENT)
    assert await installer.read("pdf") == NEW
    assert leftovers(folder) == []


@pytest.mark.usefixtures("steps")
async def test_uninstalling_removes_the_folder_and_nothing_else(installer: SkillInstaller, folder: Path) -> None:
    """Other skills stay, and doing it again does nothing."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    await installer.install("pdf-forms", NEW, replacing=None, consent=CONSENT)
    await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    assert await installer.read("pdf") is None
    assert names_in(folder) == ["pdf-forms"]
    assert leftovers(folder) == []


async def test_installing_what_is_already_there_changes_nothing(installer: SkillInstaller, folder: Path) -> None:
    """The same folder stays in place, whatever was expected to be there."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    before = os.lstat(folder / "pdf")
    await installer.install("pdf", OLD, replacing="0" * 64, consent=CONSENT)
    after = os.lstat(folder / "pdf")
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("replacing", [None, "0" * 64, NEW.digest])
async def test_content_that_was_not_expected_stays(
    installer: SkillInstaller, folder: Path, replacing: str | None
) -> None:
    """What was approved was the replacement of something else."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    with pytest.raises(TargetChanged):
        await installer.install("pdf", bundle({"other": "x"}), replacing=replacing, consent=CONSENT)
    with pytest.raises(TargetChanged):
        await installer.uninstall("pdf", replacing=replacing or "", consent=CONSENT)
    assert await installer.read("pdf") == OLD
    assert leftovers(folder) == []


async def test_a_folder_without_files_is_nothing(installer: SkillInstaller, folder: Path) -> None:
    """Left-over empty folders neither count as a skill nor stand in the way of one."""
    make_folder(folder / "pdf" / "scripts")
    assert await installer.read("pdf") is None
    await installer.install("pdf", NEW, replacing=None, consent=CONSENT)
    assert await installer.read("pdf") == NEW


def _replace_by_link(skill: Path) -> None:
    (skill / "gone.txt").unlink()
    (skill / "gone.txt").symlink_to("/etc/hostname")


def _add_undecodable(skill: Path) -> None:
    (skill / os.fsdecode(b"\xff")).write_text("x")
    (skill / os.fsdecode(b"folder\xff")).mkdir()
    (skill / os.fsdecode(b"folder\xff") / "file").write_text("x")


def _add_huge(skill: Path) -> None:
    with (skill / "huge").open("wb") as file:
        file.truncate(LARGEST_FOLDER + 1)


EDITS: dict[str, Callable[[Path], object]] = {
    "changed byte": lambda skill: (skill / "gone.txt").write_text("olD\n"),
    "stray file": lambda skill: (skill / ".DS_Store").write_text(""),
    "missing file": lambda skill: (skill / "gone.txt").unlink(),
    "executable bit": lambda skill: (skill / "gone.txt").chmod(0o755),
    "symbolic link": lambda skill: (skill / "link").symlink_to("/etc"),
    "link in place of a file": _replace_by_link,
    "named pipe": lambda skill: os.mkfifo(skill / "pipe"),
    "undecodable names": _add_undecodable,
    "huge file": _add_huge,
    "deep folder": lambda skill: (skill / "/".join("d" * 40)).mkdir(parents=True),
}


@pytest.mark.parametrize("edit", EDITS)
async def test_every_local_edit_is_noticed_and_kept(installer: SkillInstaller, folder: Path, edit: str) -> None:
    """Edits change the digest, always in the same way, and are only written over when exactly they were approved."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    EDITS[edit](folder / "pdf")
    edited = await installer.read("pdf")
    assert edited is not None
    assert edited.digest != OLD.digest
    assert await digest(installer) == edited.digest
    with pytest.raises(TargetChanged):
        await installer.install("pdf", NEW, replacing=OLD.digest, consent=CONSENT)
    with pytest.raises(TargetChanged):
        await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    assert await installer.read("pdf") == edited
    await installer.install("pdf", NEW, replacing=edited.digest, consent=CONSENT)
    assert await installer.read("pdf") == NEW
    assert leftovers(folder) == []


async def test_links_inside_a_skill_are_neither_followed_nor_emptied(
    installer: SkillInstaller, folder: Path, tmp_path: Path
) -> None:
    """What a link leads to is not read as part of the skill, and survives the skill."""
    outside = make_folder(tmp_path / "outside", secret="secret")
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    (folder / "pdf" / "link").symlink_to(outside)
    there = await installer.read("pdf")
    assert there is not None
    assert there.files["link//symbolic link"].content == os.fsencode(outside)
    assert b"secret" not in {file.content for file in there.files.values()}
    await installer.uninstall("pdf", replacing=there.digest, consent=CONSENT)
    assert files_in(outside) == {"secret": b"secret"}


IN_THE_WAY: dict[str, Callable[[Path, Path], object]] = {
    "a symbolic link": lambda path, target: path.symlink_to(target),
    "a file": lambda path, target: path.write_text("mine"),
}


@pytest.mark.parametrize("what", IN_THE_WAY)
async def test_what_stands_in_the_place_of_the_folder_is_left_alone(
    installer: SkillInstaller, folder: Path, tmp_path: Path, what: str
) -> None:
    """A link is somebody's own arrangement: it is named, never followed, never replaced."""
    checkout = make_folder(tmp_path / "checkout", mine="mine")
    make_folder(folder)
    IN_THE_WAY[what](folder / "pdf", checkout)
    for attempt in (
        installer.read("pdf"),
        installer.install("pdf", NEW, replacing=None, consent=CONSENT),
        installer.uninstall("pdf", replacing=NEW.digest, consent=CONSENT),
    ):
        with pytest.raises(TargetBlocked, match=f"pdf is {what}, not a folder"):
            await attempt
    assert files_in(checkout) == {"mine": b"mine"}
    assert files_in(folder / "pdf") == (files_in(checkout) if what == "a symbolic link" else {})


async def test_a_file_in_place_of_the_skills_folder_is_named(installer: SkillInstaller, folder: Path) -> None:
    """The sentence says what is in the way."""
    make_folder(folder.parent, skills="x")
    with pytest.raises(TargetBlocked, match="is a file, not a folder"):
        await installer.install("pdf", NEW, replacing=None, consent=CONSENT)


async def test_a_link_to_the_whole_skills_folder_is_followed(tmp_path: Path) -> None:
    """People keep their clients' folders elsewhere; work in progress then stays on that file system."""
    elsewhere = make_folder(tmp_path / "elsewhere" / "skills")
    IN_THE_WAY["a symbolic link"](tmp_path / "skills", elsewhere)
    installer = INSTALLERS["claude"](tmp_path / "skills")
    await installer.install("pdf", NEW, replacing=None, consent=CONSENT)
    assert names_in(elsewhere) == ["pdf"]
    assert names_in(tmp_path) == ["elsewhere", "skills"]


async def test_a_mounted_skills_folder_keeps_work_in_progress_inside(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renames do not cross file systems, so a volume's root has its hidden folder in itself."""
    stat = Path.stat

    def on_another_device(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        result = stat(path, follow_symlinks=follow_symlinks)
        return os.stat_result((*result[:2], result.st_dev + 1, *result[3:10])) if path == folder else result

    make_folder(folder)
    monkeypatch.setattr(Path, "stat", on_another_device)
    await INSTALLERS["claude"](folder).install("pdf", NEW, replacing=None, consent=CONSENT)
    assert names_in(folder) == [".skillwarden", "pdf"]
    assert names_in(folder.parent) == ["skills"]


class Failing:
    """Makes the system fail at one call: the ``at``-th one of any of the functions that change something."""

    FUNCTIONS = ("mkdir", "open", "write", "fchmod", "chmod", "fsync", "rename", "unlink", "rmdir")

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, at: int) -> None:
        self.calls = 0
        self._number = number
        self._at = at
        for name in self.FUNCTIONS:
            monkeypatch.setattr(os, name, self._wrap(getattr(os, name)))

    def _wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*args: Any, **kwargs: Any) -> Any:
            self.calls += 1
            if self.calls == self._at:
                raise OSError(self._number, os.strerror(self._number), str(args[0]))
            return function(*args, **kwargs)

        return failing


async def change(installer: SkillInstaller, before: SkillBundle | None, after: SkillBundle | None) -> None:
    """Bring the skill from ``before`` to ``after``; None is nothing."""
    if after:
        await installer.install("pdf", after, replacing=before.digest if before else None, consent=CONSENT)
    elif before:
        await installer.uninstall("pdf", replacing=before.digest, consent=CONSENT)


CHANGES = {"first install": (None, NEW), "update": (OLD, NEW), "uninstall": (OLD, None)}


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
async def test_whatever_call_fails_everything_or_nothing_is_done(
    folder: Path, monkeypatch: pytest.MonkeyPatch, before: SkillBundle | None, after: SkillBundle | None
) -> None:
    """A full disk at any moment raises DiskFull and changes nothing, or comes too late to matter."""
    installer = INSTALLERS["claude"](folder)
    failed = 0
    for at in range(1, 1000):
        await change(installer, await installer.read("pdf"), before)
        with monkeypatch.context() as patch:
            failing = Failing(patch, errno.ENOSPC, at)
            try:
                await change(installer, before, after)
                expected = after
            except DiskFull:
                failed += 1
                expected = before
        assert await installer.read("pdf") == expected
        assert leftovers(folder) == []
        if failing.calls < at:
            break
    assert failed > 5


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EACCES, TargetReadOnly),
        (errno.EPERM, TargetReadOnly),
        (errno.EROFS, TargetReadOnly),
        (errno.EIO, Unreachable),
        (errno.ESTALE, Unreachable),
    ],
)
async def test_every_error_of_the_system_is_told_in_our_words(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    """A full disk, missing permission and a broken disk are three things to do something about; old content stays."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "mkdir", lambda path, *_: (_ for _ in ()).throw(OSError(number, os.strerror(number), path)))
        with pytest.raises(error):
            await installer.install("pdf", NEW, replacing=OLD.digest, consent=CONSENT)
    assert await installer.read("pdf") == OLD


async def test_what_cannot_be_read_is_named_with_its_place(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says which file the bot's user needs permission for."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    system_open = os.open

    def refusing(path: Any, *args: Any, **kwargs: Any) -> int:
        if path == "gone.txt":
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return system_open(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(TargetReadOnly) as caught:
        await installer.read("pdf")
    assert caught.value.params["path"] == folder / "pdf" / "gone.txt"


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("before", [None, OLD], ids=["first install", "update"])
async def test_what_does_not_read_back_is_undone(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch, before: SkillBundle | None
) -> None:
    """A file system that loses executable bits gets the previous content back, and the loss is reported."""
    if before:
        await installer.install("pdf", before, replacing=None, consent=CONSENT)
    wanted = bundle({"run": "#!/bin/sh\n"}, executables=("run",))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fchmod", lambda descriptor, mode: None)
        with pytest.raises(VerificationFailed):
            await installer.install("pdf", wanted, replacing=before.digest if before else None, consent=CONSENT)
    assert await installer.read("pdf") == before
    assert leftovers(folder) == []


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("after", [NEW, None], ids=["update", "uninstall"])
async def test_an_edit_at_the_moment_of_the_swap_is_kept(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch, after: SkillBundle | None
) -> None:
    """Whoever edits by hand knows nothing of our lock: what the swap displaced is looked at once more."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    for name in ("put", "take_away"):
        original = getattr(SkillPlace, name)

        def late(self: SkillPlace, *args: Any, original: Any = original) -> Any:
            (folder / "pdf" / "note.txt").write_text("mine")
            return original(self, *args)

        monkeypatch.setattr(SkillPlace, name, late)
    with pytest.raises(TargetChanged):
        await change(installer, OLD, after)
    assert files_in(folder)["pdf/note.txt"] == b"mine"
    assert leftovers(folder) == []


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize("appears", ["folder", "file", "link"])
async def test_what_appears_at_the_moment_of_a_first_install_is_kept(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch, appears: str
) -> None:
    """Somebody else's skill of the same name is not written over."""
    rename = os.rename

    def late(source: Any, destination: Any) -> None:
        if destination == folder / "pdf":
            if appears == "folder":
                destination.mkdir()
                (destination / "mine").write_text("mine")
            elif appears == "file":
                destination.write_text("mine")
            else:
                destination.symlink_to("/etc")
        rename(source, destination)

    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", late)
        with pytest.raises(TargetChanged):
            await installer.install("pdf", NEW, replacing=None, consent=CONSENT)
    assert names_in(folder) == ["pdf"]
    assert "pdf/SKILL.md" not in files_in(folder)
    assert leftovers(folder) == []


async def test_what_cannot_be_deleted_waits_and_does_no_harm(
    installer: SkillInstaller, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The update succeeded; the displaced files are reported in the log and go at the next opportunity."""
    await installer.install("pdf", OLD, replacing=None, consent=CONSENT)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda path: (_ for _ in ()).throw(PermissionError(errno.EPERM, "no")))
        await installer.install("pdf", NEW, replacing=OLD.digest, consent=CONSENT)
    assert len(leftovers(folder)) == 1
    assert "left behind" in caplog.text
    assert await installer.read("pdf") == NEW
    assert leftovers(folder) == []


_NAMES = st.text(st.characters(codec="utf-8", exclude_characters="/\0"), min_size=1, max_size=8).filter(
    lambda name: name not in {".", ".."}
)
_PATHS = st.lists(_NAMES, min_size=1, max_size=4).map("/".join)


def _is_tree(paths: set[str]) -> bool:
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        _PATHS, st.builds(BundleFile, content=st.binary(max_size=50), executable=st.booleans()), min_size=1, max_size=5
    ).filter(lambda files: _is_tree(set(files)))
)
def test_any_bundle_comes_back_as_it_was(files: dict[str, BundleFile]) -> None:
    """Unicode names, nested folders, any bytes: the digest of what is read is that of what was installed."""
    content = SkillBundle(files=files)
    with tempfile.TemporaryDirectory() as folder:
        installer = INSTALLERS["claude"](Path(folder) / "skills")
        asyncio.run(installer.install("pdf", content, replacing=None, consent=CONSENT))
        there = asyncio.run(installer.read("pdf"))
    assert there is not None
    assert there.digest == content.digest


@pytest.mark.parametrize(
    ("kind", "config", "environ", "location"),
    [
        (ProviderKind.CLAUDE, {}, {}, "~/.claude/skills/pdf"),
        (ProviderKind.OPENAI, {}, {}, "~/.codex/skills/pdf"),
        (ProviderKind.OPENAI, {}, {"CODEX_HOME": "/srv/codex"}, "/srv/codex/skills/pdf"),
        (ProviderKind.GEMINI, {}, {}, "~/.gemini/skills/pdf"),
        (ProviderKind.CLAUDE, {"path": "/srv/skills/"}, {}, "/srv/skills/pdf"),
        (ProviderKind.GEMINI, {"path": "~/team/skills"}, {"CODEX_HOME": "/x"}, "~/team/skills/pdf"),
        *(
            (ProviderKind.OPENAI, {"path": path}, {}, "~/.agents/skills/pdf (also read by Codex and Gemini)")
            for path in ("~/.agents/skills", "/home/bot/.agents/skills/", "~/.codex/../.agents/skills")
        ),
    ],
)
def test_people_are_told_where_a_skill_goes(
    kind: ProviderKind, config: dict[str, str], environ: dict[str, str], location: str
) -> None:
    """The machine is named; a folder that only one client reads is the default, and one that several read says so."""
    installer = registry(Path("/home/bot"), environ)(provider(kind, config))
    assert installer.location("pdf") == f"desk:{location}"


@pytest.mark.parametrize("path", ["skills", "", 7, "~other/skills"])
def test_a_folder_that_is_not_absolute_cannot_be_served(path: object) -> None:
    """Where a relative path leads depends on where the bot was started."""
    with pytest.raises(ProviderUnavailable):
        registry(Path("/home/bot"))(provider(ProviderKind.CLAUDE, {"path": path}))


@pytest.mark.parametrize(
    ("kind", "mode"), [(ProviderKind.GEMINI, ProviderMode.API), (ProviderKind.CLAUDE, ProviderMode.GIT)]
)
def test_a_provider_that_lacks_its_mode_or_its_place_is_not_served(kind: ProviderKind, mode: ProviderMode) -> None:
    """A provider that is reached over HTTP or git is not quietly given a folder."""
    with pytest.raises(ProviderUnavailable):
        registry(Path("/home/bot"))(provider(kind, {}, mode))
