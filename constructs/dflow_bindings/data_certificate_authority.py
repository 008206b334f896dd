# Generated from the schema of the Terraform provider dflow-cdktf/dflow; do not edit.
# Make it again with: dflow-cdktf codegen

from __future__ import annotations

import collections.abc as _abc
import typing as _typing
import constructs as _constructs
from dflow_cdk import cdk as _cdk
from dflow_cdk import element as _element
from dflow_cdk import inputs as _inputs
from dflow_cdk import reference as _reference


class DataCertificateAuthorityCertificatesReference(_reference.ObjectReference):
    """A reference to `certificates`."""

    @property
    def not_after(self) -> str:
        """A reference to `not_after`: `string`, computed.

        Until when it is good, as an RFC 3339 time in UTC.
        """
        return self.get_string_attribute('not_after')

    @property
    def subject(self) -> str:
        """A reference to `subject`: `string`, computed.

        Whose certificate it is, as RFC 4514 writes names: `CN=Orders CA,O=Example`.
        """
        return self.get_string_attribute('subject')


DataCertificateAuthorityInputs = _typing.TypedDict(
    'DataCertificateAuthorityInputs',
    {
        'host': 'str',
        'locators': '_abc.Mapping[str, str] | _cdk.IResolvable',
        'sha256': 'str',
        'url': 'str',
        'vendor': 'str',
    },
    total=False,
)


class DataCertificateAuthority(_element.DataSource):
    """The data source `dflow_certificate_authority` of Terraform.

    The certificates of the authority that vouches for a database, for services to check its own against: from a vendor's API, from where the vendor publishes them, or from an address. They are read at plan. Only certificates come out, each once, in the same form each time; at most 14,985 bytes, which is what a Variable carries in base64. The last 30 days of a certificate are warned of. Credentials are those of the vendor's allowlist, from the environment.

    Args:
        host: `string`, optional. The host name that services connect to, where the vendor's databases have several authorities: those of Amazon RDS have one for each region. With other vendors it is left out.
        locators: `map(string)`, optional. Which database, by the names of the arguments that the vendor's allowlist takes; those that may be left out there may be here: `{ cluster_id = … }`. Left out where the certificates are published.
        sha256: `string`, optional, computed if not given. The SHA-256 of what was read, in hexadecimal digits. Given, anything else is refused: whoever changes the file has to be followed by hand.
        url: `string`, optional. Where to download the certificates, by https; the server's certificate is checked against the system's store. Give this or `vendor`, not both.
        vendor: `string`, optional. The vendor of the database, as in the name of its allowlist's resource: `digitalocean` of `dflow_digitalocean_allowlist`. The page of all vendors says whose can be read. Give this or `url`.
    """

    TF_RESOURCE_TYPE: _typing.ClassVar[str] = 'dflow_certificate_authority'
    KINDS: _typing.ClassVar[_abc.Mapping[str, _inputs.Kind]] = {
        'host': _inputs.Kind.STRING,
        'locators': _inputs.Kind.MAP,
        'sha256': _inputs.Kind.STRING,
        'url': _inputs.Kind.STRING,
        'vendor': _inputs.Kind.STRING,
    }
    GENERATOR: _typing.ClassVar[_abc.Mapping[str, str]] = {'providerName': 'dflow'}

    def __init__(
        self,
        scope: _constructs.Construct,
        id_: str,
        *,
        host: str | None = None,
        locators: _abc.Mapping[str, str] | _cdk.IResolvable | None = None,
        sha256: str | None = None,
        url: str | None = None,
        vendor: str | None = None,
        depends_on: _abc.Sequence[_cdk.ITerraformDependable] | None = None,
        count: float | _cdk.TerraformCount | None = None,
        for_each: _cdk.ITerraformIterator | None = None,
        provider: _cdk.TerraformProvider | None = None,
        lifecycle: _cdk.TerraformResourceLifecycle | None = None,
    ) -> None:
        super().__init__(
            scope,
            id_,
            inputs={'host': host, 'locators': locators, 'sha256': sha256, 'url': url, 'vendor': vendor},
            depends_on=depends_on,
            count=count,
            for_each=for_each,
            provider=provider,
            lifecycle=lifecycle,
        )

    @property
    def inputs(self) -> DataCertificateAuthorityInputs:
        """What was given, under Terraform's names; changes count until the stack is synthesized."""
        return _typing.cast(DataCertificateAuthorityInputs, self._inputs)

    @property
    def certificates(self) -> _reference.ListReference[DataCertificateAuthorityCertificatesReference]:
        """A reference to `certificates`: `list(object)`, computed.

        The certificates, in the order of `pem`.
        """
        return _reference.ListReference(self, 'certificates', DataCertificateAuthorityCertificatesReference)

    @property
    def host(self) -> str:
        """A reference to `host`: `string`, optional.

        The host name that services connect to, where the vendor's databases have several authorities: those of Amazon RDS have one for each region. With other vendors it is left out.
        """
        return self.get_string_attribute('host')

    @property
    def locators(self) -> _cdk.StringMap:
        """A reference to `locators`: `map(string)`, optional.

        Which database, by the names of the arguments that the vendor's allowlist takes; those that may be left out there may be here: `{ cluster_id = … }`. Left out where the certificates are published.
        """
        return _cdk.StringMap(self, 'locators')

    @property
    def pem(self) -> str:
        """A reference to `pem`: `string`, computed.

        The certificates, one after the other. A Variable holds them as `base64encode(…)`, since a Worker Node would change their line breaks.
        """
        return self.get_string_attribute('pem')

    @property
    def sha256(self) -> str:
        """A reference to `sha256`: `string`, optional, computed if not given.

        The SHA-256 of what was read, in hexadecimal digits. Given, anything else is refused: whoever changes the file has to be followed by hand.
        """
        return self.get_string_attribute('sha256')

    @property
    def url(self) -> str:
        """A reference to `url`: `string`, optional.

        Where to download the certificates, by https; the server's certificate is checked against the system's store. Give this or `vendor`, not both.
        """
        return self.get_string_attribute('url')

    @property
    def vendor(self) -> str:
        """A reference to `vendor`: `string`, optional.

        The vendor of the database, as in the name of its allowlist's resource: `digitalocean` of `dflow_digitalocean_allowlist`. The page of all vendors says whose can be read. Give this or `url`.
        """
        return self.get_string_attribute('vendor')
