import pytest

from backlint.text import learn, read
from backlint.text.leftovers import leftovers

LEFT = {
    "empty section": "## Goal\nSort it.\n\n## Proposal\n\n## Notes\nNone",
    "empty last section": "## Goal\nSort it.\n\n## Proposal\n",
    "empty list": "## Goal\nSort it.\n\n## Links\n*",
    "instruction in brackets": "Sort it.\n(Paste any relevant logs here)",
    "instruction in a quotation": "Sort it.\n> Add technical implementation details here.",
    "instruction in italics": "Sort it.\n_Describe the solution you'd like_",
    "well-known sentence": "A clear and concise description of what the bug is.",
    "dots": "## Criteria\n- [ ] ...",
    "slot": "Owner: me\n[insert goal]",
    "readiness": "Sort it.\n## Definition of Ready\n- [ ] Weighted\n- [x] Designed",
    "variable": "End goal is XYZ for now.",
    "link to nowhere": "Sort it as in [the design](URL)",
}
NOTHING_LEFT = {
    "comment": "## Goal\n<!-- Describe the goal -->\nSort it.",
    "no response": "### Version\n\n_No response_",
    "not applicable": "## QA\nN/A\n## Goal\nSort it.",
    "most of readiness": "Sort it.\n## Definition of Ready\n- [x] Weighted\n- [x] Designed\n- [ ] Tested",
    "imperative in prose": "Describe the fields in the manual and add screenshots.",
    "image": "## Design\n![design](a.png)\n## Goal\nSort it.",
    "button": "Press 'Get New...' and wait.",
    "smaller heading": "## Goal\n### First\nSort it.",
    "bold word": "Sort it.\n\n**Important**",
    "quotation": "> We have three views that are nearly the same.",
}


@pytest.mark.parametrize("body", LEFT.values(), ids=LEFT)
def test_finds_what_a_template_left(body: str) -> None:
    assert list(leftovers(read(body)))


@pytest.mark.parametrize("body", NOTHING_LEFT.values(), ids=NOTHING_LEFT)
def test_leaves_the_rest_alone(body: str) -> None:
    assert not list(leftovers(read(body)))


def test_learns_a_project_s_template() -> None:
    template = "What is in scope of this request?\n- [ ] Copy writing\n- [ ] Weighted"
    bodies = [f"{template}\n{own}" for own in ("Sort the list", "Show the total", "Pay by card", "Send the receipt")]
    learned = learn(bodies)
    assert [line.text for line in read(bodies[0], learned).said] == ["Sort the list"]
    assert not read(template, learned).said


def test_three_alike_are_no_template() -> None:
    assert not learn(["What is in scope of this request?"] * 3)


def test_two_in_a_hundred_are_a_template_of_a_large_project() -> None:
    bodies = ["What is in scope of this request?"] * 19 + [f"Sort list {number} for us" for number in range(980)]
    assert not learn(bodies)
    assert learn([*bodies, bodies[0]])


def test_short_answers_are_no_template() -> None:
    assert not learn(["MacOS + Chrome"] * 10)
