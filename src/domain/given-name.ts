/** A name that somebody gives a rule or an endpoint: one line, without white space at its ends. */
export const GIVEN_NAME = /^[^\s\p{Cc}]([^\p{Cc}]{0,78}[^\s\p{Cc}])?$/u;

/** What is said of a name that is none. */
export const EXPECTED_NAME = "expected 1 to 80 characters, none of them a control character";
