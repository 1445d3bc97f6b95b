import { dark, inkShare, light, type Palette, space, type } from "./tokens";

const ofInk = (share: number): string => `color-mix(in srgb,var(--ink) ${share}%,transparent)`;

function themed({ ink, surface, accent, good, bad, warning }: Palette): string {
  return `--i:${ink};--s:${surface};--acc:${accent};--good:${good};--bad:${bad};--warn:${warning}`;
}

const DARK_HOSTS =
  "[data-theme=dark],[data-jp-theme-light=false],.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light)";
const HOSTS_THAT_SAY = "[data-theme],[data-jp-theme-light],[data-vscode-theme-kind]";

// Ink and surface are the host's own where it names them, so that an output belongs to the theme it stands in.
// The class is doubled to outrank what notebooks say about tables in outputs (JupyterLab: two classes and an element).
// `.x` nested is `& .x` (CSS Nesting), so the longer form is written and the shorter sent.
const source = `
.trackbook.trackbook{
  ${themed(light)};
  --ink:var(--jp-ui-font-color1,var(--vscode-foreground,var(--i)));--bg:var(--jp-layout-color0,var(--vscode-editor-background,var(--s)));
  --mut:${ofInk(inkShare.muted)};--line:${ofInk(inkShare.line)};--fill:${ofInk(inkShare.fill)};
  container-type:inline-size;max-width:${space.maxWidth}px;
  font:${type.size}px/${type.leading} ${type.family};color:var(--ink);font-variant-numeric:tabular-nums;
  & .card{background:var(--bg);border:1px solid var(--line);border-radius:${space.radius}px;overflow:hidden;margin-bottom:8px}
  & header,& footer{display:flex;gap:0 ${space.gap}px;align-items:baseline;padding:7px ${space.inset}px}
  & .card>*+*{border-top:1px solid var(--line)}
  & .bar,& .bar+*{border:0}
  & .bar{height:3px;background:var(--line);color:var(--acc)}
  & .bar i{display:block;height:3px;background:currentColor}
  & .name,& .clip,& dt,& dd,& tbody th,& td.l{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:100%}
  & b,& header .state,& td.best{font-weight:600}
  & td .mut{font-weight:400}
  & .state,& .id{flex:none;white-space:nowrap}
  & .grow{flex:1}
  & .sub{flex-shrink:9}
  & .mut,& .quiet,& thead th,& dt,& summary,& footer,& pre{color:var(--mut)}
  & .name{color:var(--ink)}
  & .active,& a{color:var(--acc)}
  & .good,& td.best{color:var(--good)}
  & .bad{color:var(--bad)}
  & .warning{color:var(--warn)}
  & a{text-decoration:none}
  & .name a{color:inherit}
  & p,& dl,& dt,& dd,& table{margin:0}
  & footer{font-size:${type.small}px}
  & :is(code,pre):nth-child(n){font:${type.small}px/${type.leading} ${type.mono};background:0 0;padding:0;margin:0;overflow-wrap:anywhere}
  & pre{overflow:auto;max-height:220px}
  & code.id{display:inline-block;width:8ch;overflow:hidden;vertical-align:bottom;user-select:all}
  & .body{display:grid;grid-template-columns:minmax(0,1fr) 236px}
  & .main,& .side{padding:6px ${space.inset}px 8px;overflow-x:auto;scrollbar-color:var(--line) transparent}
  & .side{background:var(--fill);border-left:1px solid var(--line)}
  & .one .side{border:0}
  & table{border-collapse:collapse;width:100%;table-layout:auto;font:inherit}
  & thead,& tr{border:0}
  & tbody tr:nth-child(n){background:0 0}
  & tbody tr+tr{border-top:1px solid var(--line)}
  & tbody tr:hover,& tbody tr.diff{background:var(--fill)}
  & th,& td{padding:${space.row}px 0 ${space.row}px 14px;text-align:right;white-space:nowrap;font-weight:400}
  & thead th{white-space:normal;vertical-align:bottom}
  & th:first-child{padding-left:0;position:sticky;left:0;background:var(--bg)}
  & tbody tr:hover th,& tbody tr.diff th{background-image:linear-gradient(var(--fill) 0 0)}
  & th:first-child,& .l,& .curve,& .facts dd{text-align:left}
  & tbody th,& td.l{max-width:220px}
  & .curve{width:45%;padding-block:2px}
  & svg{display:block;overflow:visible}
  & .spark{width:100%;max-width:220px;height:24px;color:var(--acc);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
  & dl div{display:flex;gap:12px}
  & dt{width:auto;max-width:62%;font-weight:400}
  & dd{flex:1;width:auto;text-align:right}
  & .one dl{max-width:420px}
  & .facts,& .note{padding:6px ${space.inset}px;overflow-wrap:anywhere}
  & .facts dt{min-width:58px}
  & .facts dd{white-space:normal}
  & summary{cursor:pointer}
  & .plot{padding:10px 8px 24px 44px}
  & .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr))}
  & th svg{display:inline-block}
  & .matrix td{background:color-mix(in srgb,var(--acc) var(--v,0%),transparent);text-align:center;padding-left:0}
  & .matrix th+th{text-align:center}
  & .hide{font-size:0}
}
:is(${DARK_HOSTS}) .trackbook.trackbook{${themed(dark)}}
@media(prefers-color-scheme:dark){body:not(${HOSTS_THAT_SAY}) .trackbook.trackbook{${themed(dark)}}}
@container(max-width:${space.narrow}px){.trackbook.trackbook{
  & .body{display:block}
  & header{flex-wrap:wrap}
  & header .name{flex:1}
  & .sub{order:1;flex-basis:100%}
  & header .grow{display:none}
  & footer{flex-wrap:wrap}
  & .side{border-left:0;border-top:1px solid var(--line)}
  & th,& td{padding-left:10px}
  & tbody th{max-width:110px}
}}`;

/** The one stylesheet of every output, scoped to `.trackbook`: under 4 KB. */
export const stylesheet: string = source.replace(/\n\s*/g, "").replaceAll("& .", ".").replace(/;}/g, "}");
