"""moto's server with three things changed for counting, each as EC2 really is. Argument: the file to write calls to.

Every request is noted as one line: its Action, or "page" where it only asks for the next page of an answer. The number
of rules a group may hold is the largest an account can ask for (moto: 60, and no way to say otherwise).
DescribeSecurityGroupRules answers page by page where it is asked to (moto: all at once). Prints its port, and ends when
standard input closes.
"""

import os
import sys
import threading
import urllib.parse
from io import BytesIO
from pathlib import Path

os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # thousands of images that nobody asks for here

import moto.ec2.models.security_groups as groups
from moto.core.responses import ActionResult
from moto.ec2.responses.security_groups import SecurityGroups
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

CALLS = Path(sys.argv[1])
RULES_AT_MOST = 1_000

every_rule = SecurityGroups.describe_security_group_rules


def one_page(self):
    result = every_rule(self).result
    rules = result["SecurityGroupRules"]
    size = int(self._get_param("MaxResults") or len(rules) or 1)
    start = int(self._get_param("NextToken") or 0)
    page = {"SecurityGroupRules": rules[start : start + size]}
    if start + size < len(rules):
        page["NextToken"] = str(start + size)
    return ActionResult(page)


def within_quota(self, group, current_rule_nb, ip_ranges, source_groups=None, egress=False):
    if current_rule_nb + len(ip_ranges or []) + len(source_groups or []) > RULES_AT_MOST:
        raise groups.RulesPerSecurityGroupLimitExceededError


SecurityGroups.describe_security_group_rules = one_page
groups.SecurityGroupBackend._verify_group_will_respect_rule_count_limit = within_quota

application = DomainDispatcherApplication(create_backend_app)


def counting(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = BytesIO(body)
    asked = urllib.parse.parse_qs(body.decode(errors="replace"))
    with CALLS.open("a", encoding="ascii") as log:
        log.write("page\n" if "NextToken" in asked else f"{asked.get('Action', ['?'])[0]}\n")
    return application(environ, start_response)


def end_with_standard_input():
    while os.read(0, 4096):
        pass
    os._exit(0)


threading.Thread(target=end_with_standard_input, daemon=True).start()
server = make_server("127.0.0.1", 0, counting, threaded=True, request_handler=MotoRequestHandler)
print(server.server_port, flush=True)
server.serve_forever()
