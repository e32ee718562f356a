"""What backlint promises of bad days, R1 to R17: the tests of every commit that hold each, and the long form."""

from collections.abc import Sequence
from dataclasses import dataclass

KILLED = "tests/writeback/test_killed.py"
FAULTS = "tests/writeback/test_faults.py"
JIRA, GITHUB = "tests/connectors/jira/test_faults.py", "tests/connectors/github/test_faults.py"
SITE, PAUSES = "tests/transport/test_site.py", "tests/transport/test_pauses.py"
SYNC, DATABASE = "tests/sync/test_failing.py", "tests/store/test_database.py"
HERE = "tests/reliability"


@dataclass(frozen=True, slots=True)
class Row:
    """One promise.

    Attributes:
        promise: What is promised of which fault, in a sentence.
        tests: Where that is held on every commit: pytest's node ids, without parameters.
        full: The long form, what stands behind `python -m`; its last line is the figure, its exit code the verdict.
        small: What `KILLS`, `NIGHTS` and the like make of it, for the short form of CI; by default there is none.
    """

    promise: str
    tests: Sequence[str]
    full: Sequence[str]
    small: Sequence[str] = ()


def pytest(*tests: str) -> Sequence[str]:
    """A long form that is the tests themselves, for they try all there is."""
    return ("pytest", "-q", "-p", "no:cacheprovider", *tests)


R6 = (f"{HERE}/test_lying_pages.py",)
R7 = (f"{HERE}/test_bans.py", SITE, PAUSES)
R8 = (f"{HERE}/test_losing_access.py",)
R9 = (f"{HERE}/test_lines.py",)
R11 = (f"{HERE}/test_showing.py",)
R12 = (f"{HERE}/test_again.py",)
R14 = ("tests/cli/test_secrets.py", "tests/cli/test_redacting.py")
R15 = (f"{HERE}/test_clocks.py",)

MATRIX: dict[str, Row] = {
    "R1": Row(
        "A run that is killed while it writes, one to three times in a row, doubles no note and loses none.",
        (f"{KILLED}::test_killed_again_while_it_finds_out", "tests/worker/test_fleet.py"),
        ("tests.writeback.killing", "10000"),
        ("tests.writeback.killing", "{kills}"),
    ),
    "R2": Row(
        "A run that dies at any of its steps leaves a whole store, and the next one needs only the rest.",
        (f"{SYNC}::test_a_sync_that_dies_at_any_step_loses_nothing", f"{KILLED}::test_killed_at_any_step"),
        pytest(KILLED, f"{SYNC}::test_a_sync_that_dies_at_any_step_loses_nothing"),
        ("tests.dying", "{folder}"),
    ),
    "R3": Row(
        "An answer that is lost after the tracker did what was asked, three times in a row, doubles and loses nothing.",
        (f"{FAULTS}::test_a_note_is_there_once", f"{FAULTS}::test_an_edit_a_removal_and_a_label_happen_once"),
        pytest(FAULTS),
    ),
    "R4": Row(
        "What a tracker does up to a minute late, after it hung up or while the writer was dead, is there once.",
        (f"{HERE}/test_short_forms.py::test_what_is_done_late_is_done_once",),
        ("tests.reliability.doubting", "1000"),
        ("tests.reliability.doubting", "{kills}"),
    ),
    "R5": Row(
        "What changes, appears, moves and vanishes while it is read is in the end kept as it is, and nothing else.",
        (f"{HERE}/test_short_forms.py::test_what_changes_while_it_is_read_is_read_in_the_end",),
        ("tests.reliability.drifting", "1000"),
        ("tests.reliability.drifting", "2"),
    ),
    "R6": Row(
        "Pages that come twice, empty or not at all make a run incomplete; they delete nothing and close no finding.",
        R6,
        pytest(*R6),
    ),
    "R7": Row(
        "Nobody asks a tracker earlier than it said, in whatever form it said so, and a run never waits for ever.",
        R7,
        pytest(*R7),
    ),
    "R8": Row(
        "A token that is revoked in the middle stops the run, nothing is called green, and the next run goes on.",
        R8,
        pytest(*R8),
    ),
    "R9": Row(
        "A line that trickles, hangs, breaks, lies about who it is or leads elsewhere ends within the time of the run.",
        (*R9, f"{SITE}::test_a_redirect_off_the_site_is_refused_and_the_token_stays"),
        pytest(*R9),
    ),
    "R10": Row(
        "A torn log, a full disk, a store that is locked or read-only: no corruption, and one clear line.",
        (
            f"{HERE}/test_short_forms.py::test_a_torn_log_leaves_a_whole_store",
            f"{HERE}/test_short_forms.py::test_eight_runs_at_once_wait_for_each_other",
            DATABASE,
        ),
        ("tests.reliability.cutting", "2000"),
        ("tests.reliability.cutting", "{kills}"),
    ),
    "R11": Row("Without --apply no command asks a tracker for anything that writes.", R11, pytest(*R11)),
    "R12": Row("A second run where nothing changed writes nothing, and asks next to nothing.", R12, pytest(*R12)),
    "R13": Row(
        "Whatever stands in an item, every report can be written, and memory stays within twice that of the texts.",
        (f"{HERE}/test_odd.py", "tests/text/test_any_text.py", "tests/markup/test_adf.py"),
        ("tests.reliability.odd", "2000"),
        ("tests.reliability.odd", "{kills}"),
    ),
    "R14": Row("No secret stands in an output, a report, the store or an error.", R14, pytest(*R14)),
    "R15": Row(
        "Clocks that differ by a day, or change to summer time, give no negative age and no second note.",
        R15,
        pytest(*R15),
    ),
    "R16": Row(
        "After a thousand nights what is kept is what is there, no item has two notes, and memory has not grown.",
        ("tests/soaking/test_soak.py",),
        ("tests.soaking", "1000"),
        ("tests.soaking", "{nights}"),
    ),
    "R17": Row(
        "No input breaks what reads other people's writing.",
        ("tests/fuzzing/test_targets.py",),
        ("tests.fuzzing", "600"),
    ),
}
