import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Popover, Segmented } from 'antd';
import { useState } from 'react';
import { post, segment } from '../../api/client';
import type { Alarm } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { useProblemWords } from '../../ui/problemWords';

const minutes = [30, 120, 480] as const;

function useHold(alarm: Alarm, done: string) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  return useMutation({
    mutationFn: ({ path, body }: { path: string; body: unknown }) => post(path, body),
    onSuccess: () => { void message.success(done); },
    onError: (error) => { void message.error(problemWords(error).line); },
    onSettled: () => { void client.invalidateQueries({ queryKey: ['one', `/api/alarms/${segment(alarm.id)}`] }); },
  });
}

function ShelveForm({ alarm, onDone }: { alarm: Alarm; onDone: () => void }) {
  const { t } = useWords();
  const hold = useHold(alarm, t('alarms.shelved'));
  const [length, setLength] = useState<number>(30);
  const [why, setWhy] = useState('');
  const shelve = () => {
    const to = new Date(Date.now() + length * 60_000).toISOString();
    hold.mutate({ path: '/api/suppressions', body: { kind: 'shelved', rule: alarm.rule, thing: alarm.thing, to, why } }, { onSuccess: onDone });
  };
  return (
    <div className="stack tight" style={{ width: 320, maxWidth: '80vw' }} data-testid="shelve-form">
      <p className="small quiet">{t('alarms.shelve.help')}</p>
      <Segmented block value={length} onChange={setLength} options={minutes.map((each) => ({ value: each, label: t(`alarms.shelve.${each}`) }))} aria-label={t('alarms.shelve.for')} />
      <Input value={why} maxLength={500} onChange={(event) => { setWhy(event.target.value); }} placeholder={t('alarms.shelve.why')} aria-label={t('alarms.shelve.why')} data-testid="shelve-why" onPressEnter={() => { if (why.trim() !== '') shelve(); }} />
      <Button type="primary" disabled={why.trim() === ''} loading={hold.isPending} onClick={shelve} data-testid="shelve-do">{t('alarms.shelve')}</Button>
    </div>
  );
}

/** Puts an alarm aside for a while, or takes it back. */
export function Shelve({ alarm }: { alarm: Alarm }) {
  const { t } = useWords();
  const { can } = useSession();
  const [isOpen, setOpen] = useState(false);
  const end = useHold(alarm, t('alarms.unshelve'));
  if (!can('operate') || alarm.state === 'cleared') return null;
  if (alarm.state === 'suppressed') {
    const by = alarm.heldBackBy ?? null;
    return by === null ? null : <Button loading={end.isPending} data-testid="alarm-unshelve" onClick={() => { end.mutate({ path: `/api/suppressions/${segment(by)}/end`, body: {} }); }}>{t('alarms.unshelve')}</Button>;
  }
  return (
    <Popover trigger="click" open={isOpen} onOpenChange={setOpen} placement="bottomRight" content={<ShelveForm alarm={alarm} onDone={() => { setOpen(false); }} />}>
      <Button data-testid="alarm-shelve">{t('alarms.shelve')}</Button>
    </Popover>
  );
}
