CREATE TABLE "change_clock" (
	"only_row" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"ahead" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction" bigint NOT NULL,
	"noun" text NOT NULL,
	"noun_id" bigint NOT NULL,
	"change" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "changes_noun_known" CHECK ("changes"."noun" in ('document', 'development')),
	CONSTRAINT "changes_change_known" CHECK ("changes"."change" in ('created', 'revised', 'retagged', 'withdrawn', 'restored'))
);
--> statement-breakpoint
CREATE TABLE "history_seals" (
	"number" integer PRIMARY KEY NOT NULL,
	"noun" text NOT NULL,
	"after_id" bigint NOT NULL,
	"last_id" bigint NOT NULL,
	"ids" bigint[] NOT NULL,
	"digests" text NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "history_seals_in_order" UNIQUE("noun","last_id"),
	CONSTRAINT "history_seals_are_forward" CHECK ("history_seals"."after_id" < "history_seals"."last_id")
);
--> statement-breakpoint
CREATE INDEX "changes_in_order" ON "changes" USING btree ("transaction","id");--> statement-breakpoint
CREATE INDEX "development_evidence_by_statement" ON "development_evidence" USING btree ("statement_id") WHERE "development_evidence"."statement_id" is not null;--> statement-breakpoint
-- Seals and changes are records themselves.
CREATE TRIGGER "history_seals_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "history_seals" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "changes_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "changes" EXECUTE FUNCTION "parley_refuse_change"();
--> statement-breakpoint
INSERT INTO change_clock (only_row, ahead) VALUES (1, 0);
--> statement-breakpoint
CREATE FUNCTION "parley_change_transaction"() RETURNS bigint LANGUAGE sql AS $$
  SELECT pg_current_xact_id()::text::bigint + (SELECT ahead FROM change_clock)
$$;
--> statement-breakpoint
-- What those who keep a copy must hear of is written where it happens, so that no code can forget it.
CREATE FUNCTION "parley_document_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.current_version_id IS DISTINCT FROM OLD.current_version_id THEN
    INSERT INTO changes (transaction, noun, noun_id, change) VALUES (parley_change_transaction(), 'document', NEW.id, CASE
      WHEN OLD.current_version_id IS NULL THEN 'created'
      WHEN (SELECT cause FROM versions WHERE id = NEW.current_version_id) = 'edited' THEN 'revised'
      ELSE 'retagged' END);
  END IF;
  IF (NEW.withdrawn_at IS NULL) <> (OLD.withdrawn_at IS NULL) THEN
    INSERT INTO changes (transaction, noun, noun_id, change)
    VALUES (parley_change_transaction(), 'document', NEW.id, CASE WHEN NEW.withdrawn_at IS NULL THEN 'restored' ELSE 'withdrawn' END);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "documents_tell_changes" AFTER UPDATE OF "current_version_id", "withdrawn_at" ON "documents" FOR EACH ROW
  WHEN (NEW.current_version_id IS DISTINCT FROM OLD.current_version_id OR (NEW.withdrawn_at IS NULL) <> (OLD.withdrawn_at IS NULL))
  EXECUTE FUNCTION "parley_document_changed"();
--> statement-breakpoint
CREATE FUNCTION "parley_development_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO changes (transaction, noun, noun_id, change) VALUES (parley_change_transaction(), 'development', NEW.id, 'created');
  ELSE
    INSERT INTO changes (transaction, noun, noun_id, change) VALUES (parley_change_transaction(), 'development', NEW.id, 'retagged');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "developments_tell_births" AFTER INSERT ON "developments" FOR EACH ROW EXECUTE FUNCTION "parley_development_changed"();
--> statement-breakpoint
CREATE TRIGGER "developments_tell_changes" AFTER UPDATE OF "type", "severity", "status", "summary", "hedge", "event_date" ON "developments" FOR EACH ROW
  WHEN ((OLD.type, OLD.severity, OLD.status, OLD.summary, OLD.hedge, OLD.event_date) IS DISTINCT FROM (NEW.type, NEW.severity, NEW.status, NEW.summary, NEW.hedge, NEW.event_date))
  EXECUTE FUNCTION "parley_development_changed"();
--> statement-breakpoint
-- A development that more documents tell of, or with other actors and topics, is another for those who keep a copy; told once a transaction.
CREATE FUNCTION "parley_development_grew"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO changes (transaction, noun, noun_id, change)
  SELECT DISTINCT parley_change_transaction(), 'development', development_id, 'revised' FROM moved
  WHERE NOT EXISTS (SELECT FROM changes c WHERE c.transaction = parley_change_transaction()
    AND c.noun = 'development' AND c.noun_id = moved.development_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "development_evidence_tells_growth" AFTER INSERT ON "development_evidence" REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION "parley_development_grew"();
--> statement-breakpoint
CREATE TRIGGER "development_actors_tell_growth" AFTER INSERT ON "development_actors" REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION "parley_development_grew"();
--> statement-breakpoint
CREATE TRIGGER "development_topics_tell_growth" AFTER INSERT ON "development_topics" REFERENCING NEW TABLE AS moved FOR EACH STATEMENT EXECUTE FUNCTION "parley_development_grew"();
--> statement-breakpoint
INSERT INTO changes (transaction, noun, noun_id, change) SELECT parley_change_transaction(), 'document', id, 'created' FROM documents WHERE current_version_id IS NOT NULL ORDER BY id;
--> statement-breakpoint
INSERT INTO changes (transaction, noun, noun_id, change) SELECT parley_change_transaction(), 'development', id, 'created' FROM developments ORDER BY id;
--> statement-breakpoint
-- The search index holds the sides of speakers: when the catalogue gives an actor another, it is made anew at the next start.
CREATE FUNCTION "parley_side_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE search_state SET terms_version = 0;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "actors_tell_sides" AFTER UPDATE OF "bloc" ON "actors" FOR EACH ROW WHEN (OLD.bloc <> NEW.bloc) EXECUTE FUNCTION "parley_side_changed"();
