import { Button } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../../context/preferences';
import type { Key } from '../../i18n/words';

const steps = ['overview.step1', 'overview.step2', 'overview.step3'] as const satisfies Key[];

/** An empty platform teaches: three steps to the first device. */
export function FirstSteps({ packless }: { packless: boolean }) {
  const { t } = useWords();
  return (
    <div className="teach" data-testid="first-steps">
      <header><h2>{t('overview.empty')}</h2><p className="quiet">{t('overview.empty.help')}</p></header>
      <ol className="steps">{steps.map((step, index) => <li key={step}><span className="n">{index + 1}</span><h3>{t(step)}</h3><p className="quiet">{t(`${step}.help`)}</p></li>)}</ol>
      <div className="row"><Link to="/things?create=yes"><Button type="primary" data-testid="first-thing">{t('things.create')}</Button></Link>{packless && <Link to="/packs">{t('overview.pack')}</Link>}</div>
    </div>
  );
}
