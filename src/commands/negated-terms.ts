import type { Command } from "commander";

/**
 * Keeps terms of a question that begin with `-` (`-side:US`, `-trade`) from being taken for options: a space before them is enough,
 * and `lineOf` takes it away. Options begin with two hyphens, but for those of one letter.
 *
 * @param words - The command line behind the program's name.
 * @returns The same words; other commands than those that take a question get them unchanged.
 */
export function keepNegatedTerms(program: Command, words: readonly string[]): readonly string[] {
  const [command, depth] = commandOf(program, words);
  if (!command.registeredArguments.some((argument) => argument.name() === "query")) return words;
  return words.map((word, index) => (index >= depth && /^-[^-].+/su.test(word) ? ` ${word}` : word));
}

function commandOf(program: Command, words: readonly string[], depth = 0): readonly [Command, number] {
  const next = program.commands.find((command) => command.name() === words[depth]);
  return next ? commandOf(next, words, depth + 1) : [program, depth];
}
