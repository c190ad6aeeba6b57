import { DeleteOutlined, EditOutlined, PauseOutlined, CaretRightOutlined, SyncOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { get, post, remove, request, segment } from '../../../api/client';
import type { Feed, FeedProblem } from '../../../api/incidents';
import type { List } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { duration } from '../../../format/durations';
import { number } from '../../../format/numbers';
import { Facts, Section, Side } from '../../../ui/side';
import { Ago, At } from '../../../ui/time';
import { useChange } from '../../access/useChange';
import { usePartyName } from '../../directory/names';
import { useIncidentType } from '../useTypes';
import { problemText, requestOf } from './feed';
import { FeedForm } from './FeedForm';
import { FeedState } from './FeedState';

const became = ['taken', 'duplicates', 'warnings', 'refused'] as const;

function Actions({ feed, onFetch, onGone }: { feed: Feed; onFetch: () => void; onGone: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/feeds');
  const [editing, edit] = useState(false);
  const own = `/api/feeds/${segment(feed.id)}`;
  const fetchNow = () => void change(() => post(`${own}/fetch`), t('feeds.fetch.asked')).then((done) => { if (done !== null) onFetch(); });
  const turn = () => void change(() => request('PUT', own, { body: requestOf(feed, { disabled: !feed.disabled }) }));
  const gone = () => { onGone(); void change(() => remove(own), t('feeds.removed')); };
  return (
    <div className="row wrap">
      <Button type="primary" icon={<SyncOutlined />} loading={busy} disabled={feed.disabled} onClick={fetchNow} data-testid="feed-fetch">{t('feeds.fetch')}</Button>
      <Button icon={<EditOutlined />} onClick={() => { edit(true); }} data-testid="feed-edit">{t('feeds.edit')}</Button>
      <Button icon={feed.disabled ? <CaretRightOutlined /> : <PauseOutlined />} loading={busy} onClick={turn} data-testid="feed-turn">{t(feed.disabled ? 'feeds.on' : 'feeds.off')}</Button>
      <Popconfirm title={t('feeds.remove.ask', { name: feed.name })} description={t('feeds.remove.help')} okText={t('delete')} okButtonProps={{ danger: true, 'data-testid': 'feed-remove-sure' }} cancelText={t('cancel')} onConfirm={gone}><Button danger icon={<DeleteOutlined />} data-testid="feed-remove">{t('delete')}</Button></Popconfirm>
      {editing && <FeedForm feed={feed} onClose={() => { edit(false); }} onSaved={() => { edit(false); }} />}
    </div>
  );
}

function Problems({ feed }: { feed: Feed }) {
  const { t, say } = useWords();
  // Asked for once a reading, and not again with the list: of a feed that is deleted there are none.
  const answer = useQuery({ queryKey: ['feed-problems', feed.id, feed.last], queryFn: ({ signal }) => get<List<FeedProblem>>(`/api/feeds/${segment(feed.id)}/problems`, {}, signal) });
  const problems = answer.data?.items ?? [];
  return (
    <Section title={t('feeds.problems')}>
      {problems.length === 0 ? <p className="faint small">{t('feeds.problems.none')}</p> : <table className="plain-table" data-testid="feed-problems"><tbody>{problems.map((one, index) => <tr key={index}><td className="break">{problemText(one.problem, say)}</td><td className="quiet small nowrap"><At at={one.at} shape="minute" /></td></tr>)}</tbody></table>}
    </Section>
  );
}

/** One feed: what became of what it brought, what was wrong, and what can be done with it. */
export function FeedDrawer({ feed, fetching, onFetch, onClose }: { feed: Feed; fetching: boolean; onFetch: () => void; onClose: () => void }) {
  const { t, label, say, language } = useWords();
  const { can } = useSession();
  const party = usePartyName();
  const kind = useIncidentType(feed.type)?.sources.find((one) => one.id === feed.sourceKind);
  return (
    <Side onClose={onClose} title={feed.name} testId="feed-drawer">
      {feed.fault !== null && <p className="callout" data-testid="feed-fault"><b>{say(feed.fault)}</b><br /><span className="quiet small">{t('feeds.failures', { count: feed.failures })} <Ago at={feed.next} /></span></p>}
      <Facts rows={[
        [t('state'), <FeedState key="state" feed={feed} />],
        [t('feeds.url'), <a key="url" className="mono break" href={feed.url} target="_blank" rel="noreferrer noopener">{feed.url}</a>],
        [t('feeds.format'), feed.format ?? '–'], [t('feeds.kind'), label(kind?.name) || feed.sourceKind], [t('feeds.takes'), t(feed.reports ? 'feeds.takes.all' : 'feeds.takes.warnings')],
        [t('feeds.every'), duration(feed.every, language)],
        [t('feeds.last'), <span key="last">{fetching ? t('feeds.fetching') : <Ago at={feed.last} />}</span>],
        ...(feed.disabled ? [] : [[t('feeds.next'), <Ago key="next" at={feed.next} />] satisfies [string, React.ReactNode]]),
        [t('region'), feed.regionName], [t('party'), party(feed.party)],
      ]} />
      {can('configure') && <Actions feed={feed} onFetch={onFetch} onGone={onClose} />}
      <Section title={t('feeds.entries')} tools={<b className="figure-end">{number(feed.entries, language)}</b>}>
        <table className="plain-table"><tbody>{became.map((one) => <tr key={one}><td>{t(`feeds.${one}`)}</td><td className="num"><b>{number(feed[one], language)}</b></td><td className="faint small">{t(`feeds.${one}.help`)}</td></tr>)}</tbody></table>
      </Section>
      <Problems feed={feed} />
    </Side>
  );
}
