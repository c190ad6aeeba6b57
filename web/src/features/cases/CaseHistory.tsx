import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Switch } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post, segment } from '../../api/client';
import type { CaseDetail, CaseEvent, CaseType, Scalar } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useProblemWords } from '../../ui/problemWords';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { scalarText } from '../telemetry/valueText';
import { fieldList } from './fields';

function useEventWords(item: CaseDetail) {
  const { t, label, language } = useWords();
  const fields = fieldList(item.fieldInfo);
  const type = useAll<CaseType>('/api/case-types').data?.find((one) => one.id === item.type);
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: item.party }, true, 60_000);
  const fieldText = (id: string, value: Scalar) => {
    const info = fields.find((one) => one.id === id);
    const named = info?.values?.find((one) => one.id === value);
    return `${label(info?.name) || id}: ${named === undefined ? scalarText(value, language) : label(named.name)}`;
  };
  const text = (event: CaseEvent): string => {
    const data = event.data ?? {};
    switch (event.kind) {
      case 'opened': return t('cases.event.opened');
      case 'transition': return t('cases.event.transition', { name: label(type?.transitions?.find((one) => one.id === data['transition'])?.name) || String(data['transition']) });
      case 'assigned': return t('cases.event.assigned', { name: people.data?.find((one) => one.id === data['assignee'])?.name ?? (data['assignee'] === item.assignee ? item.assigneeName : null) ?? String(data['assignee']) });
      case 'commented': return t('cases.event.commented');
      case 'field': return t('cases.event.field');
      case 'linked': return t('cases.event.linked');
      case 'overdue': return t('cases.event.overdue');
      case 'erased': return t('cases.event.erased', { seq: String(data['seq']), reason: String(data['reason']) });
      default: return event.kind;
    }
  };
  const lines = (event: CaseEvent): string[] => {
    const data = event.data ?? {};
    const filled = typeof data['fields'] === 'object' && data['fields'] !== null ? Object.entries(data['fields'] as Record<string, Scalar>) : [];
    const words = [data['comment'], data['text']].filter((one): one is string => typeof one === 'string' && one !== '');
    if (event.erased) return [t('cases.erased')];
    return [...words, ...filled.map(([id, value]) => fieldText(id, value))];
  };
  return { text, lines };
}

/** What was done, by whom, in order; under "proof" the chain that shows nothing was altered. */
export function CaseHistory({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const [proof, setProof] = useState(false);
  const { text, lines } = useEventWords(item);
  const tools = <label className="row small quiet">{t('cases.proof')}<Switch size="small" checked={proof} onChange={setProof} data-testid="case-proof" /></label>;
  return (
    <Section title={t('cases.history')} tools={tools}>
      {proof && <p className="quiet small">{t('cases.proof.help')}</p>}
      <ol className="story" data-testid="case-history">
        {[...item.history].sort((a, b) => b.seq - a.seq).map((event) => (
          <li key={event.seq} data-testid="case-event" data-kind={event.kind}>
            <div className="row"><b>{event.actorName || t('cases.system')}</b><span className="grow">{text(event)}</span><span className="faint small"><At at={event.at} shape="minute" /></span></div>
            {lines(event).map((line) => <p key={line} className="quiet">{line}</p>)}
            {proof && <code className="faint" style={{ overflowWrap: 'anywhere' }}>#{event.seq} {event.hash}</code>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

export function CommentBox({ item }: { item: CaseDetail }) {
  const { t } = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = () => {
    setBusy(true);
    post(`/api/cases/${segment(item.id)}/comments`, { text })
      .then(() => { setText(''); return client.invalidateQueries({ queryKey: ['one', `/api/cases/${segment(item.id)}`] }); })
      .catch((error: unknown) => { const words = problemWords(error); void message.error(words.line); })
      .finally(() => { setBusy(false); });
  };
  return (
    <div className="row" style={{ alignItems: 'flex-start' }}>
      <Input.TextArea value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.comment.add')} autoSize={{ minRows: 1, maxRows: 6 }} data-testid="case-comment" />
      <Button disabled={text.trim() === ''} loading={busy} onClick={send} data-testid="case-comment-send">{t('cases.comment.send')}</Button>
    </div>
  );
}
