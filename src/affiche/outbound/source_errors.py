# SPDX-License-Identifier: Apache-2.0
"""Why a source picture could not be fetched: for each reason a code and one fixed sentence, which clients are shown."""

from enum import StrEnum

from affiche.errors import AfficheError


class SourceProblem(StrEnum):
    """What is wrong with a source; the value is its code, ``sentence`` what clients read."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> "SourceProblem":
        member = str.__new__(cls, code)
        member._value_ = code
        member.sentence = sentence
        return member

    # The URL, or one that it redirects to, is not http(s) or leads where strangers may not make us call.
    INVALID_URL = "invalid_source_url", "Source URL target is not allowed."
    DNS_FAILED = "source_url_dns_failed", "Source URL host name could not be resolved."
    REDIRECT_LIMIT = "source_url_redirect_limit", "Source URL redirects too many times."
    # No connection, or an answer that is no success.
    UNREACHABLE = "source_url_unreachable", "Source image could not be reached."
    # The whole download, redirects included.
    TIMEOUT = "download_timeout", "Source image download timed out."
    TOO_LARGE = "file_too_large", "Source image is larger than 10 MB."
    UNSUPPORTED_TYPE = (
        "unsupported_file_type",
        "Source image is not a JPEG, PNG or WebP file with a matching content type.",
    )


class SourceFault(AfficheError):
    """The picture behind a URL cannot be had; ``problem`` says why."""

    code = "source_fault"

    def __init__(self, problem: SourceProblem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem
