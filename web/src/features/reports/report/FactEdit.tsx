import { Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { request, segment } from '../../../api/client';
import type { ReportDetail, StatedFact } from '../../../api/incidents';
import { useAll } from '../../../api/all';
import type { Region } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { numberFacts, useFactWords } from '../facts';
import { useDo } from '../incidents/useIncidentAct';

export interface Selected { start: number; end: number; text: string }
interface Props { detail: ReportDetail; fact: string; was: StatedFact | undefined; selected: Selected | null; onDone: () => void }

/** One fact of a report, put right in its place; text selected above says where it stands. */
export function FactEdit({ detail, fact, was, selected, onDone }: Props) {
  const { t, label } = useWords();
  const words = useFactWords(detail.report.type);
  const { run, busy } = useDo();
  const regions = useAll<Region>('/api/regions', {}, fact === 'region');
  const isNumber = numberFacts.includes(fact) || fact === 'level';
  const [figure, setFigure] = useState<number | null>(was?.number ?? null);
  const [text, setText] = useState(was?.text ?? '');
  const place = selected ?? (was?.start !== null && was?.start !== undefined && was.end !== null && !was.inTitle ? { start: was.start, end: was.end, text: detail.text.slice(was.start, was.end) } : null);
  const send = (body: unknown) => { run(() => request('PUT', `/api/reports/${segment(detail.report.id)}/facts/${segment(fact)}`, { body }), onDone); };
  const save = () => { send({ ...(isNumber ? { number: figure } : { text }), ...(place === null ? {} : { start: place.start, end: place.end }) }); };
  const choices = fact === 'class' ? words.classes.map((one) => ({ value: one.id, label: label(one.name) }))
    : fact === 'kind' ? words.kinds.map((one) => ({ value: one.id, label: label(one.name) }))
      : fact === 'region' ? (regions.data ?? []).map((one) => ({ value: one.id, label: one.name })) : null;
  return (
    <div className="inset stack tight" data-testid={`fact-edit-${fact}`}>
      <div className="row wrap">
        <b>{words.name(fact)}</b>
        {fact === 'level' ? <Select autoFocus value={figure ?? undefined} onChange={(value: number) => { setFigure(value); }} options={[1, 2, 3, 4].map((level) => ({ value: level, label: words.levelName(level) }))} style={{ width: 200 }} />
          : isNumber ? <InputNumber autoFocus min={0} value={figure} onChange={setFigure} style={{ width: 140 }} data-testid="fact-number" onPressEnter={save} />
            : choices !== null ? <Select autoFocus showSearch={{ optionFilterProp: 'label' }} value={text === '' ? undefined : text} onChange={(value: string) => { setText(value); }} options={choices} style={{ width: 200 }} data-testid="fact-choice" />
              : <Input autoFocus type={fact === 'date' ? 'date' : 'text'} value={text} maxLength={200} onChange={(event) => { setText(event.target.value); }} style={{ width: 220 }} data-testid="fact-text" onPressEnter={save} />}
        <Button type="primary" size="small" loading={busy} disabled={isNumber ? figure === null : text === ''} onClick={save} data-testid="fact-save">{t('save')}</Button>
        {was !== undefined && <Button size="small" loading={busy} onClick={() => { send({ number: null, text: null }); }} data-testid="fact-none">{t('fact.edit.none')}</Button>}
        <Button size="small" onClick={onDone}>{t('cancel')}</Button>
      </div>
      <p className="quiet small">{place === null ? t('fact.edit.place.help') : t('fact.edit.place', { text: place.text.slice(0, 40) })}</p>
    </div>
  );
}
