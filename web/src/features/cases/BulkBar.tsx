import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post } from '../../api/client';
import type { Case, CaseResult, CaseType, List } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useProblemWords } from '../../ui/problemWords';
import { useLookAgain } from './useAct';

/** The same for all chosen cases: a step that all of their type know, a comment, another person. */
export function BulkBar({ chosen, onClear }: { chosen: Case[]; onClear: () => void }) {
  const { t, label } = useWords();
  const { message } = App.useApp();
  const lookAgain = useLookAgain();
  const problemWords = useProblemWords();
  const [action, setAction] = useState('');
  const [to, setTo] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [results, setResults] = useState<CaseResult[] | null>(null);
  const types = useAll<CaseType>('/api/case-types');
  const people = useAll<{ id: string; name: string }>('/api/assignees', { party: chosen[0]?.party }, chosen.length > 0, 30_000);
  const type = chosen.every((item) => item.type === chosen[0]?.type) ? types.data?.find((one) => one.id === chosen[0]?.type) : undefined;
  const step = type?.transitions?.find((one) => `transition:${one.id}` === action);
  const send = () => {
    const body = action === 'comment' || action === 'reassign' ? { action, to, comment: text } : { action: 'transition', transition: step?.id, to: step?.assigns === true ? to : null, comment: text };
    setBusy(true);
    post<List<CaseResult>>('/api/cases/bulk', { cases: chosen.map((item) => item.id), ...body })
      .then((answer) => { setResults(answer.items); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); lookAgain(); });
  };
  const options = [
    { value: 'reassign', label: t('cases.reassign') }, { value: 'comment', label: t('cases.comment') },
    ...(type?.transitions ?? []).filter((one) => (one.requires?.length ?? 0) === 0).map((one) => ({ value: `transition:${one.id}`, label: label(one.name) })),
  ];
  const close = () => { setResults(null); onClear(); };
  return (
    <div className="row wrap inset" data-testid="bulk">
      <b>{t('cases.chosen', { count: chosen.length })}</b>
      <Select value={action === '' ? undefined : action} onChange={setAction} options={options} placeholder={t('cases.bulk')} style={{ width: 168 }} data-testid="bulk-action" />
      {(action === 'reassign' || step?.assigns === true) && <Select allowClear value={to} onChange={(value: string | null) => { setTo(value); }} placeholder={t('cases.duty')} options={(people.data ?? []).map((one) => ({ value: one.id, label: one.name }))} style={{ width: 168 }} />}
      <Input value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('cases.comment')} style={{ width: 220 }} data-testid="bulk-text" />
      <Button type="primary" disabled={action === ''} loading={busy} onClick={send} data-testid="bulk-send">{t('cases.bulk.do')}</Button>
      <Button onClick={onClear}>{t('cancel')}</Button>
      <Modal open={results !== null} title={t('cases.bulk.results', { done: results?.filter((one) => one.done).length ?? 0, all: results?.length ?? 0 })} onCancel={close} onOk={close} cancelButtonProps={{ hidden: true }} okText={t('close')}>
        <ul className="files" data-testid="bulk-results">{(results ?? []).map((one) => <li key={one.id} data-done={one.done}><b>{one.id}</b> {one.done ? t('cases.bulk.done') : label(one.why)}</li>)}</ul>
      </Modal>
    </div>
  );
}
