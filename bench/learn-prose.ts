import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseAttributions } from "./learn-prose/attributions.ts";
import { type Instance, instancesIn } from "./learn-prose/instances.ts";
import { learnCues } from "./learn-prose/learn-cues.ts";
import { learnRoles } from "./learn-prose/learn-roles.ts";
import { packTables } from "./learn-prose/pack.ts";
import { benchOptions } from "./parts/options.ts";

benchOptions(
  "learn:prose",
  "Makes src/read/prose/learned-weights.ts from the training part of PolNeAR (brat annotations of 840 news articles), found in the folder of PARLEY_CORPORA (../shared/data). Takes two minutes; the same corpus gives the same weights.",
  {},
);
const LEARNED = "src/read/prose/learned-weights.ts";
const corpora = process.env.PARLEY_CORPORA ?? "../shared/data";
const archive = join(corpora, "polnear", "dev.tar.gz");
if (existsSync(archive)) learn();
else
  console.log(
    `No corpus at ${archive}: nothing learned. PARLEY_CORPORA names the folder that holds polnear/dev.tar.gz.`,
  );

function learn(): void {
  const folder = mkdtempSync(join(tmpdir(), "parley-learn-"));
  try {
    spawnSync("tar", ["-xzf", archive, "-C", folder], { stdio: "inherit" });
    const instances = readInstances(join(folder, "polnear", "train"));
    console.log(
      `${instances.length} words that may be cues, ${instances.filter(({ roles }) => roles).length} that are`,
    );
    const tables = [learnCues(instances), ...learnRoles(instances)];
    writeFileSync(LEARNED, packTables(tables));
    spawnSync("npx", ["biome", "format", "--write", LEARNED], { stdio: "inherit" });
    for (const { name, features } of tables) console.log(`${name}: ${features.length} features`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Reads every article once, with the first of its annotations. */
function readInstances(folder: string): Instance[] {
  const seen = new Set<string>();
  const instances: Instance[] = [];
  for (const name of readdirSync(join(folder, "attributions")).sort()) {
    const file = join(folder, "text", `${name.replace(/_[0-9a-f]{4}\.ann$/, "")}.txt`);
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    const text = readFileSync(file, "utf8");
    const annotations = readFileSync(join(folder, "attributions", name), "utf8");
    instances.push(...instancesIn(text, parseAttributions(annotations, text)));
  }
  return instances;
}
