import type { Values } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';
import { known } from '../../i18n/translate';
import { bandIcon } from '../../ui/icons';
import { Live } from '../../ui/live';
import { Ago } from '../../ui/time';
import { Empty } from '../../ui/waiting';
import { ValueOf } from './valueText';
import type { TypedThing } from '../directory/thing';

/** Every property as it is now; what is doubtful says so. */
export function LatestValues({ thing, values, only }: { thing: TypedThing; values: Values; only?: string[] }) {
  const { t, label, language } = useWords();
  const declared = thing.typeInfo.properties.filter((info) => only === undefined || only.includes(info.id));
  if (Object.keys(values).length === 0) return <Empty title={t('thing.no.values')} help={t('thing.no.values.help')} />;
  return (
    <table className="values" data-testid="latest-values">
      <tbody>
        {declared.map((info) => {
          const reading = values[info.id];
          const doubt = reading !== undefined && reading.quality !== 'good';
          const quality = `quality.${reading?.quality ?? ''}`;
          const flag = `flag.${reading?.flag ?? ''}`;
          const why = doubt ? `${known(quality) ? t(quality) : reading.quality}${reading.flag ? ` · ${known(flag) ? t(flag) : reading.flag}` : ''}` : '';
          return (
            <tr key={info.id} data-testid="latest-row" data-property={info.id}>
              <td className="clip">{label(info.name)}</td>
              <td className="num">{doubt && <i className="mark tone-yellow" title={why}>{bandIcon.yellow}</i>} <Live of={String(reading?.value)}><b><ValueOf type={thing.type} property={info.id} reading={reading} /></b></Live></td>
              <td className="unit">{unitSign(info.unit, language)}</td>
              <td className="when">{reading !== undefined && <Ago at={reading.ts} />}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
