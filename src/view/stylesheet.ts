import { dark, inkShare, light, type Palette, space, type } from "./tokens";

const ofInk = (share: number): string => `color-mix(in srgb,var(--ink) ${share}%,transparent)`;

function themed({ ink, surface, accent, good, bad, warning }: Palette): string {
  return `--i:${ink};--s:${surface};--acc:${accent};--good:${good};--bad:${bad};--warn:${warning}`;
}

const DARK_HOSTS = "[data-theme=dark],[data-jp-theme-light=false],.vscode-dark,.vscode-high-contrast:not(.vscode-high-contrast-light)";
const HOSTS_THAT_SAY = "[data-theme],[data-jp-theme-light],[data-vscode-theme-kind]";

// Ink and surface are the host's own where it names them, so that an output belongs to the theme it stands in.
// The class is doubled to outrank what notebooks say about tables in outputs (JupyterLab: two classes and an element).
const source = `
.trackbook.trackbook{
  ${themed(light)};
  --ink:var(--jp-ui-font-color1,var(--vscode-foreground,var(--i)));--bg:var(--jp-layout-color0,var(--vscode-editor-background,var(--s)));
  --mut:${ofInk(inkShare.muted)};--line:${ofInk(inkShare.line)};--fill:${ofInk(inkShare.fill)};
  container-type:inline-size;max-width:${space.maxWidth}px;
  font:${type.size}px/${type.leading} ${type.family};color:var(--ink);font-variant-numeric:tabular-nums;
  & .card{background:var(--bg);border:1px solid var(--line);border-radius:${space.radius}px;overflow:hidden}
  & .card+.card{margin-top:12px}
  & header,& footer{display:flex;flex-wrap:wrap;gap:0 ${space.gap}px;align-items:baseline;padding:7px ${space.inset}px}
  & footer{border-top:1px solid var(--line)}
  & .bar{height:3px;background:var(--line);color:var(--acc)}
  & .bar i{display:block;height:3px;background:currentColor}
  & .name,& .clip,& dt,& dd,& tbody th,& td.l{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:100%}
  & b,& .state,& td.best{font-weight:600}
  & .grow{flex:1}
  & .mut,& .quiet,& thead th,& dt,& summary,& footer,& pre{color:var(--mut)}
  & .active,& a{color:var(--acc)}
  & .good,& .best{color:var(--good)}
  & .bad{color:var(--bad)}
  & .warning{color:var(--warn)}
  & a{text-decoration:none}
  & .name a{color:inherit}
  & p,& dl,& dt,& dd,& table{margin:0}
  & footer,& code,& pre,& code.id{font-size:${type.small}px}
  & code,& pre,& code.id{font-family:${type.mono};background:0 0;padding:0;margin:0;overflow-wrap:anywhere}
  & pre{overflow:auto;max-height:220px}
  & code.id{display:inline-block;width:8ch;overflow:hidden;white-space:nowrap;vertical-align:bottom;user-select:all}
  & .body{display:grid;grid-template-columns:minmax(0,1fr) 236px;border-top:1px solid var(--line)}
  & .bar+.body{border:0}
  & .one{display:block}
  & .main,& .side{padding:4px ${space.inset}px 8px;overflow-x:auto}
  & .side{padding-top:8px;background:var(--fill);border-left:1px solid var(--line)}
  & .one .side{border:0}
  & table{border-collapse:collapse;width:100%;table-layout:auto;font:inherit}
  & thead,& tr,& tbody tr:nth-child(n){background:0 0;border:0}
  & tbody tr+tr:nth-child(n){border-top:1px solid var(--line)}
  & tbody tr:hover,& tbody tr.diff:nth-child(n){background:var(--fill)}
  & th,& td{padding:${space.row}px 0 ${space.row}px 16px;text-align:right;vertical-align:middle;white-space:nowrap;font-weight:400;line-height:inherit}
  & th:first-child{padding-left:0}
  & th:first-child,& .l,& .curve,& .facts dd{text-align:left}
  & tbody th,& td.l{max-width:220px}
  & .curve{width:45%;padding-block:0}
  & svg{display:block;max-width:none;overflow:visible}
  & .spark{width:100%;max-width:220px;height:26px;color:var(--acc);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
  & .end{stroke-width:5}
  & dl{display:grid;grid-template-columns:fit-content(60%) minmax(0,1fr);gap:2px 12px}
  & dd{text-align:right}
  & .facts,& .note{padding:6px ${space.inset}px;border-top:1px solid var(--line);overflow-wrap:anywhere}
  & .facts dd{white-space:normal}
  & summary{cursor:pointer}
  & .plot{padding:12px 4px 4px 44px}
  & .hide{font-size:0}
}
:is(${DARK_HOSTS}) .trackbook.trackbook{${themed(dark)}}
@media(prefers-color-scheme:dark){body:not(${HOSTS_THAT_SAY}) .trackbook.trackbook{${themed(dark)}}}
@container(max-width:${space.narrow}px){.trackbook.trackbook{
  & .body{display:block}
  & .side{border-left:0;border-top:1px solid var(--line)}
  & th,& td{padding-left:10px}
  & .metrics tbody th{max-width:110px}
}}`;

/** The one stylesheet of every output, scoped to `.trackbook`: under 4 KB. */
export const stylesheet: string = source.replace(/\n\s*/g, "").replace(/;}/g, "}");
