"""What goes wrong at AWS, in words a person can act on; no message holds a credential."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004 (botocore's name; not used for anything else here)
    CredentialRetrievalError,
    HTTPClientError,
    NoCredentialsError,
    PartialCredentialsError,
    SSOError,
    TokenRetrievalError,
)
from botocore.parsers import ResponseParserError

from dflow_provider.allowlists.listing import ListGoneError, ListMovedError, TryLaterError
from dflow_provider.schema import ProviderError
from dflow_vendors import AWS_SECURITY_GROUP

if TYPE_CHECKING:
    from dflow_provider.allowlists.aws_security_group import SecurityGroup

_GONE: Final = frozenset({"InvalidGroup.NotFound", "InvalidGroupId.Malformed", "InvalidGroupId.NotFound"})

_MORE_RULES: Final = "" if AWS_SECURITY_GROUP.quota is None else AWS_SECURITY_GROUP.quota.remedy
_USER_INFO: Final = re.compile(r"//[^/@\s]*@")
"""What may stand before the host in an endpoint's or a proxy's address, a password for example."""
_VARIABLES: Final = (
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with AWS_SESSION_TOKEN for temporary ones), or AWS_PROFILE"
)


@dataclass(frozen=True)
class _Answer:
    """What an answer of AWS means.

    Args:
        codes: AWS's error codes.
        kind: how the engine reacts.
        title: the title of the error.
        story: its detail, with the places `action`, `group`, `quota`, `code` and `message`.
    """

    codes: frozenset[str]
    kind: type[ProviderError]
    title: str
    story: str


_ANSWERS: Final = (
    _Answer(
        frozenset(
            {
                "InvalidID",
                "InvalidPermission.Duplicate",
                "InvalidPermission.NotFound",
                "InvalidSecurityGroupRuleId.NotFound",
            }
        ),
        ListMovedError,
        "Security group changed meanwhile",
        "{action} was refused: {message}.",
    ),
    _Answer(
        frozenset(
            {
                "ConcurrentMutationLimitExceeded",
                "EC2ThrottledException",
                "InternalError",
                "InternalFailure",
                "RequestLimitExceeded",
                "ServiceUnavailable",
                "Throttling",
                "ThrottlingException",
                "Unavailable",
            }
        ),
        TryLaterError,
        "AWS is busy",
        "{action} for {group} was turned away again and again ({code}). Apply again in a moment.",
    ),
    _Answer(
        frozenset({"AuthFailure", "InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch"}),
        ProviderError,
        "AWS credentials are refused",
        f"{{action}} for {{group}}: AWS does not accept the credentials ({{code}}). Check {_VARIABLES}.",
    ),
    _Answer(
        frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"}),
        ProviderError,
        "AWS credentials have expired",
        "{action} for {group}: the credentials are no longer valid ({code}). Sign in again, or set fresh ones: "
        f"{_VARIABLES}.",
    ),
    _Answer(
        frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"}),
        ProviderError,
        "AWS permission is missing",
        "The credentials may not call ec2:{action} for {group}. Allow that action for them. AWS says: {message}",
    ),
    _Answer(
        frozenset({"RulesPerSecurityGroupLimitExceeded"}),
        ProviderError,
        "Allowlist quota exceeded",
        "AWS takes no more rules for {group}, although rule_quota is {quota}: the account's quota is lower, or rules "
        f"with prefix lists count for several. {_MORE_RULES}",
    ),
    _Answer(
        frozenset({"TagLimitExceeded"}),
        ProviderError,
        "Rule has too many tags",
        "A rule of {group} that other owners share has 50 tags already, and AWS takes no more, so there is no room for "
        "the owner mark. Remove tags nobody needs from the rule.",
    ),
)
_ANYTHING_ELSE: Final = _Answer(
    frozenset(), ProviderError, "AWS refused the request", "{action} for {group} was refused with {code}: {message}"
)


def in_words(
    problem: BotoCoreError | ClientError | ResponseParserError, action: str, group: SecurityGroup | str
) -> ProviderError:
    """Turn an exception of botocore into what the engine, or a person, reacts to.

    Args:
        problem: what botocore raised.
        action: the EC2 action that was called.
        group: the security group it was about; or what else it was about, for people.
    """
    if isinstance(problem, ClientError):
        return _answered(problem, action, group)
    match problem:
        case NoCredentialsError() | PartialCredentialsError() | CredentialRetrievalError():
            return ProviderError(
                "AWS credentials are missing",
                f"{action} for {group} needs credentials, and none were found. Set {_VARIABLES}.",
            )
        case SSOError() | TokenRetrievalError():
            return ProviderError(
                "AWS credentials have expired",
                f"{action} for {group} needs a signed-in session, and there is none: {problem}. Sign in again "
                f"(aws sso login), or set {_VARIABLES}.",
            )
        case ConnectionError() | HTTPClientError():
            found = _USER_INFO.sub("//", str(problem))
            unreachable = ProviderError(
                "AWS is not reachable",
                f"{action} for {group} got no answer: {found}. Check the network, the region and "
                f"AWS_ENDPOINT_URL_EC2, then apply again; what had been written is found again.",
            )
            return _unanswered(unreachable, action)
        case ResponseParserError():
            # botocore's own words repeat what came, whatever that is.
            garbled = ProviderError(
                "AWS's answer cannot be read",
                f"{action} for {group} was answered with something else than AWS's API sends, or with a part of it. A "
                f"proxy in between may have answered: check AWS_ENDPOINT_URL_EC2 and HTTPS_PROXY, then apply again; "
                f"what had been written is found again.",
            )
            return _unanswered(garbled, action)
        case _:
            return ProviderError("AWS request failed", f"{action} for {group} failed before an answer came: {problem}.")


def _unanswered(problem: ProviderError, action: str) -> ProviderError:
    """Whether a write without an answer arrived nobody knows, so the list has to be read again."""
    reading = action.startswith("Describe")
    return problem if reading else TryLaterError(problem.title, problem.detail)


def group_is_gone(group: SecurityGroup) -> ListGoneError:
    """Say that there is no such security group, and where one would look for it."""
    return ListGoneError(
        "Security group not found",
        f"There is no security group {group.group_id} in region {group.region} of this AWS account. Check the id, "
        f"`region` (or AWS_REGION), and that the credentials belong to the account of the database.",
        ("security_group_id",),
    )


def _answered(problem: ClientError, action: str, group: SecurityGroup | str) -> ProviderError:
    error = problem.response.get("Error", {})
    code = error.get("Code", "")
    # What stands behind these words is a text for `sts decode-authorization-message`, a screen long.
    message = error.get("Message", "").partition(" Encoded authorization failure message")[0]
    quota = 0
    if not isinstance(group, str):
        if code in _GONE:
            return group_is_gone(group)
        quota = group.rule_quota
    answer = next((answer for answer in _ANSWERS if code in answer.codes), _ANYTHING_ELSE)
    story = answer.story.format(action=action, group=group, quota=quota, code=code, message=message)
    return answer.kind(answer.title, story)
