import { BellOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Badge, Popover } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { Notification } from '../../api/types';
import { useWords } from '../../context/preferences';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { Ago } from '../../ui/time';
import { useMarks } from './useMarks';

/** As many as a glance takes in; the page has the rest. */
const shown = 12;

function Latest({ onClose }: { onClose: () => void }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const { read, readAll } = useMarks();
  const list = useRows<Notification>('/api/notifications', { unread: true }, { limit: shown });
  const pick = (item: Notification) => {
    read(item);
    if (item.case !== null) open('case', item.case); else if (item.alarm !== null) open('alarm', item.alarm);
    onClose();
  };
  const items = list.items.slice(0, shown);
  return (
    <div className="bell-list" data-testid="bell-list">
      {items.length === 0 && <p className="quiet">{t('notifications.empty')}</p>}
      {items.map((item) => (
        <button type="button" key={item.id} className="bell-item" onClick={() => { pick(item); }}>
          <SeverityMark severity={item.severity} icon /><span className="grow clip" title={label(item.subject)}>{label(item.subject)}</span><span className="quiet"><Ago at={item.at} /></span>
        </button>
      ))}
      <div className="row">
        {items.length > 0 && <button type="button" className="link" onClick={() => { readAll(items[0]?.id); }}>{t('notifications.readall')}</button>}
        <span className="grow" /><Link to="/notifications" onClick={onClose} data-testid="bell-all">{t('notifications.all')}</Link>
      </div>
    </div>
  );
}

/** How many the user has not read, and the newest of them. */
export function Bell() {
  const { t } = useWords();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const unread = useOne<{ count: number }>('/api/notifications/unread', {}, { refetch: 60_000 });
  const count = unread.data?.count ?? 0;
  const change = (next: boolean) => {
    setOpen(next);
    const newest = client.getQueriesData<{ pages: { items: Notification[] }[] }>({ queryKey: ['rows', '/api/notifications'] }).flatMap(([, pages]) => pages?.pages[0]?.items[0]?.id ?? []).map(Number);
    // What was shown has reached him, though he may not have read it.
    if (next && newest.length > 0) void post('/api/notifications/reached', { id: String(Math.max(...newest)) });
  };
  return (
    <Popover open={open} onOpenChange={change} trigger="click" placement="bottomRight" content={<Latest onClose={() => { setOpen(false); }} />}>
      <button type="button" className="icon" aria-label={t('notifications.bell', { count })} title={t('notifications.bell', { count })} data-testid="bell" data-count={count}>
        <Badge count={count} size="small" overflowCount={99} color="var(--accent)"><BellOutlined style={{ fontSize: 16, color: 'var(--quiet)' }} /></Badge>
      </button>
    </Popover>
  );
}
