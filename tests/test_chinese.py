"""What sounds alike, said once."""

from speeches_cli import chinese


def test_what_is_no_syllable_sounds_like_nothing() -> None:
    """A sign or a foreign word in the text is confused with no syllable."""
    assert chinese.nearly_alike("") == {}
    assert chinese.nearly_alike("sen") == {"seng": "en/eng", "shen": "s/sh", "sheng": "s/sh, en/eng"}
