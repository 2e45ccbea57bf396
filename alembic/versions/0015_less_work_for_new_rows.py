"""Less work for each new row: texts of a few kilobytes are not compressed, entries that are all different are not
looked through for equal ones, and the entity of a mention is that of the store, as it is for participants."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Indexes that end with an id.
DISTINCT = {
    "article": ("published_at_id", "title_id"),
    "attribution": ("entity_id_claim_id",),
    "change": ("transaction_id", "type_row_id_id"),
    "claim": (
        "complement_id_reported_at_id",
        "extent_reported_at_id",
        "fact_id_reported_at_id",
        "modality_reported_at_id",
        "object_id_predicate_id_reported_at_id",
        "object_id_reported_at_id",
        "place_id_reported_at_id",
        "predicate_id_reported_at_id",
        "predicate_id_sort_amount_id",
        "recorded_at_id",
        "reported_at_id",
        "sort_amount_id",
        "sort_time_id",
        "subject_id_predicate_id_reported_at_id",
        "subject_id_reported_at_id",
    ),
    "entity": ("kind_name_id", "name_id", "recorded_at_id"),
    "fact": (
        "articles_id",
        "complement_id_last_reported_id",
        "complement_id_predicate_id_last_reported_id",
        "extent_last_reported_id",
        "last_reported_id",
        "object_id_last_reported_id",
        "object_id_predicate_id_last_reported_id",
        "place_id_last_reported_id",
        "predicate_id_last_reported_id",
        "predicate_id_place_id_last_reported_id",
        "spread_id",
        "status_last_reported_id",
        "subject_id_last_reported_id",
        "subject_id_predicate_id_last_reported_id",
    ),
    "participant": ("entity_id_reported_at_claim_id", "entity_id_role_reported_at_claim_id"),
    "review": ("status_recorded_at_id",),
}
INDEXES = [f"ix_{table}_{columns}" for table, several in DISTINCT.items() for columns in several]


def upgrade() -> None:
    op.execute("ALTER TABLE article SET (toast_tuple_target = 8160)")
    for index in INDEXES:
        op.execute(f"ALTER INDEX {index} SET (deduplicate_items = off)")
    op.drop_constraint(op.f("fk_mention_entity_id"), "mention", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(op.f("fk_mention_entity_id"), "mention", "entity", ["entity_id"], ["id"])
    for index in INDEXES:
        op.execute(f"ALTER INDEX {index} RESET (deduplicate_items)")
    op.execute("ALTER TABLE article RESET (toast_tuple_target)")
