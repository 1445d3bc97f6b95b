import type { TextStyle } from "./runtime";

/** Text in a notebook is what is left where HTML is not shown: in a diff, a mail, a printed page. */
export const NOTEBOOK_TEXT: TextStyle = { width: 80, color: false };
