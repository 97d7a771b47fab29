"""Masking: whatever looks like a secret is hidden, ordinary text is not, and a long text costs little."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.masking import MASK, SENSITIVE_KEYS, Masker, mask_keys

MASKER = Masker()

# Made up, and put together at run time so that no scanner of repositories takes them for real ones.
_MIXED = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789"
_PEM = "-----BEGIN {0}-----\nMIIEowIBAAKCAQEA\nmade+up/base64=\n-----END {0}-----"
TOKENS = {
    "Slack bot": f"xoxb-123456789012-1234567890123-{_MIXED[:24]}",
    "Slack user": f"xoxp-123456789012-123456789012-{_MIXED[:32]}",
    "Slack configuration": f"xoxe.xoxp-1-{_MIXED}",
    "Slack app": f"xapp-1-A0123456789-1234567890123-{'0123abcdef' * 6}",
    "Slack webhook": f"https://hooks.slack.com/services/T00000000/B00000000/{_MIXED[:24]}",
    "Telegram": f"123456789:AA{_MIXED[:33]}",
    "Telegram ending in a hyphen": f"1234567890:AA{_MIXED[:32]}-",
    "our own": f"swt_{_MIXED[:20]}-_{_MIXED[:21]}",
    "GitHub classic": f"ghp_{_MIXED}",
    "GitHub app": f"ghs_{_MIXED}",
    "GitHub fine-grained": f"github_pat_11ABCDEFG0_{_MIXED}",
    "GitLab": f"glpat-{_MIXED[:20]}",
    "Anthropic": f"sk-ant-api03-{_MIXED}-{_MIXED}",
    "OpenAI": f"sk-{_MIXED}{_MIXED[:12]}",
    "OpenAI project": f"sk-proj-{_MIXED}-{_MIXED}",
    "OpenAI-like, hexadecimal": f"sk-or-v1-{'0123abcd' * 8}",
    "Google key": f"AIza{_MIXED[:35]}",
    "Google OAuth": f"ya29.{_MIXED}",
    "AWS": f"AKIA{_MIXED[26:]}ABCDEF".upper(),
    "AWS session": f"ASIA{_MIXED[26:]}ABCDEF".upper(),
    "JWT": f"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.{_MIXED}",
    "JWT without a signature": f"eyJhbGciOiJub25lIn0.eyJ{_MIXED}.",
    "PEM": _PEM.format("PRIVATE KEY"),
    "PEM of RSA": _PEM.format("RSA PRIVATE KEY"),
    "PEM of SSH": _PEM.format("OPENSSH PRIVATE KEY"),
    "PEM of PGP": _PEM.format("PGP PRIVATE KEY BLOCK"),
}
ORDINARY = [
    "install skill token-counter on claude",
    "token-counter: Counts the tokens of a text",
    "install sk-learn-pipeline-helper and sk-image on gemini",
    "install acme/skills/password-generator@v1.2.3 on openai",
    "sync secret-santa everywhere",
    "4be91c2f0a4be91c2f0a4be91c2f0a4be91c2f0a",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "019a9f3e-7c1b-7f00-8000-0123456789ab",
    "/home/bob/.skillwarden/providers/claude/skills/token-counter/SKILL.md",
    "skills/pdf/scripts/read_tokens.py, skills/pdf/scripts/api_keys.md",
    "https://github.com/acme/skills/tree/main/skills/pdf",
    "git@github.com:acme/skills.git is refused, https://github.com/acme/skills.git is not",
    "The secret env:SKILLWARDEN_SLACK_BOT_TOKEN could not be read: it is not set.",
    "token = env:SLACK_BOT_TOKEN",
    "Rotates secrets: database passwords, tokens and keys.",
    "Forgot password responsibilities were discussed with bob@test.invalid at 14:35:07.",
    "Uses 128000 tokens at most; max tokens: 128000, tokens_used=52341",
    "The bearer of bad news: Skillwarden 1.0, 2026-11-21T06:30:00.000000Z",
    "approve 7F3K because the credential handling is fine",
    "클로드에 pdf 스킬을 설치해 줘, 비밀번호는 없어",
    "key = value, a:b, http://127.0.0.1:8080/a@b, 10:30, :, ://, @",
    "-----BEGIN CERTIFICATE----- is no secret",
]


@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
@pytest.mark.parametrize(
    "around", ["{}", "it is {} as of today", '{{"value": "{}"}}', "a={}&b=c", "<{}>", "línea\n{}\nlínea", "'{}',"]
)
def test_a_token_is_hidden_wherever_it_stands(token: str, around: str) -> None:
    """Nothing of a credential is left, whatever is written around it, and the rest of the text stays."""
    masked = MASKER.text(around.format(token))
    assert MASK in masked
    for piece in (token[8:16], token[-8:]):
        assert piece.strip("-\n.") not in masked
    before, _, after = around.format("\0").partition("\0")
    assert masked.startswith(before)
    assert masked.endswith(after)


def test_a_token_in_an_address_is_hidden() -> None:
    """Telegram's addresses carry the token behind the word "bot": what an HTTP client logs is safe."""
    shown = MASKER.text(f"GET https://api.telegram.org/bot{TOKENS['Telegram']}/sendMessage 200")
    assert shown == f"GET https://api.telegram.org/bot{MASK}/sendMessage 200"


def test_a_private_key_without_an_end_is_hidden_to_the_end() -> None:
    """A key that was cut off is still a key."""
    cut = TOKENS["PEM of RSA"].rpartition("\n")[0]
    assert MASKER.text(f"key:\n{cut}") == f"key:\n{MASK}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("https://bob:hunter22@git.test.invalid/x", f"https://{MASK}@git.test.invalid/x"),
        ("https://oauth2token@git.test.invalid/x", f"https://{MASK}@git.test.invalid/x"),
        ("postgresql+asyncpg://u:p@ss@db:5432/name", f"postgresql+asyncpg://{MASK}@db:5432/name"),
        ("mysql://u:p?&#@db/name and https://a@b/", f"mysql://{MASK}@db/name and https://{MASK}@b/"),
        ("HTTPS://U:P@HOST", f"HTTPS://{MASK}@HOST"),
    ],
)
def test_what_stands_before_the_host_is_hidden(text: str, masked: str) -> None:
    """Names and passwords in addresses go, host and path stay; a password may hold an @ of its own."""
    assert MASKER.text(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("password=hunter22", f"password={MASK}"),
        ("PASSWORD = hunter22, and more", f"PASSWORD = {MASK}, and more"),
        ("?page=1&access_token=abcd1234&x=1", f"?page=1&access_token={MASK}&x=1"),
        ("SLACK_BOT_TOKEN=abcd", f"SLACK_BOT_TOKEN={MASK}"),
        ("db_passwd: hunter22 # note", f"db_passwd: {MASK} # note"),
        ("user: bob\npassword: swordfish\nport: 1", f"user: bob\npassword: {MASK}\nport: 1"),
        ("secret-key:swordfish", f"secret-key:{MASK}"),
        ('{"api_key": "swordfish", "a": 1}', f'{{"api_key": "{MASK}", "a": 1}}'),
        ("{'apikey':'swordfish'}", f"{{'apikey':'{MASK}'}}"),
        ("aws_secret_access_key = wJalr/XUtn+FEMI", f"aws_secret_access_key = {MASK}"),
        ("Authorization: Bearer 0123456789abcdef", f"Authorization: Bearer {MASK}"),
    ],
)
def test_what_is_assigned_to_a_sensitive_name_is_hidden(text: str, masked: str) -> None:
    """In settings, queries, JSON, YAML and headers the name says that the value is a secret."""
    assert MASKER.text(text) == masked


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Names of skills, commits, digests, ids, paths, references and sentences about secrets stay readable."""
    assert MASKER.text(text) == text


def test_known_values_are_hidden_as_they_are_learnt() -> None:
    """A secret that was read is masked from then on, in the middle of a word too, and the longest one first."""
    masker = Masker(["correct horse"])
    assert masker.text("a correct horse b") == f"a {MASK} b"
    assert masker.text("battery staple") == "battery staple"
    masker.learn("battery staple")
    masker.learn("battery staple gun")
    assert masker.text("xbattery staple guns, correct horse") == f"x{MASK}s, {MASK}"


def test_a_known_value_is_text_and_no_pattern() -> None:
    """A password may hold whatever a regular expression would read otherwise."""
    assert Masker([".*[a-z]+("]).text("all is .*[a-z]+( well") == f"all is {MASK} well"


@pytest.mark.parametrize("value", ["", "a", "hunter"[:5], MASK])
def test_some_values_cannot_be_learnt(value: str) -> None:
    """A value of fewer than six characters would hide ordinary words, and the mask itself hides nothing."""
    masker = Masker([value])
    assert masker.text(f"hunters {MASK} a, b") == f"hunters {MASK} a, b"


_FRAGMENTS = st.sampled_from([*TOKENS.values(), *ORDINARY, *SENSITIVE_KEYS, MASK, "api-key", "bot", "known-value"])
_BETWEEN = st.sampled_from([" ", "\n", "=", ": ", ":", '"', '": "', "'", "@", "://", "/", ",", "&", "(", "**"])
_TEXTS = st.lists(st.tuples(_FRAGMENTS | st.text(max_size=8), _BETWEEN), max_size=12).map(
    lambda pairs: "".join(fragment + separator for fragment, separator in pairs)
)


@given(_TEXTS)
@settings(deadline=None, max_examples=300)
def test_masking_twice_is_masking_once(text: str) -> None:
    """What was masked on its way in reads the same when it is masked again on its way out."""
    masker = Masker(["known-value"])
    once = masker.text(text)
    assert masker.text(once) == once


@given(st.text(min_size=6, max_size=20), st.text(max_size=30), st.text(max_size=30))
@settings(deadline=None)
def test_a_known_value_never_comes_through(secret: str, before: str, after: str) -> None:
    """Whatever a secret looks like and wherever it stands, it is not in the result."""
    shown = Masker([secret]).text(f"{before}{secret}{after}")
    assert not any(secret in piece for piece in shown.split(MASK))


@given(_TEXTS)
@settings(deadline=None)
def test_data_is_masked_like_text(text: str) -> None:
    """Every string of JSON data passes through the same masks, keys too; figures and nothing stay what they are."""
    masked = MASKER.text(text)
    data = {text: [text, {"a": (text, 1, None, True)}], "n": 1.5}
    assert MASKER.data(data) == {masked: [masked, {"a": [masked, 1, None, True]}], "n": 1.5}


@pytest.mark.parametrize("word", ["password", "token", "api_key", "secret", "credential", "auth", "bearer"])
@pytest.mark.parametrize("shape", ["{}", "my_{}_2", "X-{}"])
def test_the_keys_of_the_seed_are_sensitive(word: str, shape: str) -> None:
    """Seed 000: a key that contains one of the seven words, in whatever case, has its whole value replaced."""
    for key in (shape.format(word), shape.format(word).upper()):
        for value in ("hunter22", 7, None, ["a"], {"b": "c"}):
            assert mask_keys({"outer": [{key: value, "kept": value}]}) == {"outer": [{key: MASK, "kept": value}]}
    assert word in SENSITIVE_KEYS


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SENSITIVE_KEYS, "name", "Author", "n"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_JSON)
@settings(deadline=None)
def test_masking_by_key_keeps_the_shape(value: Any) -> None:
    """Nothing but the values of sensitive keys changes, the original is left as it was, and twice is once."""
    before = repr(value)
    masked = mask_keys(value)
    assert repr(value) == before
    assert mask_keys(masked) == masked

    def check(original: Any, shown: Any) -> None:
        if isinstance(original, dict):
            assert list(shown) == list(original)
            for key in original:
                if any(word in key.lower() for word in SENSITIVE_KEYS):
                    assert shown[key] == MASK
                else:
                    check(original[key], shown[key])
        elif isinstance(original, list):
            assert len(shown) == len(original)
            for left, right in zip(original, shown, strict=True):
                check(left, right)
        else:
            assert shown == original

    check(value, masked)


_LENGTH = 100_000
#: What makes careless patterns slow: beginnings that nothing ends.
ADVERSARIAL = [
    "eyJ", "-eyJ", "eyJaaaaaaaa.", "a", "a.", "a://", "http://", "@", "http://a@", "1", "12345678:", "12345678:AA",
    "token", "token ", "token  ", "token:", "token: a", "token=", "secret-", "password\n", "api_key\t", "bearer a1",
    "xoxb-", "sk-", "-sk-aaaa", "sk-ant-", "ghp_", "AIza", "AIza-", "AKIA", "-----BEGIN", "-----BEGIN PRIVATE KEY",
    "-----BEGIN PRIVATE KEY-----", "PRIVATE KEY-----", "-----END ", " ", "\n", '"', "a=", "=", "***MASKED***",
]  # fmt: skip


@pytest.mark.parametrize("piece", ADVERSARIAL)
@pytest.mark.parametrize("prefix", ["", "token", "-----BEGIN PRIVATE KEY-----", "a" * 31 + "://"])
def test_a_long_text_takes_no_long_time(piece: str, prefix: str) -> None:
    """100 kB of the worst is masked in a fraction of a second: time grows with the length, not with its square."""
    text = prefix + piece * (_LENGTH // len(piece))
    begun = time.process_time()
    MASKER.text(text)
    assert time.process_time() - begun < 2
