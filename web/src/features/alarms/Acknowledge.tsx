import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { post, segment } from '../../api/client';
import type { Alarm } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { applyAlarm } from '../../live/apply';
import { useProblemWords } from '../../ui/problemWords';

/** Shown as done at once; put back if the server refuses. */
export function useAcknowledge(alarm: Alarm) {
  const { t } = useWords();
  const { me } = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemWords = useProblemWords();
  return useMutation({
    mutationFn: (comment: string) => post<Alarm | undefined>(`/api/alarms/${segment(alarm.id)}/acknowledge`, comment === '' ? {} : { comment }),
    onMutate: () => { applyAlarm(client, { ...alarm, state: 'acknowledged', acknowledgedAt: new Date().toISOString(), acknowledgedBy: me.name }); },
    onSuccess: () => { void message.success(t('alarms.acknowledged')); },
    onError: (error) => { applyAlarm(client, alarm); const words = problemWords(error); void message.error(words.line); },
    onSettled: () => { void client.invalidateQueries({ queryKey: ['one', `/api/alarms/${segment(alarm.id)}`] }); },
  });
}

export function AcknowledgeButton({ alarm, small = false, comment = '' }: { alarm: Alarm; small?: boolean; comment?: string }) {
  const { t } = useWords();
  const { can } = useSession();
  const acknowledge = useAcknowledge(alarm);
  if (alarm.state !== 'raised' || !can('operate')) return null;
  return (
    <Button size={small ? 'small' : 'middle'} type={small ? 'default' : 'primary'} loading={acknowledge.isPending} data-testid="alarm-acknowledge" onClick={(event) => { event.stopPropagation(); acknowledge.mutate(comment); }}>
      {t('alarms.acknowledge')}
    </Button>
  );
}
