import { Button } from 'antd';
import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Values } from '../../api/types';
import { useWords } from '../../context/preferences';
import { ProblemView } from '../../ui/problem';
import { Section, Side } from '../../ui/side';
import { Waiting } from '../../ui/waiting';
import { CommandPanel } from '../devices/CommandPanel';
import { LatestValues } from '../telemetry/LatestValues';
import { StateLegend, StateStrip } from '../telemetry/StateStrip';
import { useThing } from './thing';
import { ThingFacts } from './ThingFacts';

export function ThingDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const path = `/api/things/${segment(id)}`;
  const { thing, error, pending, retry } = useThing(id);
  const latest = useOne<{ values: Values }>(`${path}/latest`);
  const state = thing?.typeInfo.properties.find((info) => info.type === 'enumeration');
  return (
    <Side onClose={onClose} title={thing?.name ?? ''} testId="thing-drawer" extra={<Link to={`/things/${segment(id)}`}><Button type="primary" data-testid="thing-open-page">{t('open.page')}</Button></Link>}>
      {error !== null && <ProblemView error={error} retry={retry} />}
      {error === null && pending && <Waiting />}
      {thing !== undefined && (
        <>
          {state !== undefined && <Section title={t('thing.timeline')}><StateStrip thing={thing.id} type={thing.type} property={state.id} hours={8} /><StateLegend thing={thing.id} type={thing.type} property={state.id} hours={8} /></Section>}
          <Section title={t('thing.live')}><LatestValues thing={thing} values={latest.data?.values ?? {}} /></Section>
          {(thing.typeInfo.commands ?? []).length > 0 && <CommandPanel thing={thing} />}
          <Section title={t('thing.facts')}><ThingFacts thing={thing} /></Section>
        </>
      )}
    </Side>
  );
}
