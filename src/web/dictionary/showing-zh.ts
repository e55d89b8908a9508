/** What the interface says of how a development is known and shown, in Chinese. */
export const showing = {
  independentAccounts: "独立消息来源",
  sureOneAccount: "尚未证实：还需另一独立来源，或官方发布",
  sureAccounts: "已证实：有两个以上独立来源",
  sureOfficial: "已由官方发布证实，无需其他来源",
  sureAnalyst: "已由分析员证实",
  markOneSided: "仅见于一方",
  oneSidedWhy: "目前只有一方的机构或媒体提及，别处尚未提及。",
  toldTogether: "同一段话涉及多项内容：",
  editPassagesMore: "另有 {count} 处",
};
