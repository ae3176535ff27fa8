import { Numbering } from '../figures/figure.ts';
import { counted, formatBps, formatDate, formatTimeframe, shortHash } from '../format.ts';
import { html } from '../html.ts';
import { contextOf } from '../manifest.ts';
import { shownFigures } from '../metric-text.ts';
import { fillWords } from '../sections/assumptions.ts';
import { bandManifest, bandNote } from '../sections/band.ts';
import { methodsSection, symbolsOf } from '../sections/methods.ts';
import { causalitySection } from '../sections/validation/causality.ts';
import { factRows } from '../sections/validation/facts.ts';
import { gateTable } from '../sections/validation/gates.ts';
import { inferenceSection } from '../sections/validation/inference.ts';
import { luckSection } from '../sections/validation/luck.ts';
import { evidenceManifest, gateManifest } from '../sections/validation/manifest.ts';
import { modelManifest } from '../sections/validation/model-manifest.ts';
import { marketsSection } from '../sections/validation/markets.ts';
import { overfittingSection } from '../sections/validation/overfitting.ts';
import { stressSection } from '../sections/validation/survival.ts';
import { decisionWords, unseenFigures, verdictSentence } from '../sections/validation/verdict.ts';
import { choicesSection, decaySection, ribbonSection, windowsTable } from '../sections/windows.ts';
import { spanDays } from '../series.ts';
import type { ValidationReport } from '../types.ts';
import { openingFigure, verdictFigure } from './account.ts';
import type { Page, Section } from './shell.ts';

/** The end of a study: what it is worth, which gate says so, and all that was tried to prove it luck. */
export async function validationPage(report: ValidationReport): Promise<Page> {
  const { validation, walkForward: walk } = report;
  const { evidence, verdict } = validation;
  const { subject } = evidence;
  const { openTimeMs, windows, benchmark } = walk;
  const days = spanDays(openTimeMs);
  const shown = shownFigures(walk, days);
  const held = shownFigures(benchmark, days);
  const numbering = new Numbering();
  const name = nameOf(report);
  const opening = [
    gateTable(verdict, numbering),
    await openingFigure(walk, shown, held, numbering, { sample: 'out-of-sample', boundariesMs: windows.slice(1).map(({ testFromMs }) => testFromMs), openTrade: null }),
    bandNote(walk.band, days),
    await ribbonSection(walk, numbering),
  ];
  const sections: Section[] = [
    { id: 'luck', title: 'Is the search’s best more than luck?', body: await luckSection(evidence, numbering) },
    { id: 'overfitting', title: 'Does choosing in sample choose anything?', body: await overfittingSection(evidence, numbering) },
    { id: 'survives', title: 'Does it survive?', body: html`${await stressSection(evidence, numbering)}${await marketsSection(evidence, numbering)}` },
    { id: 'decay', title: 'From in sample to out of sample', body: html`${await decaySection(walk, numbering)}${await choicesSection(walk, numbering)}${windowsTable(walk, numbering)}` },
    { id: 'causality', title: 'Does it read the future?', body: causalitySection(evidence, numbering) },
    { id: 'inference', title: 'Sample and inference', body: inferenceSection(evidence, numbering) },
    {
      id: 'methods', title: 'Methods and provenance',
      body: methodsSection({
        id: validation.id, engineVersion: subject.engineVersion, strategyId: subject.strategyId, codeHash: subject.codeHash, markets: subject.markets, config: subject.config, causality: walk.causality,
        context: { ...report, seed: subject.seed }, facts: factRows(validation), tests: 'as in the rows above; figures in brackets are one-sided bounds of the block bootstrap',
      }),
    },
  ];
  return {
    title: `Validation of ${name}`,
    kind: 'VERDICT, OUT OF SAMPLE',
    claim: `${name}: ${decisionWords(verdict)}`,
    identity: html`${subject.claim} · ${counted(windows.length, 'window')} · ${formatDate(openTimeMs[0])} to ${formatDate(openTimeMs[openTimeMs.length - 1])} · taker ${formatBps(subject.config.costs.takerFeeBps)} · ${fillWords(subject.config)} · data <span class="id">${shortHash(subject.markets[0].dataHash)}</span> · validation <span class="id">${shortHash(validation.id)}</span>`,
    verdict: verdictSentence(validation),
    beneath: unseenFigures(validation, html`holding Sharpe ${verdictFigure('sharpeAnn', held, 'benchmark')}`),
    warnings: walk.warnings,
    notes: report.notes ?? [],
    opening, sections,
    manifest: validationManifest(report),
    artefactId: validation.id,
    createdAtMs: report.createdAtMs,
  };
}

/** What the page says, for programs; with the section that a model is promoted by. */
export function validationManifest(report: ValidationReport): object {
  const { validation: { id, evidence, verdict }, walkForward: walk } = report;
  const { benchmark } = walk;
  const days = spanDays(walk.openTimeMs);
  const shown = shownFigures(walk, days);
  const held = shownFigures(benchmark, days);
  const { version, hash } = verdict.policy;
  return {
    kind: 'validation', id, title: nameOf(report), inSampleOnly: false, decision: verdict.decision, blocking: verdict.blocking, policy: { version, hash }, gates: gateManifest(verdict),
    evidence: evidenceManifest(evidence), walkForwardId: evidence.subject.walkForwardId, metrics: shown.metrics, reasons: shown.reasons,
    benchmark: { name: benchmark.name, metrics: held.metrics, reasons: held.reasons }, efficiency: walk.efficiency, efficiencyReason: walk.efficiencyReason,
    ...bandManifest(walk.band), warnings: walk.warnings, context: contextOf(report), model: modelManifest(report),
  };
}

function nameOf({ title, validation: { evidence: { subject } } }: ValidationReport): string {
  return title ?? `${subject.strategyId} on ${symbolsOf(subject.markets)} ${formatTimeframe(subject.markets[0].timeframeMs)}`;
}
