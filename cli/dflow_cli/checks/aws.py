"""Whether AWS accepts the credentials that allowlist entries of security groups are written with."""

from __future__ import annotations

from dflow_cli.checks.finding import Finding

CREDENTIALS = "AWS credentials"
REGION = "AWS region"


def check_aws() -> list[Finding]:
    """Ask AWS who we are; that needs no permission of any kind."""
    import boto3  # noqa: PLC0415 - an extra, and slow to load
    from botocore.config import Config  # noqa: PLC0415 - as above
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - as above

    session = boto3.Session()
    region = session.region_name
    findings = [
        Finding.ok(REGION, region)
        if region
        else Finding.failed(REGION, "none is set", "Set AWS_REGION, or `region` on each allowlist.")
    ]
    remedy = "Check AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; `aws sso login` renews a session."
    try:
        credentials = session.get_credentials()
        if credentials is None:
            findings.append(Finding.failed(CREDENTIALS, "none were found", remedy))
        else:
            config = Config(connect_timeout=10, read_timeout=20, retries={"total_max_attempts": 2})
            caller = session.client("sts", region_name=region or "us-east-1", config=config).get_caller_identity()
            findings.append(Finding.ok(CREDENTIALS, f"{caller['Arn']} (from {credentials.method})"))
    except (BotoCoreError, ClientError) as error:
        findings.append(Finding.failed(CREDENTIALS, f"refused: {error}", remedy))
    return findings
