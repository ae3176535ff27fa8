/** What a column can hold. */
export type Role = 'time' | 'open' | 'high' | 'low' | 'close' | 'volume';
export type Roles = Partial<Record<Role, number>>;

// most telling first: a table with both open_time and date is timed by open_time
const NAMES: Readonly<Record<Role, readonly string[]>> = {
  time: ['opentime', 'timeopen', 'opentimems', 'opentimestamp', 'candlebegintime', 'timestamp', 'timestampms', 'unix', 'unixtimestamp', 'datetime',
    'date', 'time', 'ts', 'index', 'indexlevel0', 'unnamed0', 'starttime', 'start', 'day', 'gmttime', 'localtime', 't'],
  open: ['open', 'o', 'openprice', 'priceopen', 'openusd'],
  high: ['high', 'h', 'highprice', 'pricehigh', 'highusd'],
  low: ['low', 'l', 'lowprice', 'pricelow', 'lowusd'],
  close: ['close', 'c', 'closeprice', 'priceclose', 'closelast', 'last', 'price', 'closeusd'],
  volume: ['volume', 'vol', 'v', 'basevolume', 'volumebase', 'basevol', 'volumebtc'],
};

/** `Open time` → `opentime`, `__index_level_0__` → `indexlevel0`, `1. open` → `open`. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/^\d+[a-z]?\. /, '').replaceAll(/[^a-z0-9]/g, '');
}

/** Columns that well-known names give; an unnamed first column beside named ones is a pandas index, and so the time. */
export function rolesByName(columns: readonly string[]): Roles {
  const plain = columns.map(plainName);
  const roles: Roles = {};
  for (const role of Object.keys(NAMES) as Role[]) {
    const name = NAMES[role].find((candidate) => plain.includes(candidate));
    if (name !== undefined) roles[role] = plain.indexOf(name);
  }
  if (roles.time === undefined && columns[0] === '') roles.time = 0;
  return roles;
}

export function hasCandleRoles(roles: Roles): roles is Roles & Record<'time' | 'open' | 'high' | 'low' | 'close', number> {
  return roles.time !== undefined && roles.open !== undefined && roles.high !== undefined && roles.low !== undefined && roles.close !== undefined;
}

/** Index of a column by its plain name, or null. */
export function findColumn(columns: readonly string[] | null, ...names: readonly string[]): number | null {
  const plain = columns?.map(plainName) ?? [];
  const name = names.find((candidate) => plain.includes(candidate));
  return name === undefined ? null : plain.indexOf(name);
}
