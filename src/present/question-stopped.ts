/** What whoever asked a question is told that Postgres stopped, in a problem document or by an assistant. */
export const QUESTION_STOPPED =
  "This question took too long and was stopped; ask for rarer words, fewer of them, or a shorter period.";
