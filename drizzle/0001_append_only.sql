-- The record is append-only: bytes, fetches, texts and statements are never changed or deleted.
-- Only the marks of which reader and detector have seen a row may move.
CREATE FUNCTION "parley_refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: what was recorded is never changed; add a new row', tg_op, tg_table_name
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "bodies_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "bodies" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "captures_are_kept" BEFORE DELETE OR TRUNCATE ON "captures" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "captures_stay_as_they_are" BEFORE UPDATE OF "id", "document_id", "source_id", "url", "final_url", "http_status", "headers", "body_sha256", "fetched_at", "elapsed_ms" ON "captures" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "versions_are_kept" BEFORE DELETE OR TRUNCATE ON "versions" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "versions_stay_as_they_are" BEFORE UPDATE OF "id", "document_id", "capture_id", "number", "cause", "reader_version", "title", "byline", "publisher", "kind", "lang", "published_at", "updated_at", "published_instant", "text", "text_sha256", "blocks", "problems", "created_at" ON "versions" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "statements_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "statements" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "statement_actors_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "statement_actors" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "statement_topics_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "statement_topics" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "polls_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "polls" EXECUTE FUNCTION "parley_refuse_change"();
