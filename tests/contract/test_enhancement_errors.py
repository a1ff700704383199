# SPDX-License-Identifier: Apache-2.0
"""Every status and code of the enhancement dialect over real servers, in the order in which requests are checked.

The tables are ladders: a request begins with everything wrong with it, every rung mends what the one before it was
refused for, and what is checked next comes to light.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import httpx2
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from affiche.api.app import create_app
from affiche.api.enhancement.errors import STATUS
from affiche.api.server import HttpServer
from affiche.service.accounts.key_values import Environment
from affiche.service.accounts.standing import Standing
from affiche.service.assembly import Services
from affiche.settings import Settings
from affiche.store.enhancement_tables import EnhancementRow
from tests.contract.conftest import free_port, until

UNKNOWN: Final = "614c0031-8636-466e-9d40-c7c43c8769b6"
PRICE: Final = 11
GRANTED: Final = 200
"""What live use asks for. It pays for the first batch, and for one of twenty pictures it does not."""

EARLIER: Final = 18
MANY: Final = 20
PLAIN: Final = "keep the shadow"
STRANGERS: Final = 100
CREATIONS: Final = 5
LOOKS: Final = 120
SEED: Final = {
    (401, "missing_api_key"),
    (401, "invalid_api_key"),
    (401, "api_key_expired"),
    (401, "api_key_inactive"),
    (401, "api_key_revoked"),
    (403, "api_key_environment_mismatch"),
    (403, "email_not_verified"),
    (403, "account_suspended"),
    (403, "api_access_not_enabled"),
    (403, "payment_risk_restricted"),
    (400, "invalid_payload"),
    (400, "invalid_idempotency_key"),
    (400, "invalid_webhook_url"),
    (422, "content_policy_violation"),
    (402, "insufficient_api_credits"),
    (409, "idempotency_conflict"),
    (429, "too_many_active_enhancements"),
    (429, "rate_limit_exceeded"),
    (404, "enhancement_not_found"),
    (400, "invalid_enhancement_id"),
    (500, "rate_limit_unavailable"),
    (503, "queue_unavailable"),
    (500, "unexpected"),
}
"""Every code that the documentation of the first edition has for requests."""


def _batch(count: int, words: str, hook: str | None) -> dict[str, Any]:
    images = [{"source_url": f"https://x.example/{number}.jpg"} for number in range(count)]
    return {"images": images, "instructions": words} | ({"webhook_url": hook} if hook else {})


class Door(NamedTuple):
    """A way in: where batches are sent and looked up, and what the edition calls its own errors."""

    path: str
    noun: str

    @property
    def too_many(self) -> str:
        return f"too_many_active_{self.noun}s"

    @property
    def not_found(self) -> str:
        return f"{self.noun}_not_found"

    @property
    def invalid_id(self) -> str:
        return f"invalid_{self.noun}_id"


DOORS: Final = (Door("/api/v1/product-image-enhancements", "enhancement"), Door("/api/v1/product-photo-jobs", "job"))
PROMPTED: Final = {
    "/api/v1/scene/create": lambda words: {
        "object": {"image_url": "https://x.example/1.jpg"},
        "scene": {"prompt": words},
    },
    "/api/v1/image/generate": lambda words: {"input": {"prompt": words}},
}
"""Ways in whose words are a prompt, with their bodies."""


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """An API process's work in this one: the application under ``settings`` on a free port, at the URL that it gives."""
    with Services.open(settings) as services:
        http = HttpServer(create_app(settings, services), "127.0.0.1", free_port())
        thread = threading.Thread(target=http.run, daemon=True)
        thread.start()
        until(lambda: http.started, "the server starts")
        try:
            yield f"http://127.0.0.1:{http.port}"
        finally:
            http.stop()
            thread.join(15)


@dataclass
class Installation:
    """Servers over one home, as its operator sees them. ``uncounted`` cannot reach what its limits are counted in,
    ``strict`` serves live keys under the vendor's limits and credits, ``later`` does so with its counters at zero."""

    operator: Services
    uncounted: str
    strict: str
    later: str

    @classmethod
    @contextmanager
    def open(cls, home: Path) -> "Iterator[Installation]":
        plain = Settings(home=home, credits="metered", credits_per_image=PRICE, credit_threshold=GRANTED)
        strict = plain.model_copy(update={"limits": "vendor", "environments": "live"})
        away = strict.model_copy(update={"limits_url": SecretStr("redis://127.0.0.1:1/0")})
        with ExitStack() as stack:
            operator = stack.enter_context(Services.open(plain))
            yield cls(operator, *(stack.enter_context(serving(settings)) for settings in (away, strict, strict)))

    @contextmanager
    def missing(self, table: str) -> Iterator[None]:
        """Without a table of the database, and with it again."""
        self._rename(table, f"{table}_away")
        try:
            yield
        finally:
            self._rename(f"{table}_away", table)

    def _rename(self, table: str, name: str) -> None:
        with self.operator.foundation.store.transaction() as session:
            session.execute(sa.text(f'ALTER TABLE "{table}" RENAME TO "{name}"'))


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with Installation.open(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@dataclass
class Climber:
    """An account and the request that it goes on mending. ``first`` is the key of its batch that is still at work."""

    house: Installation
    door: Door
    account: UUID = field(init=False)
    first: str = field(init=False)
    batch: UUID = field(init=False)
    url: str = ""
    key: str = ""
    idempotency: str = "nonsense key"
    words: str = "add some gore"
    hook: str | None = "http://localhost/hook"
    count: int = MANY + 1
    broken: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.account = self.house.operator.applications.create("Climber").application_id
        self.house.operator.ledger.grant(self.account, GRANTED)
        self.first, self.url = self.new_key(), self.house.later
        body = _batch(EARLIER, PLAIN, None)
        made = self.post(self.first, "the-batch-before", body).raise_for_status().json()
        self.batch = UUID(next(iter(made.values()))["id"])
        self.stand(Standing.EMAIL_NOT_VERIFIED)

    def new_key(self, environment: Environment = Environment.LIVE, expires: datetime | None = None) -> str:
        return self.house.operator.keys.create(environment, "Climber", self.account, expires).key

    def retired_key(self, how: str) -> str:
        """A key of the account that was switched off."""
        made = self.house.operator.keys.create(Environment.LIVE, "Climber", self.account)
        getattr(self.house.operator.keys, how)(made.about.key_id)
        return made.key

    def expired_key(self) -> str:
        end = datetime.now(UTC) + timedelta(seconds=0.5)
        key = self.new_key(expires=end)
        until(lambda: datetime.now(UTC) > end, "the key expires")
        return key

    def stand(self, standing: Standing) -> None:
        self.house.operator.applications.set_standing(self.account, standing)

    def post(self, key: str, idempotency: str, body: object) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {"x-api-key": self.first, "cookie": self.first}
        headers |= {"Idempotency-Key": idempotency}
        return httpx2.post(f"{self.url}{self.door.path}?api_key={self.first}", json=body, headers=headers, timeout=60)

    def ask(self) -> httpx2.Response:
        return self.post(self.key, self.idempotency, _batch(self.count, self.words, self.hook))


class Rung(NamedTuple):
    """What is mended, and how the request is answered then. ``code`` is empty for success."""

    status: int
    code: str
    mend: Callable[[Climber], None]


def uncounted(climber: Climber) -> None:
    climber.url = climber.house.uncounted


def counted(climber: Climber) -> None:
    """Where limits can be counted, but so many strangers have called that nobody without a key gets through."""
    climber.url = climber.house.strict
    for _ in range(STRANGERS):
        climber.ask()


def calmer(climber: Climber) -> None:
    climber.url = climber.house.later


def with_key(make: Callable[[Climber], str]) -> Callable[[Climber], None]:
    def mend(climber: Climber) -> None:
        climber.key = make(climber)

    return mend


def standing(status: Standing) -> Callable[[Climber], None]:
    return lambda climber: climber.stand(status)


def busy(climber: Climber) -> None:
    """In good standing, with a key that has been used as often as it may be."""
    climber.stand(Standing.GOOD)
    climber.key = climber.new_key()
    for _ in range(CREATIONS):
        assert climber.ask().status_code == 400


def named(climber: Climber) -> None:
    """A key for the request that is well formed, although it named another one before."""
    climber.key, climber.idempotency = climber.new_key(), "the-batch-before"


def fitting(climber: Climber) -> None:
    climber.count = MANY


def without_hook(climber: Climber) -> None:
    climber.hook = None


def decent(climber: Climber) -> None:
    """A body that is all right, in a database that is not."""
    climber.key, climber.words = climber.new_key(), PLAIN
    climber.broken.enter_context(climber.house.missing(EnhancementRow.__tablename__))


def whole(climber: Climber) -> None:
    climber.broken.close()
    climber.stand(Standing.NO_API_ACCESS)


def anew(climber: Climber) -> None:
    climber.idempotency = "another-batch"


def enabled(climber: Climber) -> None:
    climber.stand(Standing.GOOD)
    climber.key = climber.first


def ended(climber: Climber) -> None:
    climber.house.operator.enhancements.cancel(climber.batch)


def rested(climber: Climber) -> None:
    """With a key that has had no pictures made in this hour, in an account that has not bought enough for all."""
    climber.key = climber.new_key()


def paid(climber: Climber) -> None:
    """With the credits, but the queue is gone."""
    climber.house.operator.ledger.grant(climber.account, MANY * PRICE - GRANTED)
    climber.broken.enter_context(climber.house.missing("workflow_status"))


def mended(climber: Climber) -> None:
    climber.broken.close()


def nothing(_: Climber) -> None: ...


def ladder(door: Door) -> Iterator[Rung]:
    """In the order of the contract: IP limit, key, account, create rate, header, body, webhook, policy, replay, access,
    active batches, pictures an hour, credits, queue."""
    yield Rung(500, "rate_limit_unavailable", uncounted)
    yield Rung(429, "rate_limit_exceeded", counted)
    yield Rung(401, "missing_api_key", calmer)
    yield Rung(401, "invalid_api_key", with_key(lambda _: f"aigen_live_{'0' * 32}"))
    yield Rung(401, "invalid_api_key", with_key(lambda climber: climber.retired_key("delete")))
    yield Rung(401, "api_key_revoked", with_key(lambda climber: climber.retired_key("revoke")))
    yield Rung(401, "api_key_expired", with_key(Climber.expired_key))
    yield Rung(401, "api_key_inactive", with_key(lambda climber: climber.retired_key("deactivate")))
    yield Rung(403, "api_key_environment_mismatch", with_key(lambda climber: climber.new_key(Environment.SANDBOX)))
    yield Rung(403, "email_not_verified", with_key(Climber.new_key))
    yield Rung(403, "account_suspended", standing(Standing.SUSPENDED))
    yield Rung(403, "payment_risk_restricted", standing(Standing.PAYMENT_RISK))
    yield Rung(429, "rate_limit_exceeded", busy)
    yield Rung(400, "invalid_idempotency_key", with_key(Climber.new_key))
    yield Rung(400, "invalid_payload", named)
    yield Rung(400, "invalid_webhook_url", fitting)
    yield Rung(422, "content_policy_violation", without_hook)
    yield Rung(500, "unexpected", decent)
    yield Rung(409, "idempotency_conflict", whole)
    yield Rung(403, "api_access_not_enabled", anew)
    yield Rung(429, door.too_many, enabled)
    yield Rung(429, "rate_limit_exceeded", ended)
    yield Rung(402, "insufficient_api_credits", rested)
    yield Rung(503, "queue_unavailable", paid)
    yield Rung(202, "", mended)
    yield Rung(200, "", nothing)


def codes_of(door: Door) -> set[tuple[int, str]]:
    """The vendor's table in the words of an edition."""
    return {(status, code.replace("enhancement", door.noun)) for status, code in SEED}


def refused(answer: httpx2.Response) -> tuple[int, str]:
    """Status and code of an error in the one envelope."""
    told = answer.json()
    assert list(told) == ["error"]
    assert list(told["error"]) == ["code", "message", "request_id"]
    assert told["error"]["message"]
    assert answer.headers["x-request-id"] == told["error"]["request_id"]
    assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)
    assert ("retry-after" in answer.headers) is (told["error"]["code"] == "rate_limit_exceeded")
    return answer.status_code, told["error"]["code"]


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.path)
def test_every_refusal_of_a_batch_in_the_order_of_the_checks(installation: Installation, door: Door) -> None:
    until(lambda: datetime.now(UTC).minute < 59, "an hour begins that the pictures of this test are all made in")
    climber, reached = Climber(installation, door), set[tuple[int, str]]()
    with climber.broken:
        for number, rung in enumerate(ladder(door)):
            rung.mend(climber)
            answer = climber.ask()
            if rung.code:
                assert refused(answer) == (rung.status, rung.code), f"rung {number}: {answer.text}"
                reached.add((rung.status, rung.code))
            else:
                assert answer.status_code == rung.status, f"rung {number}: {answer.text}"
                assert answer.json()["remaining_paid_credits"] == 0, "nothing was held for what was refused"
    looks = {(400, door.invalid_id), (404, door.not_found)}
    assert reached | looks == codes_of(door)
    assert installation.operator.ledger.check().findings == ()


@pytest.mark.slow
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.path)
def test_every_refusal_of_a_look_in_the_order_of_the_checks(installation: Installation, door: Door) -> None:
    climber = Climber(installation, door)
    climber.stand(Standing.GOOD)
    sandbox, stranger = climber.new_key(Environment.SANDBOX), Climber(installation, door)
    stranger.stand(Standing.GOOD)
    worn = climber.new_key()
    batch = str(climber.batch)

    def look(key: str, batch_id: str) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx2.get(f"{installation.later}{door.path}/{batch_id}", headers=headers, timeout=60)

    for _ in range(LOOKS):
        assert look(worn, "nonsense").status_code == 400
    rows: Mapping[str, tuple[httpx2.Response, tuple[int, str]]] = {
        "no key": (look("", "nonsense"), (401, "missing_api_key")),
        "other environment": (look(sandbox, "nonsense"), (403, "api_key_environment_mismatch")),
        "too often": (look(worn, "nonsense"), (429, "rate_limit_exceeded")),
        "no id": (look(climber.first, "nonsense"), (400, door.invalid_id)),
        "unknown": (look(climber.first, UNKNOWN), (404, door.not_found)),
        "another's": (look(stranger.first, batch), (404, door.not_found)),
    }
    for name, (answer, expected) in rows.items():
        assert refused(answer) == expected, name
    assert look(climber.first, batch).status_code == 200


@pytest.mark.parametrize("path", PROMPTED)
def test_prompts_are_judged_between_the_policy_and_what_came_before(installation: Installation, path: str) -> None:
    account = installation.operator.applications.create("Painter").application_id
    installation.operator.ledger.grant(account, GRANTED)

    def post(words: str, hook: str | None = None) -> httpx2.Response:
        key = installation.operator.keys.create(Environment.LIVE, "Painter", account).key
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "one-for-all"}
        body = PROMPTED[path](words) | ({"webhook_url": hook} if hook else {})
        return httpx2.post(f"{installation.later}{path}", json=body, headers=headers, timeout=60)

    assert post("on a marble table").status_code == 202
    assert refused(post("gore and an elephant", "http://localhost/")) == (400, "invalid_webhook_url")
    assert refused(post("gore and an elephant")) == (422, "content_policy_violation")
    assert refused(post("an elephant in a tutu")) == (422, "unsupported_prompt")
    assert refused(post("on a wooden table")) == (409, "idempotency_conflict")
    assert post("on a marble table").status_code == 200


def test_the_tables_leave_no_error_of_the_dialect_out() -> None:
    tables = set.union(*(codes_of(door) for door in DOORS))
    own = {(422, "unsupported_prompt"), (404, "not_found"), (405, "method_not_allowed")}
    assert {(status, kind.code) for kind, status in STATUS.items()} == tables | own
