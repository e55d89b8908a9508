import { gzipSync } from "node:zlib";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { decode } from "../../../src/read/text/decode.ts";
import { fetched, hintsOf } from "../fetched.ts";

const chinese = "某国外长将于五月二十一日至二十三日访问，双方将就人工智能对话交换意见。";

describe("bytes are read in the encoding that fits them", () => {
  test.each([
    ["UTF-8 without any declaration", Buffer.from(`<p>${chinese}</p>`), undefined, "utf-8"],
    [
      "a byte order mark over a false header",
      Buffer.from(`\ufeff<p>${chinese}</p>`),
      "text/html; charset=gbk",
      "utf-8",
    ],
    ["UTF-16 with a mark", iconv.encode(`<p>${chinese}</p>`, "utf-16le", { addBOM: true }), undefined, "utf-16le"],
    [
      "UTF-16 XML without a mark",
      iconv.encode(`<?xml version="1.0"?><p>${chinese}</p>`, "utf-16be"),
      undefined,
      "utf-16be",
    ],
    ["GBK by header", iconv.encode(`<p>${chinese}</p>`, "gbk"), "text/html; charset=GBK", "gb18030"],
    ["GB2312 by meta", iconv.encode(`<meta charset="gb2312"><p>${chinese}</p>`, "gbk"), undefined, "gb18030"],
    [
      "GBK by XML declaration",
      iconv.encode(`<?xml version="1.0" encoding="gb2312"?><p>${chinese}</p>`, "gbk"),
      undefined,
      "gb18030",
    ],
    ["GBK that nobody declares", iconv.encode(`<p>${chinese}</p>`, "gbk"), undefined, "gb18030"],
    ["GBK declared as UTF-8", iconv.encode(`<p>${chinese}</p>`, "gbk"), "text/html; charset=utf-8", "gb18030"],
    ["UTF-8 declared as Latin 1", Buffer.from(`<p>${chinese}</p>`), "text/html; charset=iso-8859-1", "utf-8"],
    ["Big5 by header", iconv.encode(`<p>${chinese.slice(0, 4)}</p>`, "big5"), "text/html; charset=big5", "big5"],
  ])("%s", (_, bytes, type, encoding) => {
    const read = decode(fetched(bytes, type === undefined ? {} : { type }));
    expect(read.encoding).toBe(encoding);
    expect(read.text).toContain(encoding === "big5" ? chinese.slice(0, 4) : chinese);
  });

  const inWords = {
    korean: "인공지능에 관한 두 나라의 대화가 다음 주에 열린다. 대변인은 의제를 밝히지 않았다.",
    japanese: "人工知能についての両国の対話が来週開かれる。報道官は議題を明らかにしなかった。",
    russian: "Диалог двух стран об искусственном интеллекте пройдёт на следующей неделе, повестка не названа.",
    hebrew: "הדיאלוג בין שתי המדינות על בינה מלאכותית ייערך בשבוע הבא, והדובר לא מסר את סדר היום של הפגישה.",
  };
  test.each([
    ["korean", "euc-kr"],
    ["japanese", "shift_jis"],
    ["japanese", "euc-jp"],
    ["russian", "koi8-r"],
    ["russian", "windows-1251"],
    ["hebrew", "windows-1255"],
  ] as const)("%s in %s that nobody declares", (language, encoding) => {
    const page = `<rss><channel><item><description>${inWords[language].repeat(3)}</description></item></channel></rss>`;
    expect(decode(fetched(iconv.encode(page, encoding)))).toMatchObject({ text: page, encoding });
  });

  test.each([
    ["iso-2022-jp", "\u001b$B\u0030\u0021\u001b(B ok", "亜 ok"],
    ["iso-2022-kr", "\u001b$)C\n\u000e\u0030\u0021\u000f ok", "\n가 ok"],
    ["iso-2022-cn", "\u001b$)A\u000e\u0030\u0021\u000f ok", "啊 ok"],
    ["iso-2022-cn", "\u001b$)G\u000e\u0030\u0021\u000f ok", "\ufffd ok"],
  ])("%s is known by its escape sequences", (encoding, bytes, text) => {
    expect(decode(fetched(Buffer.from(bytes, "latin1")))).toMatchObject({ encoding, text });
  });

  test("XML sent as text without a charset is ASCII, where it is", () => {
    expect(decode(fetched("<rss/>", { type: "text/xml" })).encoding).toBe("us-ascii");
    expect(decode(fetched("<rss>é</rss>", { type: "text/xml" })).encoding).toBe("utf-8");
  });

  test("curly quotation marks of windows-1252 survive a page that says ISO-8859-1 or nothing", () => {
    const bytes = iconv.encode("<p>He called it a “café” – no more.</p>", "windows-1252");
    expect(decode(fetched(bytes)).text).toContain("“café” – no more");
    expect(decode(fetched(bytes, { type: "text/html; charset=iso-8859-1" })).text).toContain("“café” – no more");
  });

  test("the catalogue's charset counts where the page declares none", () => {
    const bytes = iconv.encode("чай", "koi8-r");
    expect(decode(fetched(bytes), hintsOf({ charset: "koi8-r" })).text).toBe("чай");
  });

  test.each([
    ["text that was encoded twice", "the user\u00e2\u20ac\u2122s caf\u00c3\u00a9", "the user’s café"],
    ["windows-1252 punctuation as control characters", "don\u0092t", "don’t"],
    ["right text that only looks odd", "Â la carte, São Paulo, naïve – “x”", "Â la carte, São Paulo, naïve – “x”"],
  ])("%s is read as meant", (_, text, meant) => expect(decode(fetched(text)).text).toBe(meant));

  test("a false declaration is reported", () => {
    expect(decode(fetched(Buffer.from(chinese), { type: "text/html; charset=gbk" })).problems).toMatchObject([
      { code: "wrong-charset" },
    ]);
    expect(decode(fetched(Buffer.from(chinese), { type: "text/html; charset=utf-8" })).problems).toEqual([]);
  });

  test("a file that is gzip itself is unpacked, broken gzip is not", () => {
    expect(decode(fetched(gzipSync(chinese))).text).toBe(chinese);
    expect(() => decode(fetched(gzipSync(chinese).subarray(0, 20)))).not.toThrow();
  });
});

test("no bytes make it throw, and no answer holds a NUL or a lone surrogate", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom("", "text/html; charset=gbk", "text/xml; charset=utf-16", "x; charset=nonsense"),
      (bytes, type) => {
        const { text } = decode(fetched(bytes, { type }));
        expect(text).not.toMatch(/\0|\p{Surrogate}/u);
      },
    ),
  );
});
