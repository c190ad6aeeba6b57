import { Segmented } from 'antd';
import { useState } from 'react';
import { useRows } from '../../../api/hooks';
import type { SignedFigure } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { CsvButton } from '../../../ui/list';
import { Band } from '../../../ui/marks';
import { useOpen, whyOf } from '../../../ui/open';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { indicatorText } from '../value';
import { WindowText } from '../WindowText';

/** As it was reported beside what the data of now make of it. */
function Row({ of }: { of: SignedFigure }) {
  const { t, label, language } = useWords();
  const { open } = useOpen();
  const text = (value: number | null) => { const shown = indicatorText(value, of.unit, language); return `${shown.text} ${shown.unit}`.trim(); };
  return (
    <tr data-testid="signed-figure" data-differs={of.differs}>
      <td>
        <button type="button" className="link" onClick={() => { open('why', whyOf(of, of.from)); }}>{label(of.name)}</button> · {of.thingName}
        <div className="quiet small"><WindowText window={{ kind: of.window, shiftName: of.shiftName, from: of.from, to: of.to, complete: true }} full /></div>
      </td>
      <td className="num">{of.reported ? <b>{text(of.value)}</b> : <span className="quiet">{t('signoffs.none')}</span>}</td>
      <td className="num">{of.differs ? <span className="row" style={{ justifyContent: 'flex-end' }}><Band band="orange" word={t('signoffs.differs')} icon /><b>{text(of.recomputed)}</b></span> : <span className="quiet">{t('signoffs.same')}</span>}</td>
    </tr>
  );
}

export function SignedFigures({ path }: { path: string }) {
  const { t } = useWords();
  const [which, setWhich] = useState<'differs' | 'all'>('differs');
  const query = { differs: which === 'differs' };
  const figures = useRows<SignedFigure>(`${path}/figures`, query, { limit: 100 });
  return (
    <Section title={t('signoffs.figures')} tools={<CsvButton small path={`${path}/figures`} query={query} />}>
      <Segmented block value={which} onChange={setWhich} options={[{ value: 'differs', label: <span data-testid="figures-differs">{t('signoffs.figures.differs')}</span> }, { value: 'all', label: <span data-testid="figures-all">{t('all')}</span> }]} />
      {figures.loading && <Waiting />}
      {figures.error !== null && <ProblemView error={figures.error} retry={figures.retry} />}
      {!figures.loading && figures.error === null && figures.items.length === 0 && <p className="quiet" data-testid="figures-none">{t(which === 'differs' ? 'signoffs.figures.nodiffers' : 'signoffs.figures.none')}</p>}
      {figures.items.length > 0 && (
        <table className="plain-table" data-testid="signed-figures">
          <thead><tr><th>{t('indicators.indicator')}</th><th className="num">{t('signoffs.reported')}</th><th className="num">{t('signoffs.recomputed')}</th></tr></thead>
          <tbody>{figures.items.map((one) => <Row key={`${one.indicator} ${one.thing} ${one.from}`} of={one} />)}</tbody>
        </table>
      )}
      {figures.more && <button type="button" className="link" onClick={figures.loadMore}>{t('more')}</button>}
    </Section>
  );
}
