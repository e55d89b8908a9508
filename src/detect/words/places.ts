/** Cities where talks are held, by their English and Chinese names. Capitals that stand for governments need "in" or 在 before them. */
const CITIES: readonly (readonly [id: string, en: string, zh: string])[] = [
  ["abu-dhabi", "Abu Dhabi", "阿布扎比"],
  ["astana", "Astana", "阿斯塔纳"],
  ["bali", "Bali", "巴厘岛"],
  ["bangkok", "Bangkok", "曼谷"],
  ["berlin", "Berlin", "柏林"],
  ["bern", "Bern", "伯尔尼"],
  ["bletchley", "Bletchley Park", "布莱切利"],
  ["brussels", "Brussels", "布鲁塞尔"],
  ["busan", "Busan", "釜山"],
  ["cairo", "Cairo", "开罗"],
  ["copenhagen", "Copenhagen", "哥本哈根"],
  ["doha", "Doha", "多哈"],
  ["dubai", "Dubai", "迪拜"],
  ["dublin", "Dublin", "都柏林"],
  ["geneva", "Geneva", "日内瓦"],
  ["gyeongju", "Gyeongju", "庆州"],
  ["hague", "The Hague", "海牙"],
  ["hangzhou", "Hangzhou", "杭州"],
  ["hanoi", "Hanoi", "河内"],
  ["helsinki", "Helsinki", "赫尔辛基"],
  ["hong-kong", "Hong Kong", "香港"],
  ["honolulu", "Honolulu", "檀香山"],
  ["istanbul", "Istanbul", "伊斯坦布尔"],
  ["jakarta", "Jakarta", "雅加达"],
  ["kuala-lumpur", "Kuala Lumpur", "吉隆坡"],
  ["lisbon", "Lisbon", "里斯本"],
  ["london", "London", "伦敦"],
  ["los-angeles", "Los Angeles", "洛杉矶"],
  ["madrid", "Madrid", "马德里"],
  ["malta", "Malta", "马耳他"],
  ["manila", "Manila", "马尼拉"],
  ["mumbai", "Mumbai", "孟买"],
  ["munich", "Munich", "慕尼黑"],
  ["nairobi", "Nairobi", "内罗毕"],
  ["new-delhi", "New Delhi", "新德里"],
  ["new-york", "New York", "纽约"],
  ["oslo", "Oslo", "奥斯陆"],
  ["paris", "Paris", "巴黎"],
  ["prague", "Prague", "布拉格"],
  ["riyadh", "Riyadh", "利雅得"],
  ["rome", "Rome", "罗马"],
  ["san-francisco", "San Francisco", "旧金山"],
  ["seoul", "Seoul", "首尔"],
  ["shanghai", "Shanghai", "上海"],
  ["shenzhen", "Shenzhen", "深圳"],
  ["singapore", "Singapore", "新加坡"],
  ["stockholm", "Stockholm", "斯德哥尔摩"],
  ["tianjin", "Tianjin", "天津"],
  ["tokyo", "Tokyo", "东京"],
  ["vienna", "Vienna", "维也纳"],
  ["warsaw", "Warsaw", "华沙"],
  ["woodside", "Woodside", "伍德赛德"],
  ["zurich", "Zurich", "苏黎世"],
  ["beijing", "(?<=\\b[Ii]n )Beijing", "(?<=[在于])北京"],
  ["washington", "(?<=\\b[Ii]n )Washington", "(?<=[在于])华盛顿"],
  ["moscow", "(?<=\\b[Ii]n )Moscow", "(?<=[在于])莫斯科"],
];

const PATTERNS = CITIES.map(([id, en, zh]) => ({
  id,
  pattern: new RegExp(`(?<![\\p{L}-])${en}(?![\\p{L}-])|${zh}`, "u"),
}));
const ANY = new RegExp(PATTERNS.map(({ pattern }) => pattern.source).join("|"), "u");

/** Words in which a city's name is no place: an institute, a newspaper, a declaration named after it. */
const NAMESAKE =
  /\b(?:Geneva (?:Conventions?|Centre)|Paris (?:Agreement|Accord|AI Action Summit|Club)|Seoul (?:Declaration|Summit)|New York Times|Shanghai (?:AI Lab|Cooperation)|New Delhi Declaration|Berlin Wall|Washington (?:Post|State))\b|日内瓦公约|巴黎协定|上海(?:合作组织|人工智能实验室)/g;

/** Finds the venues named in words, each by one id in both languages. */
export function venuesIn(plain: string): readonly string[] {
  if (!ANY.test(plain)) return [];
  const words = plain.replace(NAMESAKE, " ");
  return PATTERNS.filter(({ pattern }) => pattern.test(words)).map(({ id }) => id);
}
