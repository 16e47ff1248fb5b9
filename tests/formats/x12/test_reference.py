"""The examples of docs/reference/x12.md run."""

import doctest
from pathlib import Path

from tests.formats.x12 import corpus

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "x12.md"


def test_the_examples_of_the_page_run():
    given = {
        "sound_271": corpus.valid("271"),
        "faulty_271": corpus.changed("271", "NM1", nth=1, e09="1234567890"),
        "claims": corpus.valid("837P"),
        "certified_278": corpus.valid("278A"),
    }
    text = PAGE.read_text().replace("```python\n", "").replace("```\n", "\n")
    examples = doctest.DocTestParser().get_doctest(text, given, "x12.md", str(PAGE), 0)
    told = []
    runner = doctest.DocTestRunner()
    runner.run(examples, out=told.append)
    assert runner.tries > 10
    assert runner.failures == 0, "".join(told)
