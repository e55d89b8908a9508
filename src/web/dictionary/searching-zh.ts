/** What the interface says of searching documents, in Chinese. */
export const searching = {
  documents: "文件",
  sameSearchOf: "用同样的条件搜索",
  searchFeed: "订阅此搜索",
  searchRule: "据此新建规则",
  howToAsk: "如何提问",
  howToAskWords:
    "并列的词须全部满足。引号内（“红线”）须原样出现；词间用 OR：满足其一；-贸易：不含；会谈 NEAR/5 日内瓦：彼此相近；（ ）分组。筛选：actor: body: side: topic: type: kind: act: source: class: lang: since: until:，多个值用逗号分开。",
  asFiles:
    "CSV 可用 Excel 打开；形似公式开头的内容前加有撇号。每个文件最多含最新的 {count} 条结果；需要全部内容的程序请用 /api/v1/dump。同样的行，供程序使用：",
  onCommandLine: "在命令行取得同样结果（CSV）：",
  documentsHint: "标题与正文中的词语、“完整短语”、-排除、source: since: until:",
  classOfSource: "来源类别",
  year: "年份",
  order: "排序",
  newestFirst: "最新在前",
  bestFirst: "最新结果中最相关的在前",
  documentCount: "{count} 份文件",
  documentOne: "1 份文件",
  documentMany: "超过 {count} 份文件",
  foundNoneDocuments: "没有符合条件的文件。",
  searchedDocuments: "搜索范围：{count} 份文件的标题与正文。",
  meantWord: "是否要查找：",
  countsOf: "出处与时间：共统计 {count} 条",
  countsOfNewest: "出处与时间：统计了最新的 {count} 条",
};
