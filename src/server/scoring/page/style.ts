import { tokens } from "../../../view";

const { light, dark, space, type } = tokens;

/** What the page has beyond the cards of every output: its own ground, and fields to fill in. */
export const pageStyle: string = `
:root{color-scheme:light dark}
body{margin:0;padding:24px 16px 48px;background:${light.surface};color:${light.ink}}
body>.trackbook.trackbook{margin:0 auto;
  & h1{font:600 17px/${type.leading} ${type.family};margin:0 0 12px}
  & form{padding:10px ${space.inset}px 12px}
  & .fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:10px 14px}
  & label{display:block}
  & label span{display:flex;gap:6px;justify-content:space-between;color:var(--mut);font-size:${type.small}px}
  & :is(input:not([type=checkbox]),textarea){box-sizing:border-box;width:100%;margin-top:2px;padding:5px 8px;font:inherit;color:var(--ink);background:var(--bg);border:1px solid color-mix(in srgb,var(--ink) 45%,transparent);border-radius:5px}
  & label textarea:nth-child(n){font:${type.small}px/${type.leading} ${type.mono};min-height:130px;resize:vertical}
  & :is(input,textarea,button,summary,a):focus-visible{outline:2px solid var(--acc);outline-offset:1px}
  & button{margin-top:12px;padding:6px 16px;font:600 ${type.size}px/${type.leading} ${type.family};color:var(--bg);background:var(--acc);border:0;border-radius:5px;cursor:pointer}
  & .card>details>summary{padding:7px ${space.inset}px}
  & .card>details>form{padding-top:0}
  & .answer{padding:8px ${space.inset}px 10px;overflow-x:auto}
  & .figure{font-size:24px;font-weight:600}
  & .answer pre{max-height:340px;white-space:pre-wrap;color:var(--ink)}
  & .facts dt{min-width:64px}
}
@media(prefers-color-scheme:dark){body{background:${dark.surface};color:${dark.ink}}}`.replace(/\n\s*/g, "");
