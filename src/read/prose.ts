import type { Statement } from "../domain/statement.ts";
import type { StatementView } from "./statement-view.ts";

export function proseStatements(_view: StatementView): Statement[] {
  return [];
}
