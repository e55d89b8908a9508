-- Notes what a statement did to one row of which only what was decided is noted: arguments are the columns of the key, those noted, and
-- the one that is null until then.
CREATE FUNCTION "parley_note_decision"() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
  key_columns text[] := string_to_array(TG_ARGV[0], ',');
  noted_columns text[] := string_to_array(TG_ARGV[1], ',');
  was jsonb;
  became jsonb;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW); END IF;
  INSERT INTO row_changes (noun, row_key, before, after)
  SELECT TG_TABLE_NAME, parley_row_key(coalesce(became, was), key_columns), before, after FROM (
    SELECT CASE WHEN was ->> TG_ARGV[2] IS NOT NULL THEN parley_row_digest(was, noted_columns) END AS before,
      CASE WHEN became ->> TG_ARGV[2] IS NOT NULL THEN parley_row_digest(became, noted_columns) END AS after
  ) noted WHERE before IS DISTINCT FROM after;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Has decisions about the rows of a table noted from now on, and those made before. A row costs nothing until something is decided about it,
-- and a statement that sets none of the columns noted costs nothing at all.
CREATE FUNCTION "parley_note_decisions"(noted regclass, key_columns text, noted_columns text, decided text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  ours text := 'current_setting(''application_name'') LIKE ''parley%''';
  does text := format('EXECUTE FUNCTION parley_note_decision(%L, %L, %L)', key_columns, noted_columns, decided);
BEGIN
  EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %s FOR EACH ROW WHEN (NEW.%I IS NOT NULL AND %s) %s', noted || '_rows_born', noted, decided, ours, does);
  EXECUTE format('CREATE TRIGGER %I AFTER UPDATE OF %s ON %s FOR EACH ROW WHEN ((OLD.%I IS NOT NULL OR NEW.%I IS NOT NULL) AND %s) %s',
    noted || '_rows_changed', noted_columns, noted, decided, decided, ours, does);
  EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %s FOR EACH ROW WHEN (OLD.%I IS NOT NULL AND %s) %s', noted || '_rows_gone', noted, decided, ours, does);
  EXECUTE format('INSERT INTO row_changes (noun, row_key, after) SELECT %L, parley_row_key(to_jsonb(r), $1), parley_row_digest(to_jsonb(r), $2) FROM %s r WHERE r.%I IS NOT NULL',
    noted::text, noted, decided) USING string_to_array(key_columns, ','), string_to_array(noted_columns, ',');
END $$;--> statement-breakpoint
-- Digests of instants are taken in UTC, whatever the zone of who migrates.
SET LOCAL timezone = 'UTC';--> statement-breakpoint
SELECT parley_note_decisions('documents', 'id', 'withdrawn_at', 'withdrawn_at');--> statement-breakpoint
SELECT parley_note_decisions('items', 'id', 'outcome,failure_code,message,document_id,decided_at', 'outcome');
