import { Button } from 'antd';
import { segment } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { CountedNotice, NoticeRecipient } from '../../api/types';
import { useWords } from '../../context/preferences';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { ProblemView } from '../../ui/problem';
import { Section, Side } from '../../ui/side';
import type { Column } from '../../ui/table';
import { Ago, At } from '../../ui/time';
import { useNoticeColumns } from './columns';

const path = '/api/notices';
const nothing = {};

function NoticeDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const one = useOne<CountedNotice>(`${path}/${segment(id)}`);
  const people = useRows<NoticeRecipient>(`${path}/${segment(id)}/recipients`);
  const notice = one.data;
  return (
    <Side onClose={onClose} title={notice === undefined ? '' : label(notice.subject)} testId="notice-drawer">
      {one.error !== null && <ProblemView error={one.error} retry={() => void one.refetch()} />}
      {notice !== undefined && (
        <>
          <p className="lines">{label(notice.body)}</p>
          <p className="quiet"><At at={notice.at} /></p>
          <div className="row">
            {notice.alarm !== null && <Button onClick={() => { open('alarm', notice.alarm); }}>{t('notifications.open.alarm')}</Button>}
            {notice.case !== null && <Button onClick={() => { open('case', notice.case); }}>{t('notifications.open.case')}</Button>}
          </div>
          <Section title={t('notifications.recipients')}>
            <table className="plain-table" data-testid="notice-recipients">
              <thead><tr><th>{t('name')}</th><th className="num">{t('notifications.reached')}</th><th className="num">{t('notifications.read')}</th><th className="num">{t('notifications.acknowledged')}</th></tr></thead>
              <tbody>{people.items.map((person) => <tr key={person.user}><td>{person.name}{person.mailed && <span className="quiet"> · {t('notifications.mailed')}</span>}</td><td className="num"><Ago at={person.reachedAt} /></td><td className="num"><Ago at={person.readAt} /></td><td className="num"><Ago at={person.acknowledgedAt} /></td></tr>)}</tbody>
            </table>
          </Section>
        </>
      )}
    </Side>
  );
}

/** What was told, and to how many of how many it came. */
export function Sent() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const id = opened('notice');
  const count = (key: 'told' | 'reached' | 'read' | 'acknowledged'): Column<CountedNotice> => ({ key, title: t(`notifications.${key}`), width: 72, right: true, only: key === 'told' || key === 'reached' ? 'wide' : undefined, render: (item) => item[key] });
  const columns: Column<CountedNotice>[] = [...useNoticeColumns<CountedNotice>(), count('told'), count('reached'), count('read'), count('acknowledged')];
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} /></div>
      <ListOf<CountedNotice> path={path} query={nothing} columns={columns} keyOf={(item) => item.id} testId="notices" label={t('notifications.sent')} chosen={id} onPick={(item) => { open('notice', item.id); }} refetch={10_000} empty={{ title: t('notifications.sent.empty'), help: t('notifications.sent.empty.help') }} />
      {id !== null && <NoticeDrawer id={id} onClose={() => { open('notice', null); }} />}
    </>
  );
}
