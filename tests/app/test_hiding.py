"""What a tracker repeats is shown without what let us in."""

import pytest

from backlint import catalog
from backlint.app.hiding import without_credentials
from backlint.connector import Connector

GITHUB = catalog.load(Connector, "github").model_validate(
    {"repository": "acme/shop", "token": "ghp_secret-1", "app": {"id": 1, "key": "pem-secret-2"}}
)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("you sent ghp_secret-1", "you sent (hidden)"),
        ("key pem-secret-2 is wrong", "key (hidden) is wrong"),
        ("{'authorization': 'Basic cG9AZmVybmhpbGw='}", "{'authorization': 'Basic (hidden)'}"),
        ("Authorization: bearer abc.def-ghi_jkl", "Authorization: bearer (hidden)"),
        ("the token is wrong", "the token is wrong"),
        ("basic sums", "basic sums"),
    ],
)
def test_takes_out_secrets_and_nothing_else(said: str, shown: str) -> None:
    assert without_credentials(said, GITHUB) == shown
