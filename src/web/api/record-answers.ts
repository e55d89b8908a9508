import { isCatalogueId } from "../../catalogue/fields.ts";
import { versionPlaces } from "../../db/archive/document-page.ts";
import type { Database } from "../../db/client.ts";
import type { CommitmentRow } from "../../db/records/commitment-list.ts";
import type { MeetingRow } from "../../db/records/meeting-list.ts";
import { phraseLives, usesOfPhrase } from "../../db/records/phrase-list.ts";
import { actorNames } from "../../db/search/name-lists.ts";
import { commitmentJson, meetingJson, phraseJson, phraseUseJson } from "./records-to-json.ts";

/** Answers with meetings as the API and the command line give them; `base` is the address that links begin with. */
export async function answerMeetings(db: Database, rows: readonly MeetingRow[], base: string) {
  const places = await versionPlaces(db, rows.flatMap((row) => row.readouts).map(versionOf));
  return rows.map((row) => meetingJson(row, places, base));
}

/** Answers with commitments, with the names of who made them and the documents that tell of them. */
export async function answerCommitments(db: Database, rows: readonly CommitmentRow[], base: string) {
  const people = rows.flatMap(({ byActorIds, toActorIds }) => [...byActorIds, ...toActorIds]);
  const pieces = rows.flatMap((row) => [row, ...row.reports]);
  const [names, places] = await Promise.all([actorNames(db, people), versionPlaces(db, pieces.map(versionOf))]);
  return rows.map((row) => commitmentJson(row, names, places, base));
}

/** Answers with the stock phrases that were used, the one used last first, each with its lives by side and class of text. */
export async function answerPhrases(db: Database, base: string) {
  const lives = await phraseLives(db);
  const ids = [...new Set(lives.map(({ phraseId }) => phraseId))];
  const livesOf = (id: string) => lives.filter(({ phraseId }) => phraseId === id);
  return ids.map((id) => phraseJson(id, livesOf(id), base));
}

/** Answers with one phrase and its latest uses, at most so many; null where nobody used a phrase of this id. */
export async function answerPhrase(db: Database, id: string, base: string, most: number) {
  const lives = isCatalogueId(id) ? await phraseLives(db, id) : [];
  if (lives.length === 0) return null;
  const uses = await usesOfPhrase(db, id, most);
  const places = await versionPlaces(db, uses.map(versionOf));
  return { ...phraseJson(id, lives, base), uses: uses.map((use) => phraseUseJson(use, places)) };
}

const versionOf = ({ versionId }: { readonly versionId: number }) => versionId;
