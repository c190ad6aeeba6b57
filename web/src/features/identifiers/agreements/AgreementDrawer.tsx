import { Link } from 'react-router';
import type { AgreementChange, AgreementDetail } from '../../../api/agreements';
import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { useOpen } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Facts, Section, Side } from '../../../ui/side';
import { Ago, At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import { InLedger } from '../../ledger/InLedger';
import { objectName } from '../../trace/names';
import { useTypeWord } from '../values/audience';
import { isEverything } from './agreement';
import { AgreementState } from './AgreementState';
import { Decide } from './Decide';
import { ShownFields } from './Fields';
import { agreementsPath } from './useAgreements';
import { Uses } from './Uses';
import { useAgreementWords } from './words';

function Products({ products }: { products: string[] }) {
  const { t } = useWords();
  if (products.length === 0) return <>{t('agreement.products.all')}</>;
  return <ul className="plain-list">{products.map((one) => <li key={one} title={one}><span className="strong">{objectName(one)}</span>{objectName(one) !== one && <div className="faint small mono break">{one}</div>}</li>)}</ul>;
}

function Values({ values }: { values: string[] }) {
  const { t } = useWords();
  const word = useTypeWord();
  if (values.length === 0) return <>{t('agreement.values.none')}</>;
  return isEverything(values) ? <>{t('agreement.values.all')}</> : <span className="chips">{values.map((type) => <span key={type} className="tag" title={type}>{word(type) ?? type}</span>)}</span>;
}

function Change({ change }: { change: AgreementChange }) {
  const words = useAgreementWords();
  return (
    <li data-testid="agreement-change" data-step={change.step}>
      <div className="row wrap"><b>{words.step(change.step)}</b><span className="quiet small">{change.actor}{change.party !== null && ` · ${change.party.name}`} · <At at={change.at} shape="minute" /></span></div>
      {change.reason !== null && change.reason !== '' && <p className="quiet break">{change.reason}</p>}
    </li>
  );
}

/** Who shows whom what, in one sentence and then in full. */
function Terms({ agreement }: { agreement: AgreementDetail }) {
  const { t } = useWords();
  const { open } = useOpen();
  const zone = useZone();
  const words = useAgreementWords();
  const sentence = agreement.state === 'accepted' ? 'agreement.sentence' : agreement.state !== 'proposed' ? 'agreement.sentence.over' : agreement.proposedBy === agreement.to.id ? 'agreement.sentence.asks' : 'agreement.sentence.offers';
  return (
    <>
      <p className="sentence" data-testid="agreement-sentence">{t(sentence, { from: agreement.from.name, to: agreement.to.name, products: words.products(agreement), types: words.shown(agreement), until: moment(agreement.until, zone, 'date') })}</p>
      <Facts rows={[
        [t('state'), <AgreementState key="state" state={agreement.state} />],
        [t('agreement.purpose'), agreement.purpose],
        [t('agreement.until'), <At key="until" at={agreement.until} shape="date" />],
        [t('agreement.products'), <Products key="products" products={agreement.products} />],
        [t('agreement.types'), words.types(agreement)],
        [t('agreement.values'), <Values key="values" values={agreement.values} />],
        [t('agreement.statistics'), t(agreement.statistics ? 'agreement.statistics.yes' : 'agreement.statistics.no')],
        ...(agreement.object === null ? [] : [[t('agreement.object'), <Link key="object" className="mono" to={`/identifiers/trace?object=${segment(agreement.object)}`} title={agreement.object}>{objectName(agreement.object)}</Link>] satisfies [string, React.ReactNode]]),
        ...(agreement.case === null ? [] : [[t('agreement.case'), <button key="case" type="button" className="link" onClick={() => { open('case', agreement.case); }} data-testid="agreement-case">{t('agreement.case.open')}</button>] satisfies [string, React.ReactNode]]),
        [t('agreement.changed'), <Ago key="changed" at={agreement.changed} />],
      ]} />
      <Decide key={`decide-${agreement.version}`} agreement={agreement} />
      <Section title={t('agreement.fields')}><ShownFields fields={agreement.fields} /></Section>
      <Section title={t('agreement.history')}><ol className="story">{[...agreement.history].reverse().map((change) => <Change key={`${change.at} ${change.step}`} change={change} />)}</ol></Section>
      {agreement.state !== 'proposed' && agreement.state !== 'declined' && agreement.state !== 'withdrawn' && <Uses agreement={agreement} />}
      <InLedger key={`proof-${agreement.version}`} path={`/api/ledger/proofs/agreements/${segment(agreement.id)}`} of={agreement.version} since={agreement.changed} />
    </>
  );
}

/** An agreement: its terms, what may be done about it, what was done, and what was seen by it. */
export function AgreementDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const detail = useOne<AgreementDetail>(`${agreementsPath}/${segment(id)}`);
  const one = detail.data;
  return (
    <Side onClose={onClose} title={one === undefined ? '' : `${one.from.name} → ${one.to.name}`} testId="agreement-drawer">
      {detail.error !== null && one === undefined && <ProblemView error={detail.error} retry={() => void detail.refetch()} />}
      {detail.isPending && <Waiting />}
      {one !== undefined && <Terms agreement={one} />}
    </Side>
  );
}
