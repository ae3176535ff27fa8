/** What the flame graph adds to the style of reports. */
export const FLAME_STYLE = `
.profile{max-width:1440px;margin:0 auto;padding:0 24px 64px}
.flame{display:block;width:100%;font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:11px}
.flame svg{cursor:pointer}
.flame svg:focus-visible{outline:none}
.flame svg:focus-visible rect,.flame svg:hover rect{stroke:var(--ink);stroke-width:2}
.flame rect{stroke:var(--page);stroke-width:1}
.flame text{fill:#15191f;pointer-events:none}
.flame .found rect{fill:#d7399b}
.flame .found text{fill:#fff}
.flame .over rect{opacity:.45}
.engine rect,.key.engine i{fill:#f0b15f;background:#f0b15f}
.strategy rect,.key.strategy i{fill:#e98f7d;background:#e98f7d}
.assay rect,.key.assay i{fill:#8fbbe2;background:#8fbbe2}
.package rect,.key.package i{fill:#bda9dc;background:#bda9dc}
.node rect,.key.node i{fill:#b9cbb0;background:#b9cbb0}
.native rect,.key.native i{fill:#c9ced5;background:#c9ced5}
.bar{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:center;margin:16px 0 8px;font-family:system-ui,sans-serif;font-size:13px}
.bar input{font:inherit;padding:4px 8px;width:260px;max-width:100%;border:1px solid var(--edge);border-radius:3px;background:var(--page);color:var(--ink)}
.bar button{font:inherit;padding:4px 10px;border:1px solid var(--edge);border-radius:3px;background:var(--panel);color:var(--ink);cursor:pointer}
.key{display:inline-flex;align-items:center;gap:5px;color:var(--ink-2)}
.key i{width:12px;height:12px;display:inline-block}
.flame-readout{max-width:none;font-family:system-ui,sans-serif;font-size:13px;line-height:18px;min-height:36px;margin:4px 0 8px;color:var(--ink-2);overflow-wrap:anywhere}
.self{width:100%;border-collapse:collapse}
.self th{text-align:left}
.self td,.self th{padding:3px 12px 3px 0;vertical-align:top}
.self .n{text-align:right;white-space:nowrap}
.self code{overflow-wrap:anywhere}
`;
