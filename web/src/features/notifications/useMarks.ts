import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { post, segment } from '../../api/client';
import type { Notification } from '../../api/types';
import { applyNotification } from '../../live/apply';
import { useProblemWords } from '../../ui/problemWords';

/** Marks notifications as read and acknowledged. */
export function useMarks() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const words = useProblemWords();
  const failed = (error: unknown) => { void message.error(words(error).line); };
  const mark = (item: Notification, how: 'read' | 'acknowledge') => {
    post<Notification>(`/api/notifications/${segment(item.id)}/${how}`).then((after) => { applyNotification(client, after); }).catch(failed);
  };
  return {
    read: (item: Notification) => { if (item.readAt === null) mark(item, 'read'); },
    acknowledge: (item: Notification) => { mark(item, 'acknowledge'); },
    readAll: (id: string | undefined) => {
      if (id === undefined) return;
      post('/api/notifications/read', { id }).then(() => client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/notifications') })).catch(failed);
    },
  };
}
