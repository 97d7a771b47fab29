"""Callbacks over HTTP: signed, to no address inside unless that is allowed, and never where a redirect points."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx

from core.domain.callbacks import DELIVERY, SIGNATURE, TIMESTAMP, Callback, signature
from core.domain.secret_refs import SecretRef
from core.errors import CallbackFailed, CallbackRefused, Words
from core.ports import Clock, SecretStore

#: Returns the addresses of a host, as text; OSError where there are none.
Resolve = Callable[[str, int], Awaitable[list[str]]]
#: Makes the body of a callback, as JSON.
Body = Callable[[Callback], dict[str, Any]]

# Seconds for all of it.
_PATIENCE = 15
# RFC 6052: an IPv4 address in the clothes of an IPv6 one.
_NAT64 = IPv6Network("64:ff9b::/96")


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class HttpCallbackSender:
    """Implements core.ports.CallbackSender."""

    def __init__(
        self,
        *,
        clock: Clock,
        secrets: SecretStore,
        secret: SecretRef | None,
        body: Body,
        inside_hosts: Collection[str] = (),
        resolve: Resolve = resolve,
    ) -> None:
        """Sign with ``secret`` what ``body`` makes; ``inside_hosts`` may have addresses that nobody else may have."""
        self._clock = clock
        self._secrets = secrets
        self._secret = secret
        self._body = body
        self._inside_hosts = frozenset(inside_hosts)
        self._resolve = resolve
        self._context: ssl.SSLContext | None = None

    async def send(self, callback: Callback) -> None:
        url = httpx.URL(callback.url)
        if self._secret is None:
            raise CallbackRefused(host=url.host, reason=Words("no callback_secret is configured to sign it with"))
        secret = await asyncio.to_thread(self._secrets.get, self._secret)
        body = json.dumps(await asyncio.to_thread(self._body, callback), ensure_ascii=False).encode()
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Skillwarden",
            DELIVERY: callback.delivery_id,
            TIMESTAMP: timestamp,
            SIGNATURE: signature(secret, timestamp, body),
        }
        try:
            async with asyncio.timeout(_PATIENCE):
                status = await self._post(url, body, headers)
        except TimeoutError:
            raise CallbackFailed(
                host=url.host, reason=Words("it took longer than {seconds} seconds", seconds=_PATIENCE)
            ) from None
        except (httpx.HTTPError, OSError) as error:
            raise CallbackFailed(host=url.host, reason=str(error) or type(error).__name__) from error
        if 300 <= status < 400:  # noqa: PLR2004 - RFC 9110, section 15.4
            raise CallbackRefused(
                host=url.host, reason=Words("it answered {status}, and redirects are not followed", status=status)
            )
        if status == httpx.codes.GONE:
            raise CallbackRefused(host=url.host, reason=Words("it answered 410: it is gone"))
        if not 200 <= status < 300:  # noqa: PLR2004 - RFC 9110, section 15.3
            raise CallbackFailed(host=url.host, reason=Words("it answered {status}", status=status))

    async def _post(self, url: httpx.URL, body: bytes, headers: dict[str, str]) -> int:
        """Connect to the very address that was looked at: a name can mean another one a moment later."""
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await self._resolve(url.host, port)
        if url.host.lower() not in self._inside_hosts:
            for address in addresses:
                if not is_outside(address):
                    raise CallbackRefused(
                        host=url.host, reason=Words("{address} is no address of the open internet", address=address)
                    )
        if self._context is None:
            self._context = await asyncio.to_thread(httpx.create_ssl_context)
        headers = headers | {"Host": url.netloc.decode()}
        # Nothing from the environment: a proxy would resolve the name anew.
        async with (
            httpx.AsyncClient(verify=self._context, trust_env=False, timeout=_PATIENCE) as client,
            client.stream(
                "POST",
                url.copy_with(host=addresses[0]),
                content=body,
                headers=headers,
                extensions={"sni_hostname": url.host},
            ) as answer,
        ):
            return answer.status_code  # what else it says is not read


def is_outside(text: str) -> bool:
    """Whether an address is one of the open internet: neither private, loopback, link-local nor otherwise special."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if address in _NAT64:
            inner = ip_address(address.packed[-4:])  # type: ignore[assignment]  # four bytes make an IPv4Address
        if inner is not None:
            return is_outside(str(inner))
    return address.is_global and not address.is_multicast
