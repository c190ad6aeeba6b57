import { Popover } from 'antd';
import { useMemo } from 'react';
import type { IncidentDetail, StatementItem } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { useOpen } from '../../../ui/open';
import { Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { useFactWords } from '../facts';
import { contradicts, factRows, sourceColumns, type FactRow } from './statements';

function Differs() {
  const { t } = useWords();
  return <span className="mark" title={t('statements.differ.help')}><i className="mark tone-orange">{bandIcon.orange}</i><span className="small">{t('statements.differ')}</span></span>;
}

function Who({ item }: { item: StatementItem }) {
  const { t, label } = useWords();
  return <span className="clip" title={item.source}>{item.official && <span className="tag">{t('statements.official')}</span>} {item.source || label(item.sourceKindName)}{item.by !== null && <span className="faint"> · {t('statements.corrected')}</span>}</span>;
}

/** What goes for each fact and who says so; the others are one press away. */
export function FactList({ detail }: { detail: IncidentDetail }) {
  const { t } = useWords();
  const { open } = useOpen();
  const words = useFactWords(detail.incident.type);
  const rows = useMemo(() => factRows(detail.statements).filter((row) => row.fact !== 'region'), [detail.statements]);
  const all = (row: FactRow) => (
    <table className="plain-table"><tbody>
      {[row.goes, ...row.others].map((item) => <tr key={item.report}><td className={item.goes ? 'strong' : ''}>{words.value(item)}</td><td><Who item={item} /></td><td className="faint small"><At at={item.at} shape="minute" /></td><td><button type="button" className="link" onClick={() => { open('report', item.report); }}>{t('reports.open')}</button></td></tr>)}
    </tbody></table>
  );
  if (rows.length === 0) return <p className="quiet">{t('statements.none')}</p>;
  return (
    <table className="plain-table facts" data-testid="facts">
      <tbody>
        {rows.map((row) => (
          <tr key={row.fact} data-testid={`fact-${row.fact}`}>
            <td className="quiet">{words.name(row.fact)}</td><td><b>{words.value(row.goes)}</b> {row.differs && <Differs />}</td>
            <td className="small quiet"><Popover trigger="click" placement="left" content={all(row)}><button type="button" className="link plain-link clip"><Who item={row.goes} />{row.others.length > 0 && <span className="faint"> +{row.others.length}</span>}</button></Popover></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** All sources side by side: what goes stands first, what contradicts it is marked. */
export function SourceTable({ detail }: { detail: IncidentDetail }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const words = useFactWords(detail.incident.type);
  const rows = useMemo(() => factRows(detail.statements).filter((row) => row.fact !== 'region'), [detail.statements]);
  const columns = useMemo(() => sourceColumns(detail.statements), [detail.statements]);
  if (rows.length === 0) return <p className="quiet">{t('statements.none')}</p>;
  return (
    <Section title={t('statements.title')}>
      <div className="table-box free sources" data-testid="sources">
        <table>
          <thead><tr><th>{t('statements.fact')}</th><th>{t('statements.goes')}</th>{columns.map((column) => (
            <th key={column.report}><button type="button" className="plain" onClick={() => { open('report', column.report); }} title={t('reports.open')}>
              <span className="clip">{column.first.source || label(column.first.sourceKindName)}</span>
              <span className="faint small">{column.first.official ? `${t('statements.official')} · ` : ''}<At at={column.first.at} shape="minute" /></span>
            </button></th>
          ))}</tr></thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.fact}>
                <th scope="row">{words.name(row.fact)}</th><td className="strong goes">{words.value(row.goes)}{row.differs && <> <Differs /></>}</td>
                {columns.map((column) => {
                  const item = column.byFact.get(row.fact);
                  if (item === undefined) return <td key={column.report} className="faint">–</td>;
                  const odd = contradicts(item, row.goes);
                  return <td key={column.report} className={item === row.goes ? 'strong' : odd ? 'odd' : 'quiet'} title={odd ? t('statements.differ.help') : undefined}>{words.value(item)}{item.by !== null && <span className="faint small"> {t('statements.corrected')}</span>}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
