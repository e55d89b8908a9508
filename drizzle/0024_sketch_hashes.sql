CREATE TABLE "sketch_hashes" (
	"hash" integer NOT NULL,
	"version_id" bigint NOT NULL,
	CONSTRAINT "sketch_hashes_hash_version_id_pk" PRIMARY KEY("hash","version_id")
);
--> statement-breakpoint
INSERT INTO "sketch_hashes" SELECT DISTINCT h, version_id FROM "version_sketches", unnest(hashes) AS h;--> statement-breakpoint
DROP INDEX "version_sketches_by_hash";