const LIGHT = `
--page:#fff;--panel:#f4f6f8;--rule:#d4dae1;--ink:#15191f;--ink-2:#4a5360;--ink-3:#66707d;--edge:#8a94a1;--blue:#0b5cad;--orange:#b8500a;
--grey:#5f6a76;--band:#d8e5f2;--band-edge:#6095ca;--hatch:#e3e7ec;
--div0:#8f3d00;--div1:#c4702b;--div2:#f0c9a3;--div3:#f2f4f6;--div4:#b5d0ea;--div5:#4c8ccb;--div6:#0b4a8f;
--div0t:#fff;--div1t:#15191f;--div2t:#15191f;--div3t:#15191f;--div4t:#15191f;--div5t:#15191f;--div6t:#fff;
--seq0:#edf3f9;--seq1:#c9ddf0;--seq2:#9cc1e4;--seq3:#6ba1d3;--seq4:#3f80bd;--seq5:#1f609f;--seq6:#0c437a;--seq7:#062a52;
color-scheme:light;`;

const DARK = `
--page:#0f1318;--panel:#171d25;--rule:#2c3540;--ink:#e9edf2;--ink-2:#b4bdc9;--ink-3:#8d98a6;--edge:#606c7a;--blue:#6cb0f5;--orange:#f29a4b;
--grey:#94a0ae;--band:#233649;--band-edge:#456d96;--hatch:#232b35;
--div0:#f6b26b;--div1:#c4742e;--div2:#6b3f1c;--div3:#1e252e;--div4:#1f476f;--div5:#4589cc;--div6:#9ccbf7;
--div0t:#15191f;--div1t:#15191f;--div2t:#fff;--div3t:#fff;--div4t:#fff;--div5t:#15191f;--div6t:#15191f;
--seq0:#1b2836;--seq1:#1c3a58;--seq2:#1f4f7d;--seq3:#2a68a3;--seq4:#4383c2;--seq5:#6ba3da;--seq6:#9cc6ee;--seq7:#cfe4f8;
color-scheme:dark;`;

const SERIF = 'Charter,"Iowan Old Style","Source Serif 4",Georgia,serif';
export const SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

/** Everything the page looks like; light, dark, phone and paper. */
export const STYLE = `
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
@media print{:root{${LIGHT}}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--ink);font:17px/26px ${SERIF}}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-999px;background:var(--page);color:var(--blue);padding:8px 16px;z-index:2}
.skip:focus{left:8px;top:8px}
.page{max-width:720px;margin:0 auto;padding:0 0 96px}
main{display:block}
h1{font-size:28px;line-height:34px;margin:0 0 8px;font-weight:600;overflow-wrap:anywhere}
h2{font-size:21px;line-height:28px;margin:48px 0 8px;padding-top:8px;border-top:1px solid var(--rule);font-weight:600}
h3{font-size:17px;line-height:26px;margin:24px 0 8px;font-weight:600}
p,ul,ol.notes{margin:0 0 16px;max-width:66ch}
ul{padding-left:20px}
a{color:var(--blue)}
:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
.masthead{padding-top:24px}
.kind,.identity,nav,table,button,select,label,.warnings,figcaption .data,summary,.facts,.readout,.foot{font-family:${SANS};font-size:13px;line-height:18px}
.kind{color:var(--ink-3);letter-spacing:.06em;margin:0 0 8px}
.identity{color:var(--ink-2);margin:0 0 16px;max-width:none;overflow-wrap:anywhere}
code,.id{font:12px/18px ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
.verdict{font-size:17px;margin:0 0 16px;padding-left:16px;border-left:2px solid var(--ink)}
.warnings{list-style:none;padding:8px 0 8px 16px;margin:0 0 16px;border-left:2px solid var(--orange);max-width:none}
.warnings li{padding-left:16px;text-indent:-16px}
.warnings li::before{content:"!";display:inline-block;width:16px;text-indent:0;color:var(--orange);font-weight:600}
.quiet{color:var(--ink-2);font-family:${SANS};font-size:13px;line-height:18px}
nav ol{list-style:none;margin:0;padding:0}
nav summary{color:var(--ink-2);cursor:pointer;padding:4px 0}
nav a{color:var(--ink-2);text-decoration:none;display:block;padding:3px 0}
nav a:hover{color:var(--blue);text-decoration:underline}
figure{margin:24px 0 32px;break-inside:avoid}
figcaption{font-size:15px;line-height:22px;margin-bottom:8px;max-width:66ch}
figcaption b{font-weight:600}
.note{color:var(--ink-2);font-family:${SANS};font-size:12px;line-height:17px;margin:6px 0 0;max-width:80ch}
.plot{position:relative}
.plot svg{display:block;overflow:visible;max-width:100%;height:auto;font-family:${SANS}}
.narrow{display:none}
details{margin-top:6px}
summary{cursor:pointer;color:var(--ink-2);min-height:24px;padding:3px 0}
.scroll{overflow-x:auto;max-width:100%}
table{border-collapse:collapse;font-variant-numeric:tabular-nums lining-nums;margin:8px 0 16px;border-top:1px solid var(--ink-2);border-bottom:1px solid var(--ink-2);min-width:min(100%,440px)}
caption{text-align:left;font:15px/22px ${SERIF};padding:0 0 8px;caption-side:top}
caption span{display:block;position:sticky;left:0;max-width:min(66ch,calc(100vw - 32px))}
th,td{padding:4px 16px 4px 0;text-align:left;vertical-align:baseline;font-weight:400}
th:last-child,td:last-child{padding-right:4px}
thead th{border-bottom:1px solid var(--ink-2);color:var(--ink-2);vertical-align:bottom;white-space:nowrap}
tbody th{font-weight:400}
tbody tr:hover{background:var(--panel)}
.num{text-align:right;white-space:nowrap}
.text{white-space:nowrap}
.wrap{white-space:normal;min-width:180px}
tr.group th{font-weight:600;padding-top:12px}
tr.total th,tr.total td{border-top:1px solid var(--rule);font-weight:600}
tr.chosen,.scroll tbody tr.chosen th:first-child{background:var(--panel)}
th button{all:unset;cursor:pointer;color:inherit;min-height:24px;font:inherit}
th button:focus-visible{outline:2px solid var(--blue)}
th[aria-sort=ascending] button::after{content:" ▲"}
th[aria-sort=descending] button::after{content:" ▼"}
.scroll thead th:first-child,.scroll tbody th:first-child{position:sticky;left:0;background:var(--page)}
tbody tr:hover th:first-child{background:var(--panel)}
.data table,.gates{min-width:0}.gates{width:100%}
.gates tbody{border-bottom:1px solid var(--rule)}
.gates tbody tr:hover,.gates tbody tr:hover th:first-child{background:none}
.gates th,.gates td{padding:6px 16px 6px 0}
.gates th[scope=row]{width:27%}.gates td:nth-child(2){width:23%}.gates td:nth-child(n+3){width:25%}
.gates .sub{display:block;color:var(--ink-2)}
.gates td.fail .state{font-weight:600}.gates tbody.fail tr:first-child th,.gates tbody.fail .why td{box-shadow:inset 2px 0 var(--orange);padding-left:8px}
.gates .margin{margin:0 4px}
.gates .state,.gates data{white-space:nowrap}
.gates .why td{padding-top:0;color:var(--ink-2)}.gates tbody.fail .why td{color:var(--ink)}
.absent{color:var(--ink-2);margin:0}.absent+.footnotes{margin:0 0 12px}
.unseen{margin-top:-4px}
.footnotes{list-style:none;margin:-8px 0 12px;padding:0;color:var(--ink-2);font:12px/17px ${SANS}}
.footnotes sup,td sup,th sup,p sup{font-size:10px;line-height:0}
button.tool,select{background:none;border:1px solid var(--edge);border-radius:2px;color:var(--ink);min-height:28px;padding:3px 10px;cursor:pointer;margin:0 8px 8px 0}
button.tool:hover{background:var(--panel)}
button.tool[aria-pressed=true]{border-color:var(--blue);color:var(--blue)}
.tools{margin-top:6px}
.pairs{position:relative}
.pairs>input{position:absolute;left:0;opacity:0;width:1px;height:1px;pointer-events:none}
.pairs>label{display:inline-block;border:1px solid var(--edge);padding:3px 10px;margin:0 8px 8px 0;cursor:pointer}
.pairs>input:checked+label{border-color:var(--blue);color:var(--blue)}
.pairs>input:focus-visible+label{outline:2px solid var(--blue);outline-offset:2px}
.pairs>.pair{display:none}
${Array.from({ length: 6 }, (_, i) => `.pairs>input:nth-of-type(${i + 1}):checked~.pair:nth-of-type(${i + 1})`).join(',')}{display:block}
.readout{min-height:20px;color:var(--ink);margin:4px 0 0;white-space:pre-wrap}
.tip{position:fixed;z-index:3;pointer-events:none;background:var(--page);border:1px solid var(--edge);padding:6px 8px;font:12px/17px ${SANS};max-width:280px;font-variant-numeric:tabular-nums;white-space:pre-line}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0 0 16px}
.facts dt{color:var(--ink-2)}
.facts dd{margin:0;overflow-wrap:anywhere}
.foot{color:var(--ink-3);border-top:1px solid var(--rule);padding-top:8px;margin-top:48px;overflow-wrap:anywhere}
.run-id{display:none}
.zoom .uplot{margin-bottom:4px}
.defs{position:absolute;width:0;height:0}
@media (min-width:1100px){
.page{max-width:1000px;display:grid;grid-template-columns:720px 240px;column-gap:40px}
nav{grid-column:2;grid-row:1;padding-top:72px}
nav details{position:sticky;top:24px}
main{grid-column:1;grid-row:1;min-width:0}
}
@media (min-width:760px) and (max-width:1099px){nav{padding-top:8px}}
@media (max-width:759px){
.page{padding:0 16px 64px}
.wide{display:none}.narrow{display:block}
.plot{margin:0 -16px}
h1{font-size:21px;line-height:28px}
.masthead{padding-top:16px}
.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:8px}
button.tool,select,.pairs>label,summary,nav a{min-height:44px;padding-top:11px}
.scroll thead th:first-child,.scroll tbody th:first-child{max-width:132px;white-space:normal}
.gates,.gates tbody,.gates caption{display:block}.gates thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.gates tr{display:grid;grid-template-columns:1fr 1fr;column-gap:16px}
.scroll .gates tbody th:first-child,.gates td:nth-child(2),.gates .why td{grid-column:1/-1;width:auto;max-width:none;padding-bottom:2px}
.scroll .gates tbody th:first-child{position:static}
.gates td[data-label]::before{content:attr(data-label);display:block;color:var(--ink-3)}
.gates tbody.fail{border-left:2px solid var(--orange);padding-left:8px}.gates tbody.fail tr:first-child th,.gates tbody.fail .why td{box-shadow:none;padding-left:0}.gates td:nth-child(n+3){width:auto}.gates td:nth-child(2)::before{display:none!important}
}
@media (forced-colors:active){.plot svg{forced-color-adjust:none;background:Canvas}}
@page{margin:16mm 14mm 18mm;@bottom-right{content:counter(page)}}
@media print{
body{font-size:10.5pt;line-height:15pt}
.page{display:block;max-width:none;padding:0 0 12mm}
nav,.skip,.tools,button,.readout,figure details,.data,.pairs>input,.pairs>label{display:none!important}
h2{break-after:avoid}figure,table,.verdict{break-inside:avoid}
.wide{display:block!important}.narrow{display:none!important}
.scroll{overflow:visible}th,td{padding-right:8px}.plot{margin:0}
.trades th,.trades td{font-size:7.5pt;line-height:10pt;padding:2px 6px 2px 0}
.trades :is(th,td):nth-last-child(n+3):nth-last-child(-n+6){display:none}
.run-id{display:block;position:fixed;bottom:0;left:0;color:var(--ink-3);font:8pt/10pt ${SANS}}
tr{break-inside:avoid}
}
`.replaceAll('\n', '');
