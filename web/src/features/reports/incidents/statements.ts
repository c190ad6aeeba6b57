import type { StatementItem } from '../../../api/incidents';
import { allFacts } from '../facts';

export interface FactRow { fact: string; goes: StatementItem; others: StatementItem[]; differs: boolean }

const said = (item: StatementItem) => `${item.number ?? ''}|${item.text ?? ''}`;

/** One row a fact, in the order in which facts are told; `differs` where two sources do not say the same. */
export function factRows(statements: StatementItem[]): FactRow[] {
  return allFacts.flatMap((fact) => {
    const mine = statements.filter((one) => one.fact === fact);
    const goes = mine.find((one) => one.goes) ?? mine[0];
    return goes === undefined ? [] : [{ fact, goes, others: mine.filter((one) => one !== goes), differs: mine.some((one) => said(one) !== said(goes)) }];
  });
}

export interface SourceColumn { report: string; first: StatementItem; byFact: Map<string, StatementItem> }

/** One column a report, official sources first, then the newest. */
export function sourceColumns(statements: StatementItem[]): SourceColumn[] {
  const columns = new Map<string, SourceColumn>();
  for (const item of statements) {
    const held = columns.get(item.report) ?? { report: item.report, first: item, byFact: new Map<string, StatementItem>() };
    held.byFact.set(item.fact, item);
    columns.set(item.report, held);
  }
  return [...columns.values()].sort((a, b) => Number(b.first.official) - Number(a.first.official) || b.first.at.localeCompare(a.first.at));
}

export const contradicts = (item: StatementItem, goes: StatementItem) => said(item) !== said(goes);
