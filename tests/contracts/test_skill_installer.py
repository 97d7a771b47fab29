"""What every installer keeps, in every mode. A new mode is registered in ``installer_places.PLACES``."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.domain.skills import BundleFile, SkillBundle
from core.errors import InvalidSkill, TargetChanged, TooLarge, UnsafeContent
from core.ports import SkillInstaller
from tests.bundles import bundle
from tests.contracts.installer_places import PLACES, Place
from tests.installing import CONSENT

OLD = bundle({"scripts/fill.py": "print(1)\n", "gone.txt": "old\n"}, executables=("scripts/fill.py",))
NEW = bundle({"scripts/fill.py": "print(2)\n", "a/b/form.pdf": b"%PDF\r\n\0\xff", "empty": ""})
OTHER = bundle({"other.txt": "x"}, skill_md="---\nname: pdf-forms\ndescription: Other.\n---\n")


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Give each place in turn, with nothing in it."""
    with PLACES[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def installer(place: Place) -> SkillInstaller:
    """Return the installer of the place."""
    return place.installer()


def bytes_of(content: SkillBundle) -> dict[str, bytes]:
    """Return the content of every file."""
    return {path: file.content for path, file in content.files.items()}


async def install(installer: SkillInstaller, content: SkillBundle, replacing: SkillBundle | None = None) -> None:
    """Install ``content`` as pdf, in place of ``replacing``."""
    await installer.install("pdf", content, replacing=replacing.digest if replacing else None, consent=CONSENT)


async def test_a_place_that_can_be_used_says_so_and_stays_as_it_is(place: Place, installer: SkillInstaller) -> None:
    """The check is a look."""
    before = place.changes()
    await installer.check()
    assert place.changes() == before
    assert place.names() == []


async def test_what_is_installed_is_read_back_byte_for_byte(place: Place, installer: SkillInstaller) -> None:
    """Paths, bytes and executable bits are those of the source, for the clients and for another process of ours."""
    await install(installer, OLD)
    assert await place.installer().read("pdf") == OLD
    assert place.files("pdf") == bytes_of(OLD)
    assert place.names() == ["pdf"]


async def test_nothing_is_there_before_the_first_install(place: Place, installer: SkillInstaller) -> None:
    """A question leaves no trace, and neither does removing what is not there."""
    before = place.changes()
    assert await installer.read("pdf") is None
    await installer.uninstall("pdf", replacing="0" * 64, consent=CONSENT)
    assert place.changes() == before


async def test_an_update_replaces_everything(place: Place, installer: SkillInstaller) -> None:
    """Files of the old version are gone."""
    await install(installer, OLD)
    await install(installer, NEW, replacing=OLD)
    assert await installer.read("pdf") == NEW
    assert place.files("pdf") == bytes_of(NEW)
    assert place.names() == ["pdf"]


async def test_a_rollback_brings_the_exact_old_bytes_back(place: Place, installer: SkillInstaller) -> None:
    """Whatever the place does for it, its clients get what they got before; and so do they the other way round."""
    await install(installer, OLD)
    await install(installer, NEW, replacing=OLD)
    await install(installer, OLD, replacing=NEW)
    assert place.files("pdf") == bytes_of(OLD)
    assert await place.installer().read("pdf") == OLD
    await install(installer, NEW, replacing=OLD)
    assert place.files("pdf") == bytes_of(NEW)
    assert place.names() == ["pdf"]


async def test_uninstalling_removes_the_skill_and_nothing_else(place: Place, installer: SkillInstaller) -> None:
    """Other skills stay, doing it again does nothing, and it can be installed again."""
    await install(installer, OLD)
    await installer.install("pdf-forms", OTHER, replacing=None, consent=CONSENT)
    await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    assert await installer.read("pdf") is None
    assert place.names() == ["pdf-forms"]
    await install(installer, NEW)
    assert place.files("pdf") == bytes_of(NEW)


async def test_installing_what_is_already_there_changes_nothing(place: Place, installer: SkillInstaller) -> None:
    """Whatever was expected to be there."""
    await install(installer, OLD)
    before = place.changes()
    await installer.install("pdf", OLD, replacing="0" * 64, consent=CONSENT)
    assert place.changes() == before


@pytest.mark.parametrize("replacing", [None, "0" * 64, NEW.digest])
async def test_content_that_was_not_expected_stays(
    place: Place, installer: SkillInstaller, replacing: str | None
) -> None:
    """What was approved was the replacement of something else."""
    await install(installer, OLD)
    before = place.changes()
    with pytest.raises(TargetChanged):
        await installer.install("pdf", bundle({"other": "x"}), replacing=replacing, consent=CONSENT)
    with pytest.raises(TargetChanged):
        await installer.uninstall("pdf", replacing=replacing or "", consent=CONSENT)
    assert place.changes() == before
    assert await installer.read("pdf") == OLD


async def test_an_update_of_what_is_gone_is_refused(place: Place, installer: SkillInstaller) -> None:
    """Somebody removed the skill on purpose; it does not come back by itself."""
    await install(installer, OLD)
    place.remove("pdf")
    assert await installer.read("pdf") is None
    with pytest.raises(TargetChanged):
        await install(installer, NEW, replacing=OLD)
    assert place.names() == []


async def test_what_another_hand_changed_is_noticed_and_kept(place: Place, installer: SkillInstaller) -> None:
    """It has a digest of its own, always the same, and is only written over when exactly that was approved."""
    await install(installer, OLD)
    place.put("pdf", {**bytes_of(OLD), "gone.txt": b"edited\n"})
    edited = await installer.read("pdf")
    assert edited is not None
    assert edited.digest != OLD.digest
    assert await place.installer().read("pdf") == edited
    with pytest.raises(TargetChanged):
        await install(installer, NEW, replacing=OLD)
    with pytest.raises(TargetChanged):
        await installer.uninstall("pdf", replacing=OLD.digest, consent=CONSENT)
    assert place.files("pdf") == bytes_of(edited)
    await install(installer, NEW, replacing=edited)
    assert place.files("pdf") == bytes_of(NEW)


async def test_what_was_there_before_the_bot_came_is_read_and_kept(place: Place, installer: SkillInstaller) -> None:
    """A first install is no licence to write over somebody's skill."""
    place.put("pdf", bytes_of(OLD))
    there = await installer.read("pdf")
    assert there is not None
    assert bytes_of(there) == bytes_of(OLD)
    with pytest.raises(TargetChanged):
        await install(installer, NEW)
    assert place.files("pdf") == bytes_of(OLD)
    assert place.names() == ["pdf"]


@pytest.mark.parametrize("processes", [1, 2])
async def test_of_two_that_install_at_once_one_does(place: Place, processes: int) -> None:
    """There is one copy afterwards, whole, of one of the two; who came second is told. So it is with updates."""
    first = place.installer()
    second = first if processes == 1 else place.installer()
    contents = [OLD, bundle({"b": "2"})]
    for replacing in (None, OLD):
        if replacing:
            place.remove("pdf")
            await install(first, OLD)
            contents = [bundle({"c": "3"}), bundle({"d": "4"})]
        pair = zip((first, second), contents, strict=True)
        done = await asyncio.gather(
            *(install(one, content, replacing) for one, content in pair), return_exceptions=True
        )
        assert [type(result) for result in done if result is not None] in ([TargetChanged], [])
        assert place.names() == ["pdf"]
        winners = [content for content, result in zip(contents, done, strict=True) if result is None]
        assert place.files("pdf") in [bytes_of(content) for content in winners]


@pytest.mark.parametrize("name", ["", "PDF", "../pdf", "a/b", ".", "pdf--x", "pdf\n", "x" * 65])
async def test_a_name_that_is_no_skill_name_touches_nothing(place: Place, installer: SkillInstaller, name: str) -> None:
    """Names become folders and addresses, so they are checked here whoever checked them before."""
    with pytest.raises(InvalidSkill):
        installer.location(name)
    for attempt in (
        installer.read(name),
        installer.install(name, NEW, replacing=None, consent=CONSENT),
        installer.uninstall(name, replacing=NEW.digest, consent=CONSENT),
    ):
        with pytest.raises(InvalidSkill):
            await attempt
    assert place.names() == []


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../evil", "it does not name a file inside the skill"),
        ("/etc/evil", "it does not name a file inside the skill"),
        ("a//b", "it does not name a file inside the skill"),
        ("a/./b", "it does not name a file inside the skill"),
        ("a/", "it does not name a file inside the skill"),
        ("", "it does not name a file inside the skill"),
        ("a\0b", "it does not name a file inside the skill"),
        ("SKILL.md/x", "it is a file and a folder"),
        ("\ud800", "its name is not Unicode text"),
        ("한" * 86, "its name is too long"),
        ("/".join(["long" * 10] * 30), "its name is too long"),
        ("/".join("d" * 33), "it is nested too deeply"),
    ],
)
async def test_a_path_that_does_not_fit_is_refused(
    place: Place, installer: SkillInstaller, path: str, reason: str
) -> None:
    """A bundle is written inside its folder or not at all, whoever checked it before."""
    content = SkillBundle(files={**OLD.files, path: BundleFile(content=b"x")})
    with pytest.raises(UnsafeContent) as caught:
        await install(installer, content)
    assert caught.value.params["reason"] == reason
    assert place.names() == []


async def test_an_empty_or_huge_bundle_is_refused(installer: SkillInstaller, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be read back is not written."""
    with pytest.raises(InvalidSkill, match="it has no files"):
        await install(installer, SkillBundle(files={}))
    monkeypatch.setattr("bot.installers.skill_folder.LARGEST_FOLDER", NEW.size - 1)
    with pytest.raises(TooLarge):
        await install(installer, NEW)
