import { STYLE } from '../../../reports/index.ts';

/** What the page adds to the style of the reports. */
export const PAGE_STYLE = `${STYLE}
.page.dash{max-width:1160px;display:block;padding:0 24px 96px}
.dash p,.dash li,.dash input{font:13px/18px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
.dash p{margin:0 0 8px}
.dash h2{margin-top:40px}
.dash h3{font-size:15px;line-height:22px;margin:20px 0 4px;overflow-wrap:anywhere}
.dash table{width:auto;min-width:min(100%,440px);margin:4px 0 12px}
.dash #grade-table table{width:100%}
.dash td,.dash th{padding:4px 12px 4px 0}
.dash caption{font-size:14px;padding-bottom:4px}
.dash .scroll{overflow-x:auto}

.dash td.why,.dash .why{color:var(--ink-2);white-space:normal;min-width:140px;max-width:340px}
.dash svg{display:block;overflow:visible;max-width:100%;height:auto;font:11px/14px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
.dash td svg{display:inline-block;vertical-align:middle;max-width:none}
.dash h3 .quiet{font-weight:400}
.status{display:flex;flex-wrap:wrap;gap:4px 28px;margin:0 0 4px;padding:0}
.status div{display:flex;flex-direction:column;min-width:0}
.status dt{color:var(--ink-3);font:12px/16px system-ui,-apple-system,"Segoe UI",sans-serif}
.status dd{margin:0;font:14px/20px system-ui,-apple-system,"Segoe UI",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.status .bad{color:var(--orange);font-weight:600}
.mark{border:1px solid var(--orange);color:var(--orange);padding:0 6px;border-radius:2px;font:12px/18px system-ui,sans-serif;white-space:nowrap}
.mark.calm{border-color:var(--edge);color:var(--ink-2)}
.filters{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:4px 0 8px}
.filters label{color:var(--ink-2);display:inline-flex;align-items:center;gap:6px;min-height:28px}
.filters select{margin:0}
input[type=search],input[type=password]{background:none;border:1px solid var(--edge);border-radius:2px;color:var(--ink);min-height:28px;padding:3px 8px;width:150px;max-width:100%}
.key{border-left:2px solid var(--orange);padding:4px 0 4px 16px;margin:8px 0 16px;display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.link{all:unset;cursor:pointer;color:var(--blue);text-decoration:underline;text-underline-offset:2px;min-height:24px;overflow-wrap:break-word}
.link:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
tr.open td,.scroll tbody tr.open th:first-child{background:var(--panel)}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:8px 40px}
.many{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:8px 32px}
.axis{stroke:var(--edge);fill:none}.hair{stroke:var(--rule);fill:none}.line{stroke:var(--blue);fill:none;stroke-width:1.5}.line2{stroke:var(--orange);fill:none;stroke-width:1.5;stroke-dasharray:5 3}
.dot{fill:var(--blue)}.dot2{fill:var(--page);stroke:var(--orange);stroke-width:1.5}.range{stroke:var(--band-edge);stroke-width:2}.band{fill:var(--band)}.tx{fill:var(--ink)}.tx2{fill:var(--ink-2)}
.p0{fill:var(--seq6)}.p1{fill:var(--seq5)}.p2{fill:var(--seq4)}.p3{fill:var(--seq3)}.p4{fill:var(--seq2)}.p5{fill:var(--seq1)}
.strip{display:flex;flex-wrap:wrap;gap:4px;list-style:none;padding:0;margin:4px 0}
.strip li{border:1px solid var(--rule);min-width:38px;text-align:center;padding:1px 4px;font-variant-numeric:tabular-nums}
.strip li b{display:block;font-weight:600}
.strip .s-warn,.strip .s-watch{border-color:var(--orange)}.strip .s-suspend{background:var(--orange);border-color:var(--orange);color:var(--page)}.strip .s-na{border-style:dashed;color:var(--ink-2)}
.up{color:var(--blue)}.down{color:var(--orange)}
.sha{font:12px/18px ui-monospace,Menlo,Consolas,monospace}
.detail{border-top:1px solid var(--ink-2);margin-top:16px;padding-top:4px}
@media (max-width:899px){.two{grid-template-columns:minmax(0,1fr)}}
@media (max-width:759px){
.page.dash{padding:0 16px 64px}
.dash .link{min-height:24px}
.filters label{min-height:44px}.dash input[type=search],.dash input[type=password]{min-height:44px}.filters select{padding-top:3px}
.dash .scroll tbody th:first-child{max-width:120px}
}
`.replaceAll('\n', '');
