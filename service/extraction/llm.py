"""The extractor that asks a language model: any server that speaks the chat completions of OpenAI's API, as
Ollama, vLLM and llama.cpp do.

It answers with candidates like every other extractor: words of the text, of which grounding keeps what the
text bears out. The article is untrusted. It goes to the model between marks that it cannot contain, and
whatever the model is talked into saying is still only a candidate: no number, date, offset or sentence of the
model's own is ever stored. How it says a claim is meant (modality, extent) cannot be looked up in the text
and is marked as inferred.

The server may be away, slow, wrong or wordy. Calls have a time limit, are repeated where that can help, and
stop for a while after several failures in a row. Callers get no exception but a
reason, because the claims that the rules found do not depend on any of this.
"""

import asyncio
import collections
import hashlib
import json
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import msgspec

from service.extraction.llm_messages import (
    NAME,
    PROMPT_VERSION,
    Predicate,
    Said,
    Unanswered,
    candidate,
    messages,
    parts_of,
    read_answer,
    schema,
)
from service.extraction.protocol import ClaimCandidate, Document, Opinion

__all__ = ["LlmExtractor", "Predicate"]

log = logging.getLogger("service")

PARTS = 6  # of one article; what stands behind them is not read by the model
ATTEMPTS = 3
FIRST_PAUSE = 0.5  # seconds before the second attempt, doubled before each next one
LONGEST_PAUSE = 20.0  # seconds; a server that asks for more is not waited for
LARGEST_ANSWER = 2_000_000  # bytes
CACHED = 2048  # answers kept
FAILURES = 5  # in a row, until nobody asks for COOLDOWN seconds
COOLDOWN = 30.0
AT_ONCE = 4  # calls under way
REPEATED = {408, 409, 425, 429, 500, 502, 503, 504, 529}


class Breaker:
    """Lets no call through for a while after several failures in a row, then one, to see if it is over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.failures = 0
        self.closed_until = 0.0
        self.probing = False

    def allows(self) -> bool:
        if self.failures < FAILURES:
            return True
        if self.probing or self.clock() < self.closed_until:
            return False
        self.probing = True
        return True

    def succeeded(self) -> None:
        self.failures, self.probing = 0, False

    def failed(self) -> None:
        self.failures, self.probing = self.failures + 1, False
        if self.failures >= FAILURES:
            self.closed_until = self.clock() + COOLDOWN


class LlmExtractor:
    """Asks one model at one server. `seconds` is the limit for one attempt."""

    name = NAME

    def __init__(
        self,
        base_url: str,
        model: str,
        predicates: Sequence[Predicate],
        api_key: str | None = None,
        seconds: float = 60,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.url = f"{base_url.rstrip('/')}/chat/completions"
        self.model = model
        self.version = f"{model}/{PROMPT_VERSION}"
        self.headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self.seconds = seconds
        self.sleep = sleep
        self.breaker = Breaker(clock)
        self.limiter = asyncio.Semaphore(AT_ONCE)
        self.cache: collections.OrderedDict[str, tuple[list[Said], int]] = collections.OrderedDict()
        self.schema_refused = False
        self.client: httpx.AsyncClient | None = None
        self.knows(predicates)

    def knows(self, predicates: Sequence[Predicate]) -> None:
        """Sets the vocabulary that the model may use from now on."""
        self.predicates = tuple(predicates)
        known = msgspec.json.encode((self.url, self.model, PROMPT_VERSION, self.predicates))
        self.question = hashlib.sha256(known).hexdigest()

    def extract(self, document: Document) -> list[ClaimCandidate]:
        """For callers without an event loop; a failure is only logged."""

        async def ask() -> Opinion:
            try:
                return await self.ask(document)
            finally:
                await self.close()

        return list(asyncio.run(ask()).candidates)

    async def close(self) -> None:
        """Ends the connections; the next question opens new ones."""
        client, self.client = self.client, None
        if client is not None:
            await client.aclose()

    async def ask(self, document: Document) -> Opinion:
        """What the model finds in a text. Never raises for what the server does."""
        parts = parts_of(document.text)
        answers = await asyncio.gather(*(self.part(part) for part in parts[:PARTS]))
        found = [candidate(one, self.version) for said, _, _ in answers for one in said]
        wrong = sum(number for _, number, _ in answers)
        warnings = list(dict.fromkeys(reason for _, _, reason in answers if reason))
        if wrong:
            warnings.append(f"{wrong} claims of the language model had another shape and were left out.")
        if len(parts) > PARTS:
            read = sum(map(len, parts[:PARTS]))
            warnings.append(f"The language model was given the first {read:,} characters only.")
        if warnings:
            log.warning("language model %s: %s", self.model, " ".join(warnings))
        return Opinion(tuple(dict.fromkeys(found)), " ".join(warnings) or None)

    async def part(self, text: str) -> tuple[list[Said], int, str | None]:
        key = hashlib.sha256(text.encode()).hexdigest() + self.question
        if key in self.cache:
            self.cache.move_to_end(key)
            return *self.cache[key], None
        try:
            async with self.limiter:
                content = await self.answered(text)
            found = read_answer(content)
        except Unanswered as error:
            return [], 0, f"The language model was not used: {error}."
        self.cache[key] = found
        if len(self.cache) > CACHED:
            self.cache.popitem(last=False)
        return *found, None

    async def answered(self, text: str) -> str:
        """What the model wrote. Unanswered after the last attempt, or when the time is over."""
        if not self.breaker.allows():
            raise Unanswered("its server failed several times and is left alone for a while")
        try:
            content = await self.attempts(text)
        except Unanswered:
            self.breaker.failed()
            raise
        except BaseException:  # whoever asked went away, which says nothing of the server
            self.breaker.probing = False
            raise
        self.breaker.succeeded()
        return content

    async def attempts(self, text: str) -> str:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                async with asyncio.timeout(self.seconds):
                    return await self.attempt(text)
            except (Unanswered, TimeoutError) as raised:
                slow = f"its server took longer than {self.seconds:g} seconds"
                error = raised if isinstance(raised, Unanswered) else Unanswered(slow, passing=True)
                pause = FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(1, 1.5)
                pause = max(pause, error.pause or 0)
                if not error.passing or attempt == ATTEMPTS or pause > LONGEST_PAUSE:
                    raise error from None
                log.info("language model: %s; attempt %d follows in %.1f s", error, attempt + 1, pause)
                await self.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def attempt(self, text: str) -> str:
        status, headers, body = await self.post(self.request(text))
        if status in (400, 422) and not self.schema_refused and b"response_format" in body + b"json_schema":
            # An older server that knows no schema; what it answers is read all the same.
            self.schema_refused = True
            status, headers, body = await self.post(self.request(text))
        if status != 200:
            pause = retry_after(headers.get("retry-after"))
            raise Unanswered(f"its server answered {status}", status in REPEATED, pause)
        try:
            content = json.loads(body)["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError, RecursionError):
            raise Unanswered("its server answered something that is no chat completion") from None
        if not isinstance(content, str):
            raise Unanswered("the model declined to answer")
        return content

    def request(self, text: str) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "model": self.model,
            "messages": messages(text, self.predicates),
            "temperature": 0,
        }
        if not self.schema_refused:
            form = {"name": "claims", "strict": True, "schema": schema(self.predicates)}
            asked["response_format"] = {"type": "json_schema", "json_schema": form}
        return asked

    async def post(self, asked: dict[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body; Unanswered when there is no answer, or no end of it."""
        if self.client is None:
            # Redirects are not followed: the key and the text are for this server alone. The time limit is
            # that of the attempt as a whole.
            self.client = httpx.AsyncClient(headers=self.headers, timeout=None, follow_redirects=False)
        body = bytearray()
        try:
            async with self.client.stream("POST", self.url, json=asked) as answer:
                async for part in answer.aiter_bytes():
                    body += part
                    if len(body) > LARGEST_ANSWER:
                        raise Unanswered(f"its answer is larger than {LARGEST_ANSWER:,} bytes")
                return answer.status_code, answer.headers, bytes(body)
        except httpx.HTTPError as error:
            raise Unanswered(f"its server cannot be reached ({type(error).__name__})", passing=True) from None


def retry_after(value: str | None) -> float | None:
    """Seconds to wait, as the header says in seconds or as a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
