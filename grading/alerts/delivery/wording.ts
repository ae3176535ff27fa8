import { plain } from '../template.ts';
import type { AlertMessage } from './channel.ts';

/** The text of a message for people: its alerts one below the other. */
export function messageText({ alerts }: AlertMessage): string {
  if (alerts.length === 1) return `[${alerts[0].severity}] ${alerts[0].text}`;
  return [`${alerts.length} alerts`, ...alerts.map(({ severity, text }) => `[${severity}] ${text}`)].join('\n\n');
}

/** One line: what happened first, and how much more. */
export function messageSubject({ alerts }: AlertMessage): string {
  const [first, ...others] = alerts;
  const line = `[Assay ${first.severity}] ${first.text.split('\n')[0]}`;
  return plain(others.length === 0 ? line : `${line} (and ${others.length} more)`).slice(0, 180);
}

/** For HTML and Telegram's HTML mode. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Slack: these three, so that a value can mention nobody and link nowhere; https://api.slack.com/reference/surfaces/formatting#escaping */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most so many characters, with an ellipsis where some are left out. */
export function shortened(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
