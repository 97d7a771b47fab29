"""The executions API: what is asked over HTTP goes the way of what is asked in chat, and is told truly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.domain.executions import ExecutionStatus
from core.domain.masking import Masker
from core.domain.users import Scope
from core.errors import StorageError
from core.services.access import Principal
from core.services.executions_api import ExecutionsApi, NewExecution
from core.services.rates import Rates
from tests.api import Api, error_of, serving
from tests.clock import START, FakeClock
from tests.storage_factory import make_execution

PATH = "/api/v1/executions"
NOBODYS = "0190a0a0-0000-7000-8000-000000000000"


@pytest.fixture
def clock() -> FakeClock:
    """Give a clock that stands still."""
    return FakeClock()


@pytest.fixture
async def api(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Api]:
    """A demo's API; alice asks, bob and carol are admins."""
    async with serving(tmp_path / "home", clock) as opened:
        yield opened


async def test_a_request_is_stored_at_once_and_approved_in_chat(api: Api) -> None:
    """201 means stored; the policy asks the same people as in chat, and what follows can be polled."""
    made = await api.ask("install skill pdf on claude", metadata={"ticket": "OPS-7"}, maxTokens=99)
    assert (made["status"], made["prompt"]) == ("PENDING", "install skill pdf on claude")
    assert made["metadata"] == {"ticket": "OPS-7"}
    waiting = await api.execution(made["id"])
    assert (waiting["status"], waiting["waitingFor"]) == ("PENDING", "approval")
    await api.talk("/as bob")
    await api.talk(f"approve {made['code']}")
    done = await api.execution(made["id"])
    assert (done["status"], done["errorCode"], done["maxTokens"]) == ("COMPLETED", None, 99)
    assert [(step["fromStatus"], step["toStatus"]) for step in done["statusTransitions"]] == [
        (None, "PENDING"),
        ("PENDING", "RUNNING"),
        ("RUNNING", "COMPLETED"),
    ]
    assert api.talk.skill("pdf").exists()
    assert {artifact["type"] for artifact in done["artifacts"]} == {"CODE"}
    run = (await api.talk.runs(made["code"]))[0]
    assert run.trigger_source == "ui"


async def test_what_the_bot_says_to_a_program_is_among_the_events(api: Api) -> None:
    """A program has no chat: the replies are events of its execution, and no delivery fails."""
    made = await api.ask("list skills")
    rows = (await api("GET", f"{PATH}/{made['id']}/events")).json()["items"]
    assert [row["type"] for row in rows] == ["MessageReceived", "ResponseSent"]
    assert rows[1]["data"]["channel"] == "api"
    assert (await api.execution(made["id"]))["status"] == "COMPLETED"


async def test_events_come_in_pages(api: Api) -> None:
    """``after`` and ``limit`` go through the chain without leaving anything out or telling it twice."""
    made = await api.ask("install skill pdf on claude")
    path, seen, after = f"{PATH}/{made['id']}/events", [], 0
    while True:
        page = (await api("GET", path, params={"after": after, "limit": 3})).json()
        assert len(page["items"]) <= 3
        seen += [row["seq"] for row in page["items"]]
        if page["nextAfter"] is None:
            break
        after = page["nextAfter"]
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) > 3


async def test_a_question_that_only_a_person_can_answer_fails_and_says_what_to_ask(api: Api) -> None:
    """Nothing waits for a button that no program can press."""
    made = await api.ask("install pdf")
    found = await api.execution(made["id"])
    assert (found["status"], found["errorCode"]) == ("FAILED", "AMBIGUOUS_TEXT")
    assert "Claude" in found["errorMessage"]


async def test_what_is_not_understood_fails_with_the_sentence_of_chat(api: Api) -> None:
    """The error is the one that chat answers with."""
    found = await api.execution((await api.ask("zzz qqq xxx"))["id"])
    assert (found["status"], found["errorCode"]) == ("FAILED", "NOT_UNDERSTOOD")


async def test_an_idempotency_key_leads_to_one_execution(api: Api) -> None:
    """A repetition, also at the same moment, starts nothing anew; another person's same key is another key."""
    headers, body = {"Idempotency-Key": "build-17"}, {"prompt": "install skill pdf on claude"}
    answers = await asyncio.gather(*(api("POST", PATH, headers=headers, json=body) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (await api("POST", PATH, by="bob", headers=headers, json=body)).status_code == 201


async def test_an_idempotency_key_stands_for_one_body(api: Api) -> None:
    """The same body is the same request also when a secret in it was masked; any other is refused, and not stored."""
    headers = {"Idempotency-Key": "build-18"}
    body = {"prompt": "list skills password=hunter22", "metadata": {"ticket": "OPS-7", "n": [1, 2.5]}, "timeout": 60}
    first = (await api("POST", PATH, headers=headers, json=body)).json()
    assert "hunter22" not in first["prompt"]
    again = await api("POST", PATH, headers=headers, json=body | {"model": None})
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    before = (await api("GET", PATH)).json()["items"]
    for other in ({"prompt": "list requests"}, {"timeout": 61}, {"metadata": None}, {"maxTokens": 17}):
        answer = await api("POST", PATH, headers=headers, json=body | other)
        assert answer.status_code == 422
        assert error_of(answer)["code"] == "KEY_REUSED"
        assert first["code"] in error_of(answer)["message"]
    assert [one["id"] for one in (await api("GET", PATH)).json()["items"]] == [one["id"] for one in before]


async def test_what_is_too_much_is_not_even_stored(tmp_path: Path, clock: FakeClock) -> None:
    """Beyond the limit a program hears when to go on, and its key is as good as new; another person is not held up."""
    async with serving(tmp_path / "home", clock, rates=Rates(per_person=2, per_chat=100)) as api:
        await api.ask("whoami")
        clock.advance(seconds=20)
        headers, body = {"Idempotency-Key": "build-17"}, {"prompt": "list skills"}
        first = (await api("POST", PATH, headers=headers, json=body)).json()
        late, more = {"Idempotency-Key": "build-18"}, {"prompt": "install skill pdf on claude"}
        refused = await api("POST", PATH, headers=late, json=more)
        assert (refused.status_code, error_of(refused)["code"]) == (429, "ASKED_TOO_OFTEN")
        assert refused.headers["Retry-After"] == "40"
        assert len((await api("GET", PATH)).json()["items"]) == 2
        again = await api("POST", PATH, headers=headers, json=body)
        assert (again.status_code, again.json()["id"]) == (200, first["id"])
        await api.ask("list skills", by="bob")
        clock.advance(seconds=40)
        assert (await api("POST", PATH, headers=late, json=more)).status_code == 201


async def test_what_was_accepted_is_not_turned_away(tmp_path: Path, clock: FakeClock) -> None:
    """What another process accepted may be worked on here, where as much came already: 201 is kept all the same."""
    rates = Rates(per_person=1, per_chat=100)
    async with serving(tmp_path / "home", clock, rates=rates) as api:
        other = ExecutionsApi(storage=api.talk.database, clock=clock, masker=Masker())
        await api.ask("whoami")
        async with api.talk.database.read() as uow:
            alice = await api.talk.program.people.find(uow, "alice")
        principal = Principal(user=alice, scopes=tuple(Scope))
        made, _ = await other.submit(principal, NewExecution(prompt="list skills"), key=None)
        await api.settle()
        assert (await api.execution(made.id))["status"] == "COMPLETED"


async def test_nothing_is_acknowledged_that_was_not_stored(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the commit fails the answer is 503, it says when to try again, and nothing is there."""
    before = (await api("GET", PATH)).json()["items"]
    begin = api.talk.database.begin

    def failing(**more: Any) -> Any:
        unit = begin(**more)

        async def commit() -> None:
            raise StorageError(reason="the disk is gone")

        unit.commit = commit  # type: ignore[method-assign]  # the fault under test
        return unit

    monkeypatch.setattr(api.talk.database, "begin", failing)
    answer = await api("POST", PATH, json={"prompt": "install skill pdf on claude"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert error_of(answer)["code"] == "STORAGE_ERROR"
    monkeypatch.undo()
    assert (await api("GET", PATH)).json()["items"] == before


async def test_secrets_in_a_request_are_masked_in_the_answer(api: Api) -> None:
    """What is answered is what is stored."""
    secret = "xoxb-" + "1234567890-abcdefghij"
    made = await api.ask(f"install {secret}", metadata={"note": secret})
    assert secret not in str(made)
    assert secret not in str(await api.execution(made["id"]))


async def test_cancelling_stops_what_waits_and_is_refused_afterwards(api: Api) -> None:
    """A second cancellation is a conflict that names the statuses from which it is possible."""
    made = await api.ask("install skill pdf on claude")
    stopped = await api("POST", f"{PATH}/{made['id']}/cancel", json={"comment": "wrong one"})
    assert (stopped.status_code, stopped.json()["status"]) == (200, "CANCELLED")
    assert stopped.json()["statusTransitions"][-1]["reason"] == "wrong one"
    assert (await api.talk.request(made["code"])).status == "cancelled"
    again = await api("POST", f"{PATH}/{made['id']}/cancel")
    assert again.status_code == 409
    assert error_of(again)["details"] == {"allowedStatuses": ["PENDING", "RUNNING"]}


async def test_what_is_cancelled_before_it_is_looked_at_is_never_begun(api: Api) -> None:
    """The delivery of an execution that was cancelled first changes nothing."""
    answer = await api("POST", PATH, json={"prompt": "install skill pdf on claude"})
    stopped = await api("POST", f"{PATH}/{answer.json()['id']}/cancel")
    assert stopped.status_code == 200
    await api.talk.settle()
    found = await api.execution(answer.json()["id"])
    assert found["status"] == "CANCELLED"
    assert not api.talk.skill("pdf").exists()


async def test_people_see_their_own_and_admins_see_everybodys(api: Api) -> None:
    """What somebody may not see is not there: neither in lists nor by its id, to look at or to cancel."""
    hers, his = await api.ask("list skills", by="alice"), await api.ask("list skills", by="bob")
    assert [item["id"] for item in (await api("GET", PATH, by="alice")).json()["items"]] == [hers["id"]]
    everything = {item["id"] for item in (await api("GET", PATH, by="bob")).json()["items"]}
    assert {hers["id"], his["id"]} <= everything
    for method, path in (("GET", ""), ("GET", "/events"), ("POST", "/cancel")):
        answer = await api(method, f"{PATH}/{his['id']}{path}", by="alice")
        missing = await api(method, f"{PATH}/{NOBODYS}{path}", by="alice")
        assert (answer.status_code, missing.status_code) == (404, 404)
        assert error_of(answer)["code"] == error_of(missing)["code"] == "UNKNOWN_EXECUTION"
    assert (await api("GET", f"{PATH}/{hers['id']}", by="bob")).status_code == 200


async def test_people_name_an_execution_by_its_code(api: Api) -> None:
    """As they see it in chat, in either case; what belongs to others is not there by its code either."""
    made, his = await api.ask("install skill pdf on claude"), await api.ask("list skills", by="bob")
    for name in (made["code"], made["code"].lower(), f"%23{made['code']}", made["id"].upper()):
        assert (await api.execution(name))["id"] == made["id"], name
    assert (await api("GET", f"{PATH}/{made['code']}/events")).json()["items"]
    assert (await api("GET", f"{PATH}/{his['code']}", by="alice")).status_code == 404
    for name in ("x", "6TPW-1", "6TP W", "6TPW" * 5):
        answer = await api("GET", f"{PATH}/{name}")
        assert answer.status_code == 422, name
        assert "neither an id nor a code such as 7F3K" in error_of(answer)["message"]
    stopped = await api("POST", f"{PATH}/{made['code']}/cancel")
    assert (stopped.status_code, stopped.json()["status"]) == (200, "CANCELLED")


async def test_a_token_has_to_be_known_and_good(api: Api, clock: FakeClock) -> None:
    """No, unknown, expired and revoked tokens and those of people who were shut out are all 401."""
    short = await api.token("alice", lifetime=timedelta(hours=1), label="short")
    revoked, gone = await api.token("alice", label="revoked"), await api.token("carol", label="gone")
    async with api.talk.database.begin() as uow:
        people = api.talk.program.people
        await people.revoke_token(uow, await people.find(uow, "alice"), "revoked")
        carol = await people.find(uow, "carol")
        await uow.users.update(carol.evolve(is_active=False))
        await uow.commit()
    assert (await api("GET", PATH, by=None, headers={"Authorization": f"Bearer {short}"})).status_code == 200
    clock.advance(hours=1)
    for header in ({}, *({"Authorization": f"Bearer {token}"} for token in (short, revoked, gone, "swt_nobody"))):
        answer = await api("GET", PATH, by=None, headers=header)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert error_of(answer)["code"] == "TOKEN_REFUSED"
    basic = await api("GET", PATH, by=None, headers={"Authorization": f"Basic {revoked}"})
    assert basic.status_code == 401


async def test_a_token_is_for_its_scopes_only(api: Api) -> None:
    """The error names the scope that is missing; nothing was done."""
    header = {"Authorization": f"Bearer {await api.token('alice', Scope.EXECUTIONS_READ)}"}
    assert (await api("GET", PATH, by=None, headers=header)).status_code == 200
    answer = await api("POST", PATH, by=None, headers=header, json={"prompt": "list skills"})
    assert answer.status_code == 403
    assert "executions:write" in error_of(answer)["message"]
    assert (await api("GET", PATH)).json()["items"] == []


WRONG_BODIES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "prompt", "required"),
    ({"prompt": ""}, "prompt", "at least 1"),
    ({"prompt": "a\0b"}, "prompt", "NUL at position 1"),
    ({"prompt": "\ud800"}, "prompt", ""),
    ({"prompt": " \n"}, "prompt", "blank"),
    ({"prompt": "x" * 10_001}, "prompt", "at most 10000"),
    ({"prompt": 7}, "prompt", "a text"),
    ({"prompt": "x", "maxTokens": 0}, "maxTokens", "greater"),
    ({"prompt": "x", "maxTokens": "7"}, "maxTokens", "whole number"),
    ({"prompt": "x", "maxTokens": 7.5}, "maxTokens", "whole number"),
    ({"prompt": "x", "timeout": -1}, "timeout", "greater"),
    ({"prompt": "x", "metadata": []}, "metadata", "JSON object"),
    ({"prompt": "x", "metadata": {"a": "\0"}}, "metadata", "NUL"),
    ({"prompt": "x", "metadata": {"a": 2**60}}, "metadata", "2^53"),
    ({"prompt": "x", "metadata": {"a": [0] * 1001}}, "metadata", "more than 1000"),
    ({"prompt": "x", "callbackUrl": "ftp://example.com/"}, "callbackUrl", "https://"),
    ({"prompt": "x", "callbackUrl": "https://user:secret@example.com/"}, "callbackUrl", "user name"),
    ({"prompt": "x", "promt": "y"}, "promt", "no such field"),
]


async def test_a_body_that_is_wrong_is_refused_with_the_field(api: Api) -> None:
    """422 names the field and the cause, and nothing was stored."""
    for body, field, problem in WRONG_BODIES:
        answer = await api("POST", PATH, content=_json(body), headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, (body, answer.text)
        details = error_of(answer)["details"]
        assert details[0]["field"].startswith(field), details
        assert problem in details[0]["problem"], details
    assert (await api("GET", PATH)).json()["items"] == []


@pytest.mark.parametrize("number", ["100001", "9" * 20, "9" * 5000 + ".0"])
async def test_a_number_that_is_too_large_is_told_the_limit(api: Api, number: str) -> None:
    """It is a whole number, however long: what is wrong with it is that there are no such pages."""
    answer = await api("GET", PATH, params={"page": number})
    assert answer.status_code == 422
    assert "less than or equal to 100000" in error_of(answer)["details"][0]["problem"]


def _json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode()


UNREADABLE: list[tuple[bytes, int, str]] = [
    (b"{", 400, "no JSON"),
    (b'{"prompt": "\xff"}', 400, "no UTF-8"),
    (b'{"prompt": "x", "metadata": {"a": NaN}}', 422, "nan"),
    (b'{"prompt": "x", "metadata": {"a": ' + b"9" * 5000 + b"}}", 400, "A number in the body has too many digits."),
    (b'{"prompt": "x", "metadata": ' + b'{"a":' * 50 + b"1" + b"}" * 50 + b"}", 422, "deeper"),
    (b'{"prompt": "x", "metadata": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}", 422, "metadata (body): it is nested"),
    (b"[" * 100_000, 400, ""),
    (b'{"prompt": "' + b"x" * (1 << 20) + b'"}', 413, "1048576"),
    (b"prompt=x", 400, "no JSON"),
    (b"7", 422, "JSON object"),
    (b"", 422, "required"),
]


async def test_a_body_that_cannot_be_read_is_refused_with_the_cause(api: Api) -> None:
    """Broken JSON, bytes that are no text, numbers that are none, and a megabyte each get a sentence of their own."""
    for content, status, said in UNREADABLE:
        answer = await api("POST", PATH, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == status, (content[:50], answer.text)
        assert said in error_of(answer)["message"], content[:50]


async def test_a_name_is_in_an_object_once(api: Api) -> None:
    """Of two values nobody knows which one was meant."""
    for content, field in (
        (b'{"prompt": "status", "prompt": "costs"}', "prompt"),
        (b'{"prompt": "status", "metadata": {"a": [{"b": 1, "b": 1}]}}', "b"),
    ):
        answer = await api("POST", PATH, content=content, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text
        assert error_of(answer)["message"] == f"{field} (body): it is there more than once."
    assert (await api("GET", PATH)).json()["items"] == []


MEDIA: list[tuple[str, dict[str, str], str]] = [
    (PATH, {"Content-Type": "text/plain"}, "application/json"),
    (PATH, {"Content-Type": "application/x-www-form-urlencoded"}, "application/json"),
    (PATH, {"Content-Type": "application/xml"}, "application/json"),
    (PATH, {"Content-Type": "nonsense"}, "application/json"),
    (PATH, {}, "application/json"),
    (PATH, {"Content-Type": "application/json; charset=utf-16"}, "UTF-8"),
    (PATH, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, "Content-Encoding"),
    ("/api/v1/artifacts", {"Content-Type": "application/json"}, "multipart/form-data"),
    ("/api/v1/artifacts", {"Content-Type": "application/x-www-form-urlencoded"}, "multipart/form-data"),
    (f"{PATH}/{NOBODYS}/cancel", {"Content-Type": "text/plain"}, "application/json"),
]


async def test_an_idempotency_key_that_is_none_is_refused_in_words(api: Api) -> None:
    """What it may hold is said, not the expression that looks for it."""
    answer = await api("POST", PATH, json={"prompt": "list skills"}, headers={"Idempotency-Key": "a b"})
    assert answer.status_code == 422
    assert error_of(answer)["message"] == "idempotency-key (header): use printable ASCII characters without spaces."


async def test_a_body_of_another_kind_is_told_which_one_is_read(api: Api) -> None:
    """415 names what the headers have to say; how a body may be written differently is no other kind."""
    body = b'{"prompt": "list skills"}'
    for path, headers, said in MEDIA:
        answer = await api("POST", path, content=body, headers=headers)
        assert (answer.status_code, error_of(answer)["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE"), (path, headers)
        assert said in error_of(answer)["message"], (path, headers)
    for kind in ('Application/JSON; Charset="UTF-8"', "application/vnd.ci+json", "application/json; v=1"):
        assert (await api("POST", PATH, content=body, headers={"Content-Type": kind})).status_code == 201, kind
    assert (await api("POST", f"{PATH}/{NOBODYS}/cancel", headers={"Content-Type": "text/plain"})).status_code == 404


async def test_a_body_without_a_length_is_capped_too(api: Api) -> None:
    """Chunks are counted as they come."""

    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(2000):
            yield b" " * 1024

    answer = await api("POST", PATH, content=chunks(), headers={"Content-Type": "application/json"})
    assert answer.status_code == 413
    assert error_of(answer)["code"] == "BODY_TOO_LARGE"


async def test_a_strangers_body_is_not_read(api: Api) -> None:
    """Without a token the answer is 401, however large the body."""
    read = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1
            yield b" " * 1024

    answer = await api("POST", PATH, by=None, content=chunks(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, read) == (401, 0)


async def test_only_allowed_hosts_are_called_without_encryption(api: Api) -> None:
    """Plain http is for hosts that the configuration names."""
    body = {"prompt": "list skills", "callbackUrl": "http://ci.internal/done"}
    answer = await api("POST", PATH, json=body)
    assert answer.status_code == 403
    assert "ci.internal" in error_of(answer)["message"]
    made = await api.ask("list skills", callbackUrl="https://ci.example/done?run=7")
    assert made["callbackUrl"] == "https://ci.example/done?run=7"


WRONG_LISTS: list[tuple[str, int, str | None]] = [
    ("page=-1", 422, "page"),
    ("page=0", 422, "page"),
    ("page=1e3", 422, "page"),
    ("page=99999999999999999999", 422, "page"),
    ("pageSize=0", 422, "pageSize"),
    ("pageSize=101", 422, "pageSize"),
    ("status=NONE", 422, "status.0"),
    ("createdAfter=yesterday", 422, "createdAfter"),
    ("createdAfter=0", 422, "createdAfter"),
    ("createdAfter=2026-11-21T06:30:00", 422, "createdAfter"),
    ("createdBefore=2026-13-01T00:00:00Z", 422, "createdBefore"),
    ("hasArtifacts=maybe", 422, "hasArtifacts"),
    ("search=a%00b", 422, "search"),
    ("search=", 422, "search"),
    ("sortBy=prompt", 422, "sortBy"),
    ("sortOrder=up", 422, "sortOrder"),
    ("pagesize=3", 422, "pagesize"),
    ("page=1&page=2", 422, "page"),
    ("cursor=abc", 422, None),
    ("cursor=%2e%2e", 422, "cursor"),
    ("page=2&cursor=abc", 422, ""),
    ("search=%ff", 400, None),
]


async def test_a_list_that_is_asked_for_wrongly_is_refused(api: Api) -> None:
    """Nothing is guessed: an unknown parameter would widen the list."""
    for query, status, field in WRONG_LISTS:
        answer = await api("GET", f"{PATH}?{query}")
        assert answer.status_code == status, (query, answer.text)
        details = error_of(answer)["details"]
        assert field is None or details[0]["field"] == field, details


async def test_a_parameter_that_a_route_does_not_know_is_refused(api: Api) -> None:
    """Everywhere, not only where there are others: whoever sends it believes that it does something."""
    made = await api.ask("list skills")
    for path in (f"/{made['id']}?x=1", f"/{made['id']}/events?limits=1", f"/{made['id']}/events?limit=1&limit=2"):
        answer = await api("GET", PATH + path)
        assert answer.status_code == 422, path
        assert error_of(answer)["details"][0]["field"] == path.partition("?")[2].partition("=")[0]


async def test_moments_at_the_ends_of_the_calendar_are_moments(api: Api) -> None:
    """They match everything or nothing, and no database stumbles over them."""
    await api.ask("list skills")
    for moment in ["0001-01-01T00:00:00+14:00", "1000-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"]:
        found = (await api("GET", PATH, params={"createdAfter": moment})).json()["items"]
        assert len(found) == (0 if moment.startswith("9") else 1), moment


async def test_lists_are_narrowed_by_every_filter(api: Api) -> None:
    """Each filter of seed 004 keeps what it says, and together they keep what all of them do."""
    async with api.talk.database.begin() as uow:
        alice = await api.talk.program.people.find(uow, "alice")
        made = [
            make_execution(
                alice,
                prompt=prompt,
                model=model,
                status=status,
                waiting_for=None,
                created_at=START + timedelta(minutes=minutes),
                id=f"0190a0a0-0000-7000-8000-00000000000{minutes}",
            )
            for minutes, (prompt, model, status) in enumerate(
                [
                    ("100% of pdf", "rules", ExecutionStatus.COMPLETED),
                    ("100 of PDF", "rules", ExecutionStatus.FAILED),
                    ("a_c", "other", ExecutionStatus.CANCELLED),
                    ("abc", "other", ExecutionStatus.COMPLETED),
                ]
            )
        ]
        for execution in made:
            await uow.executions.add(execution)
        await uow.commit()
    assert (await api.send(made[1].id, b"x")).status_code == 201

    async def found(**query: Any) -> list[int]:
        answer = await api("GET", PATH, params={"sortOrder": "asc"} | query)
        assert answer.status_code == 200, answer.text
        return [int(item["id"][-1]) for item in answer.json()["items"]]

    assert await found() == [0, 1, 2, 3]
    assert await found(status="COMPLETED") == [0, 3]
    assert await found(status=["completed", "Failed"]) == [0, 1, 3]
    assert await found(model="other") == [2, 3]
    assert await found(search="pdf") == [0, 1]
    assert await found(search="100%") == [0]
    assert await found(search="a_c") == [2]
    assert await found(hasArtifacts="true") == [1]
    assert await found(hasArtifacts="false") == [0, 2, 3]
    assert await found(createdAfter=made[1].created_at.isoformat(), createdBefore=made[3].created_at.isoformat()) == [
        1,
        2,
    ]
    assert await found(search="pdf", status="FAILED", model="rules") == [1]
    assert await found(page=2, pageSize=3) == [3]
    assert await found(page=3, pageSize=3) == []


async def test_answers_carry_the_callers_request_id(api: Api) -> None:
    """A sane id is taken over, anything else is replaced; an unknown address answers in the same form."""
    answer = await api("GET", "/api/v1/nothing", headers={"X-Request-Id": "build-7"})
    assert answer.status_code == 404
    assert error_of(answer)["code"] == "NOT_FOUND"
    assert answer.headers["x-request-id"] == "build-7"
    replaced = await api("GET", PATH, headers={"X-Request-Id": "a b"})
    assert replaced.headers["x-request-id"] != "a b"
    wrong = await api("PUT", PATH)
    assert (wrong.status_code, error_of(wrong)["code"]) == (405, "METHOD_NOT_ALLOWED")


async def test_what_nobody_foresaw_is_answered_and_logged_without_its_cause(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The caller gets an id, never a traceback."""

    async def broken(*_args: Any, **_more: Any) -> None:
        raise RuntimeError("the secret cause")

    monkeypatch.setattr(api.talk.program.executions, "page", broken)
    answer = await api("GET", PATH)
    assert answer.status_code == 500
    assert "secret cause" not in answer.text
    assert error_of(answer)["code"] == "INTERNAL"
    assert [request_id for request_id, _ in api.failures] == [answer.headers["x-request-id"]]
    api.failures.clear()
