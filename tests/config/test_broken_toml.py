"""Whatever stands in the file, the answer is a configuration or one clear error: never a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from backlint.config import Surroundings, load
from backlint.errors import ConfigError

WORDS = st.sampled_from(
    ["teams", "rules", "reports", "select", "ignore", "extend", "store", "fail_on", "web", "jira", "file", "stale-item",
     "severity", "kinds", "bands", "people", "path", "tool", "0", '""', "'a.b'", "next", "terminal"]
)  # fmt: skip
LEAVES = st.sampled_from(
    ["1", "-1.5", "nan", "inf", "true", '"error"', '"x"', "[]", "[1, 'a']", "{}", "{ next = 'error' }", "[{}]",
     "1979-05-27",
     '"\\u0000"', "07:32:00", "[[[]]]", '"""\n[a]\n"""', "9" * 30]
)  # fmt: skip
KEYS = st.lists(WORDS, min_size=1, max_size=4).map(".".join)
LINES = st.one_of(
    st.builds("[{}]".format, KEYS),
    st.builds("[[{}]]".format, KEYS),
    st.builds("{} = {}".format, KEYS, LEAVES),
    st.builds("{} = {{ {} = {} }}".format, KEYS, WORDS, LEAVES),
    st.text(max_size=8),
)


def told(around: Surroundings) -> list[str]:
    """The lines of the error, if there is one."""
    try:
        load(around=around)
    except ConfigError as error:
        return str(error).splitlines()
    return []


DOCUMENTS = st.one_of(st.lists(LINES, max_size=6).map("\n".join), st.text())


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
@example("x = " + "[" * 5000)
@example("x = 1\r")
@example('"' * 3)
@example('extend = """\n[a]\n"""')
def test_a_broken_file(text: str) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "backlint.toml").write_text(text, "utf-8", errors="surrogatepass", newline="")
        around = Surroundings(Path(folder), {"XDG_CONFIG_HOME": folder})
        assert all(line.startswith("backlint.toml") for line in told(around))


NAMES = st.lists(
    st.sampled_from(["TEAMS", "RULES", "STALE_ITEM", "SEVERITY", "SELECT", "WEB", "FILE", "PATH", "", "0"]), min_size=1
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES.map(lambda parts: "BACKLINT_" + "__".join(parts)), st.text(), max_size=4))
def test_broken_variables(environ: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        assert all(told(Surroundings(Path(folder), {**environ, "XDG_CONFIG_HOME": folder})))
