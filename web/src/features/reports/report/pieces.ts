import type { ReportDetail, StatedFact } from '../../../api/incidents';

/** A piece of text with the facts and spans that stand on it. */
export interface Piece { start: number; text: string; facts: StatedFact[]; spans: string[] }

/** Cuts a text at every place where a fact or a span begins or ends. */
export function pieces(text: string, facts: StatedFact[], spans: ReportDetail['structure']['spans']): Piece[] {
  const stands = facts.filter((one) => one.start !== null && one.end !== null);
  const cuts = [...new Set([0, text.length, ...stands.flatMap((one) => [one.start ?? 0, one.end ?? 0]), ...spans.flatMap((one) => [one.start, one.end])])].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? text.length;
    return {
      start, text: text.slice(start, end),
      facts: stands.filter((one) => (one.start ?? 0) <= start && (one.end ?? 0) >= end),
      spans: spans.filter((one) => one.start <= start && one.end >= end).map((one) => one.label),
    };
  });
}

/** What is selected inside an element whose pieces know where they begin. */
export function selectedPlace(within: HTMLElement | null): { start: number; end: number; text: string } | null {
  const selection = window.getSelection();
  if (within === null || selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const placeOf = (node: Node, offset: number): number | null => {
    const element = node instanceof HTMLElement ? node : node.parentElement;
    const piece = element?.closest<HTMLElement>('[data-start]');
    if (piece === null || piece === undefined || !within.contains(piece)) return null;
    return Number(piece.dataset['start']) + (node.nodeType === Node.TEXT_NODE ? offset : offset > 0 ? piece.textContent.length : 0);
  };
  const [start, end] = [placeOf(range.startContainer, range.startOffset), placeOf(range.endContainer, range.endOffset)];
  return start === null || end === null || start >= end ? null : { start, end, text: selection.toString() };
}
