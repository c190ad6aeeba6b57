import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseDetail, Supervision as Asked } from '../../api/types';
import { useWords } from '../../context/preferences';
import { bandIcon, noBandIcon } from '../../ui/icons';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { Due } from './Due';
import { useAct } from './useAct';

const kinds = ['ask', 'urge', 'instruct'] as const;
const withins = ['15m', '30m', '1h', '4h', '1d'];

function Line({ item, asked }: { item: CaseDetail; asked: Asked }) {
  const { t } = useWords();
  const { act, busy } = useAct(item);
  const [text, setText] = useState('');
  const step = `supervisions/${asked.seq}/answer`;
  return (
    <li data-testid="supervision" data-answered={asked.answer !== null}>
      <div className="row small"><i className={`mark tone-${asked.answer !== null ? 'green' : asked.late ? 'red' : 'orange'}`}>{asked.answer !== null ? bandIcon.green : asked.late ? bandIcon.red : noBandIcon}</i><b>{t(`cases.supervise.${asked.kind}`)}</b><span className="quiet grow clip">{asked.byName}{asked.above && ` · ${t('cases.supervise.above')}`}</span><span className="faint"><At at={asked.at} shape="minute" /></span></div>
      <p>{asked.text}</p>
      {asked.answer === null && asked.due !== null && <p className="small"><Due item={{ due: asked.due, late: asked.late, final: false }} /></p>}
      {asked.answer !== null && <p className="quiet"><b>{asked.answer.byName}</b> {asked.answer.text} <span className="faint small"><At at={asked.answer.at} shape="minute" /></span></p>}
      {asked.answer === null && item.mayAnswer && <div className="row"><Input value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.supervise.answer')} data-testid="supervision-answer" /><Button disabled={text.trim() === ''} loading={busy === step} onClick={() => { act(step, { text }, () => { setText(''); }); }} data-testid="supervision-answer-send">{t('cases.supervise.answer.send')}</Button></div>}
    </li>
  );
}

function Ask({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const { act, busy } = useAct(item);
  const [kind, setKind] = useState<(typeof kinds)[number]>('urge');
  const [within, setWithin] = useState<string | null>(null);
  const [text, setText] = useState('');
  return (
    <div className="row wrap">
      <Select value={kind} onChange={setKind} options={kinds.map((one) => ({ value: one, label: t(`cases.supervise.${one}`) }))} style={{ width: 104 }} aria-label={t('cases.supervise')} />
      <Input value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.supervise.text')} style={{ flex: 1, minWidth: 160 }} data-testid="supervise-text" />
      <Select allowClear value={within} onChange={(value: string | null) => { setWithin(value); }} placeholder={t('cases.supervise.within')} options={withins.map((one) => ({ value: one, label: t(`cases.supervise.within.${one as '15m'}`) }))} style={{ width: 128 }} />
      <Button disabled={text.trim() === ''} loading={busy !== null} onClick={() => { act('supervisions', { kind, text, answerWithin: within }, () => { setText(''); setWithin(null); }); }} data-testid="supervise-send">{t('cases.supervise.send')}</Button>
    </div>
  );
}

/** What those above want to know or to be done, and what they were answered. */
export function Supervision({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const asked = item.supervision ?? [];
  if (asked.length === 0 && (!item.maySupervise || item.final)) return null;
  return (
    <Section title={t('cases.supervise')}>
      {asked.length > 0 && <ul className="plain-list">{[...asked].reverse().map((one) => <Line key={one.seq} item={item} asked={one} />)}</ul>}
      {item.maySupervise && !item.final && <Ask item={item} />}
    </Section>
  );
}
