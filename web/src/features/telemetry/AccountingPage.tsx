import { Button, Input, Select } from 'antd';
import { useMemo } from 'react';
import type { Query } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { Accounting, Channel, Reject } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { useScoped } from '../../context/scope';
import { useUrl } from '../../context/url';
import { bytes, number } from '../../format/numbers';
import { Command } from '../../ui/copy';
import { bandIcon } from '../../ui/icons';
import { CsvButton, ListOf } from '../../ui/list';
import { Live } from '../../ui/live';
import { useOpen } from '../../ui/open';
import { Page, Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import type { Column } from '../../ui/table';
import { Ago, At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { Outcome, RejectReasons, useReason } from './RejectReasons';
import { useReplay } from './useReplay';

const parts = ['stored', 'pending', 'rejected', 'duplicate'] as const;

/** The promise in one line: every value received is somewhere. */
function Equation({ data }: { data: Accounting }) {
  const { t, language } = useWords();
  const off = data.received - parts.reduce((sum, part) => sum + data[part], 0);
  const term = (key: 'received' | (typeof parts)[number]) => <div key={key} data-testid={`accounting-${key}`}><span className="quiet small">{t(`accounting.${key}`)}</span><Live of={data[key]}><b>{number(data[key], language)}</b></Live></div>;
  return (
    <div className="equation" data-testid="accounting-equation" data-balanced={off === 0} title={t('accounting.help')}>
      {term('received')}<div className="sign">=</div>
      {parts.map((part, index) => [index > 0 && <div key={`${part}+`} className="sign">+</div>, term(part)])}
      <div className="verdict"><span className="mark"><i className={`mark tone-${off === 0 ? 'green' : 'red'}`}>{off === 0 ? bandIcon.green : bandIcon.red}</i><span>{off === 0 ? t('accounting.balanced') : t('accounting.unbalanced', { count: number(off, language) })}</span></span><span className="faint small">{t('accounting.corrections')} {number(data.corrections, language)} · {t('accounting.replayed')} {number(data.replayed, language)}</span></div>
    </div>
  );
}

function Channels() {
  const { t, label, language } = useWords();
  const channels = useRows<Channel>('/api/channels', {}, { refetch: 2000 }).items;
  return (
    <Panel title={t('accounting.channels')} tools={<CsvButton path="/api/channels" query={{}} small />} testId="channels">
      {channels.length === 0 ? <div className="stack tight"><p>{t('accounting.channels.empty')}</p><p className="quiet">{t('accounting.channels.empty.help')}</p></div> : (
        <table className="plain-table">
          <thead><tr><th>{t('accounting.channel')}</th><th className="wide">{t('accounting.protocol')}</th><th className="num">{t('accounting.received')}</th>{parts.map((part) => <th key={part} className={part === 'rejected' ? 'num' : 'num wide'}>{t(`accounting.${part}`)}</th>)}<th className="num wide">{t('accounting.last')}</th></tr></thead>
          <tbody>{channels.map((one) => <tr key={one.id} data-testid="channel-row"><td>{label(one.name) || one.id}</td><td className="quiet wide">{one.protocol}</td><td className="num strong">{number(one.received, language)}</td>{parts.map((part) => <td key={part} className={part === 'rejected' ? 'num' : 'num wide'}>{number(one[part], language)}</td>)}<td className="num quiet wide"><Ago at={one.lastAt} /></td></tr>)}</tbody>
        </table>
      )}
    </Panel>
  );
}

function Storage({ data }: { data: Accounting }) {
  const { t, language } = useWords();
  const share = data.log.limitBytes > 0 ? Math.min(100, (100 * data.log.bytes) / data.log.limitBytes) : 0;
  return (
    <Panel title={t('accounting.engine')} testId="storage">
      <div className="stack tight">
        <p className="strong">{t('accounting.engine.of', { rows: number(data.engine.rows, language), bytes: bytes(data.engine.bytes, language) })}</p>
        <span className="quiet small">{t('accounting.log')}</span>
        <div className="meter" role="meter" aria-valuenow={Math.round(share)} aria-valuemin={0} aria-valuemax={100} aria-label={t('accounting.log')}><i style={{ width: `${share}%` }} /></div>
        <span className="small">{t('accounting.log.of', { used: bytes(data.log.bytes, language), limit: bytes(data.log.limitBytes, language), segments: data.log.segments })}</span>
      </div>
    </Panel>
  );
}

function RejectSide({ reject, onClose }: { reject: Reject; onClose: () => void }) {
  const { t } = useWords();
  const { can } = useSession();
  const reason = useReason();
  const replay = useReplay();
  return (
    <Side onClose={onClose} title={reason(reject.reason)} testId="reject-drawer">
      <Facts rows={[[t('time'), <At key="at" at={reject.at} />], [t('accounting.channel'), reject.channel], [t('thing'), reject.thing ?? '–'], [t('thing.property'), reject.property ?? '–'], [t('accounting.reason'), reason(reject.reason)], [t('detail'), reject.detail ?? '–']]} />
      {replay.state !== null && <Outcome state={replay.state} onClose={replay.clear} />}
      {can('configure') && <div className="row"><Button disabled={!reject.replayable || replay.state?.busy === true} onClick={() => void replay.run({ ids: [reject.id] }, 1)} data-testid="replay-one">{t('replay.again')}</Button>{!reject.replayable && <span className="quiet">{t('replay.impossible')}</span>}</div>}
      <Section title={t('accounting.payload')}><Command text={reject.payload ?? '–'} /></Section>
    </Side>
  );
}

function useRejectColumns(): Column<Reject>[] {
  const { t } = useWords();
  const reason = useReason();
  return [
    { key: 'at', title: t('time'), width: 136, render: (one) => <Ago at={one.at} /> },
    { key: 'reason', title: t('accounting.reason'), width: '16%', render: (one) => <span className="strong">{reason(one.reason)}</span> },
    { key: 'thing', title: t('thing'), width: '16%', render: (one) => one.thing ?? '–' },
    { key: 'property', title: t('thing.property'), width: '14%', only: 'wide', render: (one) => one.property ?? '–' },
    { key: 'channel', title: t('accounting.channel'), width: '14%', only: 'wide', render: (one) => one.channel },
    { key: 'payload', title: t('accounting.payload'), only: 'wide', render: (one) => <code className="quiet" title={one.payload ?? ''}>{one.payload}</code> },
  ];
}

export default function AccountingPage() {
  const { t, language } = useWords();
  const { open, opened } = useOpen();
  const reasonWord = useReason();
  const [reason, setReason] = useUrl('reason');
  const [text, setText] = useUrl('text');
  const [channel, setChannel] = useUrl('channel');
  const account = useOne<Accounting>('/api/accounting', useScoped({}), { refetch: 2000 });
  const columns = useRejectColumns();
  const query = { reason, text, channel };
  const data = account.data;
  const reasons = useMemo(() => Object.entries(data?.reasons ?? {}).sort(([, a], [, b]) => b - a), [data?.reasons]);
  const id = opened('reject');
  return (
    <Page title={t('accounting.title')} testId="page-accounting" beside={<span className="quiet wide">{t('accounting.help')}</span>}>
      {account.error !== null && data === undefined && <ProblemView error={account.error} retry={() => void account.refetch()} />}
      {account.isPending && <Waiting />}
      {data !== undefined && <><Equation data={data} /><div className="account-grid"><Channels /><Storage data={data} /></div></>}
      <div className="row wrap">
        <h2>{t('accounting.rejects')}</h2>
        <Select value={reason} onChange={(value: string) => { setReason(value); }} options={[{ value: '', label: t('filter.of', { name: t('accounting.reason'), value: t('all') }) }, ...reasons.map(([code, count]) => ({ value: code, label: `${reasonWord(code)} ${number(count, language)}` }))]} style={{ width: 240 }} aria-label={t('accounting.reason')} data-testid="rejects-reason" />
        <Select value={channel} onChange={(value: string) => { setChannel(value); }} options={[{ value: '', label: t('filter.of', { name: t('accounting.channel'), value: t('all') }) }, ...(data?.channels ?? []).map((one) => ({ value: one.channel, label: one.channel }))]} style={{ width: 200 }} aria-label={t('accounting.channel')} data-testid="rejects-channel" />
        <Input.Search allowClear defaultValue={text} placeholder={t('replay.search')} aria-label={t('replay.search')} onSearch={(value) => { setText(value); }} style={{ width: 240 }} data-testid="rejects-text" />
        <span className="grow" /><CsvButton path="/api/rejects" query={query} />
      </div>
      <RejectReasons query={query} onChoose={setReason} />
      <ListOf<Reject>
        path="/api/rejects" query={query} columns={columns} keyOf={(one) => String(one.id)} testId="rejects" label={t('accounting.rejects')} chosen={id} onPick={(one) => { open('reject', String(one.id)); }} refetch={10_000}
        filtered={reason !== '' || text !== '' || channel !== ''} onClear={() => { setReason(null); setText(null); setChannel(null); }} empty={{ title: t('accounting.rejects.empty'), help: t('accounting.rejects.empty.help') }}
      />
      {id !== null && <OpenReject id={id} query={query} onClose={() => { open('reject', null); }} />}
    </Page>
  );
}

function OpenReject({ id, query, onClose }: { id: string; query: Query; onClose: () => void }) {
  const reject = useRows<Reject>('/api/rejects', query).items.find((one) => String(one.id) === id);
  return reject === undefined ? null : <RejectSide reject={reject} onClose={onClose} />;
}
