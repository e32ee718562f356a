import pytest

from backlint.testing import contract
from tests.connectors.jira.sites import cloud, fill, living, server, tried


@pytest.mark.parametrize("check", contract.CHECKS, ids=contract.name)
@pytest.mark.parametrize("is_cloud", [True, False], ids=["cloud", "server"])
def test_keeps_the_contract(check: contract.Check, is_cloud: bool) -> None:
    check(tried(living(is_cloud=is_cloud)))


def test_goes_on_within_a_long_read_of_cloud() -> None:
    jira = cloud()
    fill(jira, 1030, done=1010)
    contract.goes_on_wherever_it_died(tried(jira))


def test_goes_on_within_a_long_read_of_data_center() -> None:
    jira = server()
    fill(jira, 1030, done=1010)
    contract.goes_on_wherever_it_died(tried(jira))
