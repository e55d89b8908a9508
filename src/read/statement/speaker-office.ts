import type { Actor } from "../../catalogue/actor.ts";
import { officesAt } from "../../catalogue/offices.ts";
import type { Lexicon } from "./lexicon.ts";

/** Finds the state an actor belongs to: itself, or the first state above it; null for who belongs to none. */
export function stateOf(lexicon: Lexicon, actorId: string | null): string | null {
  for (let id = actorId, steps = 0; id !== null && steps < 10; steps++) {
    const actor: Actor | undefined = lexicon.actors.get(id);
    if (!actor) return null;
    if (actor.type === "state") return actor.id;
    id = actor.parent;
  }
  return null;
}

/**
 * Finds the people who held an office on a day, by the words of its title.
 *
 * @param stateId - Counts only offices of this state and its bodies; null counts all.
 * @param day - Null finds nobody: without a date an office has no known holder.
 */
export function holdersOf(lexicon: Lexicon, role: string, stateId: string | null, day: string | null): Actor[] {
  if (day === null) return [];
  const wanted = role.toLowerCase();
  const holders: Actor[] = [];
  for (const actor of lexicon.actors.values()) {
    if (actor.type !== "person") continue;
    const holds = officesAt(actor, day).some(
      (office) => office.role.toLowerCase() === wanted && (!stateId || stateOf(lexicon, office.body) === stateId),
    );
    if (holds) holders.push(actor);
  }
  return holders;
}

/**
 * Tells whether a title can be this person's: by an office held on the day, or by any office where the day is not known.
 */
export function fitsTitle(actor: Actor, title: string, day: string | null): boolean {
  const wanted = title.toLowerCase().replace(/\./g, "");
  const offices = day === null ? actor.offices : officesAt(actor, day);
  return offices.some((office) => {
    const role = office.role.toLowerCase();
    return role === wanted || role.startsWith(`${wanted} `) || role.endsWith(` ${wanted}`);
  });
}

/** Chinese words for who heads a department, with the English words that stand in the department's or office's name. */
const CHINESE_HEADS: readonly (readonly [RegExp, string])[] = [
  [/国务卿$/, "state"],
  [/(?:外交部长|外长)$/, "foreign"],
  [/(?:财政部长|财长)$/, "treasury|finance"],
  [/商务部长$/, "commerce"],
  [/(?:国防部长|防长)$/, "defense|defence|war"],
  [/能源部长$/, "energy"],
  [/(?:工业和信息化部长|工信部长)$/, "industry"],
  [/(?:科技部长|科学技术部长)$/, "science"],
];

/** Whom the words "the Treasury secretary" or "美国财政部长" ask for: the department, as a pattern; null where they name no such head. */
export function departmentIn(words: string): RegExp | null {
  const bare = words.trim();
  const chinese = CHINESE_HEADS.find(([head]) => head.test(bare))?.[1];
  if (chinese) return new RegExp(`\\b(?:${chinese})`, "i");
  const named =
    /(?:^|\s)([A-Z][a-z]+(?: (?:and )?[A-Z][a-z]+){0,2}|foreign|finance|defen[cs]e|commerce|trade) (?:[Ss]ecretary|[Mm]inister)$/.exec(
      bare,
    );
  const department = named?.[1]?.replace(/^(?:The|American|Chinese|US) /, "");
  if (
    !department ||
    /^(?:The|American|Chinese|Prime|Vice|Deputy|Assistant|Press|Under|First|General)$/.test(department)
  )
    return null;
  return new RegExp(`\\b${/^defen[cs]e$/i.test(department) ? "(?:defen[cs]e|war)" : department}\\b`, "i");
}

/** Finds who headed a department of a state on a day: the secretaries and ministers, not their deputies. */
export function headsOf(lexicon: Lexicon, department: RegExp, stateId: string, day: string | null): Actor[] {
  if (day === null) return [];
  return [...lexicon.actors.values()].filter(
    (actor) =>
      actor.type === "person" &&
      officesAt(actor, day).some(
        ({ role, body }) =>
          /^(?:Secretary|Minister|Foreign Minister)\b/.test(role) &&
          stateOf(lexicon, body) === stateId &&
          department.test(`${role} ${lexicon.actors.get(body)?.name ?? ""}`),
      ),
  );
}
