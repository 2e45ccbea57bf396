"""Migrations lead up and down and up again, say what the models say, and the database itself refuses bad
rows."""

import asyncio
import re
from typing import Any

import asyncpg
import pytest
from alembic import command
from alembic.script import ScriptDirectory

from service.db.migrate import alembic_config, migrate, newest
from tests.conftest import create_database

SCHEMA = """
    SELECT 'column', table_name, column_name, data_type, is_nullable, coalesce(column_default, ''),
        coalesce(generation_expression, '')
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '', ''
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
        AND conrelid <> to_regclass('alembic_version')
    UNION ALL
    SELECT 'index', tablename, indexname, indexdef, '', '', ''
    FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    UNION ALL
    SELECT 'function', proname, '', '', '', '', ''
    FROM pg_proc JOIN pg_language ON pg_language.oid = prolang
    WHERE pronamespace = 'public'::regnamespace AND lanname IN ('sql', 'plpgsql')
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    UNION ALL
    SELECT 'text search', cfgname, '', '', '', '', ''
    FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3, 4"""


def run(url: str, sql: str) -> list[tuple[Any, ...]]:
    async def query() -> list[tuple[Any, ...]]:
        connection = await asyncpg.connect(url)
        try:
            return [tuple(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    return asyncio.run(query())


@pytest.fixture(scope="module")
def fresh(server: str) -> str:
    return create_database(server, "migrations")


def test_up_down_and_up_again_gives_the_same_schema(fresh: str) -> None:
    config = alembic_config(fresh)
    migrate(fresh)
    first = run(fresh, SCHEMA)
    assert len(first) > 100
    command.downgrade(config, "base")
    assert run(fresh, SCHEMA) == [], "a downgrade leaves nothing behind"
    migrate(fresh)
    assert run(fresh, SCHEMA) == first


def test_every_step_can_be_taken_back_alone(fresh: str) -> None:
    config = alembic_config(fresh)
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    migrate(fresh)
    for _ in steps[:-1]:
        command.downgrade(config, "-1")
        before = run(fresh, SCHEMA)
        command.upgrade(config, "+1")
        command.downgrade(config, "-1")
        assert run(fresh, SCHEMA) == before
    migrate(fresh)
    assert run(fresh, "SELECT version_num FROM alembic_version") == [(newest(),)]


def test_the_models_and_the_migrations_say_the_same(fresh: str) -> None:
    migrate(fresh)
    command.check(alembic_config(fresh))


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(alembic_config("")).get_heads()) == 1


def test_a_seeded_database_can_be_migrated_again(own_database: str) -> None:
    before = run(own_database, "SELECT count(*) FROM claim")
    migrate(own_database)
    assert run(own_database, "SELECT count(*) FROM claim") == before


CLAIM = "UPDATE claim SET {} WHERE id = (SELECT id FROM claim WHERE amount IS NOT NULL ORDER BY id LIMIT 1)"


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        # evidence and mentions lie inside their text, and fill their span
        (
            CLAIM.format("evidence_start = text_length, evidence_end = text_length + 1, evidence = 'x'"),
            "ck_claim_evidence_inside_text",
        ),
        (
            CLAIM.format("evidence_start = -1, evidence_end = 0, evidence = 'x'"),
            "ck_claim_evidence_inside_text",
        ),
        (CLAIM.format("evidence_start = evidence_end, evidence = ''"), "ck_claim_evidence_inside_text"),
        (CLAIM.format("evidence = evidence || '.'"), "ck_claim_evidence_fills_span"),
        (CLAIM.format("text_length = text_length + 1"), "fk_claim_article_id_text_length"),
        ("UPDATE article SET text = 'short'", "fk_(claim|mention)_article_id_text_length"),
        ('UPDATE mention SET "end" = text_length + 1', "ck_mention_(span_inside_text|surface_fills_span)"),
        ("UPDATE mention SET surface = surface || ' '", "ck_mention_surface_fills_span"),
        # figures
        (CLAIM.format("lower = 2, upper = 1"), "ck_claim_value_ordered"),
        (CLAIM.format("lower = NULL, upper = NULL"), "ck_claim_(amount_has_a_bound|value_has_a_qualifier)"),
        (CLAIM.format("qualifier = NULL"), "ck_claim_value_has_a_qualifier"),
        ("UPDATE fact SET lower = 2, upper = 1", "ck_fact_range_ordered"),
        # times
        (CLAIM.format("time_start = '2022-01-02', time_end = '2022-01-01'"), "ck_claim_time_ordered"),
        # words of closed lists
        (CLAIM.format("qualifier = 'roughly'"), "ck_claim_qualifier_known"),
        (CLAIM.format("modality = 'certain'"), "ck_claim_modality_known"),
        (CLAIM.format("extent = 'whole'"), "ck_claim_extent_known"),
        (CLAIM.format("method = 'guessed'"), "ck_claim_method_known"),
        (CLAIM.format("confidence = 1.5"), "ck_claim_confidence_is_a_share"),
        (CLAIM.format("extractor = 'rules'"), "ck_claim_extracted_names_extractor"),
        ("UPDATE entity SET kind = 'animal'", "ck_entity_kind_known"),
        ("UPDATE alias SET kind = 'nickname'", "ck_alias_kind_known"),
        ("UPDATE predicate SET kind = 'guess'", "ck_predicate_kind_known"),
        ("UPDATE attribution SET role = 'listener'", "ck_attribution_role_known"),
        ("UPDATE participant SET role = 'bystander'", "ck_participant_role_known"),
        ("UPDATE fact SET status = 'true'", "ck_fact_status_known"),
        ("UPDATE relation SET type = 'resembles'", "ck_relation_type_known"),
        # slugs
        ("UPDATE entity SET slug = 'almaty' WHERE slug = 'astana'", "uq_entity_slug"),
        ("UPDATE article SET slug = 'one-slug'", "uq_article_slug"),
        ("UPDATE predicate SET slug = 'one_slug'", "uq_predicate_slug"),
        ("UPDATE fact SET slug = 'one-slug'", "uq_fact_slug"),
        ("UPDATE entity SET slug = 'Almaty' WHERE slug = 'almaty'", "ck_entity_slug_form"),
        ("UPDATE entity SET slug = repeat('a', 121) WHERE slug = 'almaty'", "ck_entity_slug_form"),
        # rows that would contradict themselves or each other
        ("UPDATE article SET sha256 = 'none'", "ck_article_sha256_form"),
        ("UPDATE article SET sha256 = repeat('0', 64)", "uq_article_sha256"),
        ("UPDATE entity SET part_of_id = id", "ck_entity_not_part_of_itself"),
        ("UPDATE alias SET text = 'one text'", "uq_alias_entity_id_text"),
        ("UPDATE relation SET to_id = from_id", "ck_relation_between_two_claims"),
        ("INSERT INTO revision (id, number) VALUES (2, 1)", "ck_revision_single_row"),
        # what is pointed at stays
        ("DELETE FROM source", "fk_article_source_id"),
        ("DELETE FROM predicate", "fk_(claim|fact)_predicate_id"),
        ("UPDATE claim SET fact_id = gen_random_uuid()", "fk_claim_fact_id"),
    ],
)
async def test_the_database_refuses(database: str, statement: str, constraint: str) -> None:
    # on the shared database: a refused statement changes nothing, and the transaction is taken back anyway
    connection = await asyncpg.connect(database)
    try:
        transaction = connection.transaction()
        await transaction.start()
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
            await connection.execute(statement)
        await transaction.rollback()
        name = refused.value.as_dict()["constraint_name"]
        assert re.fullmatch(constraint, name), name
    finally:
        await connection.close()
