"""What every installer into an API keeps besides what every installer does: answers that fail, and that get lost."""

from __future__ import annotations

import asyncio
import logging
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from core.domain.masking import MASK
from core.domain.skills import SkillBundle
from core.errors import (
    ErrorType,
    ExtraMissing,
    InvalidSkill,
    ProviderAmbiguous,
    ProviderBusy,
    ProviderConflict,
    ProviderFailed,
    ProviderForbids,
    ProviderKeyRefused,
    ProviderLacks,
    ProviderRefused,
    ProviderSilent,
    ProviderTimeout,
    ProviderTooLarge,
    SecretNotFound,
    SkillwardenError,
    TargetChanged,
    TooLarge,
    Unreachable,
    VerificationFailed,
)
from core.ports import SkillInstaller
from tests.bundles import bundle
from tests.contracts.installer_places import APIS, KEY, ApiPlace
from tests.installing import CONSENT
from tests.platforms.anthropic_api import AnthropicApi
from tests.platforms.skills_api import Behaviour

OLD = bundle({"scripts/fill.py": "print(1)\n"}, executables=("scripts/fill.py",))
NEW = bundle({"scripts/fill.py": "print(2)\n", "a/form.pdf": b"%PDF\0\xff"}, executables=("scripts/fill.py",))
CHANGES = {"first install": (None, NEW), "update": (OLD, NEW), "uninstall": (OLD, None)}
LIST = "/v1/skills"
SKILL = "/v1/skills/[^/]+"
VERSIONS = "/v1/skills/[^/]+/versions"
CONTENT = "/v1/skills/[^/]+/versions/[^/]+/content"
#: The SDKs wait between tries; told to, they do not wait long.
AT_ONCE = {"retry-after-ms": "1"}


@pytest.fixture(params=APIS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiPlace]:
    """Give each API in turn, with nothing in it."""
    with APIS[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture
def installer(place: ApiPlace) -> SkillInstaller:
    """Return the installer of the place."""
    return place.installer()


async def change(installer: SkillInstaller, before: SkillBundle | None, after: SkillBundle | None) -> None:
    """Bring the skill from ``before`` to ``after``; None is nothing."""
    if after:
        await installer.install("pdf", after, replacing=before.digest if before else None, consent=CONSENT)
    elif before:
        await installer.uninstall("pdf", replacing=before.digest, consent=CONSENT)


def bytes_of(content: SkillBundle | None) -> dict[str, bytes] | None:
    """Return the content of every file."""
    return {path: file.content for path, file in content.files.items()} if content else None


ANSWERS: list[tuple[Behaviour, type[SkillwardenError], ErrorType, str]] = [
    (400, ProviderRefused, ErrorType.VALIDATION, "did not take that: made up for a test"),
    (302, ProviderRefused, ErrorType.VALIDATION, "did not take that"),
    (401, ProviderKeyRefused, ErrorType.PERMISSION, "did not take the key that env:API_KEY leads to"),
    (403, ProviderForbids, ErrorType.PERMISSION, "does not let this key do that: made up for a test"),
    (404, ProviderLacks, ErrorType.VALIDATION, "has nothing at that address: made up for a test"),
    (409, ProviderConflict, ErrorType.INTERNAL, "has something that is in the way: made up for a test"),
    (413, ProviderTooLarge, ErrorType.VALIDATION, "says that pdf is too large: made up for a test"),
    (429, ProviderBusy, ErrorType.NETWORK, "takes no more requests for 7 seconds"),
    (500, ProviderFailed, ErrorType.NETWORK, "failed on its own side (500): made up for a test"),
    (503, ProviderFailed, ErrorType.NETWORK, "failed on its own side (503): made up for a test"),
    ("hang", ProviderTimeout, ErrorType.TIMEOUT, "did not answer within 0.3 seconds"),
    ("drop", ProviderSilent, ErrorType.NETWORK, "The connection to"),
]


@pytest.mark.parametrize(("behaviour", "error", "kind", "sentence"), ANSWERS, ids=[str(row[0]) for row in ANSWERS])
async def test_every_answer_that_is_none_has_its_sentence_and_type(
    place: ApiPlace,
    monkeypatch: pytest.MonkeyPatch,
    behaviour: Behaviour,
    error: type[SkillwardenError],
    kind: ErrorType,
    sentence: str,
) -> None:
    """Nothing was uploaded; the sentence says what to do, and the type what kind of thing it is."""
    if behaviour == "hang":
        monkeypatch.setattr("bot.installers.registry.SECONDS", 0.3)
    installer = place.installer()
    headers = {"retry-after": "7", "location": "http://127.0.0.1:9/elsewhere"}
    place.server.misbehave("POST", LIST, behaviour, headers=headers)
    with pytest.raises(error) as caught:
        await change(installer, None, NEW)
    assert type(caught.value) is error
    assert sentence in str(caught.value)
    assert caught.value.error_type is kind
    assert place.names() == []
    assert place.server.count("POST", LIST) == 1


@pytest.mark.parametrize("behaviour", [500, "drop"])
async def test_questions_are_asked_again_and_uploads_are_not(
    place: ApiPlace, installer: SkillInstaller, behaviour: Behaviour
) -> None:
    """A question may be repeated without harm, so what passes by itself disturbs nobody."""
    place.server.misbehave("GET", LIST, behaviour, headers=AT_ONCE)
    await change(installer, None, NEW)
    assert place.files("pdf") == bytes_of(NEW)
    assert place.server.count("POST", LIST) == 1


async def test_a_place_that_cannot_be_used_says_why(place: ApiPlace) -> None:
    """A wrong key, an address where somebody else is, one where nobody is, a key that is not there."""
    with pytest.raises(ProviderKeyRefused):
        await place.installer(key=KEY[::-1]).check()
    with pytest.raises(ProviderLacks):
        await place.installer(base_url=f"{place.server.host}/elsewhere").check()
    with pytest.raises(ProviderSilent):
        await place.installer(base_url="http://127.0.0.1:9").check()
    with pytest.raises(SecretNotFound, match="env:NO_SUCH_KEY"):
        await place.installer(reference="env:NO_SUCH_KEY").check()


async def test_a_missing_extra_says_what_to_install(place: ApiPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clients of providers are installed by who needs them."""
    for name in ("anthropic", "openai"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ExtraMissing, match=r'pip install -e "\.\[(claude|openai)\]"'):
        await place.installer().check()


async def test_the_key_goes_nowhere_else(
    place: ApiPlace, installer: SkillInstaller, caplog: pytest.LogCaptureFixture
) -> None:
    """Not to where a redirect leads, not into the error that repeats it, and not into the log of whatever library."""
    caplog.set_level(logging.DEBUG)
    with APIS["claude api"](Path("/nonexistent")) as elsewhere:
        place.server.misbehave("POST", LIST, 307, headers={"location": f"{elsewhere.server.host}/v1/skills"})
        with pytest.raises(ProviderRefused):
            await change(installer, None, NEW)
        assert elsewhere.server.answered == []
    place.server.misbehave("POST", LIST, 400, says=f"no skills for {KEY}")
    with pytest.raises(ProviderRefused) as caught:
        await change(installer, None, NEW)
    assert MASK in str(caught.value)
    assert KEY not in str(caught.value)
    await change(installer, None, NEW)
    assert "/v1/skills" in caplog.text
    assert KEY not in caplog.text


async def test_what_the_provider_would_not_take_is_not_sent(
    place: ApiPlace, installer: SkillInstaller, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Limits are looked at before anything is asked."""
    is_anthropic = isinstance(place.server, AnthropicApi)
    monkeypatch.setattr("bot.installers.openai_api._LARGEST_ARCHIVE", 10_000)
    for content, error in _too_much_for_anthropic() if is_anthropic else _too_much_for_openai():
        with pytest.raises(error):
            await change(installer, None, content)
    assert place.server.answered == []


@pytest.mark.parametrize("behaviour", [500, "drop"])
@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
async def test_a_lost_answer_is_looked_up_and_nothing_is_done_twice(
    place: ApiPlace,
    installer: SkillInstaller,
    before: SkillBundle | None,
    after: SkillBundle | None,
    behaviour: Behaviour,
) -> None:
    """The provider acted and the answer did not come: what is there is what was wanted, so all is well."""
    await change(installer, None, before)
    for method, path in (("POST", LIST), ("POST", SKILL), ("POST", VERSIONS), ("DELETE", SKILL)):
        place.server.misbehave(method, path, behaviour, acts=True)
    sent = len(place.server.answered)
    await change(installer, before, after)
    assert place.files("pdf") == bytes_of(after)
    assert await place.installer().read("pdf") == after
    assert place.names() == (["pdf"] if after else [])
    uploads = [seen.path for seen in place.server.answered[sent:] if seen.method != "GET"]
    assert len(uploads) == len(set(uploads))


@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
async def test_a_request_that_got_lost_is_told_and_may_be_made_again(
    place: ApiPlace, installer: SkillInstaller, before: SkillBundle | None, after: SkillBundle | None
) -> None:
    """The provider did not act: that is found out, and the old content stays until it is tried again."""
    await change(installer, None, before)
    path = SKILL if after is None else VERSIONS if before else LIST
    place.server.misbehave("POST" if after else "DELETE", path, "drop")
    with pytest.raises(ProviderSilent):
        await change(installer, before, after)
    assert place.files("pdf") == bytes_of(before)
    await change(installer, before, after)
    assert place.files("pdf") == bytes_of(after)


async def test_where_not_even_looking_helps_the_next_try_finds_out(place: ApiPlace, installer: SkillInstaller) -> None:
    """The answer is lost and so is the connection: asked again later, it finds its own upload and makes no other."""
    place.server.misbehave("POST", LIST, "drop", acts=True)
    place.server.misbehave("GET", CONTENT, 503, times=3, headers=AT_ONCE)
    with pytest.raises(ProviderFailed):
        await change(installer, None, NEW)
    await change(place.installer(), None, NEW)
    assert place.files("pdf") == bytes_of(NEW)
    assert await place.installer().read("pdf") == NEW
    assert place.server.count("POST", LIST) == 1


@pytest.mark.parametrize("acts", [True, False], ids=["acted", "did not act"])
@pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=CHANGES)
async def test_a_crash_at_any_request_leaves_the_old_or_the_new_skill(
    place: ApiPlace, before: SkillBundle | None, after: SkillBundle | None, acts: bool
) -> None:
    """Whoever comes next finds one copy or none, whole, and brings it to what was wanted."""
    seen = []
    for at in range(1, 100):
        await change(place.installer(), await place.installer().read("pdf"), before)
        place.server.stall_at(at, acts=acts)
        doomed = asyncio.create_task(change(place.installer(), before, after))
        stalled = asyncio.create_task(asyncio.to_thread(place.server.stalled.wait, 30))
        await asyncio.wait({doomed, stalled}, return_when=asyncio.FIRST_COMPLETED)
        if doomed.done():
            place.server.stalled.set()
            await asyncio.gather(doomed, stalled)
            break
        doomed.cancel()
        with suppress(asyncio.CancelledError):
            await doomed
        await stalled
        there = place.files("pdf")
        assert there in [bytes_of(before), bytes_of(after)]
        assert len(place.names()) == (1 if there else 0)
        seen.append(there)
        await change(place.installer(), await place.installer().read("pdf"), after)
        assert place.files("pdf") == bytes_of(after)
        assert await place.installer().read("pdf") == after
    assert len(seen) > 2
    assert bytes_of(before) in seen
    # What was pointed at, or deleted, at the very last request is done where that acted.
    assert bytes_of(after) in seen or not acts


@pytest.mark.parametrize("before", [None, OLD], ids=["first install", "update"])
async def test_what_another_machine_uploads_at_the_same_moment_stays(
    place: ApiPlace, installer: SkillInstaller, before: SkillBundle | None
) -> None:
    """Between our look and our upload somebody uploads the same skill: theirs stays, ours is taken away again."""
    await change(installer, None, before)
    theirs = {**(bytes_of(OLD) or {}), "mine.txt": b"mine"}
    place.server.meanwhile("POST", VERSIONS if before else LIST, lambda: place.put("pdf", theirs))
    with pytest.raises(TargetChanged):
        await change(installer, before, NEW)
    assert place.files("pdf") == theirs
    assert place.names() == ["pdf"]


async def test_a_skill_that_is_called_otherwise_is_found_by_its_own_name(
    place: ApiPlace, installer: SkillInstaller
) -> None:
    """Labels are for people; there may be many skills, and this one is on a later page."""
    place.server.put("pdf", bytes_of(OLD) or {}, display_name="Forms")
    for number in range(101):
        other = bundle(skill_md=f"---\nname: other-{number}\ndescription: Other.\n---\n")
        place.server.put(f"other-{number}", bytes_of(other) or {})
    there = await installer.read("pdf")
    assert bytes_of(there) == bytes_of(OLD)


async def test_content_that_is_no_archive_is_no_skill(place: ApiPlace, installer: SkillInstaller) -> None:
    """What cannot be read is an error, never "nothing is there"."""
    await change(installer, None, OLD)
    place.server.misbehave("GET", CONTENT, 200)
    with pytest.raises(Unreachable, match="what it sent is no archive"):
        await installer.read("pdf")


async def test_modes_that_were_lost_are_no_reason_to_upload_again(place: ApiPlace, tmp_path: Path) -> None:
    """Without the home, content is read without executable bits; installing it again mends that and sends nothing."""
    await change(place.installer(), None, OLD)
    shutil.rmtree(tmp_path / "modes")
    there = await place.installer().read("pdf")
    assert bytes_of(there) == bytes_of(OLD)
    assert there != OLD
    sent = place.changes()
    await change(place.installer(), there, OLD)
    assert await place.installer().read("pdf") == OLD
    assert place.changes() == sent


@pytest.mark.parametrize("before", [None, OLD], ids=["first install", "update"])
async def test_what_does_not_come_back_as_it_was_sent_is_undone(
    place: ApiPlace, installer: SkillInstaller, before: SkillBundle | None
) -> None:
    """A provider that changes what it is given gets the previous content back."""
    await change(installer, None, before)
    place.server.spoils = True
    with pytest.raises(VerificationFailed):
        await change(installer, before, NEW)
    place.server.spoils = False
    assert place.files("pdf") == bytes_of(before)
    assert await installer.read("pdf") == before


def _too_much_for_anthropic() -> Iterator[tuple[SkillBundle, type[SkillwardenError]]]:
    yield bundle({"big": b"x" * 30_000_000}), TooLarge


def _too_much_for_openai() -> Iterator[tuple[SkillBundle, type[SkillwardenError]]]:
    yield bundle({"big": b"x" * 25_000_001}), TooLarge
    yield bundle({f"{number}": b"" for number in range(500)}), TooLarge
    yield bundle({"random": random.Random(0).randbytes(10_001)}), TooLarge
    yield bundle({"examples/SKILL.md": "x"}), InvalidSkill


@pytest.mark.parametrize("name", ["claude-forms", "for-anthropic"])
async def test_reserved_words_are_refused_before_they_are_sent(tmp_path: Path, name: str) -> None:
    """Anthropic keeps them for itself."""
    with APIS["claude api"](tmp_path) as place:
        with pytest.raises(InvalidSkill, match="for itself"):
            await place.installer().install(name, NEW, replacing=None, consent=CONSENT)
        assert place.server.answered == []


async def test_two_of_one_name_are_told_apart_by_nobody(place: ApiPlace, installer: SkillInstaller) -> None:
    """Which one is meant is not guessed."""
    for _ in range(2):
        place.server.put("pdf", bytes_of(OLD) or {}, display_name="pdf")
    for attempt in (installer.read("pdf"), change(installer, None, NEW), change(installer, OLD, None)):
        with pytest.raises(ProviderAmbiguous, match="There are 2 skills called pdf"):
            await attempt
    assert place.names() == ["pdf", "pdf"]
