import type { Actor } from "../../../src/catalogue/actor.ts";
import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { actor, actors } from "../../detect/build.ts";
import { buildSource } from "../../support/catalogue.ts";

const more: readonly Actor[] = [
  actor({ id: "larkspur-labs", type: "company", name: "Larkspur Labs", bloc: "US", zh: ["飞燕实验室"] }),
  actor({ id: "jadewell", type: "company", name: "Jadewell", bloc: "China", zh: ["玉泉科技"] }),
  actor({ id: "river-post", type: "media", name: "River Post" }),
  actor({ id: "harbour-wire", type: "media", name: "Harbour Wire" }),
  actor({ id: "evening-digest", type: "media", name: "Evening Digest" }),
];

const official = (id: string, actorId: string, bloc: string, languages: readonly string[]) =>
  buildSource({ id, title: id, actor: actorId, official: true, bloc, languages, class: "ministry-briefing" });
const press = (id: string) =>
  buildSource({ id, title: id, actor: id, official: false, bloc: "third", languages: ["en"], class: "press" });

/** Lays the invented cast of the stream over the shipped topics and types of development; no event of the real world is known to it. */
export function castOver(shipped: Catalogue): Catalogue {
  return {
    ...shipped,
    events: [],
    actors: [...actors, ...more],
    ambiguityRules: [],
    sources: [
      official("us-talks-releases", "us-talks-office", "US", ["en"]),
      official("cn-digital-releases", "cn-digital-ministry", "China", ["en"]),
      official("cn-digital-releases-zh", "cn-digital-ministry", "China", ["zh"]),
      press("harbour-wire"),
      press("river-post"),
      press("evening-digest"),
    ],
  };
}
