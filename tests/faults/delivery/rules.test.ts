import { expect, test } from "vitest";
import { type QuerySubject, readySubject } from "../../../src/domain/query/match.ts";
import { compileRules } from "../../../src/domain/rule.ts";
import { noon } from "../../support/moments.ts";
import { figure, quantile } from "./scale.ts";

const words = [
  "hotline",
  "export",
  "chips",
  "risk",
  "summit",
  "guardrails",
  "military",
  "evaluation",
  "红线",
  "对话",
  "安全",
  "出口管制",
];
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Rules as desks write them: filters, words, phrases, both languages, AND, OR, NOT. */
function question(n: number): string {
  const kinds = [
    `actor:actor-${n % 400} severity:${1 + (n % 5)}`,
    `topic:topic-${n % 60} ${pick(words, n)} -${pick(words, n + 5)}`,
    `(${pick(words, n)} OR ${pick(words, n + 3)}) side:China`,
    `"${pick(words, n)} ${pick(words, n + 1)}" type:type-${n % 40}`,
    `class:ministry-briefing (actor:actor-${n % 400} OR body:actor-${n % 37}) NOT lang:zh`,
    `${pick(words, n)} NEAR/5 ${pick(words, n + 2)}`,
  ];
  return pick(kinds, n);
}

function subject(n: number): QuerySubject {
  const text = Array.from({ length: 120 }, (_, index) => pick(words, n * 31 + index * index)).join(
    " the delegation said ",
  );
  return {
    text: `${text}\n双方就人工智能安全举行对话，讨论出口管制。`,
    ...{
      actors: [`actor-${n % 400}`],
      bodies: [`actor-${n % 37}`],
      sides: ["China"],
      topics: [`topic-${n % 60}.leaf`],
    },
    ...{ type: `type-${n % 40}`, status: "new", severity: 1 + (n % 5), kinds: ["direct"], acts: ["speech"] },
    ...{ fidelities: ["verbatim-primary"], confidence: 0.9, langs: ["en", "zh"], sources: ["s"], at: noon },
    classes: ["ministry-briefing"],
  };
}

test("one development is asked of ten thousand rules within ten milliseconds", () => {
  const ask = compileRules(Array.from({ length: 10_000 }, (_, n) => question(n)));
  const tries = Array.from({ length: 250 }, (_, n) => {
    const one = subject(n);
    const [started, used] = [performance.now(), process.cpuUsage()];
    const met = ask(readySubject(one)).length;
    const { user, system } = process.cpuUsage(used);
    return { ms: performance.now() - started, cpuMs: (user + system) / 1_000, met };
  }).slice(50);
  const spread = (times: readonly number[]) =>
    `median ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms`;
  const cpu = tries.map(({ cpuMs }) => cpuMs);
  figure(
    "1 development against 10,000 rules",
    `${spread(tries.map(({ ms }) => ms))} by the clock; ${spread(cpu)} of processor time; ${tries[0]?.met} met`,
  );
  expect(tries.every(({ met }) => met > 0 && met < 10_000)).toBe(true);
  // Processor time, because other work on the machine is not the rules'.
  expect(quantile(cpu, 0.95)).toBeLessThan(10);
});
