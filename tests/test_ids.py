"""Ids that are the same everywhere, and ids in the order in which they are made."""

import uuid

from service.ids import NAMESPACE, new_id, stable_id


def test_a_stable_id_is_the_uuid5_of_what_a_row_is_known_by() -> None:
    assert stable_id("entity", "almaty") == uuid.uuid5(NAMESPACE, "entity:almaty")
    assert stable_id("entity", "қазақстан") == uuid.uuid5(NAMESPACE, "entity:қазақстан")


def test_new_ids_are_time_ordered_uuids_and_never_twice_the_same() -> None:
    made = [new_id() for _ in range(10_000)]
    assert len(set(made)) == len(made)
    assert {(one.version, one.variant) for one in made} == {(7, uuid.RFC_4122)}
    early, late = made[:100], made[-100:]
    assert max(early) < min(late)
