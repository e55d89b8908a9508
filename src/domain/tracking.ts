/**
 * Query parameters that say how a reader came, who shared it, or which visit it was: never what the page is. Short names that
 * sites use for their pages too (`id`, `p`, `from`, `ref`, `share`) are not among them.
 */
const TRACKING = new RegExp(
  `^(?:${[
    ...[
      "utm_\\w+",
      "fbclid",
      "gclid",
      "gclsrc",
      "gbraid",
      "wbraid",
      "dclid",
      "msclkid",
      "twclid",
      "ttclid",
      "li_fat_id",
    ],
    ...["yclid", "ysclid", "igsh", "igshid", "mc_[ce]id", "mkt_tok", "_hsenc", "_hsmi", "__hs\\w+", "hsctatracking"],
    ...["_ga", "_gl", "wt\\.mc_\\w+", "at_(?:medium|campaign|custom\\d*|format|link_\\w+|ptr_name|bbc_team)", "xtor"],
    ...["spm", "spm_id_from", "scm", "cmpid", "ocid", "ncid", "ref_src", "ref_url", "guccounter", "guce_referrer\\w*"],
    ...[
      "smid",
      "smtyp",
      "ito",
      "trk",
      "trkcampaign",
      "s_kwcid",
      "ef_id",
      "oly_(?:enc|anon)_id",
      "vero_\\w+",
      "__twitter_impression",
    ],
    ...["isappinstalled", "share_token", "sr_share", "wpsrc", "ss_source", "ss_campaign_\\w+", "rss_id"],
    ...["jsessionid", "phpsessid", "aspsessionid\\w+", "cfid", "cftoken"],
  ].join("|")})$`,
  "i",
);

/** Tells whether a query parameter says how a reader came, and not what the page is. */
export function isTracking(name: string): boolean {
  return TRACKING.test(name);
}
