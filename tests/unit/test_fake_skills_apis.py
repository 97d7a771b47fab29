"""The stand-ins for Skills APIs answer the providers' own clients as the references say, refusals included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import anthropic
import openai
import pytest

from tests.bundles import FRONT_MATTER
from tests.platforms.anthropic_api import AnthropicApi
from tests.platforms.openai_api import OpenAiApi
from tests.platforms.skills_api import zipped

KEY = "key-of-the-test"
SKILL = {"SKILL.md": FRONT_MATTER.encode(), "a/b.bin": bytes(range(256)) + b"\r\n--\r\n"}


@pytest.fixture
def anthropic_api() -> Iterator[AnthropicApi]:
    """Give Anthropic's."""
    with AnthropicApi(KEY) as server:
        yield server


@pytest.fixture
def openai_api() -> Iterator[OpenAiApi]:
    """Give OpenAI's."""
    with OpenAiApi(KEY) as server:
        yield server


def claude(server: AnthropicApi, key: str = KEY) -> anthropic.AsyncAnthropic:
    """Return Anthropic's own client."""
    return anthropic.AsyncAnthropic(api_key=key, base_url=server.url, max_retries=0)


def gpt(server: OpenAiApi, key: str = KEY) -> openai.AsyncOpenAI:
    """Return OpenAI's own client."""
    return openai.AsyncOpenAI(api_key=key, base_url=server.url, max_retries=0)


def named(files: dict[str, bytes], folder: str = "pdf") -> list[tuple[str, bytes]]:
    """Return files as an upload has them."""
    return [(f"{folder}/{path}", content) for path, content in files.items()]


async def test_anthropic_keeps_versions_and_gives_them_back(anthropic_api: AnthropicApi) -> None:
    """The newest version is what clients get; a deleted one makes place for the one before."""
    async with claude(anthropic_api) as client:
        made = await client.skills.create(files=named(SKILL))
        assert (made.type, made.display_name, made.source.type) == ("skill", "pdf", "custom")
        version = await client.skills.versions.create(made.id, files=named({**SKILL, "more": b"x"}))
        assert (await client.skills.retrieve(made.id)).latest_version_id == version.id
        answer = await client.beta.skills.versions.download(version.id, skill_id=made.id)
        assert await answer.read() == zipped("pdf", {**SKILL, "more": b"x"})
        assert [entry.id async for entry in client.skills.versions.list(made.id, limit=1)] == [
            version.id,
            made.latest_version_id,
        ]
        await client.skills.versions.delete(version.id, skill_id=made.id)
        assert anthropic_api.content("pdf") == SKILL
        with pytest.raises(anthropic.BadRequestError, match="at least one version"):
            await client.skills.versions.delete(made.latest_version_id, skill_id=made.id)
        assert (await client.skills.delete(made.id)).type == "skill_deleted"
        with pytest.raises(anthropic.NotFoundError):
            await client.skills.retrieve(made.id)


async def test_openai_points_at_a_version(openai_api: OpenAiApi) -> None:
    """A new version is not the default one unless it is said to be; the default one cannot be deleted."""
    async with gpt(openai_api) as client:
        made = await client.skills.create(files=("pdf.zip", zipped("pdf", SKILL), "application/zip"))
        assert (made.object, made.name, made.default_version) == ("skill", "pdf", "1")
        more = {**SKILL, "more": b"x"}
        version = await client.skills.versions.create(made.id, files=named(more), default=False)
        assert openai_api.content("pdf") == SKILL
        await client.skills.update(made.id, default_version=version.version)
        assert openai_api.content("pdf") == more
        answer = await client.skills.versions.content.retrieve("1", skill_id=made.id)
        assert answer.read() == zipped("pdf", SKILL)
        assert [entry.version async for entry in client.skills.versions.list(made.id, limit=1)] == ["2", "1"]
        with pytest.raises(openai.BadRequestError, match="default version"):
            await client.skills.versions.delete("2", skill_id=made.id)
        with pytest.raises(openai.NotFoundError):
            await client.skills.update(made.id, default_version="7")
        assert (await client.skills.delete(made.id)).deleted


BAD_UPLOADS: dict[str, list[tuple[str, bytes]]] = {
    "no manifest": named({"a": b"x"}),
    "two folders": [*named(SKILL), *named(SKILL, "other")],
    "no folder": [("SKILL.md", SKILL["SKILL.md"])],
    "a path out of it": named({**SKILL, "../x": b"x"}),
}


@pytest.mark.parametrize("files", BAD_UPLOADS.values(), ids=BAD_UPLOADS)
async def test_bad_uploads_are_refused_by_both(
    anthropic_api: AnthropicApi, openai_api: OpenAiApi, files: list[Any]
) -> None:
    """One SKILL.md at the root of one folder, and nothing outside."""
    async with claude(anthropic_api) as client, gpt(openai_api) as other:
        with pytest.raises(anthropic.BadRequestError):
            await client.skills.create(files=files)
        with pytest.raises(openai.BadRequestError):
            await other.skills.create(files=files)
    assert not anthropic_api.skills
    assert not openai_api.skills


async def test_each_has_its_own_limits(anthropic_api: AnthropicApi, openai_api: OpenAiApi) -> None:
    """Reserved words, a name that never changes and 30 MB; one SKILL.md in all, 500 files and 25 MB a file."""
    reserved = {"SKILL.md": b"---\nname: my-claude\ndescription: x\n---\n"}
    renamed = {"SKILL.md": b"---\nname: docx\ndescription: x\n---\n"}
    async with claude(anthropic_api) as client:
        with pytest.raises(anthropic.BadRequestError, match="reserved"):
            await client.skills.create(files=named(reserved, "my-claude"))
        with pytest.raises(anthropic.APIStatusError, match="maximum allowed number of bytes") as caught:
            await client.skills.create(files=named({**SKILL, "big": b"x" * 30_000_000}))
        assert caught.value.status_code == 413
        made = await client.skills.create(files=named(SKILL))
        with pytest.raises(anthropic.BadRequestError, match="The name of the skill is pdf"):
            await client.skills.versions.create(made.id, files=named(renamed))
    async with gpt(openai_api) as other:
        for more in ({"b/SKILL.md": b"x"}, {"big": b"x" * 25_000_001}, {str(n): b"" for n in range(500)}):
            with pytest.raises(openai.BadRequestError):
                await other.skills.create(files=named({**SKILL, **more}))


async def test_who_has_no_key_is_not_answered(anthropic_api: AnthropicApi, openai_api: OpenAiApi) -> None:
    """In the words and the shape of each."""
    async with claude(anthropic_api, "wrong") as client, gpt(openai_api, "wrong") as other:
        with pytest.raises(anthropic.AuthenticationError) as first:
            await client.skills.list()
        assert first.value.type == "authentication_error"
        with pytest.raises(openai.AuthenticationError, match="Incorrect API key provided"):
            await other.skills.list()


async def test_trouble_comes_once_before_or_after_the_deed(anthropic_api: AnthropicApi) -> None:
    """A lost answer leaves what was made; a refused request leaves nothing; the next one works."""
    anthropic_api.misbehave("POST", "/v1/skills", 429, headers={"retry-after": "9"})
    anthropic_api.misbehave("POST", "/v1/skills", "drop", acts=True)
    async with claude(anthropic_api) as client:
        with pytest.raises(anthropic.RateLimitError) as caught:
            await client.skills.create(files=named(SKILL))
        assert caught.value.response.headers["retry-after"] == "9"
        assert not anthropic_api.skills
        with pytest.raises(anthropic.APIConnectionError):
            await client.skills.create(files=named(SKILL))
        assert anthropic_api.content("pdf") == SKILL
        assert [entry.display_name async for entry in client.skills.list()] == ["pdf"]
