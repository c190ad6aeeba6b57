import type { Agreement, AgreementUse } from '../../../api/agreements';
import { segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { CsvButton } from '../../../ui/list';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { agreementsPath } from './useAgreements';
import { useAgreementWords } from './words';

/** What was seen by an agreement, day by day: both sides read the same. */
export function Uses({ agreement }: { agreement: Agreement }) {
  const { t, language } = useWords();
  const words = useAgreementWords();
  const path = `${agreementsPath}/${segment(agreement.id)}/uses`;
  const rows = useRows<AgreementUse>(path);
  const tools = rows.items.length > 0 && <CsvButton path={path} query={{}} small />;
  return (
    <Section title={t('agreement.uses')} tools={tools}>
      {rows.loading ? <Waiting rows={3} /> : rows.error !== null ? <ProblemView error={rows.error} retry={rows.retry} /> : rows.items.length === 0 ? <p className="faint small">{t('agreement.uses.none')}</p> : (
        <div className="scroll-x"><table className="plain-table" data-testid="agreement-uses">
          <thead><tr><th>{t('agreement.uses.day')}</th><th>{t('agreement.uses.who')}</th><th>{t('agreement.uses.how')}</th><th className="num">{t('agreement.uses.times')}</th><th className="num">{t('agreement.uses.rows')}</th></tr></thead>
          <tbody>{rows.items.map((one) => <tr key={`${one.day} ${one.actor} ${one.use}`}><td className="nowrap">{one.day}</td><td>{one.actor}</td><td>{words.use(one.use)}</td><td className="num">{number(one.times, language)}</td><td className="num">{number(one.rows, language)}</td></tr>)}</tbody>
        </table></div>
      )}
      {rows.more && <button type="button" className="link" onClick={rows.loadMore}>{t('more')}</button>}
    </Section>
  );
}
