from dflow_review.outputs.escape import columns, visible


def test_what_can_be_seen_stays_as_it_is():
    assert visible("orders — größe 日本 |<&>`") == "orders — größe 日本 |<&>`"


def test_what_steers_a_terminal_is_shown_as_its_code():
    assert visible("\x1b[2J\r\n\t\x7f\x9b") == "\\x1b[2J\\x0d\\x0a\\x09\\x7f\\x9b"


def test_what_turns_text_around_or_is_invisible_is_shown_as_its_code():
    assert visible("a\u202eb\u200bc\u2066d\ufeff") == "a\\u202eb\\u200bc\\u2066d\\ufeff"


def test_half_a_character_is_shown_as_its_code_so_that_everything_can_be_written_as_utf_8():
    assert visible("\ud800\U000e0041").encode() == b"\\ud800\\U000e0041"


def test_a_long_name_ends_with_how_long_it_is():
    assert visible("x" * 500, at_most=3) == "xxx… (500 characters)"


def test_columns_count_wide_characters_twice_and_marks_not_at_all():
    assert (columns("abc"), columns("日本"), columns("e\u0301")) == (3, 4, 1)
