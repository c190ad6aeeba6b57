import { useOne } from '../../api/hooks';
import type { Cosigned, Ledger } from '../../api/ledger';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { Command, CopyButton } from '../../ui/copy';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Facts } from '../../ui/side';
import { Ago } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { WatchedLogs, Witnesses } from './Witnesses';

const every = 5_000;

function Cosignatures({ cosigned }: { cosigned: Cosigned | null }) {
  const { t, language } = useWords();
  if (cosigned === null || cosigned.cosignatures.length === 0) return <span className="faint">{t('ledger.cosigned.none')}</span>;
  return (
    <div data-testid="ledger-cosigned">
      <div>{t('ledger.cosigned.of', { count: number(cosigned.size, language) })}</div>
      {cosigned.cosignatures.map((one) => <div key={one.name} className="quiet small"><span className="mono break">{one.name}</span> · <Ago at={one.at} /></div>)}
    </div>
  );
}

/** How the ledger stands, who vouches for it, and for whom this server does. */
export function LedgerSection() {
  const { t, language } = useWords();
  const answer = useOne<Ledger>('/api/ledger', {}, { refetch: every });
  const ledger = answer.data;
  if (answer.error !== null && ledger === undefined) return <ProblemView error={answer.error} retry={() => void answer.refetch()} />;
  if (ledger === undefined) return <Waiting rows={8} />;
  return (
    <div className="stack column" style={{ overflow: 'auto' }} data-testid="ledger">
      <Panel title={t('identifiers.ledger')}>
        <div className="stack">
          <p className="quiet">{t('ledger.about')}</p>
          <Facts rows={[
            [t('ledger.origin'), <b key="origin" className="mono break">{ledger.origin}</b>],
            [t('ledger.size'), <span key="size"><b data-testid="ledger-size">{number(ledger.size, language)}</b>{ledger.waiting > 0 && <span className="quiet"> · {t('ledger.waiting', { count: number(ledger.waiting, language) })}</span>}</span>],
            [t('ledger.key'), <span key="key"><span className="mono break">{ledger.key}</span><CopyButton text={ledger.key} /></span>],
            [t('ledger.reads'), t(ledger.public ? 'ledger.reads.public' : 'ledger.reads.signedIn')],
            [t('ledger.cosigned'), <Cosignatures key="cosigned" cosigned={ledger.cosigned} />],
          ]} />
          <div className="stack tight"><span className="quiet small">{t('ledger.checkpoint')}</span><Command text={ledger.checkpoint.trimEnd()} testId="ledger-checkpoint" /></div>
        </div>
      </Panel>
      <Witnesses ledger={ledger} />
      {ledger.mayConfigure && <WatchedLogs ledger={ledger} />}
    </div>
  );
}
