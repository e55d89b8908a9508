CREATE SEQUENCE "public"."rule_revisions" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1;--> statement-breakpoint
CREATE TABLE "digest_developments" (
	"digest_id" bigint NOT NULL,
	"development_id" bigint NOT NULL,
	"correction" boolean DEFAULT false NOT NULL,
	CONSTRAINT "digest_developments_once" PRIMARY KEY("digest_id","development_id","correction")
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "letters_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"address" text NOT NULL,
	"subject" text NOT NULL,
	"plain" text NOT NULL,
	"html" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"message" text,
	CONSTRAINT "letters_key_once" UNIQUE("key"),
	CONSTRAINT "letters_status_known" CHECK ("letters"."status" in ('pending', 'sent', 'failed')),
	CONSTRAINT "letters_pending_has_time" CHECK (("letters"."status" = 'pending') = ("letters"."next_attempt_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "alerts" DROP CONSTRAINT "alerts_once";--> statement-breakpoint
ALTER TABLE "digests" DROP CONSTRAINT "digests_once_per_day";--> statement-breakpoint
ALTER TABLE "digests" DROP CONSTRAINT "digests_status_known";--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "development_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ALTER COLUMN "alert_id" DROP NOT NULL;--> statement-breakpoint
-- A rule's question was a list of wishes; now it is written in the language of search, and means the same.
ALTER TABLE "rules" ALTER COLUMN "query" SET DATA TYPE text USING "query"::text;--> statement-breakpoint
UPDATE "rules" SET "query" = trim(concat_ws(' ',
  (SELECT 'actor:' || string_agg(one, ',') FROM jsonb_array_elements_text("query"::jsonb -> 'actors') AS one),
  (SELECT 'side:' || string_agg(one, ',') FROM jsonb_array_elements_text("query"::jsonb -> 'blocs') AS one),
  (SELECT 'topic:' || string_agg(one, ',') FROM jsonb_array_elements_text("query"::jsonb -> 'topics') AS one),
  (SELECT 'type:' || string_agg(one, ',') FROM jsonb_array_elements_text("query"::jsonb -> 'types') AS one),
  'severity:' || ("query"::jsonb ->> 'severityAtLeast'),
  (SELECT '(' || string_agg('"' || replace(one, '"', ' ') || '"', ' OR ') || ')' FROM jsonb_array_elements_text("query"::jsonb -> 'words') AS one)
));--> statement-breakpoint
-- Until now every alert was about one development.
ALTER TABLE "alerts" ADD COLUMN "matter" text;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "kind" text;--> statement-breakpoint
UPDATE "alerts" SET "matter" = 'development:' || "development_id", "kind" = 'development';--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "matter" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ALTER COLUMN "kind" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "version_id" bigint;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "held_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "batch_id" bigint;--> statement-breakpoint
ALTER TABLE "alerts" ADD COLUMN "corrects_id" bigint;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "replayed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD COLUMN "request" jsonb;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD COLUMN "response" jsonb;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "period" text DEFAULT 'daily' NOT NULL;--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "repeats" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "format" text DEFAULT 'parley' NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "previous_secret" "bytea";--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "previous_secret_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "owner" text;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "about" text DEFAULT 'developments' NOT NULL;--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "manner" jsonb DEFAULT '{"quiet":null,"cooldownMinutes":0,"urgentFrom":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "revision" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "daily" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "weekly_on" integer;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "topics" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "rule_ids" bigint[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "watch" text;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
-- Whoever got digests until now was subscribed by who runs Parley.
UPDATE "subscribers" SET "confirmed_at" = "created_at";--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "unsubscribed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "bounces" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "suspended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "subscribers" ADD COLUMN "suspended_because" text;--> statement-breakpoint
ALTER TABLE "digest_developments" ADD CONSTRAINT "digest_developments_digest_id_digests_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."digests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_developments" ADD CONSTRAINT "digest_developments_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "digest_developments_by_development" ON "digest_developments" USING btree ("development_id");--> statement-breakpoint
CREATE INDEX "letters_due" ON "letters" USING btree ("next_attempt_at") WHERE "letters"."status" = 'pending';--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_batch_id_alerts_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_corrects_id_alerts_id_fk" FOREIGN KEY ("corrects_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_by_development" ON "alerts" USING btree ("development_id");--> statement-breakpoint
CREATE INDEX "alerts_by_rule" ON "alerts" USING btree ("rule_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "alerts_held" ON "alerts" USING btree ("held_until") WHERE "alerts"."held_until" is not null and "alerts"."batch_id" is null;--> statement-breakpoint
CREATE INDEX "deliveries_by_endpoint" ON "deliveries" USING btree ("endpoint_id","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "deliveries_by_time" ON "deliveries" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "digests_unsettled" ON "digests" USING btree ("claimed_at") WHERE "digests"."status" in ('claimed', 'handing');--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_once" UNIQUE("rule_id","matter");--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_once_per_period" UNIQUE("subscriber_id","period","day");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_kind_known" CHECK ("alerts"."kind" in ('development', 'statements', 'batch', 'correction'));--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_development_named" CHECK ("alerts"."kind" not in ('development', 'correction') or "alerts"."development_id" is not null);--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_version_named" CHECK (("alerts"."kind" = 'statements') = ("alerts"."version_id" is not null));--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_correct_one" CHECK (("alerts"."kind" = 'correction') = ("alerts"."corrects_id" is not null));--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_batch_was_held" CHECK ("alerts"."batch_id" is null or "alerts"."held_until" is not null);--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_period_known" CHECK ("digests"."period" in ('daily', 'weekly'));--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_repeat_at_most_once" CHECK ("digests"."repeats" between 0 and 1);--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_status_known" CHECK ("digests"."status" in ('claimed', 'handing', 'sent', 'failed', 'unknown'));--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_format_known" CHECK ("endpoints"."format" in ('parley', 'slack', 'teams', 'discord'));--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_previous_secret_ends" CHECK (("endpoints"."previous_secret" is null) = ("endpoints"."previous_secret_until" is null));--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_about_known" CHECK ("rules"."about" in ('developments', 'statements'));--> statement-breakpoint
ALTER TABLE "subscribers" ADD CONSTRAINT "subscribers_week_day_known" CHECK ("subscribers"."weekly_on" between 1 and 7);--> statement-breakpoint
ALTER TABLE "subscribers" ADD CONSTRAINT "subscribers_suspension_has_reason" CHECK (("subscribers"."suspended_at" is null) = ("subscribers"."suspended_because" is null));--> statement-breakpoint
-- Whoever keeps the rules in memory sees by their revisions that one was made or changed.
CREATE FUNCTION "parley_note_rule_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."revision" := nextval('rule_revisions');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "rules_note_changes" BEFORE INSERT OR UPDATE ON "rules" FOR EACH ROW EXECUTE FUNCTION "parley_note_rule_change"();
--> statement-breakpoint
UPDATE "rules" SET "revision" = 0;
