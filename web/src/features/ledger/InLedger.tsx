import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { address } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { LedgerProof } from '../../api/ledger';
import { toProblem } from '../../api/problem';
import { useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { number } from '../../format/numbers';
import { moment } from '../../format/times';
import { ProblemView } from '../../ui/problem';
import { Section } from '../../ui/side';

/** Written and not published yet. */
const soon = 'not-published';

/** Seconds that the server may wait for the next checkpoint, which comes each second. */
const wait = 5;

/** That something is in the ledger, in plain words, and the file that proves it. `of` is its version: another one has another proof. */
export function InLedger({ path, of, since }: { path: string; of: number | string; since: string }) {
  const { t, language } = useWords();
  const zone = useZone();
  const proof = useOne<LedgerProof>(path, { of, wait }, { stale: Infinity });
  const isSoon = proof.error !== null && toProblem(proof.error).code === soon;
  return (
    <Section title={t('proof.title')}>
      {proof.error !== null && !isSoon && <ProblemView error={proof.error} retry={() => void proof.refetch()} />}
      {isSoon && <p className="quiet small">{t('proof.soon')} <button type="button" className="link" onClick={() => void proof.refetch()}>{t('retry')}</button></p>}
      {proof.data !== undefined && (
        <div className="stack tight">
          <span data-testid="in-ledger">{t('proof.is', { at: moment(since, zone, 'minute'), leaf: number(proof.data.leaf + 1, language) })}</span>
          <div className="row wrap"><Button size="small" icon={<DownloadOutlined />} href={address(path, { format: 'tlog-proof' })} download data-testid="proof-download">{t('proof.download')}</Button><span className="faint small">{t('proof.help')}</span></div>
        </div>
      )}
    </Section>
  );
}
