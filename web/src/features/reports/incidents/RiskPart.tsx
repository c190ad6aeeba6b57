import type { IncidentDetail } from '../../../api/incidents';
import type { Scalar } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { parseSpan } from '../../../format/span';
import { duration } from '../../../format/durations';
import { Section } from '../../../ui/side';
import { degreeBand, useFactWords } from '../facts';
import { useFormula } from '../useFormula';

/** The figures that an expression names, as they are now; what is nothing is left out. */
function useInputs(inputs: Record<string, Scalar>) {
  const { t, language } = useWords();
  const say = useFormula();
  const words = useFactWords();
  const value = (id: string, figure: number) => id === 'level' ? words.levelShort(figure) : id === 'warning' || id === 'indicator' ? t(`band.${degreeBand(figure)}`) : number(figure, language, Number.isInteger(figure) ? 0 : 1);
  return (expression: string | null) => [...new Set(expression?.match(/[A-Za-z_]\w*/g) ?? [])]
    .filter((id) => typeof inputs[id] === 'number' && inputs[id] !== 0)
    .map((id) => `${say(id)} ${value(id, Number(inputs[id]))}`).join(t('list.and'));
}

function Bar({ part, from, most }: { part: IncidentDetail['parts'][number]; from: string; most: number }) {
  const { t, label } = useWords();
  return (
    <div className="bar-row" title={part.expression ?? ''}>
      <span>{label(part.name)}</span>
      <span className="track"><span className="meter" style={{ width: `${(part.weight / most) * 100}%` }}><i style={{ width: `${part.weight === 0 ? 0 : (part.points / part.weight) * 100}%` }} /></span></span>
      <span className="num">{part.points.toFixed(1)}<span className="faint"> / {part.weight}</span></span>
      <span className="faint small from clip" title={from}>{part.value === null ? t('incidents.risk.unknown') : from}</span>
    </div>
  );
}

/** How great the risk is, and what each part of it gives. */
export function RiskPart({ detail }: { detail: IncidentDetail }) {
  const { t } = useWords();
  const inputs = useInputs(detail.inputs);
  return (
    <Section title={t('incidents.risk')} tools={<b className="figure-end">{Math.round(detail.incident.risk)}<span className="faint"> / 100</span></b>}>
      <div className="bars" data-testid="risk-parts">
        {detail.parts.map((part) => <Bar key={part.part} part={part} from={inputs(part.expression)} most={Math.max(...detail.parts.map((one) => one.weight))} />)}
      </div>
    </Section>
  );
}

/** Why it stands where it stands in the list. */
export function HeatPart({ detail }: { detail: IncidentDetail }) {
  const { t, language } = useWords();
  const say = useFormula();
  const { heat } = detail;
  const rows: [string, string, string][] = [
    [t('input.volume'), number(heat.volume, language, 1), t('heat.volume', { span: duration(parseSpan(heat.halfLife), language) })],
    [t('input.acceleration'), `${heat.acceleration > 0 ? '+' : ''}${number(heat.acceleration, language, 2)}`, t('heat.acceleration')],
    [t('input.risk'), number(heat.risk, language, 0), ''],
  ];
  return (
    <Section title={t('incidents.heat')} tools={<b className="figure-end">{heat.heat.toFixed(1)}</b>}>
      <table className="plain-table"><tbody>{rows.map(([name, value, help]) => <tr key={name}><td>{name}</td><td className="num"><b>{value}</b></td><td className="faint small">{help}</td></tr>)}</tbody></table>
      <p className="quiet small" title={heat.expression}>{t('incidents.heat')} = {say(heat.expression)}</p>
    </Section>
  );
}
