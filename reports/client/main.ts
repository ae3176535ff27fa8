import { keyboardReading } from './keyboard.ts';
import { liveMarks } from './marks.ts';
import { liveTables } from './tables.ts';
import { liveTrades } from './trades.ts';
import { zoomableEquity } from './zoom.ts';

keyboardReading();
liveTables();
liveTrades();
zoomableEquity();
liveMarks();
