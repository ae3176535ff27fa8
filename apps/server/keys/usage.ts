import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeAtomic } from '../../../workbench/index.ts';

interface Use {
  lastUsedMs: number;
  /** `2026-11` */
  month: string;
  calls: number;
}

/** When keys were last used, and how often in this month. */
export interface Usage {
  lastUsedMs(keyId: string): number | null;
  calls(keyId: string, nowMs: number): number;
  record(keyId: string, nowMs: number, calls: number): void;
  /** Writes what has changed; a kill loses what came since the last time. */
  flush(): void;
}

/** Kept in a file of the folder, or in memory alone where there is none. */
export function openUsage(folder: string | null): Usage {
  const file = folder === null ? null : join(folder, 'usage.json');
  const uses = new Map<string, Use>(file !== null && existsSync(file) ? Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Use>) : []);
  let isChanged = false;
  return {
    lastUsedMs: (keyId) => uses.get(keyId)?.lastUsedMs ?? null,
    calls(keyId, nowMs): number {
      const use = uses.get(keyId);
      return use?.month === monthOf(nowMs) ? use.calls : 0;
    },
    record(keyId, nowMs, calls): void {
      const month = monthOf(nowMs);
      const use = uses.get(keyId);
      uses.set(keyId, { lastUsedMs: nowMs, month, calls: (use?.month === month ? use.calls : 0) + calls });
      isChanged = true;
    },
    flush(): void {
      if (file === null || !isChanged) return;
      isChanged = false;
      writeAtomic(file, JSON.stringify(Object.fromEntries([...uses].sort(([a], [b]) => (a < b ? -1 : 1)))));
    },
  };
}

export function monthOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 7);
}

export function nextMonthMs(ms: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}
