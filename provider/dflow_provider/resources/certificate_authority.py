"""`data.dflow_certificate_authority`: the certificates of who vouches for a database."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from dflow_provider.allowlists.allowlist_validators import Matches
from dflow_provider.authorities.https_address import HttpsAddress
from dflow_provider.importing import IMPORTING
from dflow_provider.resources.validators import NotBlank
from dflow_provider.schema import (
    STRING,
    Attribute,
    MapOf,
    Nested,
    NestingMode,
    Presence,
    ProviderError,
    Report,
    Schema,
)

if TYPE_CHECKING:
    from dflow_provider.authorities.vendor_certificate import Obtained
    from dflow_provider.backend import Backend
    from dflow_provider.schema import Call, Values

_SHA256: Final = Matches(
    re.compile(r"[0-9a-f]{64}"),
    "a SHA-256 in small hexadecimal digits",
    "It is what sha256sum prints of the file.",
)


class CertificateAuthority:
    """One authority, or those that one vendor has."""

    schema: ClassVar[Schema] = Schema(
        "The certificates of the authority that vouches for a database, for services to check its own against: from a "
        "vendor's API, from where the vendor publishes them, or from an address. They are read at plan. Only "
        "certificates come out, each once, in the same form each time; at most 14,985 bytes, which is what a Variable "
        "carries in base64. The last 30 days of a certificate are warned of. Credentials are those of the vendor's "
        "allowlist, from the environment.",
        (
            Attribute(
                "url",
                STRING,
                Presence.OPTIONAL,
                "Where to download the certificates, by https; the server's certificate is checked against the "
                "system's store. Give this or `vendor`, not both.",
                validators=(HttpsAddress(),),
            ),
            Attribute(
                "vendor",
                STRING,
                Presence.OPTIONAL,
                "The vendor of the database, as in the name of its allowlist's resource: `digitalocean` of "
                "`dflow_digitalocean_allowlist`. The page of all vendors says whose can be read. Give this "
                "or `url`.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "locators",
                MapOf(STRING),
                Presence.OPTIONAL,
                "Which database, by the names of the arguments that the vendor's allowlist takes; those that may be "
                "left out there may be here: `{ cluster_id = … }`. Left out where the certificates are published.",
            ),
            Attribute(
                "host",
                STRING,
                Presence.OPTIONAL,
                "The host name that services connect to, where the vendor's databases have several authorities: those "
                "of Amazon RDS have one for each region. With other vendors it is left out.",
                validators=(NotBlank(),),
            ),
            Attribute(
                "sha256",
                STRING,
                Presence.OPTIONAL_COMPUTED,
                "The SHA-256 of what was read, in hexadecimal digits. Given, anything else is refused: whoever changes "
                "the file has to be followed by hand.",
                validators=(_SHA256,),
            ),
            Attribute(
                "pem",
                STRING,
                Presence.COMPUTED,
                "The certificates, one after the other. A Variable holds them as `base64encode(…)`, since a Worker "
                "Node would change their line breaks.",
            ),
            Attribute(
                "certificates",
                Nested(
                    NestingMode.LIST,
                    (
                        Attribute(
                            "subject",
                            STRING,
                            Presence.COMPUTED,
                            "Whose certificate it is, as RFC 4514 writes names: `CN=Orders CA,O=Example`.",
                        ),
                        Attribute(
                            "not_after", STRING, Presence.COMPUTED, "Until when it is good, as an RFC 3339 time in UTC."
                        ),
                    ),
                ),
                Presence.COMPUTED,
                "The certificates, in the order of `pem`.",
            ),
        ),
    )

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @classmethod
    def validate_config(cls, config: Values, report: Report) -> None:
        """Refuse a question about no authority, about two, and about one that needs no delivery."""
        with IMPORTING:
            from dflow_provider.resources.authority_question import refuse_question  # noqa: PLC0415 (not for the schema)

        refuse_question(config, report)

    def read(self, config: Values, call: Call) -> Values:
        """Read the certificates and look at them."""
        import hashlib  # noqa: PLC0415 (most processes need none of it)

        with IMPORTING:
            from dflow_provider.allowlists.allowlist_settings import raise_refused  # noqa: PLC0415 (as above)
            from dflow_provider.authorities.bundle import Bundle  # noqa: PLC0415 (as above)

        refused = Report()
        self.validate_config(config, refused)
        raise_refused(refused)
        obtained = self._obtained(config, call)
        digest = hashlib.sha256(obtained.content).hexdigest()
        if config["sha256"] not in {None, digest}:
            raise ProviderError(
                "Certificate has changed",
                f"{obtained.origin} has the SHA-256 {digest}, and {config['sha256']} is configured. Find out whether "
                f"the vendor has a new authority; if so, configure the new number.",
                ("sha256",),
            )
        bundle = Bundle.read(obtained.content, obtained.origin)
        bundle.judge(obtained.origin, call.report)
        return {
            **config,
            "sha256": digest,
            "pem": bundle.pem,
            "certificates": [
                {"subject": each.subject, "not_after": f"{each.not_after:%Y-%m-%dT%H:%M:%SZ}"}
                for each in bundle.certificates
            ],
        }

    def _obtained(self, config: Values, call: Call) -> Obtained:
        # These bring the HTTP client along.
        with IMPORTING:
            from dflow_provider.authorities.vendor_certificate import VendorDatabase, downloaded  # noqa: PLC0415
            from dflow_vendors import vendor_named  # noqa: PLC0415

        if config["url"] is not None:
            return downloaded(str(config["url"]), ("url",), call.stop)
        locators = config["locators"] if isinstance(config["locators"], dict) else {}
        return VendorDatabase(
            vendor_named(str(config["vendor"])),
            {name: str(value) for name, value in locators.items() if value is not None},
            None if config["host"] is None else str(config["host"]),
            self._backend.environment,
        ).certificates(call.stop)
