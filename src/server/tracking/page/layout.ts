import { createHash } from "node:crypto";
import { showValue, type TrackbookError } from "../../../core";
import { Markup, markup, stylesheet, tokens } from "../../../view";
import { groundStyle } from "../../page-style";
import type { Addresses } from "./addresses";

const { space } = tokens;

/** What this page has beyond every page. */
const style: string =
  groundStyle +
  `
body>.trackbook.trackbook{max-width:1180px;
  & nav{display:flex;gap:2px 6px;align-items:baseline;flex-wrap:wrap;margin-bottom:14px}
  & nav:has(+nav){margin-bottom:6px}
  & nav:first-child{gap:2px 14px}
  & nav [aria-current=true]{color:var(--ink);font-weight:600}
  & nav span{overflow-wrap:anywhere}
  & form.search{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin:0 0 12px}
  & form.search input{flex:1 1 260px}
  & .below{display:flex;gap:12px;align-items:center;margin:0 0 14px}
  & .two{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(360px,100%),1fr));gap:0 12px;align-items:start}
  & .two .legend th:first-child{width:100%;max-width:0;white-space:normal;overflow-wrap:anywhere}
  & :is(header,thead) .name{white-space:normal;overflow-wrap:anywhere}
  & .two header .sub{flex:none}
  & .main{background:linear-gradient(90deg,var(--bg),transparent) 0 0/40px 100% no-repeat local,linear-gradient(-90deg,var(--bg) 8px,transparent) 100% 0/40px 100% no-repeat local,linear-gradient(-90deg,var(--line),transparent) 100% 0/16px 100% no-repeat}
  & .name a{color:var(--acc)}
  & tbody th{max-width:330px}
  & thead th:has(.name){min-width:120px;max-width:160px}
  & .body{grid-template-columns:minmax(0,1fr) 320px}
  &>.note{padding:0 0 12px}
  & .problem{padding:8px ${space.inset}px}
  & .preview{padding:8px ${space.inset}px 12px;overflow:auto}
  & .preview pre{max-height:520px}
  & .preview img{max-width:100%;background:#fff}
  & th input[type=checkbox]{margin:0 8px 0 0;vertical-align:-2px}
  & a:hover{text-decoration:underline}
  & .facts dt{min-width:150px;max-width:46%}
}
@container(max-width:${space.narrow}px){body>.trackbook.trackbook{
  & .facts dt{min-width:90px}
  & .body{display:block}
  & tbody th{max-width:150px;min-width:130px;white-space:normal;overflow-wrap:anywhere}
  & .legend tbody th{min-width:0}
  & tbody th:has(.name){min-width:150px;overflow-wrap:break-word}
  & tbody .name{white-space:normal;overflow-wrap:break-word}
}}`.replace(/\n\s*/g, "");

/** MLflow's addresses stand behind a `#`, which no server is told. */
const followHash = (prefix: string): string =>
  `if(location.hash.startsWith("#/"))location.replace(${JSON.stringify(prefix)}+location.hash.slice(1))`;

/** Nothing is loaded from elsewhere, and nothing runs but what follows MLflow's addresses. */
export const pageHeaders = (prefix: string): Readonly<Record<string, string>> => ({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'; script-src 'sha256-${createHash("sha256").update(followHash(prefix)).digest("base64")}'`,
});

/** A step of the way to a page. */
export interface Step {
  readonly name: string;
  readonly href?: string;
}

/** The parts of the pages, which each leads to from everywhere. */
const SECTIONS = {
  experiments: (addresses: Addresses) => addresses.home(),
  models: (addresses: Addresses) => addresses.models({}),
} as const;

/** A whole page, of a section or `way` below it. */
export function layout(
  addresses: Addresses,
  section: keyof typeof SECTIONS | undefined,
  way: readonly Step[],
  body: readonly (Markup | undefined | false)[],
): string {
  const title = way.at(-1)?.name ?? section;
  const links = Object.entries(SECTIONS).map(
    ([name, href]) =>
      markup`<a href="${href(addresses)}"${name === section && markup` aria-current="true"`}>${name}</a> `,
  );
  const above = section === undefined ? [] : [{ name: section, href: SECTIONS[section](addresses) }];
  const steps = [...above, ...way].map(
    ({ name, href }, index) =>
      markup`${index > 0 && markup`<span class="mut">/</span> `}${href === undefined ? markup`<span aria-current="page">${name}</span>` : markup`<a href="${href}">${name}</a>`} `,
  );
  const trail = way.length > 0 && markup`<nav aria-label="the way to this page">${steps}</nav>`;
  const script = Markup.trusted(followHash(addresses.prefix));
  return markup`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · trackbook</title><link rel="icon" href="data:,"><style>${Markup.trusted(stylesheet + style)}</style><script>${script}</script></head><body><main class="trackbook"><nav aria-label="sections"><b>trackbook</b> ${links}</nav>${trail}${body}</main></body></html>`.toString();
}

/** What was wrong with what somebody asked, and what mends it. */
export function problemCard({ problem, code }: TrackbookError): Markup {
  const { what, accepted, hint } = problem;
  const facts = [
    ["received", "received" in problem ? showValue(problem.received) : undefined],
    ["accepted", accepted],
    ["hint", hint],
    ["code", code],
  ].flatMap(([name, value]) => (value ? markup`<div><dt>${name}</dt> <dd>${value}</dd></div>` : []));
  return markup`<section class="card" role="alert"><div class="problem bad">✕ ${what}</div><dl class="facts">${facts}</dl></section>`;
}

/** That something is deleted, and the command that brings it back. */
export const deletedCard = (noun: string, command: string): Markup =>
  markup`<section class="card" role="note"><div class="problem warning">■ This ${noun} is deleted. <code>${command}</code> brings it back.</div></section>`;

/** Names with values, to be folded away. */
export const factsCard = (title: string, facts: readonly (readonly [name: string, value: string | Markup])[]): Markup =>
  markup`<section class="card"><details open><summary class="problem">${title}</summary><dl class="facts">${facts.map(
    ([name, value]) => markup`<div><dt title="${name}">${name}</dt> <dd>${value}</dd></div>`,
  )}</dl></details></section>`;
