CREATE TABLE "bodies" (
	"sha256" text PRIMARY KEY NOT NULL,
	"gzipped" "bytea" NOT NULL,
	"byte_length" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "captures" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "captures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" bigint NOT NULL,
	"source_id" text,
	"url" text NOT NULL,
	"final_url" text NOT NULL,
	"http_status" integer,
	"headers" jsonb NOT NULL,
	"body_sha256" text NOT NULL,
	"fetched_at" timestamp with time zone NOT NULL,
	"elapsed_ms" integer,
	"read_by" integer
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "documents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"identity" text NOT NULL,
	"source_id" text,
	"url" text,
	"origin" text,
	"first_seen_at" timestamp with time zone NOT NULL,
	"current_version_id" bigint,
	"next_check_at" timestamp with time zone,
	"checks" integer DEFAULT 0 NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "documents_identity_once" UNIQUE("identity")
);
--> statement-breakpoint
CREATE TABLE "versions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "versions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"document_id" bigint NOT NULL,
	"capture_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"cause" text NOT NULL,
	"reader_version" integer NOT NULL,
	"title" text,
	"byline" text,
	"publisher" text,
	"kind" text NOT NULL,
	"lang" text,
	"published_at" jsonb,
	"updated_at" jsonb,
	"published_instant" timestamp with time zone,
	"text" text NOT NULL,
	"text_sha256" text NOT NULL,
	"blocks" jsonb NOT NULL,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"detected_by" integer,
	CONSTRAINT "versions_number_once" UNIQUE("document_id","number"),
	CONSTRAINT "versions_once_per_reader" UNIQUE("capture_id","reader_version"),
	CONSTRAINT "versions_cause_known" CHECK ("versions"."cause" in ('first', 'edited', 'reread')),
	CONSTRAINT "versions_number_from_one" CHECK ("versions"."number" >= 1)
);
--> statement-breakpoint
CREATE TABLE "actors" (
	"id" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"name_zh" text,
	"bloc" text NOT NULL,
	"parent_id" text,
	"definition" jsonb NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "development_types" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"label_zh" text,
	"definition" text NOT NULL,
	"severity" integer NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "offices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"actor_id" text NOT NULL,
	"role" text NOT NULL,
	"body_id" text,
	"valid_from" text,
	"valid_to" text,
	CONSTRAINT "offices_once" UNIQUE NULLS NOT DISTINCT("actor_id","role","body_id","valid_from")
);
--> statement-breakpoint
CREATE TABLE "sources" (
	"id" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"actor_id" text NOT NULL,
	"enabled" boolean NOT NULL,
	"definition" jsonb NOT NULL,
	"retired_at" timestamp with time zone,
	"next_poll_at" timestamp with time zone,
	"last_poll_at" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"failures_in_row" integer DEFAULT 0 NOT NULL,
	"etag" text,
	"last_modified" text,
	CONSTRAINT "sources_failures_not_negative" CHECK ("sources"."failures_in_row" >= 0)
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"label_zh" text,
	"parent_id" text,
	"definition" text NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" text NOT NULL,
	"key" text NOT NULL,
	"url" text,
	"title" text,
	"author" text,
	"published_at" jsonb,
	"summary" text,
	"content" text,
	"poll_id" bigint,
	"first_seen_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"failure_code" text,
	"message" text,
	"document_id" bigint,
	"decided_at" timestamp with time zone,
	CONSTRAINT "items_once_per_source" UNIQUE("source_id","key"),
	CONSTRAINT "items_outcome_known" CHECK ("items"."outcome" in ('new', 'known', 'refused', 'failed')),
	CONSTRAINT "items_decided_when_outcome" CHECK (("items"."outcome" is null) = ("items"."decided_at" is null)),
	CONSTRAINT "items_document_when_read" CHECK (("items"."outcome" in ('new', 'known')) = ("items"."document_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "polls" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "polls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone NOT NULL,
	"outcome" text NOT NULL,
	"http_status" integer,
	"items_seen" integer DEFAULT 0 NOT NULL,
	"items_new" integer DEFAULT 0 NOT NULL,
	"failure_code" text,
	"message" text,
	"problems" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "polls_outcome_known" CHECK ("polls"."outcome" in ('read', 'unchanged', 'failed')),
	CONSTRAINT "polls_failure_has_code" CHECK (("polls"."outcome" = 'failed') = ("polls"."failure_code" is not null))
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "alerts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"rule_id" bigint NOT NULL,
	"development_id" bigint NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "alerts_once" UNIQUE("rule_id","development_id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text PRIMARY KEY NOT NULL,
	"alert_id" bigint NOT NULL,
	"endpoint_id" bigint NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "deliveries_once" UNIQUE("alert_id","endpoint_id"),
	CONSTRAINT "deliveries_status_known" CHECK ("deliveries"."status" in ('pending', 'delivered', 'failed')),
	CONSTRAINT "deliveries_pending_has_time" CHECK (("deliveries"."status" = 'pending') = ("deliveries"."next_attempt_at" is not null)),
	CONSTRAINT "deliveries_delivered_has_time" CHECK (("deliveries"."status" = 'delivered') = ("deliveries"."delivered_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "delivery_attempts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "delivery_attempts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" text NOT NULL,
	"attempted_at" timestamp with time zone NOT NULL,
	"http_status" integer,
	"failure_code" text,
	"message" text,
	"elapsed_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "digests_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscriber_id" bigint NOT NULL,
	"day" date NOT NULL,
	"period_start" timestamp with time zone NOT NULL,
	"period_end" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"message_id" text NOT NULL,
	"subject" text,
	"html" text,
	"plain" text,
	"claimed_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"message" text,
	CONSTRAINT "digests_once_per_day" UNIQUE("subscriber_id","day"),
	CONSTRAINT "digests_status_known" CHECK ("digests"."status" in ('claimed', 'sent', 'failed', 'unknown')),
	CONSTRAINT "digests_period_is_forward" CHECK ("digests"."period_start" < "digests"."period_end")
);
--> statement-breakpoint
CREATE TABLE "endpoints" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "endpoints_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"secret" "bytea",
	"enabled" boolean DEFAULT true NOT NULL,
	"disabled_because" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "endpoints_name_once" UNIQUE("name"),
	CONSTRAINT "endpoints_kind_known" CHECK ("endpoints"."kind" in ('webhook', 'mail')),
	CONSTRAINT "endpoints_webhook_has_secret" CHECK (("endpoints"."kind" = 'webhook') = ("endpoints"."secret" is not null))
);
--> statement-breakpoint
CREATE TABLE "rule_endpoints" (
	"rule_id" bigint NOT NULL,
	"endpoint_id" bigint NOT NULL,
	CONSTRAINT "rule_endpoints_once" PRIMARY KEY("rule_id","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "rules_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"query" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "rules_name_once" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "subscribers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscribers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"address" text NOT NULL,
	"time_zone" text NOT NULL,
	"send_at" text NOT NULL,
	"lang" text DEFAULT 'en' NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subscribers_address_once" UNIQUE("address"),
	CONSTRAINT "subscribers_send_at_is_time" CHECK ("subscribers"."send_at" ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$')
);
--> statement-breakpoint
CREATE TABLE "development_actors" (
	"development_id" bigint NOT NULL,
	"actor_id" text NOT NULL,
	CONSTRAINT "development_actors_once" PRIMARY KEY("development_id","actor_id")
);
--> statement-breakpoint
CREATE TABLE "development_evidence" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "development_evidence_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"development_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"statement_id" bigint,
	"span_start" integer NOT NULL,
	"span_end" integer NOT NULL,
	"words" text NOT NULL,
	CONSTRAINT "development_evidence_once" UNIQUE("development_id","version_id","span_start","span_end"),
	CONSTRAINT "development_evidence_is_forward" CHECK ("development_evidence"."span_start" < "development_evidence"."span_end")
);
--> statement-breakpoint
CREATE TABLE "development_topics" (
	"development_id" bigint NOT NULL,
	"topic_id" text NOT NULL,
	CONSTRAINT "development_topics_once" PRIMARY KEY("development_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "developments" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "developments_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"type" text NOT NULL,
	"severity" integer NOT NULL,
	"status" text NOT NULL,
	"summary" text NOT NULL,
	"hedge" text,
	"event_date" jsonb,
	"event_instant" timestamp with time zone,
	"document_id" bigint NOT NULL,
	"version_id" bigint NOT NULL,
	"previous_version_id" bigint,
	"detector_version" integer NOT NULL,
	"detected_at" timestamp with time zone NOT NULL,
	"matched_at" timestamp with time zone,
	CONSTRAINT "developments_key_once" UNIQUE("key"),
	CONSTRAINT "developments_severity_in_scale" CHECK ("developments"."severity" between 1 and 5),
	CONSTRAINT "developments_status_known" CHECK ("developments"."status" in ('new', 'background')),
	CONSTRAINT "developments_have_summary" CHECK ("developments"."summary" <> '')
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incidents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"source_id" text,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"secret_key_fingerprint" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "installation_is_one" CHECK ("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "stage_failures" (
	"stage" text NOT NULL,
	"subject" text NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"remedy" text NOT NULL,
	"attempts" integer NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"next_at" timestamp with time zone,
	CONSTRAINT "stage_failures_once" PRIMARY KEY("stage","subject"),
	CONSTRAINT "stage_failures_remedy_known" CHECK ("stage_failures"."remedy" in ('retry', 'park')),
	CONSTRAINT "stage_failures_retry_has_time" CHECK (("stage_failures"."remedy" = 'retry') = ("stage_failures"."next_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tokens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"sha256" "bytea" NOT NULL,
	"scope" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "tokens_digest_once" UNIQUE("sha256"),
	CONSTRAINT "tokens_scope_known" CHECK ("tokens"."scope" in ('reader', 'editor', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "statement_actors" (
	"statement_id" bigint NOT NULL,
	"actor_id" text NOT NULL,
	"method" text NOT NULL,
	"confidence" real NOT NULL,
	CONSTRAINT "statement_actors_once" PRIMARY KEY("statement_id","actor_id")
);
--> statement-breakpoint
CREATE TABLE "statement_topics" (
	"statement_id" bigint NOT NULL,
	"topic_id" text NOT NULL,
	"score" real NOT NULL,
	"evidence" jsonb NOT NULL,
	CONSTRAINT "statement_topics_once" PRIMARY KEY("statement_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "statements" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "statements_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"version_id" bigint NOT NULL,
	"ordinal" integer NOT NULL,
	"kind" text NOT NULL,
	"act" text NOT NULL,
	"polarity" text NOT NULL,
	"content" jsonb NOT NULL,
	"words" text NOT NULL,
	"quotes" jsonb NOT NULL,
	"cue" jsonb,
	"speaker" jsonb,
	"addressee" text,
	"relayed_by" text,
	"question" jsonb,
	"said_at" jsonb,
	"said_instant" timestamp with time zone,
	"confidence" real NOT NULL,
	"rule" text NOT NULL,
	"fidelity" text NOT NULL,
	"flags" text[] NOT NULL,
	"lang" text,
	CONSTRAINT "statements_in_order" UNIQUE("version_id","ordinal"),
	CONSTRAINT "statements_have_words" CHECK ("statements"."words" <> ''),
	CONSTRAINT "statements_confidence_is_share" CHECK ("statements"."confidence" between 0 and 1)
);
--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "captures" ADD CONSTRAINT "captures_body_sha256_bodies_sha256_fk" FOREIGN KEY ("body_sha256") REFERENCES "public"."bodies"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_current_version_id_versions_id_fk" FOREIGN KEY ("current_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "versions" ADD CONSTRAINT "versions_capture_id_captures_id_fk" FOREIGN KEY ("capture_id") REFERENCES "public"."captures"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offices" ADD CONSTRAINT "offices_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sources" ADD CONSTRAINT "sources_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_poll_id_polls_id_fk" FOREIGN KEY ("poll_id") REFERENCES "public"."polls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "polls" ADD CONSTRAINT "polls_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_alert_id_alerts_id_fk" FOREIGN KEY ("alert_id") REFERENCES "public"."alerts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_attempts" ADD CONSTRAINT "delivery_attempts_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "public"."deliveries"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_endpoints" ADD CONSTRAINT "rule_endpoints_rule_id_rules_id_fk" FOREIGN KEY ("rule_id") REFERENCES "public"."rules"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_endpoints" ADD CONSTRAINT "rule_endpoints_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_actors" ADD CONSTRAINT "development_actors_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_actors" ADD CONSTRAINT "development_actors_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_evidence" ADD CONSTRAINT "development_evidence_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_evidence" ADD CONSTRAINT "development_evidence_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_evidence" ADD CONSTRAINT "development_evidence_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_topics" ADD CONSTRAINT "development_topics_development_id_developments_id_fk" FOREIGN KEY ("development_id") REFERENCES "public"."developments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "development_topics" ADD CONSTRAINT "development_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_type_development_types_id_fk" FOREIGN KEY ("type") REFERENCES "public"."development_types"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "developments" ADD CONSTRAINT "developments_previous_version_id_versions_id_fk" FOREIGN KEY ("previous_version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "incidents_source_id_sources_id_fk" FOREIGN KEY ("source_id") REFERENCES "public"."sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_actors" ADD CONSTRAINT "statement_actors_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_actors" ADD CONSTRAINT "statement_actors_actor_id_actors_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."actors"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_topics" ADD CONSTRAINT "statement_topics_statement_id_statements_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statements"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement_topics" ADD CONSTRAINT "statement_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_version_id_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "captures_by_document" ON "captures" USING btree ("document_id","fetched_at");--> statement-breakpoint
CREATE INDEX "captures_unread" ON "captures" USING btree ("fetched_at") WHERE "captures"."read_by" is null;--> statement-breakpoint
CREATE INDEX "documents_due" ON "documents" USING btree ("next_check_at") WHERE "documents"."next_check_at" is not null;--> statement-breakpoint
CREATE INDEX "documents_by_source" ON "documents" USING btree ("source_id","first_seen_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "versions_undetected" ON "versions" USING btree ("created_at") WHERE "versions"."detected_by" is null;--> statement-breakpoint
CREATE INDEX "versions_by_publication" ON "versions" USING btree ("published_instant" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sources_due" ON "sources" USING btree ("next_poll_at") WHERE "sources"."enabled";--> statement-breakpoint
CREATE INDEX "items_undecided" ON "items" USING btree ("first_seen_at") WHERE "items"."outcome" is null;--> statement-breakpoint
CREATE INDEX "items_by_document" ON "items" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "polls_by_source" ON "polls" USING btree ("source_id","finished_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "polls_by_time" ON "polls" USING btree ("finished_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("next_attempt_at") WHERE "deliveries"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "delivery_attempts_by_delivery" ON "delivery_attempts" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE INDEX "development_actors_by_actor" ON "development_actors" USING btree ("actor_id");--> statement-breakpoint
CREATE INDEX "development_topics_by_topic" ON "development_topics" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "developments_by_time" ON "developments" USING btree ("detected_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "developments_unmatched" ON "developments" USING btree ("detected_at") WHERE "developments"."matched_at" is null;--> statement-breakpoint
CREATE INDEX "developments_by_type" ON "developments" USING btree ("type","event_instant");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_open" ON "incidents" USING btree (coalesce("source_id", ''),"code") WHERE "incidents"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "incidents_by_time" ON "incidents" USING btree ("opened_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "statement_actors_by_actor" ON "statement_actors" USING btree ("actor_id","statement_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "statement_topics_by_topic" ON "statement_topics" USING btree ("topic_id","statement_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "statements_by_time" ON "statements" USING btree ("said_instant" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "statements_by_stem" ON "statements" USING gin (to_tsvector('english', regexp_replace("words", '[^\u0001-\u007f\u00c0-\u024f]', ' ', 'g')));