import { PlusOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { remove, segment } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { Ledger, LedgerWitness, WatchedLog, Witness } from '../../api/ledger';
import { usePreferences, useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { say } from '../../i18n/sentences/say';
import { bandIcon, noBandIcon } from '../../ui/icons';
import { CopyButton } from '../../ui/copy';
import { Panel } from '../../ui/page';
import { Facts } from '../../ui/side';
import { Ago } from '../../ui/time';
import { Empty } from '../../ui/waiting';
import { useChange } from '../access/useChange';
import { LedgerForm } from './LedgerForm';

const every = 5_000;

function Remove({ kind, name }: { kind: 'witnesses' | 'logs'; name: string }) {
  const { t } = useWords();
  const { change } = useChange('/api/ledger');
  const question = t(kind === 'witnesses' ? 'ledger.witness.remove.ask' : 'ledger.log.remove.ask', { name });
  return <Popconfirm title={question} okText={t('ledger.remove')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(`/api/ledger/${kind}/${segment(name)}`).then(() => true))}><Button size="small">{t('ledger.remove')}</Button></Popconfirm>;
}

function State({ failing, at }: { failing: boolean; at: string | null }) {
  const { t } = useWords();
  const [tone, icon, word] = failing ? (['orange', bandIcon.orange, 'ledger.witness.failing'] as const) : at === null ? (['none', noBandIcon, 'ledger.witness.waiting'] as const) : (['green', bandIcon.green, 'ledger.witness.ok'] as const);
  return <span className="mark nowrap"><i className={`mark tone-${tone}`}>{icon}</i><span>{t(word)}</span></span>;
}

function WitnessRow({ one, detail, mayConfigure }: { one: LedgerWitness; detail: Witness | undefined; mayConfigure: boolean }) {
  const { language } = usePreferences();
  const fault = detail?.fault ?? null;
  return (
    <tr data-testid="ledger-witness" data-id={one.name} data-failing={one.failing}>
      <td><div className="row wrap"><b>{one.name}</b><State failing={one.failing} at={one.cosignedAt} /></div>{detail !== undefined && <div className="faint small mono break">{detail.url}</div>}{fault !== null && <div className="small break">{say(fault, language)}</div>}</td>
      <td className="num">{one.size === 0 ? '–' : number(one.size, language)}</td>
      <td className="num nowrap"><Ago at={one.cosignedAt} /></td>
      {mayConfigure && <td className="num"><Remove kind="witnesses" name={one.name} /></td>}
    </tr>
  );
}

/** Who cosigns this ledger, how it stands with each, and for the operator why one does not. */
export function Witnesses({ ledger }: { ledger: Ledger }) {
  const { t } = useWords();
  const [adding, add] = useState(false);
  const details = useRows<Witness>('/api/ledger/witnesses', {}, { enabled: ledger.mayConfigure, refetch: every });
  const button = ledger.mayConfigure && <Button size="small" icon={<PlusOutlined />} onClick={() => { add(true); }} data-testid="witness-add">{t('ledger.witness.add')}</Button>;
  return (
    <Panel title={t('ledger.witnesses')} tools={button} testId="ledger-witnesses">
      {ledger.witnesses.length === 0 ? <Empty title={t('ledger.witnesses.empty')} help={t('ledger.witnesses.empty.help')} /> : (
        <div className="scroll-x"><table className="plain-table">
          <thead><tr><th>{t('name')}</th><th className="num">{t('ledger.size')}</th><th className="num">{t('ledger.witness.at')}</th>{ledger.mayConfigure && <th />}</tr></thead>
          <tbody>{ledger.witnesses.map((one) => <WitnessRow key={one.name} one={one} detail={details.items.find((each) => each.name === one.name)} mayConfigure={ledger.mayConfigure} />)}</tbody>
        </table></div>
      )}
      {adding && <LedgerForm kind="witnesses" onClose={() => { add(false); }} />}
    </Panel>
  );
}

/** The ledgers of other nodes that this server cosigns, and what their operators need. */
export function WatchedLogs({ ledger }: { ledger: Ledger }) {
  const { t, language } = useWords();
  const [adding, add] = useState(false);
  const logs = useRows<WatchedLog>('/api/ledger/logs', {}, { refetch: every });
  const url = `${window.location.origin}/ledger/witness`;
  return (
    <Panel title={t('ledger.logs')} tools={<Button size="small" icon={<PlusOutlined />} onClick={() => { add(true); }} data-testid="log-add">{t('ledger.log.add')}</Button>} testId="ledger-logs">
      <div className="stack">
        {logs.items.length === 0 ? <Empty title={t('ledger.logs.empty')} help={t('ledger.logs.empty.help')} /> : (
          <div className="scroll-x"><table className="plain-table">
            <thead><tr><th>{t('name')}</th><th className="num">{t('ledger.size')}</th><th className="num">{t('ledger.witness.at')}</th><th /></tr></thead>
            <tbody>{logs.items.map((one) => (
              <tr key={one.name} data-testid="ledger-log" data-id={one.name}><td><b>{one.name}</b><div className="faint small mono break">{one.origin}</div></td><td className="num">{one.size === null ? '–' : number(one.size, language)}</td><td className="num nowrap"><Ago at={one.cosignedAt} /></td><td className="num"><Remove kind="logs" name={one.name} /></td></tr>
            ))}</tbody>
          </table></div>
        )}
        <section className="section"><h2>{t('ledger.give')}</h2>
          <Facts rows={[
            [t('ledger.give.url'), <span key="url"><span className="mono break">{url}</span><CopyButton text={url} /></span>],
            ...ledger.witnessKeys.map((key) => [t('ledger.give.key'), <Key key={key} text={key} />] as [string, React.ReactNode]),
          ]} />
        </section>
      </div>
      {adding && <LedgerForm kind="logs" onClose={() => { add(false); }} />}
    </Panel>
  );
}

/** Keys of ML-DSA-44 have 1700 characters: the beginning tells them apart, the button copies all. */
function Key({ text }: { text: string }) {
  const most = 96;
  return <span><span className="mono break small">{text.length > most ? `${text.slice(0, most)}…` : text}</span><CopyButton text={text} /></span>;
}
