-- What came in last waits in a list beside a GIN index, which every search reads whole: of 4 MB (the setting of Postgres) that takes
-- 5 ms each time one looks, of 1 MB 1 ms. A shorter list is put into the index more often, which costs at each row that comes in.
ALTER INDEX "statement_index_by_term" SET (gin_pending_list_limit = 1024);--> statement-breakpoint
ALTER INDEX "document_index_by_term" SET (gin_pending_list_limit = 256);
