export { PAGE_HTML } from './document.ts';
export { type PageAsset, pageAssets, pagePlugin, type PageOptions } from './plugin.ts';
