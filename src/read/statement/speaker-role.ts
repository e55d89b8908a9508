import type { ResolvedActor } from "../../domain/statement.ts";
import type { Attribution } from "./speaker.ts";
import { fitsTitle } from "./speaker-office.ts";
import type { Mention, StatementView } from "./view.ts";

/** Words that take up somebody by an office or trade alone: "the spokesperson", 这位发言人. */
export type RoleReference = {
  /** Finds the role in the words that named a speaker before. */
  readonly named: RegExp;
  /** The titles of the catalogue that it stands for; empty for trades. */
  readonly titles: readonly string[];
  /** 这位, 该 and "this" point at somebody of the same text: without one there, at nobody. */
  readonly points: boolean;
};

const OFFICES =
  "vice president|vice premier|prime minister|foreign minister|president|premier|secretary|minister|ambassador|director|chair|chairman|chairwoman|spokesperson|spokesman|spokeswoman";
const TRADES =
  "official|analyst|expert|professor|researcher|senator|envoy|adviser|advisor|lawmaker|diplomat|economist|scholar|governor|mayor|lawyer|scientist|executive|representative|negotiator|author";
const ENGLISH = new RegExp(`^(the|this|that)\\s+(?:same\\s+)?(?:(${OFFICES})|(${TRADES}))$`, "i");
/** An office that is another's with this word before it. */
const LESSER = "(?<!\\b(?:vice|deputy|former|press|under|assistant|acting|ex)[\\s-]+)";

const CHINESE: Readonly<Record<string, readonly string[]>> = {
  发言人: ["spokesperson"],
  部长: ["minister"],
  外长: ["foreign minister"],
  主席: ["president"],
  总统: ["president"],
  总理: ["premier", "prime minister"],
  首相: ["prime minister"],
  大使: ["ambassador"],
  国务卿: ["secretary of state"],
  财长: ["secretary of the treasury", "finance minister"],
};
const CHINESE_REFERENCE = new RegExp(
  `^(这位|该|这名|上述|那位)?(?:(${Object.keys(CHINESE).join("|")})|(官员|专家|学者|教授|研究员|分析师|分析人士|人士|负责人|代表|主任|院长|议员|律师|科学家|外交官))$`,
  "u",
);

/** Reads words that name an office or trade and nobody; null for all others. */
export function roleReference(words: string): RoleReference | null {
  const [english, lead, office, trade] = ENGLISH.exec(words) ?? [];
  if (english) {
    const role = (office ?? trade ?? "").toLowerCase();
    const isSpokes = role.startsWith("spokes");
    const named = isSpokes ? "spokes(?:person|man|woman)" : role.replace(/^chair\w*$/, "chair(?:man|woman|person)?");
    return {
      named: new RegExp(`${LESSER}\\b${named}\\b`, "i"),
      titles: office ? [isSpokes ? "spokesperson" : role] : [],
      points: lead?.toLowerCase() !== "the",
    };
  }
  const [chinese, points, chineseOffice, chineseTrade] = CHINESE_REFERENCE.exec(words) ?? [];
  if (!chinese || (chineseTrade && !points)) return null;
  const role = chineseOffice ?? chineseTrade ?? "";
  return { named: new RegExp(`(?<![副前])${role}`, "u"), titles: CHINESE[role] ?? [], points: points !== undefined };
}

/** Finds whom an office or trade takes up where whoever spoke last has it; null where they do not. */
export function lastHolder(
  view: StatementView,
  role: RoleReference,
  speakers: readonly Attribution[],
): readonly ResolvedActor[] | null {
  const last = speakers.at(-1);
  return last && has(view, last, role) ? last.actors : null;
}

/**
 * Finds whom an office or trade takes up in a text: the last who spoke and has it or, where somebody who holds the office by the
 * catalogue was named since, that person.
 *
 * @param speakers - Who spoke so far, the last one last.
 * @returns Null where nobody of the text has it; an empty list where it is somebody nobody knows.
 */
export function holderInText(
  view: StatementView,
  role: RoleReference,
  at: number,
  speakers: readonly Attribution[],
): readonly ResolvedActor[] | null {
  const spoke = speakers.findLast((speaker) => has(view, speaker, role));
  const named = lastNamed(view, role, at);
  if (!named || named.start <= (spoke?.speaker.start ?? -1)) return spoke?.actors ?? null;
  const [actor] = named.actors;
  return actor ? [{ actorId: actor.id, method: "coreference", confidence: 0.75 }] : null;
}

function has(view: StatementView, { speaker, actors }: Attribution, { named, titles }: RoleReference): boolean {
  if (named.test(speaker.text)) return true;
  return actors.some(({ actorId }) => {
    const actor = view.lexicon.actors.get(actorId);
    return actor?.type === "person" && titles.some((title) => fitsTitle(actor, title, view.day));
  });
}

/** Who was named last of those who hold the office by the catalogue. */
function lastNamed(view: StatementView, { titles }: RoleReference, at: number): Mention | undefined {
  if (!titles.length) return undefined;
  return view.mentions.findLast(
    ({ start, actors: [actor] }) =>
      start < at && actor?.type === "person" && titles.some((title) => fitsTitle(actor, title, view.day)),
  );
}
