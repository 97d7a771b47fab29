"""Git's complaints: each becomes the error that says what to do."""

from __future__ import annotations

import pytest

from bot.git.process import GitFailed, GitMissing, explained
from core.domain.skills import SourceLocation
from core.errors import DiskFull, RefNotFound, SkillwardenError, SourceDenied, SourceNotAllowed, SourceUnreachable

PLACE = SourceLocation(url="https://github.com/acme/skills.git", label="acme/skills", host="github.com")
URL = "https://github.com/acme/skills.git/"
ACCESS = f"fatal: unable to access '{URL}': "


def explain(complaint: str, status: int = 128) -> SkillwardenError:
    """Explain what git said about acme/skills at v1."""
    failure = GitFailed(status, complaint)
    return explained(failure, PLACE, ref="v1", allowed="github.com", scratch="/home/bot/scratch")


@pytest.mark.parametrize(
    "complaint",
    [
        "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
        "fatal: could not read Password for 'https://x@github.com': terminal prompts disabled",
        f"fatal: Authentication failed for '{URL}'",
        f"{ACCESS}The requested URL returned error: 401",
        f"{ACCESS}The requested URL returned error: 403",
        f"remote: Repository not found.\nfatal: repository '{URL}' not found",
        "error: RPC failed; HTTP 403 curl 22 The requested URL returned error: 403\nfatal: expected flush after refs",
    ],
)
def test_closed_doors_are_denials(complaint: str) -> None:
    """401, 403 and 404 all mean: private, or not there."""
    error = explain(complaint)
    assert isinstance(error, SourceDenied)
    assert "acme/skills is private or does not exist" in str(error)


@pytest.mark.parametrize(
    ("complaint", "reason"),
    [
        (f"{ACCESS}Could not resolve host: github.com", "its host is not known"),
        (f"{ACCESS}Could not resolve proxy: proxy", "could not resolve proxy"),
        (f"{ACCESS}Failed to connect to github.com port 443 after 3 ms: Couldn't connect to server", "nothing answers"),
        (f"{ACCESS}The requested URL returned error: 301", "it has moved"),
        (f"{ACCESS}The requested URL returned error: 429", "asks to slow down"),
        (f"{ACCESS}The requested URL returned error: 500", "a problem of its own"),
        (f"{ACCESS}The requested URL returned error: 503", "a problem of its own"),
        (f"{ACCESS}SSL certificate problem: unable to get local issuer certificate", "is not safe"),
        (f"{ACCESS}gnutls_handshake() failed: An unexpected TLS packet was received.", "is not safe"),
        (f"{ACCESS}Empty reply from server", "connection was lost"),
        (f"{ACCESS}transfer closed with 77 bytes remaining to read", "connection was lost"),
        ("error: RPC failed; curl 18 transfer closed\nfatal: early EOF", "connection was lost"),
        (
            "fatal: unable to access 'https://github.com/openssl/tls.git/': Empty reply from server",
            "connection was lost",
        ),
        ("fatal: the remote end hung up unexpectedly", "connection was lost"),
        (
            "fatal: '/srv/x' does not appear to be a git repository\nfatal: Could not read from remote",
            "no git repository",
        ),
        (f"fatal: {URL}info/refs not valid: is this a git repository?", "no git repository"),
        ("fatal: detected dubious ownership in repository at '/srv/x'", "belongs to somebody else"),
        ("fatal: something \u202enew", 'git said "fatal: something <U+202E>new"'),
        ("", "git ended with status 128"),
    ],
)
def test_what_may_pass_is_unreachable_with_a_reason(complaint: str, reason: str) -> None:
    """The reason is in plain words; what nobody foresaw is quoted, visibly."""
    error = explain(complaint)
    assert isinstance(error, SourceUnreachable)
    assert reason.lower() in str(error).lower()
    assert error.recoverable


@pytest.mark.parametrize(
    "complaint",
    [
        "fatal: remote error: upload-pack: not our ref 1111111111111111111111111111111111111111",
        "error: Server does not allow request for unadvertised object 1111111111111111111111111111111111111111",
        "fatal: couldn't find remote ref v1",
        "fatal: not a tree object",
    ],
)
def test_a_commit_that_the_server_does_not_have_is_not_found(complaint: str) -> None:
    """It is a question of the name, not of the network."""
    error = explain(complaint)
    assert isinstance(error, RefNotFound)
    assert error.params == {"source": "acme/skills", "ref": "v1"}


@pytest.mark.parametrize("complaint", ["fatal: transport 'ext' not allowed", "fatal: transport 'file' not allowed"])
def test_a_forbidden_transport_is_not_allowed(complaint: str) -> None:
    """Git's own refusal is the last line of defence."""
    assert isinstance(explain(complaint), SourceNotAllowed)


@pytest.mark.parametrize(
    "complaint",
    [
        "fatal: write error: No space left on device",
        "error: unable to write file x: Disk quota exceeded\nfatal: fetch-pack: invalid index-pack output",
    ],
)
def test_no_room_is_a_full_disk(complaint: str) -> None:
    """The place that is full is named."""
    error = explain(complaint)
    assert isinstance(error, DiskFull)
    assert "/home/bot/scratch" in str(error)


def test_what_the_server_says_is_not_taken_for_what_git_says() -> None:
    """A server cannot choose the error by printing another one."""
    error = explain(f"remote: fatal: No space left on device\n{ACCESS}The requested URL returned error: 500")
    assert isinstance(error, SourceUnreachable)


def test_a_missing_git_is_no_word_of_gits() -> None:
    """What to install is said, and the source is not blamed."""
    error = explained(GitMissing(127, ""), PLACE, ref="v1", allowed="github.com", scratch="/home/bot/scratch")
    assert str(error) == "git is not installed on this machine. Install it, then ask again."


def test_a_killed_git_is_told_by_its_status() -> None:
    """A signal leaves no words."""
    assert "status -9" in str(explain("", status=-9))
