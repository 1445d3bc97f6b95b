import { tokens } from "../../../view";
import { groundStyle } from "../../page-style";

const { space, type } = tokens;

/** What the page to try a model has beyond every page. */
export const pageStyle: string =
  groundStyle +
  `
body>.trackbook.trackbook{
  & form{padding:10px ${space.inset}px 12px}
  & .fields{display:grid;grid-template-columns:repeat(auto-fill,minmax(190px,1fr));gap:10px 14px}
  & label{display:block}
  & label span{display:flex;gap:6px;justify-content:space-between;color:var(--mut);font-size:${type.small}px}
  & :is(input:not([type=checkbox]),textarea){width:100%;margin-top:2px}
  & label textarea:nth-child(n){font:${type.small}px/${type.leading} ${type.mono};min-height:130px;resize:vertical}
  & button{margin-top:12px}
  & .card>details>summary{padding:7px ${space.inset}px}
  & .card>details>form{padding-top:0}
  & .answer{padding:8px ${space.inset}px 10px;overflow-x:auto}
  & .figure{font-size:24px;font-weight:600}
  & .answer pre{max-height:340px;white-space:pre-wrap;color:var(--ink)}
  & .facts dt{min-width:64px}
}`.replace(/\n\s*/g, "");
