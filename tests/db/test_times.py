"""Times as the writing connections pass them to PostgreSQL and take them from it."""

import datetime as dt

import pytest

from service.db.writing import after_2000, make_engine, since_2000

NOON = dt.datetime(1969, 7, 20, 12, 0, 0, 1, dt.UTC)


@pytest.mark.parametrize("hours", [-11, 0, 5.5, 14])
async def test_a_time_comes_back_as_the_same_moment(own_database: str, hours: float) -> None:
    told = NOON.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    engine = make_engine(own_database)
    try:
        async with engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = raw.driver_connection
            assert driver is not None
            row = await driver.fetchrow(
                "SELECT $1::timestamptz AS time, extract(epoch FROM $1) AS seconds", told
            )
    finally:
        await engine.dispose()
    assert row["time"] == told
    assert float(row["seconds"]) == told.timestamp()
    assert after_2000(since_2000(told)) == told


def test_a_time_without_a_zone_is_refused_and_not_taken_for_local_time() -> None:
    with pytest.raises(TypeError):
        since_2000(NOON.replace(tzinfo=None))
