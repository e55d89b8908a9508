import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "../../../src/domain/query/parse.ts";
import { passageOf } from "../../../src/domain/query/passage.ts";

const filler = (words: number) => "word ".repeat(words);
const shownOf = (question: string, text: string, most = 100) => {
  const { start, end, highlights } = passageOf(parseQuery(question).query, text, most);
  const piece = text.slice(start, end);
  return { start, piece, marked: highlights.map((place) => piece.slice(place.start, place.end)) };
};

describe("the piece of a long text that is shown", () => {
  test.each([
    ["hotline", "The hotlines opened.", ["hotlines"]],
    ["policy", "New policies came.", ["policies"]],
    ["policies", "A policy came.", ["policy"]],
    ["talked", "They talk.", ["talk"]],
    ["U.S.", "The US spoke.", ["US"]],
    ["isn't", "It isn’t so.", ["isn’t"]],
    ['"red line"', "That red  line holds; the line is red.", ["red  line"]],
    ["hotline NEAR/2 opened", "The hotline was opened.", ["hotline", "opened"]],
    ["人工智能", "中方重视人工智能安全。", ["人工智能"]],
    ["AI治理", "讨论了AI治理问题。", ["AI治理"]],
    ["对", "中美对话。", ["对"]],
    ["unicorn OR hotline", "The hotline.", ["hotline"]],
  ])("for %s is where it stands, however far on", (question, sentence, marked) => {
    const text = `${filler(2_000)}\n${sentence} ${filler(2_000)}`;
    const shown = shownOf(question, text);
    expect(shown.marked).toEqual(marked);
    expect(shown.piece.length).toBeLessThanOrEqual(100);
  });

  test("is where most of what is asked for stands together, not where the first of it does", () => {
    const text = `A hotline. ${filler(500)} The hotline for talks on safety. ${filler(500)} Talks.`;
    expect(shownOf("hotline talks safety", text).marked).toEqual(["hotline", "talks", "safety"]);
  });

  test("is the beginning where nothing was found or asked for, and never shows what is refused", () => {
    const text = `Begun. ${filler(500)} The hotline.`;
    expect(shownOf("unicorn", text)).toMatchObject({ start: 0, marked: [] });
    expect(shownOf("actor:norland", text)).toMatchObject({ start: 0, marked: [] });
    expect(shownOf("begun -hotline", text)).toMatchObject({ start: 0, marked: ["Begun"] });
  });

  test("of a short text is the whole of it", () => {
    expect(shownOf("talks", "The talks go on.").piece).toBe("The talks go on.");
  });
});

test("whatever is asked of whatever text, the piece and its highlights lie in the text and cut no character in two", () => {
  const asked = fc.array(fc.constantFrom("talks", "中", "人工智能", '"a b"', "a", "é", "OR x", "😀a", "-b"), {
    maxLength: 5,
  });
  const texts = fc.array(
    fc.constantFrom("talks ", "a ", "b ", "中", "人工智能", "😀", "é", "\n", "。", "longlonglonglong"),
    {
      maxLength: 300,
    },
  );
  fc.assert(
    fc.property(asked, texts, fc.integer({ min: 50, max: 400 }), (question, parts, most) => {
      const text = parts.join("");
      const { query, mistakes } = parseQuery(question.join(" "));
      if (mistakes.length > 0) return;
      const { start, end, highlights } = passageOf(query, text, most);
      expect(0 <= start && start <= end && end <= text.length && end - start <= most).toBe(true);
      expect(text.slice(start, end).isWellFormed()).toBe(true);
      let at = 0;
      for (const place of highlights) {
        expect(at <= place.start && place.start < place.end && place.end <= end - start).toBe(true);
        at = place.end;
      }
    }),
  );
});
