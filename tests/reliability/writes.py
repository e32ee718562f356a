"""Which requests change something."""

from urllib.parse import urlsplit

from backlint.transport.inprocess import Heard
from tests.writeback.wires import MUTATION, READING, READING_PATHS

READING_POSTS = (*READING_PATHS, "/approximate-count", "/jql/parse")


def is_write(heard: Heard) -> bool:
    """GraphQL reads and writes by the same path, and Jira's searches are POSTs."""
    if heard.method in READING:
        return False
    return not urlsplit(heard.url).path.endswith(READING_POSTS) or MUTATION in heard.body
