import { EditOutlined } from '@ant-design/icons';
import { useMemo, useRef, useState } from 'react';
import type { ReportDetail } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { known } from '../../../i18n/translate';
import { Section } from '../../../ui/side';
import { allFacts, useFactWords } from '../facts';
import { FactEdit, type Selected } from './FactEdit';
import { pieces, selectedPlace } from './pieces';

function Marked({ detail, lit, onLit }: { detail: ReportDetail; lit: string | null; onLit: (fact: string) => void }) {
  const { t, language } = useWords();
  const words = useFactWords(detail.report.type);
  const { structure, text } = detail;
  const cut = useMemo(() => pieces(text, structure.facts.filter((one) => !one.inTitle && one.fact !== 'region'), structure.spans), [text, structure]);
  const spanWord = (label: string) => { const key = `span.${label}`; return known(key) ? t(key) : label; };
  return cut.map((piece) => {
    const [fact] = piece.facts;
    const told = piece.facts.map((one) => `${words.name(one.fact)} ${words.value(one)} (${Math.round(one.confidence * 100)}%)`).join(language === 'zh' ? '、' : ', ');
    const classes = [piece.spans.length > 0 && 'span', fact !== undefined && 'fact', piece.facts.some((one) => one.fact === lit) && 'lit'].filter(Boolean).join(' ');
    const title = told || piece.spans.map(spanWord).join(language === 'zh' ? '、' : ', ');
    return fact === undefined
      ? <span key={piece.start} data-start={piece.start} className={classes} title={title || undefined}>{piece.text}</span>
      : <mark key={piece.start} data-start={piece.start} className={classes} title={title} data-fact={fact.fact} onClick={() => { if (window.getSelection()?.isCollapsed !== false) onLit(fact.fact); }}>{piece.text}</mark>;
  });
}

/** What was written, with what was read in it; what was read wrongly is put right here, what lacks is asked for. */
export function ReportText({ detail }: { detail: ReportDetail }) {
  const { t } = useWords();
  const { can } = useSession();
  const words = useFactWords(detail.report.type);
  const box = useRef<HTMLDivElement>(null);
  const [selected, select] = useState<Selected | null>(null);
  const [editing, edit] = useState<string | null>(null);
  const [lit, light] = useState<string | null>(null);
  const { facts, lacking } = detail.structure;
  const may = can('operate') && detail.report.incident !== null;
  const shown = allFacts.flatMap((fact) => facts.filter((one) => one.fact === fact));
  const missing = allFacts.filter((fact) => !facts.some((one) => one.fact === fact));
  return (
    <>
      {detail.report.title !== '' && <h3 className="report-title">{detail.report.title}</h3>}
      <div ref={box} className="report-text" lang="zh-CN" data-testid="report-text" onMouseUp={() => { select(selectedPlace(box.current)); }}><Marked detail={detail} lit={editing ?? lit} onLit={(fact) => { light(fact); if (may) edit(fact); }} /></div>
      {may && selected !== null && editing === null && (
        <div className="row wrap small" data-testid="selected"><span className="quiet">{t('fact.selected', { text: selected.text.slice(0, 20) })}</span>{['dead', 'injured', 'missing', 'trapped', 'evacuated', 'place', 'loss'].map((fact) => <button key={fact} type="button" className="tag" onClick={() => { edit(fact); }}>{words.name(fact)}</button>)}</div>
      )}
      {lacking.length > 0 && <ul className="asks" data-testid="lacking">{lacking.map((fact) => { const key = `ask.${fact}`; return known(key) ? <li key={fact}><button type="button" className="link" disabled={!may} onClick={() => { edit(fact === 'province' ? 'region' : fact); }}>{t(key)}</button></li> : null; })}</ul>}
      <Section title={t('fact.read')}>
        <table className="plain-table facts" data-testid="read-facts"><tbody>
          {shown.map((one) => (
            <tr key={one.fact} className={lit === one.fact ? 'lit' : ''} onMouseEnter={() => { light(one.fact); }} onMouseLeave={() => { light(null); }} data-testid={`read-${one.fact}`}>
              <td className="quiet">{words.name(one.fact)}</td><td><b>{words.value(one)}</b></td>
              <td className="small quiet">{one.by !== null ? t('statements.corrected') : <span className="confidence" title={t('fact.confidence')}><span className="meter"><i style={{ width: `${one.confidence * 100}%` }} /></span>{Math.round(one.confidence * 100)}%</span>}</td>
              <td className="num">{may && <button type="button" className="link" onClick={() => { edit(one.fact); }} title={t('fact.edit')} aria-label={`${t('fact.edit')} ${words.name(one.fact)}`} data-testid={`edit-${one.fact}`}><EditOutlined /></button>}</td>
            </tr>
          ))}
        </tbody></table>
        {editing !== null && <FactEdit key={editing} detail={detail} fact={editing} was={facts.find((one) => one.fact === editing)} selected={selected} onDone={() => { edit(null); select(null); }} />}
        {may && editing === null && missing.length > 0 && <div className="row wrap small"><span className="faint">{t('fact.add')}</span>{missing.map((fact) => <button key={fact} type="button" className="tag" onClick={() => { edit(fact); }} data-testid={`add-${fact}`}>{words.name(fact)}</button>)}</div>}
      </Section>
    </>
  );
}
