import { CheckOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import type { Notification } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import type { Column } from '../../ui/table';
import { useRows } from '../../api/hooks';
import { useNoticeColumns } from './columns';
import { useMarks } from './useMarks';

const path = '/api/notifications';
const all = {};
const unread = { unread: true };

export function Mine() {
  const { t } = useWords();
  const { open } = useOpen();
  const { read, readAll, acknowledge } = useMarks();
  const [chosen, choose] = useUrl('view');
  const query = chosen === 'unread' ? unread : all;
  const newest = useRows<Notification>(path, query).items[0]?.id;
  const columns: Column<Notification>[] = [
    ...useNoticeColumns<Notification>((item) => item.readAt === null),
    { key: 'act', title: '', width: 80, right: true, render: (item) => (item.acknowledgedAt !== null ? <span className="quiet" title={t('notifications.acknowledged')}><CheckOutlined aria-label={t('notifications.acknowledged')} /></span> : <Button size="small" icon={<CheckOutlined />} title={t('notifications.acknowledge')} aria-label={t('notifications.acknowledge')} onClick={(event) => { event.stopPropagation(); acknowledge(item); }} data-testid="notification-acknowledge" />) },
  ];
  const pick = (item: Notification) => {
    read(item);
    if (item.case !== null) open('case', item.case); else if (item.alarm !== null) open('alarm', item.alarm);
  };
  return (
    <>
      <div className="row wrap">
        <Segmented value={chosen === 'unread' ? 'unread' : 'all'} onChange={(value: string) => { choose(value === 'all' ? null : value); }} options={[{ value: 'all', label: t('all') }, { value: 'unread', label: <span data-testid="notifications-unread">{t('notifications.unread')}</span> }]} />
        <span className="grow" /><CsvButton path={path} query={query} /><Button onClick={() => { readAll(newest); }} disabled={newest === undefined} data-testid="notifications-readall">{t('notifications.readall')}</Button>
      </div>
      <ListOf<Notification> path={path} query={query} columns={columns} keyOf={(item) => item.id} testId="notifications" label={t('notifications.title')} onPick={pick} empty={{ title: t('notifications.empty'), help: t('notifications.empty.help') }} />
    </>
  );
}
