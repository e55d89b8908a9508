/** Traditional characters of names, offices and this field, and below them what they are in Simplified: for matching alone, never shown. */
const TRADITIONAL =
  "發話國務長書記議員會處門開關係實際應對華聯總統領導經濟貿戰爭網絡數據資訊號風險護軍隊彈飛機無聲稱認為說談讓請問題個們這於與並從來時間後現場將進過還達運動選擇製產業職責權義術學習體驗測試證檢監構築團結東電腦臺灣島嶼變創論壇壓縮級別節點線條約簽紅絲綢雙邊幾歲單獨愛澤劉鄧趙孫張陳馬謝楊許鄭馮錢韓蔣龍鳳興農屆屬觀見親視覺規範詞語調價強協報訴紹復籲諾釋評讚譴歡敘轉質嚴確當斷擔憂贊終決";
const SIMPLIFIED =
  "发话国务长书记议员会处门开关系实际应对华联总统领导经济贸战争网络数据资讯号风险护军队弹飞机无声称认为说谈让请问题个们这于与并从来时间后现场将进过还达运动选择制产业职责权义术学习体验测试证检监构筑团结东电脑台湾岛屿变创论坛压缩级别节点线条约签红丝绸双边几岁单独爱泽刘邓赵孙张陈马谢杨许郑冯钱韩蒋龙凤兴农届属观见亲视觉规范词语调价强协报诉绍复吁诺释评赞谴欢叙转质严确当断担忧赞终决";

const SIMPLIFIED_OF: ReadonlyMap<string, string> = new Map(
  [...TRADITIONAL].map((character, at) => [character, [...SIMPLIFIED][at] ?? character]),
);
const ANY = new RegExp(`[${TRADITIONAL}]`, "g");

/** Folds Traditional characters into Simplified ones, one UTF-16 unit for one, so that offsets stay. */
export function foldTraditional(text: string): string {
  return text.replace(ANY, (character) => SIMPLIFIED_OF.get(character) ?? character);
}
