"""Constructs for dFlow Environments, Services and the external databases they use."""

from dflow_constructs.app import App
from dflow_constructs.app_service import AppService
from dflow_constructs.aws_security_group import AwsSecurityGroup
from dflow_constructs.builder import Builder
from dflow_constructs.connection import Connection
from dflow_constructs.database import Database, DatabaseField
from dflow_constructs.database_service import DatabaseService
from dflow_constructs.database_variables import DatabaseVariables
from dflow_constructs.dflow_stack import DflowStack
from dflow_constructs.docker_service import DockerService, PublishedPort, Scheme
from dflow_constructs.engine import Engine
from dflow_constructs.environment import Environment
from dflow_constructs.errors import ConfigurationError
from dflow_constructs.external_database import ExternalDatabase
from dflow_constructs.open_to_world import OpenToWorld
from dflow_constructs.reference import ReferenceField
from dflow_constructs.secret import Secret
from dflow_constructs.service import Service
from dflow_constructs.source import GitHub
from dflow_constructs.tls import Tls

__all__ = [
    "App",
    "AppService",
    "AwsSecurityGroup",
    "Builder",
    "ConfigurationError",
    "Connection",
    "Database",
    "DatabaseField",
    "DatabaseService",
    "DatabaseVariables",
    "DflowStack",
    "DockerService",
    "Engine",
    "Environment",
    "ExternalDatabase",
    "GitHub",
    "OpenToWorld",
    "PublishedPort",
    "ReferenceField",
    "Scheme",
    "Secret",
    "Service",
    "Tls",
]
