ALTER TABLE "statement_index" ADD COLUMN "counted" text[];--> statement-breakpoint
-- The terms stand apart from their rows, as they are: hits then lie on few pages. The program makes the index anew at its next start.
ALTER TABLE "statement_index" ALTER COLUMN "terms" SET STORAGE EXTERNAL;--> statement-breakpoint
ALTER TABLE "statement_index" SET (toast_tuple_target = 128);
