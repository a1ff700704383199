# SPDX-License-Identifier: Apache-2.0
import re

import pytest

from affiche.api.tracing import continue_trace

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


def test_the_trace_id_of_the_sender_is_kept_and_the_span_is_ours() -> None:
    context = continue_trace(f"00-{TRACE}-{PARENT}-01")
    assert context.trace_id == TRACE
    assert context.span_id != PARENT
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-00", str(context))


def test_a_newer_version_may_carry_more_fields() -> None:
    assert continue_trace(f"cc-{TRACE}-{PARENT}-01-what-follows").trace_id == TRACE


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "nonsense",
        f"ff-{TRACE}-{PARENT}-01",
        f"00-{TRACE}-{PARENT}-01-more",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{PARENT}-01",
        f"00-{TRACE[:-1]}-{PARENT}-01",
    ],
)
def test_without_a_valid_header_a_new_trace_begins(header: str | None) -> None:
    one, other = continue_trace(header), continue_trace(header)
    assert one.trace_id not in (TRACE, "0" * 32)
    assert one.trace_id != other.trace_id
