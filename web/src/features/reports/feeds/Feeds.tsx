import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useRows } from '../../../api/hooks';
import type { Feed } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { duration } from '../../../format/durations';
import { number } from '../../../format/numbers';
import { ListOf } from '../../../ui/list';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { FeedDrawer } from './FeedDrawer';
import { FeedForm } from './FeedForm';
import { FeedState } from './FeedState';
import { WaysIn } from './WaysIn';

const path = '/api/feeds';
const nothing = {};
/** Looked at this often while a reading is awaited, and otherwise. */
const [soon, often] = [1000, 15_000];

function useColumns(narrow: boolean): Column<Feed>[] {
  const { t, language } = useWords();
  return useMemo(() => {
    const count = (key: 'taken' | 'duplicates' | 'warnings' | 'refused', only: 'wide' | 'xwide'): Column<Feed> => ({ key, title: t(`feeds.${key}`), width: 76, right: true, only, render: (feed) => <span className={feed[key] === 0 ? 'faint' : ''}>{number(feed[key], language)}</span> });
    const columns: Column<Feed>[] = [
      { key: 'state', title: t('state'), width: 96, slim: true, render: (feed) => <FeedState feed={feed} /> },
      { key: 'name', title: t('name'), render: (feed) => <span className="strong" title={feed.name}>{feed.name}</span> },
      { key: 'format', title: t('feeds.format'), width: 88, only: 'wide', render: (feed) => feed.format ?? <span className="faint">–</span> },
      { key: 'url', title: t('feeds.url'), only: 'wide', render: (feed) => <span className="mono" title={feed.url}>{feed.url}</span> },
      { key: 'every', title: t('feeds.every'), width: 88, right: true, only: 'wide', render: (feed) => duration(feed.every, language) },
      { key: 'last', title: t('feeds.last'), width: 96, right: true, render: (feed) => <Ago at={feed.last} /> },
      count('taken', 'wide'), count('duplicates', 'wide'), count('warnings', 'wide'), count('refused', 'wide'),
    ];
    return columns.filter((column) => !narrow || ['state', 'name', 'format', 'last', 'refused'].includes(column.key));
  }, [t, language, narrow]);
}

/** The feeds that are read, what became of them; and what addresses others may send to. */
export function Feeds() {
  const { t } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const [adding, add] = useState(false);
  // The last reading that there was when another was asked for.
  const [asked, ask] = useState<{ id: string; last: string | null } | null>(null);
  const id = opened('feed');
  const columns = useColumns(id !== null);
  const rows = useRows<Feed>(path, nothing, { refetch: asked === null ? often : soon });
  const chosen = rows.items.find((feed) => feed.id === id);
  const fetching = asked !== null && rows.items.some((feed) => feed.id === asked.id && feed.last === asked.last);
  if (asked !== null && !fetching && !rows.loading) ask(null);
  const button = can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { add(true); }} data-testid="feed-add">{t('feeds.add')}</Button>;
  return (
    <>
      <div className="row wrap"><p className="quiet small grow">{t('feeds.help')}</p>{button}</div>
      <ListOf<Feed> path={path} query={nothing} columns={columns} keyOf={(feed) => feed.id} testId="feeds" label={t('feeds.title')} chosen={id} onPick={(feed) => { open('feed', feed.id); }} empty={{ title: t('feeds.empty'), help: t('feeds.empty.help') }} />
      <WaysIn />
      {adding && <FeedForm onClose={() => { add(false); }} onSaved={(made) => { add(false); open('feed', made); }} />}
      {chosen !== undefined && <FeedDrawer key={chosen.id} feed={chosen} fetching={fetching} onFetch={() => { ask({ id: chosen.id, last: chosen.last }); }} onClose={() => { open('feed', null); }} />}
    </>
  );
}
