"""Any item that the model allows, for properties of the store."""

from datetime import UTC

from hypothesis import strategies as st

from backlint.model import (
    EMPTY,
    Estimate,
    Event,
    Framework,
    Happening,
    Item,
    Kind,
    Link,
    LinkKind,
    Moscow,
    Person,
    Priority,
    Score,
    Stage,
    Unit,
)

MOST = 2**63 - 1

# Everything that text may be: control and right-to-left characters, other planes, and (unclean) halves of pairs, too.
clean_texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
any_texts = st.text(max_size=12) | st.text(st.sampled_from("\0\ud800\udfff\\u0000🎂\x01"), max_size=8)
moments = st.datetimes(timezones=st.just(UTC))
numbers = st.floats(min_value=0, allow_nan=False, allow_infinity=False)


def items(texts: st.SearchStrategy[str] = clean_texts) -> st.SearchStrategy[Item]:
    """Items with every field either said, empty or unsaid."""
    words = st.frozensets(texts, max_size=3)
    ids = st.lists(texts, max_size=3).map(tuple)
    people = st.builds(Person, id=texts, name=texts, is_bot=st.booleans(), on_team=st.none() | st.booleans())
    scores = st.builds(
        Score,
        framework=st.sampled_from(Framework),
        stored=st.none() | numbers,
        inputs=st.dictionaries(texts, numbers, max_size=3),
    )
    links = st.builds(
        Link,
        kind=st.sampled_from(LinkKind),
        target=texts,
        key=texts,
        url=st.none() | texts,
        title=st.none() | texts,
        stage=st.none() | st.sampled_from(Stage),
    )
    events = st.builds(
        Event,
        at=moments,
        what=st.sampled_from(Happening),
        actor=st.none() | people,
        field=st.none() | texts,
        before=st.none() | texts,
        after=st.none() | texts,
        stage=st.none() | st.sampled_from(Stage),
        text=st.none() | texts,
        is_ours=st.booleans(),
    )
    unsaid = st.none() | st.just(EMPTY)
    return st.builds(
        Item,
        id=texts,
        key=texts,
        url=texts,
        title=texts,
        project=texts,
        body=st.none() | texts,
        criteria=unsaid | texts,
        kind=st.sampled_from(Kind),
        kind_name=st.none() | texts,
        stage=st.sampled_from(Stage),
        status=st.none() | texts,
        rank=st.none() | st.integers(1, MOST),
        priority=unsaid | st.builds(Priority, level=st.integers(1, MOST), name=texts),
        estimate=unsaid | st.builds(Estimate, value=numbers, unit=st.sampled_from(Unit)),
        score=unsaid | scores,
        moscow=unsaid | st.sampled_from(Moscow),
        labels=st.none() | words,
        components=st.none() | words,
        assignees=st.none() | st.lists(people, max_size=2).map(tuple),
        author=st.none() | people,
        parent=unsaid | texts,
        themes=st.none() | ids,
        links=st.none() | st.lists(links, max_size=2).map(tuple),
        sprints=st.none() | ids,
        due=unsaid | st.dates(),
        votes=st.none() | st.integers(-MOST, MOST),
        flagged=st.none() | st.booleans(),
        confidential=st.booleans(),
        created=moments,
        updated=moments,
        closed=st.none() | moments,
        events=st.none() | st.lists(events, max_size=3).map(tuple),
    )
