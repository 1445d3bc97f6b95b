import { tokens } from "../view";

const { light, dark, type } = tokens;

/** What every page has beyond the cards of outputs: its own ground, and fields to fill in. */
export const groundStyle: string = `
:root{color-scheme:light dark}
body{margin:0;padding:24px 16px 48px;background:${light.surface};color:${light.ink}}
body>.trackbook.trackbook{margin:0 auto;
  & h1{font:600 17px/${type.leading} ${type.family};margin:0 0 12px}
  & :is(input:not([type=checkbox]),textarea,select){box-sizing:border-box;padding:5px 8px;font:inherit;color:var(--ink);background:var(--bg);border:1px solid color-mix(in srgb,var(--ink) 45%,transparent);border-radius:5px}
  & :is(input,textarea,select,button,summary,a):focus-visible{outline:2px solid var(--acc);outline-offset:1px}
  & button{padding:6px 16px;font:600 ${type.size}px/${type.leading} ${type.family};color:var(--bg);background:var(--acc);border:0;border-radius:5px;cursor:pointer}
}
@media(prefers-color-scheme:dark){body{background:${dark.surface};color:${dark.ink}}}`.replace(/\n\s*/g, "");
