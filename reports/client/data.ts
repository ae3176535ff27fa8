/** The parsed data block with this id; null where the page has none. */
export function readJson(id: string): unknown {
  const element = document.getElementById(id);
  return element === null ? null : JSON.parse(element.textContent ?? 'null');
}

/** Bytes of base64, in the machine's own (little-endian) order. */
export function bytesOf(base64: string): ArrayBuffer {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes.buffer;
}

export function button(label: string, act: (self: HTMLButtonElement) => void): HTMLButtonElement {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = 'tool';
  element.textContent = label;
  element.addEventListener('click', () => act(element));
  return element;
}

/** Says a sentence to whoever listens instead of looking. */
export function announce(text: string): void {
  const live = document.getElementById('live');
  if (live !== null) live.textContent = text;
}

export function cssColor(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
