import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import type { DutyEntry } from '../../api/duty';
import { useRows } from '../../api/hooks';
import { useWords } from '../../context/preferences';
import { useScope, useScoped } from '../../context/scope';
import { useSession } from '../../context/session';
import { CsvButton } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { useProblemWords } from '../../ui/problemWords';
import { At } from '../../ui/time';
import { Empty, Waiting } from '../../ui/waiting';

/** Lines of a log, each with who wrote it and the case that it is about. */
export function Entries({ items }: { items: DutyEntry[] }) {
  const { open } = useOpen();
  return (
    <ol className="story" data-testid="duty-entries">
      {items.map((entry) => (
        <li key={entry.id} data-testid="duty-entry">
          <div className="row"><b>{entry.authorName}</b><span className="grow" />{entry.case !== null && <button type="button" className="link small" onClick={() => { open('case', entry.case); }}>{entry.case}</button>}<span className="faint small"><At at={entry.at} shape="minute" /></span></div>
          <p className="lines">{entry.text}</p>
        </li>
      ))}
    </ol>
  );
}

/** What whoever is on duty writes down, the newest first; nothing of it is ever changed. */
export function LogPanel() {
  const { t } = useWords();
  const { can } = useSession();
  const { message } = App.useApp();
  const client = useQueryClient();
  const scope = useScope();
  const problemWords = useProblemWords();
  const query = useScoped({});
  const rows = useRows<DutyEntry>('/api/duty/log', query, { refetch: 30_000 });
  const [text, setText] = useState('');
  const [about, setAbout] = useState('');
  const [busy, setBusy] = useState(false);
  const send = () => {
    setBusy(true);
    post('/api/duty/log', { ...scope, text, case: about.trim() === '' ? null : about.trim() })
      .then(() => { setText(''); setAbout(''); return client.invalidateQueries({ queryKey: ['rows', '/api/duty/log'] }); })
      .catch((error: unknown) => { void message.error(problemWords(error).line); })
      .finally(() => { setBusy(false); });
  };
  return (
    <Panel title={t('duty.log')} tools={<CsvButton small path="/api/duty/log" query={query} />} testId="duty-log">
      <div className="stack">
        {can('operate') && (
          <div className="stack tight">
            <Input.TextArea value={text} onChange={(event) => { setText(event.target.value); }} placeholder={t('duty.log.write')} autoSize={{ minRows: 2, maxRows: 8 }} data-testid="duty-text" />
            <div className="row"><Input value={about} onChange={(event) => { setAbout(event.target.value); }} placeholder={t('duty.log.case')} style={{ width: 176 }} /><span className="grow" /><Button type="primary" disabled={text.trim() === ''} loading={busy} onClick={send} data-testid="duty-send">{t('duty.log.send')}</Button></div>
          </div>
        )}
        {rows.loading && <Waiting />}
        {rows.error !== null && rows.items.length === 0 && <ProblemView error={rows.error} retry={rows.retry} />}
        {!rows.loading && rows.error === null && rows.items.length === 0 && <Empty title={t('duty.log.empty')} help={t('duty.log.empty.help')} />}
        <Entries items={rows.items} />
        {rows.more && <button type="button" className="link" onClick={rows.loadMore}>{t('more')}</button>}
      </div>
    </Panel>
  );
}
