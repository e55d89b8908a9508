CREATE TABLE "row_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "row_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"noun" text NOT NULL,
	"row_key" text NOT NULL,
	"before" text,
	"after" text,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "row_changes_change_something" CHECK ("row_changes"."before" is distinct from "row_changes"."after")
);
--> statement-breakpoint
CREATE TRIGGER "row_changes_are_kept" BEFORE UPDATE OR DELETE OR TRUNCATE ON "row_changes" EXECUTE FUNCTION "parley_refuse_change"();--> statement-breakpoint
-- Names a row by its key.
CREATE FUNCTION "parley_row_key"(one jsonb, key_columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT string_agg(one ->> name, '.' ORDER BY place) FROM unnest(key_columns) WITH ORDINALITY AS part (name, place)
$$;--> statement-breakpoint
-- Digests the columns of a row that are noted; instants in it must be written in UTC.
CREATE FUNCTION "parley_row_digest"(one jsonb, noted_columns text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT left(encode(sha256(convert_to(jsonb_agg(one -> name ORDER BY place)::text, 'UTF8')), 'hex'), 16)
  FROM unnest(noted_columns) WITH ORDINALITY AS part (name, place)
$$;--> statement-breakpoint
-- Notes what a statement did to the rows of a table: its arguments are the columns of the key and those noted, with commas between them.
CREATE FUNCTION "parley_note_rows"() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  noted_columns text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO row_changes (noun, row_key, after)
    SELECT TG_TABLE_NAME, parley_row_key(to_jsonb(n), key_columns), parley_row_digest(to_jsonb(n), noted_columns) FROM new_rows n;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO row_changes (noun, row_key, before)
    SELECT TG_TABLE_NAME, parley_row_key(to_jsonb(o), key_columns), parley_row_digest(to_jsonb(o), noted_columns) FROM old_rows o;
  ELSE
    INSERT INTO row_changes (noun, row_key, before, after)
    SELECT TG_TABLE_NAME, row_key, o.digest, n.digest
    FROM (SELECT parley_row_key(to_jsonb(r), key_columns) AS row_key, parley_row_digest(to_jsonb(r), noted_columns) AS digest FROM old_rows r) o
    FULL JOIN (SELECT parley_row_key(to_jsonb(r), key_columns) AS row_key, parley_row_digest(to_jsonb(r), noted_columns) AS digest FROM new_rows r) n
      USING (row_key)
    WHERE o.digest IS DISTINCT FROM n.digest;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Has the changes of a table noted from now on, and its rows as they are. Only what Parley's own connections do is noted: they are known by
-- their name, so that a hand that edits in passing leaves a gap that parley verify finds.
CREATE FUNCTION "parley_note_table"(noted regclass, key_columns text, noted_columns text) RETURNS void LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  does text := format('FOR EACH STATEMENT WHEN (current_setting(''application_name'') LIKE ''parley%%'') EXECUTE FUNCTION parley_note_rows(%L, %L)',
    key_columns, noted_columns);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s REFERENCING NEW TABLE AS new_rows %s', noted || '_rows_born', noted, does);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows %s', noted || '_rows_changed', noted, does);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS old_rows %s', noted || '_rows_gone', noted, does);
  EXECUTE format('INSERT INTO row_changes (noun, row_key, after) SELECT %L, parley_row_key(to_jsonb(r), $1), parley_row_digest(to_jsonb(r), $2) FROM %s r',
    noted::text, noted) USING string_to_array(key_columns, ','), string_to_array(noted_columns, ',');
END $$;--> statement-breakpoint
SELECT parley_note_table('developments', 'id', 'type,key,severity,status,summary,hedge,event_date,event_instant,document_id,version_id,previous_version_id,detector_version,detected_at,certainty,families,is_one_sided,hold,dismissed_at,is_severity_ruled');--> statement-breakpoint
SELECT parley_note_table('development_evidence', 'id', 'development_id,version_id,statement_id,span_start,span_end,words');--> statement-breakpoint
SELECT parley_note_table('development_actors', 'development_id,actor_id', 'development_id,actor_id');--> statement-breakpoint
SELECT parley_note_table('development_topics', 'development_id,topic_id', 'development_id,topic_id');--> statement-breakpoint
SELECT parley_note_table('development_confirmations', 'development_id,document_id', 'family_document_id,is_primary,side');--> statement-breakpoint
SELECT parley_note_table('development_conflicts', 'id', 'development_id,other_id,about,words,version_id,other_words,other_version_id,found_at');--> statement-breakpoint
SELECT parley_note_table('threads', 'id', 'key,course,state,state_instant,opened_at,merged_into_id');--> statement-breakpoint
SELECT parley_note_table('thread_developments', 'development_id', 'thread_id,state,is_known_step,by_analyst');--> statement-breakpoint
SELECT parley_note_table('first_times', 'id', 'kind,actor_id,subject,instant,statement_id,version_id,span_start,span_end,words,searched,found_at,development_id');--> statement-breakpoint
SELECT parley_note_table('meetings', 'id', 'key,kind,day,found_at');--> statement-breakpoint
SELECT parley_note_table('readouts', 'document_id', 'version_id,meeting_id,side,participants,lang,points,published_instant');--> statement-breakpoint
SELECT parley_note_table('meeting_points', 'meeting_id,topic_id', 'verdict,first_document_id,first_start,first_end,first_words,first_strength,second_document_id,second_start,second_end,second_words,second_strength');--> statement-breakpoint
SELECT parley_note_table('commitments', 'id', 'development_id,version_id,span_start,span_end,words,by_actor_ids,to_actor_ids,action,due,due_instant,state,made_instant,told_due_at');--> statement-breakpoint
SELECT parley_note_table('commitment_reports', 'id', 'commitment_id,report,version_id,span_start,span_end,words,reported_instant');--> statement-breakpoint
SELECT parley_note_table('dismissed_patterns', 'id', 'act_id,type,words_sha256,lifted_at');--> statement-breakpoint
SELECT parley_note_table('rules', 'id', 'name,query,about,manner,enabled,created_at');--> statement-breakpoint
SELECT parley_note_table('alerts', 'id', 'rule_id,matter,kind,development_id,version_id,late,batch_id,corrects_id,created_at');--> statement-breakpoint
SELECT parley_note_table('deliveries', 'id', 'alert_id,endpoint_id,body,status,created_at,delivered_at,first_delivered_at,replayed_at');--> statement-breakpoint
SELECT parley_note_table('digests', 'id', 'subscriber_id,period,day,period_start,period_end,status,message_id,subject,html,plain,claimed_at,sent_at,message');--> statement-breakpoint
SELECT parley_note_table('digest_developments', 'digest_id,development_id,correction', 'digest_id,development_id,correction');--> statement-breakpoint
SELECT parley_note_table('stance_shifts', 'id', 'development_key,holder_id,topic_id,stance_id,earlier_stance_id,earlier_days,instant,found_at,overturned_at');
