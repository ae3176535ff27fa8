import { readJson } from './data.ts';
import { createView } from './vega-runtime.ts';

/** Makes the marks of each figure answer to the pointer, from the first time it comes near. */
export function liveMarks(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure')) {
    const wide = figure.querySelector<HTMLElement>('.plot>.wide');
    if (wide === null || document.getElementById(`${figure.id}-spec`) === null) continue;
    wide.addEventListener('pointerenter', () => void hydrate(figure, wide), { once: true });
  }
}

/** Replaces the drawn panels by live ones of the same specification; names and descriptions stay. */
async function hydrate(figure: HTMLElement, wide: HTMLElement): Promise<void> {
  const specs = (readJson(`${figure.id}-spec`) ?? []) as unknown[];
  const drawn = [...wide.querySelectorAll('svg')];
  const tip = createTip(figure);
  for (const [i, spec] of specs.entries()) {
    const holder = document.createElement('div');
    const view = createView(spec, {
      renderer: 'svg', container: holder, hover: false,
      tooltip: (_: unknown, event: PointerEvent, __: unknown, value: unknown) => tip.show(event, value),
    });
    await view.runAsync();
    const svg = holder.querySelector('svg');
    const old = drawn[i];
    if (svg === null || old === undefined) continue;
    for (const name of ['role', 'aria-labelledby', 'width', 'height', 'viewBox']) svg.setAttribute(name, old.getAttribute(name) ?? '');
    svg.removeAttribute('style');
    svg.prepend(...old.querySelectorAll(':scope > title, :scope > desc'));
    old.replaceWith(holder);
  }
  figure.dataset.live = 'true';
  wide.addEventListener('pointerleave', () => tip.hide());
}

interface Tip {
  readonly show: (event: PointerEvent, value: unknown) => void;
  readonly hide: () => void;
}

function createTip(figure: HTMLElement): Tip {
  const element = document.createElement('div');
  element.className = 'tip';
  element.hidden = true;
  figure.append(element);
  return {
    show(event, value) {
      element.hidden = value === null || value === undefined || value === '';
      if (element.hidden) return;
      element.textContent = String(value);
      const { width, height } = element.getBoundingClientRect();
      element.style.left = `${Math.max(4, Math.min(innerWidth - width - 4, event.clientX + 12))}px`;
      element.style.top = `${event.clientY + height + 20 > innerHeight ? event.clientY - height - 12 : event.clientY + 16}px`;
    },
    hide() {
      element.hidden = true;
    },
  };
}
