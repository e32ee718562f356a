import pytest

from backlint.text import Topic, read

CRITERIA = "A wrong password shows an error."

DISGUISES = {
    "atx": "### Acceptance Criteria\n- {0}",
    "atx without a blank": "##Acceptance criteria\n- {0}",
    "atx with code marks": "`###` Acceptance criteria\n- {0}",
    "escaped emoji": "**:white\\_check\\_mark: Acceptance criteria**\n\n1. {0}",
    "emoji": "## :white_check_mark: Acceptance criteria\n{0}",
    "setext": "Acceptance criteria\n===\n\n{0}",
    "bold": "**Acceptance Criteria:**\n* {0}",
    "bold then colon": "**Acceptance Criteria**:\n* {0}",
    "italic with a colon": "_Acceptance criteria_:\n{0}",
    "starred": "*Acceptance Criteria:*\n- {0}",
    "bare line": "Acceptance criteria\n- {0}",
    "label": "Acceptance criteria: {0}",
    "label with a dash": "Acceptance criteria - {0}",
    "cos": "COS: - {0} - It stays open",
    "numbered heading": "## 3. Acceptance criteria (draft)\n{0}",
    "with a word more": "### Acceptance criteria / TODO\n{0}",
    "definition of done": "## Definition of done\n- [x] {0}",
    "how to verify": "How to verify it works\n- {0}",
    "nested item": "- Acceptance criteria:\n  - {0}",
    "html": "<h3>Acceptance criteria</h3>\n<ul><li>{0}</li></ul>",
    "issue form": "### Acceptance criteria\n\n{0}\n\n### Version\n\n_No response_",
    "table head": "| Field | Acceptance criteria |\n|---|---|\n| Login | {0} |",
    "table row": "| What | Login |\n| Acceptance criteria | {0} |",
    "parts": "**Acceptance criteria**\n\n**Backend**\n\n- {0}\n\n**Notes**\n\n- None",
    "numbered criteria": "AC1: {0}\nAC2: It stays open.",
    "folded away": "<details><summary>Acceptance criteria</summary>\n\n- {0}\n</details>",
    "windows lines": "## Acceptance criteria\r\n\r\n- {0}\r\n",
    "no-break space": "## Acceptance\u00a0criteria\n{0}",
}

NO_CRITERIA = {
    "empty": "## Acceptance criteria\n\n## Notes\nAsk Robin.",
    "tbd": "## Acceptance criteria\nTBD",
    "dots in a box": "## Acceptance criteria\n- [ ] ...",
    "comment": "## Acceptance criteria\n<!-- What must be true? -->",
    "no response": "### Acceptance criteria\n\n_No response_",
    "not applicable": "### Acceptance criteria\n\nN/A",
    "definition of ready": "## Definition of Ready\n- [x] Acceptance criteria\n- [ ] Estimate",
    "box alone": "- [ ] Acceptance criteria\n- [ ] Weighted",
    "mentioned": "We have to agree on acceptance criteria first.",
    "in code": "```\n## Acceptance criteria\n- it works\n```",
    "next heading": "**Acceptance criteria**\n\n**Proposed solution**\n\n* A new table",
    "bug told with given": "### Steps to reproduce\nGiven I have a list\nWhen I sort it\nThen it crashes",
    "sample": "## Acceptance criteria\n\n_Describe what must be true_",
    "slot": "## Acceptance criteria\n- [insert goal]",
}


@pytest.mark.parametrize("body", DISGUISES.values(), ids=DISGUISES)
def test_finds_criteria_in_every_disguise(body: str) -> None:
    criteria = read(body.format(CRITERIA)).criteria
    assert any(CRITERIA.rstrip(".") in line.text for line in criteria.statements)


@pytest.mark.parametrize("body", NO_CRITERIA.values(), ids=NO_CRITERIA)
def test_takes_nothing_else_for_criteria(body: str) -> None:
    assert not read(body).criteria.statements


SCENARIOS = {
    "lines": "Given a full basket\nWhen I pay\nThen I see the receipt",
    "bold": "**Given** a full basket\n**When** I pay\n**Then** I see the receipt",
    "list": "- Given a full basket\n- When I pay\n- Then I see the receipt",
    "one sentence": "- [ ] Given a full basket, when I pay, then I see the receipt.",
    "shouted": "GIVEN a full basket\nWHEN I pay\nTHEN I see the receipt",
    "code": "```gherkin\nScenario: pay\n  Given a full basket\n  When I pay\n  Then I see the receipt\n```",
    "success": "Pay by card. You will know that you are successful when you see the receipt.",
}


@pytest.mark.parametrize("body", SCENARIOS.values(), ids=SCENARIOS)
def test_finds_scenarios_without_a_heading(body: str) -> None:
    assert read(body).criteria.statements


def test_a_shell_script_is_no_scenario() -> None:
    assert not read("```\nif x; then\nwhen (y) {\nthen run\n```").criteria.statements


def test_a_section_ends_at_a_heading_of_its_depth_or_about_something_else() -> None:
    text = read("## Steps to reproduce\n1. Open\n### Detail\nof it\n**Expected behaviour**\nIt opens.\n## Notes\nNone")
    steps = next(text.about(Topic.STEPS))
    assert [line.text for line in steps.lines] == ["Open", "Detail", "of it"]
    assert text.has(Topic.EXPECTED)


def test_knows_boxes_and_their_state() -> None:
    lines = read("- [x] done\n- [ ] open\n* plain\n\u2611 ticked").lines
    assert [line.checked for line in lines] == [True, False, None, True]


def test_a_text_whose_lines_were_lost_gets_them_back() -> None:
    assert len(read("Acceptance criteria:  - It opens  - It closes").criteria.statements) == 2


def test_an_unclosed_comment_hides_nothing() -> None:
    assert read("Sort the list <!-- by name").said


def test_a_long_fence_holds_short_ones() -> None:
    text = read("````\n```\n# no heading\n```\n````\n# Heading")
    assert [section.title for section in text.sections] == ["Heading"]
