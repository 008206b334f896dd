"""Tags of secrets: what they notice, and that they give nothing away."""

import json
import time

import pytest

from dflow_provider.resources.secret_tags import SecretTags, TagKey

ORGANISATION = "6650f1"


@pytest.fixture(scope="module")
def key() -> TagKey:
    return TagKey.stretched("api-key-one", ORGANISATION)


@pytest.fixture(scope="module")
def other_key() -> TagKey:
    return TagKey.stretched("api-key-two", ORGANISATION)


def kept(private: dict[str, object]) -> dict[str, object]:
    """Private state as the next run gets it."""
    return json.loads(json.dumps(private, sort_keys=True))


def test_a_change_is_noticed_by_name_and_as_often_as_it_is_looked_for(key):
    private: dict[str, object] = {}
    SecretTags(private, key).remember({"A": "one", "B": "two"})

    for _ in range(2):
        private = kept(private)
        assert SecretTags(private, key).changed({"A": "one", "B": "by hand"}) == ["B"]
    assert SecretTags(private, key).changed({"A": "one", "B": "two"}) == []


def test_what_was_never_remembered_counts_as_unchanged_once(key):
    private: dict[str, object] = {}

    assert SecretTags(private, key).changed({"A": "one"}) == []
    assert SecretTags(kept(private), key).changed({"A": "by hand"}) == ["A"]


def test_another_api_key_remembers_beside_the_first(key, other_key):
    private: dict[str, object] = {}
    SecretTags(private, key).remember({"A": "one"})

    assert SecretTags(private, other_key).changed({"A": "by hand"}) == []
    private = kept(private)
    assert SecretTags(private, other_key).changed({"A": "once more"}) == ["A"]
    assert SecretTags(private, key).changed({"A": "by hand"}) == ["A"]


def test_what_one_api_key_applies_the_others_must_not_take_for_a_change(key, other_key):
    private: dict[str, object] = {}
    SecretTags(private, key).remember({"A": "one", "B": "two"})
    SecretTags(private, other_key).remember({"A": "new"})

    assert SecretTags(private, key).changed({"A": "new", "B": "by hand"}) == ["B"]


def test_the_tags_of_the_latest_api_keys_are_kept(key, other_key):
    private: dict[str, object] = {}
    keys = [TagKey(f"id-{number}", bytes([number]) * 32) for number in range(6)]
    for each in keys:
        SecretTags(private, each).changed({"A": "one"})
        private = kept(private)

    assert [reader["key"] for reader in private["secret_tags"]["readers"]] == ["id-5", "id-4", "id-3", "id-2"]


def test_what_is_not_kept_leaves_no_trace(key, other_key):
    private: dict[str, object] = {"imported": True}
    SecretTags(private, key).remember({"A": "one", "B": "two"})
    SecretTags(private, other_key).changed({"A": "one"})

    SecretTags(private, key).keep_only({"B"})
    assert '"A"' not in json.dumps(private)
    assert SecretTags(private, key).changed({"B": "by hand"}) == ["B"]
    SecretTags(private, key).keep_only(())
    assert private == {"imported": True}


@pytest.mark.parametrize(
    "odd",
    [7, {}, {"nonce": 1, "readers": []}, {"nonce": "n", "readers": [{"key": "k"}, 3]}, {"nonce": "n", "readers": {}}],
    ids=str,
)
def test_what_somebody_else_left_there_counts_as_nothing(key, odd):
    private: dict[str, object] = {"secret_tags": odd}

    assert SecretTags(private, key).changed({"A": "one"}) == []
    assert SecretTags(private, key).changed({"A": "two"}) == ["A"]


def test_neither_value_nor_key_nor_equality_shows(key):
    one: dict[str, object] = {}
    two: dict[str, object] = {}
    SecretTags(one, key).remember({"A": "kanarienvogel", "B": "kanarienvogel"})
    SecretTags(two, key).remember({"A": "kanarienvogel"})

    (first,), (second,) = one["secret_tags"]["readers"], two["secret_tags"]["readers"]
    assert len({*first["tags"].values(), *second["tags"].values()}) == 3
    written = json.dumps([one, two]) + repr(key)
    assert "kanarienvogel" not in written
    assert key.secret.hex() not in written
    assert repr(key.secret) not in written


def test_the_key_depends_on_the_api_key_and_the_organisation_alone(key, other_key):
    assert TagKey.stretched("api-key-one", ORGANISATION) == key
    assert len({key.id, other_key.id, TagKey.stretched("api-key-one", "another").id}) == 3


def test_making_a_key_is_slow_and_using_it_is_not(key):
    started = time.process_time()
    TagKey.stretched("api-key-three", ORGANISATION)
    making = time.process_time() - started

    secrets = {f"KEY_{number}": "x" * 200 for number in range(200)}
    started = time.process_time()
    SecretTags({}, key).changed(secrets)
    using = time.process_time() - started

    assert making > 0.02
    assert using < making


def test_while_a_write_is_open_neither_the_old_nor_the_new_value_is_a_change(key):
    private: dict[str, object] = {}
    SecretTags(private, key).remember({"A": "old"})
    SecretTags(private, key).expect({"A": "on its way"})
    private = kept(private)

    assert SecretTags(private, key).changed({"A": "by hand"}) == ["A"]
    assert SecretTags(private, key).changed({"A": "old"}) == []
    assert SecretTags(private, key).changed({"A": "on its way"}) == []
    assert SecretTags(private, key).changed({"A": "old"}) == ["A"], "what arrived is the one that counts"


def test_a_second_write_takes_the_place_of_the_first_that_was_open(key):
    private: dict[str, object] = {}
    SecretTags(private, key).remember({"A": "old"})
    SecretTags(private, key).expect({"A": "first"})
    SecretTags(private, key).expect({"A": "second"})

    assert SecretTags(private, key).changed({"A": "old"}) == []
    assert SecretTags(private, key).changed({"A": "second"}) == []


def test_what_is_on_its_way_with_one_api_key_is_no_change_to_another(key, other_key):
    private: dict[str, object] = {}
    SecretTags(private, other_key).remember({"A": "old"})
    SecretTags(private, key).expect({"A": "new"})

    assert private == {}, "a value that this key knows nothing of stays unknown"
    assert SecretTags(private, other_key).changed({"A": "new"}) == []
