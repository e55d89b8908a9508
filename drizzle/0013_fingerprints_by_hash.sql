CREATE TABLE "fingerprints" (
	"hash" integer NOT NULL,
	"statement_id" bigint NOT NULL,
	"among" smallint NOT NULL,
	CONSTRAINT "fingerprints_hash_statement_id_pk" PRIMARY KEY("hash","statement_id")
);
--> statement-breakpoint
INSERT INTO "fingerprints" SELECT DISTINCT h, statement_id, cardinality(hashes) FROM "statement_fingerprints", unnest(hashes) AS h;--> statement-breakpoint
ALTER TABLE "statement_fingerprints" DISABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP TABLE "statement_fingerprints" CASCADE;--> statement-breakpoint
ALTER TABLE "version_sketches" ALTER COLUMN "linked_at" DROP NOT NULL;