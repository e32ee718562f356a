from backlint.example import NOW, item
from backlint.finding import Confidence
from backlint.model import Backlog, Item, Link, LinkKind
from backlint.twins import twins

THERE = "https://code.example/acme/shop/issues/7"
TITLE = "Show the tax below each price"


def here(**fields: object) -> Item:
    return item(1, **({"title": TITLE} | fields))


def there(**fields: object) -> Item:
    return item(2, **({"id": "github:7", "key": "acme/shop#7", "url": THERE, "title": "Other"} | fields))


def found(*items: Item) -> list[tuple[str, str, Confidence]]:
    return [(pair.one.key, pair.other.key, pair.confidence) for pair in twins(Backlog(items, now=NOW))]


PAIR = ("SHOP-1", "acme/shop#7")


def test_a_link_is_sure_by_id_or_by_address() -> None:
    for target in ("github:7", THERE + "/"):
        link = Link(kind=LinkKind.TWIN, target=target, key="acme/shop#7")
        assert found(here(links=(link,)), there()) == [(*PAIR, Confidence.HIGH)]


def test_an_address_under_a_like_title_is_one_and_a_mere_mention_is_none() -> None:
    names = f"See [there]({THERE})."
    assert found(here(body=names), there(title="Show tax below each price")) == [(*PAIR, Confidence.HIGH)]
    assert found(here(body=names), there(title="Upgrade the database")) == []


def test_one_pull_request_under_like_titles_is_one() -> None:
    change = (Link(kind=LinkKind.PULL_REQUEST, target="https://code.example/acme/shop/pull/9", key="#9"),)
    assert found(here(links=change), there(links=change, title="Show tax below each price")) == [
        (*PAIR, Confidence.MEDIUM)
    ]
    assert found(here(links=change), there(links=change)) == []


def test_equal_titles_of_some_length_are_one_across_trackers_only() -> None:
    assert found(here(), there(title="Show the TAX, below each price!")) == [(*PAIR, Confidence.MEDIUM)]
    assert found(here(title="Update it"), there(title="Update it")) == []
    assert found(here(), item(2, title=TITLE)) == []
    assert found(here(), there(title=TITLE), there(id="github:8", url=THERE + "8", title=TITLE)) == []


def test_each_pair_is_told_once_by_its_surest_sign() -> None:
    link = Link(kind=LinkKind.TWIN, target="github:7", key="acme/shop#7")
    back = Link(kind=LinkKind.TWIN, target="example:1", key="SHOP-1")
    assert found(here(links=(link,), body=THERE), there(title=TITLE, links=(back,))) == [(*PAIR, Confidence.HIGH)]
