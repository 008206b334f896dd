"""What goes wrong at AWS, in words a person can act on; no message holds a credential."""

from __future__ import annotations

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

from dflow_provider.allowlists.listing import ListGoneError, ListMovedError, TryLaterError
from dflow_provider.schema import ProviderError
from dflow_vendors import AWS_SECURITY_GROUP

if TYPE_CHECKING:
    from dflow_provider.allowlists.aws_security_group import SecurityGroup

_GONE: Final = frozenset({"InvalidGroup.NotFound", "InvalidGroupId.Malformed", "InvalidGroupId.NotFound"})
_MOVED: Final = frozenset(
    {
        "InvalidPermission.Duplicate",
        "InvalidPermission.NotFound",
        "InvalidSecurityGroupRuleId.NotFound",
        "InvalidID",
    }
)
_BUSY: Final = frozenset(
    {
        "EC2ThrottledException",
        "InternalError",
        "InternalFailure",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "Throttling",
        "ThrottlingException",
        "Unavailable",
    }
)
_UNKNOWN_KEY: Final = frozenset({"AuthFailure", "InvalidAccessKeyId", "InvalidClientTokenId", "SignatureDoesNotMatch"})
_EXPIRED: Final = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_DENIED: Final = frozenset({"AccessDenied", "AccessDeniedException", "UnauthorizedOperation"})

_MORE_RULES: Final = "" if AWS_SECURITY_GROUP.quota is None else AWS_SECURITY_GROUP.quota.remedy
_VARIABLES: Final = (
    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (with AWS_SESSION_TOKEN for temporary ones), or AWS_PROFILE"
)


def in_words(problem: BotoCoreError | ClientError, action: str, group: SecurityGroup) -> ProviderError:
    """Turn an exception of botocore into what the engine, or a person, reacts to.

    Args:
        problem: what botocore raised.
        action: the EC2 action that was called.
        group: the security group it was about.
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
            unreachable = ProviderError(
                "AWS is not reachable",
                f"{action} for {group} got no answer: {problem}. Check the network, the region and "
                f"AWS_ENDPOINT_URL_EC2, then apply again; what had been written is found again.",
            )
            # boto3 has tried several times. Whether a write arrived nobody knows, so the list has to be read again.
            reading = action.startswith("Describe")
            return unreachable if reading else TryLaterError(unreachable.title, unreachable.detail)
        case _:
            return ProviderError("AWS request failed", f"{action} for {group} failed before an answer came: {problem}.")


def group_is_gone(group: SecurityGroup) -> ListGoneError:
    """Say that there is no such security group, and where one would look for it."""
    return ListGoneError(
        "Security group not found",
        f"There is no security group {group.group_id} in region {group.region} of this AWS account. Check the id, "
        f"`region` (or AWS_REGION), and that the credentials belong to the account of the database.",
        ("security_group_id",),
    )


def _answered(problem: ClientError, action: str, group: SecurityGroup) -> ProviderError:
    error = problem.response.get("Error", {})
    code = error.get("Code", "")
    # What stands behind these words is a text for `sts decode-authorization-message`, a screen long.
    message = error.get("Message", "").partition(" Encoded authorization failure message")[0]
    if code in _GONE:
        return group_is_gone(group)
    if code in _MOVED:
        return ListMovedError("Security group changed meanwhile", f"{action} was refused: {message}.")
    if code in _BUSY:
        return TryLaterError("AWS is busy", f"{action} for {group} was turned away ({code}). Apply again in a moment.")
    if code in _UNKNOWN_KEY:
        return ProviderError(
            "AWS credentials are refused",
            f"{action} for {group}: AWS does not accept the credentials ({code}). Check {_VARIABLES}.",
        )
    if code in _EXPIRED:
        return ProviderError(
            "AWS credentials have expired",
            f"{action} for {group}: the credentials are no longer valid ({code}). Sign in again, or set fresh ones: "
            f"{_VARIABLES}.",
        )
    if code in _DENIED:
        return ProviderError(
            "AWS permission is missing",
            f"The credentials may not call ec2:{action} for {group}. Allow that action for them. AWS says: {message}",
        )
    if code == "RulesPerSecurityGroupLimitExceeded":
        return ProviderError(
            "Allowlist quota exceeded",
            f"AWS takes no more rules for {group}, although rule_quota is {group.rule_quota}: the account's quota is "
            f"lower, or rules with prefix lists count for several. {_MORE_RULES}",
        )
    if code == "TagLimitExceeded":
        return ProviderError(
            "Rule has too many tags",
            f"A rule of {group} that other owners share already has 50 tags, and AWS takes no more, so the owner mark "
            f"has no room. Remove tags nobody needs from the rule.",
        )
    return ProviderError("AWS refused the request", f"{action} for {group} was refused with {code}: {message}")
