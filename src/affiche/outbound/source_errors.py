# SPDX-License-Identifier: Apache-2.0
"""Why a source picture could not be fetched: one fixed sentence for each code, which clients are shown."""

from typing import ClassVar

from affiche.errors import AfficheError


class SourceFault(AfficheError):
    """The picture behind a URL cannot be had."""

    code: ClassVar[str] = "source_fault"
    sentence: ClassVar[str]

    def __init__(self) -> None:
        super().__init__(self.sentence)


class InvalidSourceUrl(SourceFault):
    """The URL, or one that it redirects to, is not http(s) or leads where strangers may not make us call."""

    code = "invalid_source_url"
    sentence = "Source URL target is not allowed."


class SourceDnsFailed(SourceFault):
    """The host's name has no address."""

    code = "source_url_dns_failed"
    sentence = "Source URL host name could not be resolved."


class SourceRedirectLimit(SourceFault):
    """More redirects than we follow."""

    code = "source_url_redirect_limit"
    sentence = "Source URL redirects too many times."


class SourceUnreachable(SourceFault):
    """No connection, or an answer that is no success."""

    code = "source_url_unreachable"
    sentence = "Source image could not be reached."


class DownloadTimeout(SourceFault):
    """The whole download, redirects included, took too long."""

    code = "download_timeout"
    sentence = "Source image download timed out."


class FileTooLarge(SourceFault):
    """More bytes than a source picture may have."""

    code = "file_too_large"
    sentence = "Source image is larger than 10 MB."


class UnsupportedFileType(SourceFault):
    """No JPEG, PNG or WebP, or a content type that says something else than the bytes."""

    code = "unsupported_file_type"
    sentence = "Source image is not a JPEG, PNG or WebP file with a matching content type."
