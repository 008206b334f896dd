"""What secrets look like."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMS: Final = (
    ("an AWS access key id", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ("a GitHub token", r"\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{60,255})\b"),
    ("a GitLab token", r"\bgl(?:pat|ptt|rt|dt|soat|cbt|ft|imt|agent|oas)-[A-Za-z0-9_\-.]{20,300}"),
    ("a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,250}|\bxapp-\d-[A-Za-z0-9-]{10,250}"),
    ("a Slack webhook", r"https://hooks\.slack\.com/(?:services|workflows|triggers)/[A-Za-z0-9/_-]{20,}"),
    ("a Stripe key", r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,250}|\bwhsec_[A-Za-z0-9+/=]{24,}"),
    ("a Neon API key", r"\bnapi_[a-z0-9]{40,80}\b"),
    ("a Neon password", r"\bnpg_[A-Za-z0-9]{10,40}\b"),
    ("a PlanetScale secret", r"\bpscale_(?:pw|tkn|oauth|api)_[A-Za-z0-9_=.\-]{16,100}"),
    ("a Google API key", r"\bAIza[A-Za-z0-9_\-]{35}\b"),
    ("a DigitalOcean token", r"\bdo[oprt]_v1_[a-f0-9]{64}\b"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a Supabase key", r"\bsb(?:p|_secret)_[A-Za-z0-9_]{20,}"),
    ("a private key", r"-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}"),
)
_KNOWN: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
_BEGINNINGS: Final = re.compile(
    r"AKIA|ASIA|gh[pousr]_|github_pat_|gl[a-z]+-|xox|xapp-|https://hooks|sk_|rk_|whsec_|napi_|npg_|pscale_|AIza|"
    r"do[oprt]_v1_|npm_|sbp_|sb_secret_|-----BEGIN|eyJ"
)
"""How known forms begin, to pass by the many texts that hold none."""

_HINTS: Final = re.compile(
    rf"{_BEGINNINGS.pattern}|://|(?i:pwd|passwd|password|passphrase|secret|token|api_?key)[\w-]*[\"']?\s*[:=]"
)

_PARTS_OF_TOKENS: Final = (
    *("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "xox", "xapp-", "sk_live_", "sk_test_"),
    *("rk_live_", "rk_test_", "whsec_", "napi_", "npg_", "pscale_", "AIza", "_v1_", "npm_", "sbp_", "sb_secret_"),
    *("-----BEGIN", "eyJ", "glpat-", "glptt-", "glrt-", "gldt-", "glsoat-", "glcbt-", "glft-", "glimt-", "glagent-"),
    *("gloas-", "://"),
)
_PARTS_OF_NAMES: Final = ("pwd", "passw", "passphrase", "secret", "token", "apikey", "api_key")
"""What every text has a part of in which `_HINTS` finds a known form or a name: a search that takes next to no time."""

_URL: Final = re.compile(r"\b[a-zA-Z][a-zA-Z0-9+.\-]{1,30}://(?P<user>[^\s:/?#@]*):(?P<password>[^\s/?#@]+)@")
_URL_QUERY: Final = re.compile(r"://[^\s?]*\?(?:[^\s]*&)?(?:password|pwd)=(?P<password>[^\s&#]+)", re.IGNORECASE)
_ADO: Final = re.compile(
    r"(?:^|;)\s*(?:server|data source|host|addr(?:ess)?)\s*=.*;\s*(?:password|pwd)\s*=\s*(?P<password>[^;\s]+)",
    re.IGNORECASE,
)
_DSN: Final = re.compile(r"\bhost\s*=.*\bpassword\s*=\s*'?(?P<password>[^'\s;]+)", re.IGNORECASE)
_IN_URLS: Final = (_URL, _URL_QUERY, _ADO, _DSN)
_ASSIGNED: Final = re.compile(
    r"(?<![\w-])(?P<name>[\w-]{0,60}?(?i:pwd|passwd|password|passphrase|secret|token|api_?key)[\w-]{0,30})"
    r"[\"']?\s*[:=]\s*[\"']?(?P<value>[^\s\"'`$;&|<>(){}\[\],]{8,200})(?![^\s\"'`;&|<>)}\],])"
)
"""What commands, scripts and messages give a name to: `PGPASSWORD=… psql`, `password = "…"`."""

_WRITE_ONLY: Final = "_wo"
_NOT_SAID: Final = re.compile(
    r"[*x•.…#_-]+|\$\{.*|\{\{.*|%[a-z_]+%|<.*>?|\[.*\]|\$[A-Za-z_]\w*|redacted|changeme|password|secret|pass|pwd|"
    r"\(sensitive(?: value)?\)|hidden|masked",
    re.IGNORECASE,
)
"""What stands in the place of a secret and is none."""

_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_SECRET_WORDS: Final = frozenset(
    {
        "apikey",
        "auth",
        "credential",
        "credentials",
        "passphrase",
        "passwd",
        "password",
        "pwd",
        "secret",
        "secrets",
        "token",
    }
)
_SECRET_ENDS: Final = ("apikey", "passphrase", "passwd", "password", "secret", "token")
"""How words end that are two: `PGPASSWORD`, `clientsecret`."""
_DATABASES: Final = frozenset(
    {"clickhouse", "database", "db", "mariadb", "mongo", "mongodb", "mysql", "pg", "postgres", "postgresql", "redis"}
)
_KEYS: Final = frozenset(
    {"access", "api", "account", "encryption", "license", "master", "primary", "private", "secret"}
)
"""What stands before `key` in names of secrets: a `kms_key` is none."""
_NOT_SECRET_ENDS: Final = frozenset(
    {
        "algorithm",
        "alias",
        "arn",
        "changed",
        "count",
        "description",
        "enabled",
        "endpoint",
        "expiration",
        "file",
        "fingerprint",
        "id",
        "ids",
        "issuer",
        "length",
        "md5",
        "method",
        "mode",
        "name",
        "names",
        "path",
        "policy",
        "public",
        "reason",
        "ref",
        "rotation",
        "status",
        "suffix",
        "ttl",
        "type",
        "types",
        "uri",
        "url",
        "version",
        "versions",
        "window",
        "wo",
    }
)
"""How names end that speak about a secret and do not hold it."""
_UUID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LOCATION: Final = re.compile(
    r"arn:|https?://[^\s@]*$|/(?:[\w.-]+/)*[\w.-]+$|projects/|vault:|sm://|ssm:|op://", re.ASCII
)
_SHORTEST: Final = 8
_LONGEST: Final = 4096
_BITS_PER_CHARACTER: Final = 3.0
_BITS_OF_A_TOKEN: Final = 4.2
_SHORTEST_TOKEN: Final = 24
_TOKEN: Final = re.compile(r"(?=[^\s]*[A-Z])(?=[^\s]*[a-z])(?=[^\s]*\d)[A-Za-z0-9+/_=.\-!@#$%^&*]{20,200}")


def has_password_in_url(text: str) -> bool:
    """Say whether a text holds a connection string with a password in it."""
    if "://" not in text and "=" not in text:
        return False
    return any(
        not _NOT_SAID.fullmatch(found["password"]) for form in _IN_URLS for found in form.finditer(text[:_LONGEST])
    )


def may_hold_secrets(names: Iterable[str], texts: Iterable[str]) -> bool:
    """Say whether it is worth looking closer at texts that stand under some names; never wrong where it denies that."""
    for name in names:
        if _is_called_secret(name):
            return True
    everything = "\n".join(texts)
    for part in _PARTS_OF_TOKENS:
        if part in everything:
            return True
    in_lower_case = everything.lower()
    return any(part in in_lower_case for part in _PARTS_OF_NAMES)


def may_hold_secret(text: str, name: str) -> bool:
    """Say whether it is worth looking closer at a text that is not hidden.

    It is quick, and true for every text in which `kind_of_secret` or `has_password_in_url` find something.
    """
    return len(text) >= _SHORTEST and (_HINTS.search(text) is not None or _is_called_secret(name))


def kind_of_secret(text: str, name: str, *, is_hidden: bool) -> str | None:
    """Say what kind of secret a text holds, or nothing.

    Args:
        text: a value.
        name: of the attribute, or of the variable.
        is_hidden: whether the plan marks it sensitive.
    """
    if len(text) < _SHORTEST:
        return None
    if _BEGINNINGS.search(text):
        for kind, form in _KNOWN:
            if form.search(text):
                return kind
    if (is_hidden or _is_called_secret(name)) and len(text) <= _LONGEST and _may_be_one(text.strip()):
        return "what looks like a secret, going by its name and its randomness"
    if any(
        names_a_secret(found["name"]) and _may_be_one(found["value"]) for found in _ASSIGNED.finditer(text[:_LONGEST])
    ):
        return "what looks like a secret that a text gives by name"
    return None


def _may_be_one(text: str) -> bool:
    if _NOT_SAID.fullmatch(text) or _UUID.fullmatch(text) or _LOCATION.match(text) or " " in text:
        return False
    # What Terraform puts together comes from what is looked at where it comes from.
    return "${" not in text and _is_random(text)


@lru_cache(maxsize=4096)
def _is_called_secret(name: str) -> bool:
    """Say whether a name is a secret's, write-only arguments included: what is written out for them is in the file."""
    return names_a_secret(name.removesuffix(_WRITE_ONLY))


@lru_cache(maxsize=4096)
def is_connection(name: str) -> bool:
    """Say whether an attribute or a variable is called as if it held a connection string."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return (
        "dsn" in words
        or ("connection" in words and words[-1] in {"string", "uri", "url"})
        or (len(words) > 1 and words[-1] in {"uri", "url"} and not _DATABASES.isdisjoint(words))
    )


@lru_cache(maxsize=4096)
def names_a_secret(name: str) -> bool:
    """Say whether an attribute or a variable is called as if it held a secret."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or words[-1] in _NOT_SECRET_ENDS:
        return False
    if not _SECRET_WORDS.isdisjoint(words) or any(word.endswith(_SECRET_ENDS) for word in words):
        return "public" not in words
    return len(words) > 1 and words[-1] in {"key", "keys"} and words[-2] in _KEYS


def _is_random(text: str) -> bool:
    """Say whether a text has many different characters for its length, as no word and no sentence has."""
    bits = _entropy(text)
    mixed = sum(bool(re.search(group, text)) for group in (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]"))
    longest_possible = math.log2(len(text))
    if mixed < 2 and not re.search(r"\d", text):
        # Words of one kind of letter: only what is longer than a word counts.
        return len(text) >= _SHORTEST_TOKEN and bits >= _BITS_OF_A_TOKEN - 0.7
    return bits >= min(_BITS_PER_CHARACTER, 0.85 * longest_possible)


def _entropy(text: str) -> float:
    """Return the bits of information in each character, if each came up as often as it does here."""
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in Counter(text).values())
