/** The script of a profile's page: click to zoom, search, and one line that says what the pointer is on. */
interface Frame {
  readonly element: SVGSVGElement;
  readonly x: number;
  readonly width: number;
  readonly depth: number;
  readonly title: string;
}

const LEAST_LABELLED = 0.012;
const EDGE = 1e-7;

const svg = document.querySelector<SVGSVGElement>('svg.flame');
const readout = document.querySelector<HTMLElement>('#readout');
const search = document.querySelector<HTMLInputElement>('#search');
const reset = document.querySelector<HTMLButtonElement>('#reset');

if (svg !== null && readout !== null && search !== null && reset !== null) {
  const frames = [...svg.querySelectorAll<SVGSVGElement>('svg')].map(frameOf);
  const rest = readout.textContent ?? '';
  let said = rest;
  const byElement = new Map(frames.map((frame) => [frame.element, frame]));
  const frameAt = (event: Event): Frame | undefined => byElement.get((event.target as Element).closest('svg:not(.flame)') as SVGSVGElement);
  const choose = (frame: Frame | undefined): void => {
    if (frame !== undefined) zoom(frames, frame);
  };
  svg.addEventListener('click', (event) => choose(frameAt(event)));
  svg.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') choose(frameAt(event));
    else if (event.key.startsWith('Arrow')) move(frames, frameAt(event), event);
  });
  const say = (event: Event): void => void (readout.textContent = frameAt(event)?.title.replaceAll('\n', '  ·  ') ?? said);
  svg.addEventListener('pointerover', say);
  svg.addEventListener('focusin', say);
  svg.addEventListener('pointerleave', () => void (readout.textContent = said));
  reset.addEventListener('click', () => zoom(frames, frames[0]));
  search.addEventListener('input', () => {
    said = mark(frames, search.value.trim().toLowerCase()) ?? rest;
    readout.textContent = said;
  });
}

function frameOf(element: SVGSVGElement): Frame {
  const { x, w, d } = element.dataset;
  return { element, x: Number(x), width: Number(w), depth: Number(d), title: element.querySelector('title')?.textContent ?? '' };
}

/** Makes a frame as wide as the page; its callers stay above it, what lies beside it is hidden. */
function zoom(frames: readonly Frame[], chosen: Frame): void {
  for (const frame of frames) {
    const isOver = frame.depth < chosen.depth && frame.x <= chosen.x + EDGE && frame.x + frame.width >= chosen.x + chosen.width - EDGE;
    const isWithin = frame.depth >= chosen.depth && frame.x >= chosen.x - EDGE && frame.x + frame.width <= chosen.x + chosen.width + EDGE;
    frame.element.style.display = isOver || isWithin ? '' : 'none';
    frame.element.classList.toggle('over', isOver);
    if (isOver) place(frame, 0, 1);
    else if (isWithin) place(frame, (frame.x - chosen.x) / chosen.width, frame.width / chosen.width);
  }
}

function place({ element, title }: Frame, x: number, width: number): void {
  element.setAttribute('x', `${100 * x}%`);
  element.setAttribute('width', `${100 * width}%`);
  const label = element.querySelector('text');
  if (width < LEAST_LABELLED) label?.remove();
  else if (label === null) element.append(labelOf(title.split('\n')[0]));
}

function labelOf(name: string): SVGTextElement {
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  text.setAttribute('x', '3');
  text.setAttribute('y', '13');
  text.textContent = name;
  return text;
}

/** Marks the frames whose name or place holds a text; how much of the time they and their calls take. */
function mark(frames: readonly Frame[], text: string): string | null {
  let share = 0;
  let count = 0;
  let coveredTo = -1;
  for (const frame of [...frames].sort((a, b) => a.x - b.x || a.depth - b.depth)) {
    const isFound = text !== '' && frame.title.slice(0, frame.title.lastIndexOf('\n')).toLowerCase().includes(text);
    frame.element.classList.toggle('found', isFound);
    if (!isFound) continue;
    count++;
    if (frame.x + frame.width <= coveredTo + EDGE) continue; // below a frame that is counted
    share += frame.width;
    coveredTo = frame.x + frame.width;
  }
  return text === '' ? null : `“${text}”: ${count} frames, with what they call ${(100 * share).toFixed(1)} % of the time`;
}

/** To the caller, to the longest call, or to a neighbour on the same row. */
function move(frames: readonly Frame[], from: Frame | undefined, event: KeyboardEvent): void {
  if (from === undefined) return;
  event.preventDefault();
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
  const row = frames.filter(({ element, depth }) => depth === from.depth + step && element.style.display !== 'none').sort((a, b) => a.x - b.x);
  const within = row.filter(({ x, width }) => (step > 0 ? x >= from.x - EDGE && x + width <= from.x + from.width + EDGE : x <= from.x + EDGE && x + width >= from.x + from.width - EDGE));
  const beside = row[row.indexOf(from) + (event.key === 'ArrowRight' ? 1 : -1)];
  const to = step === 0 ? beside : within[0];
  to?.element.focus();
}
