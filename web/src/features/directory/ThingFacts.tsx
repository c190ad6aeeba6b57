import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useWords } from '../../context/preferences';
import { ConnectionMark } from '../../ui/marks';
import { Facts } from '../../ui/side';
import { Ago, At } from '../../ui/time';
import { useIdentifierName } from './fields';
import { usePartyName, useRegionName } from './names';
import type { TypedThing } from './thing';

export function ThingFacts({ thing }: { thing: TypedThing }) {
  const { t, label } = useWords();
  const party = usePartyName();
  const region = useRegionName();
  const identifierName = useIdentifierName();
  const parent = thing.path.findLast((step) => step.id !== thing.id);
  return (
    <Facts rows={[
      [t('things.id'), <code key="id">{thing.id}</code>],
      [t('type'), label(thing.typeInfo.name)],
      [t('parent'), parent === undefined ? '–' : <Link key="parent" to={`/things/${segment(parent.id)}`}>{parent.name}</Link>],
      [t('things.gateway'), thing.gateway === null ? '–' : <Link key="gateway" to={`/things/${segment(thing.gateway)}`}>{thing.gateway}</Link>],
      [t('things.children'), thing.children === 0 ? '–' : <Link key="children" to={`/things?under=${segment(thing.id)}`}>{thing.children}</Link>],
      [t('party'), party(thing.party)],
      [t('region'), region(thing.region)],
      ...(thing.position === null ? [] : [[t('thing.position'), `${thing.position.lon}, ${thing.position.lat}`] as [string, string]]),
      ...Object.entries(thing.identifiers).map(([kind, value]): [string, string] => [identifierName(kind), value]),
      [t('things.connection'), <ConnectionMark key="connection" connected={thing.connected} heard={thing.lastSeen !== null} />],
      [t('things.seen'), <Ago key="seen" at={thing.lastSeen} />],
      [t('things.created'), <At key="created" at={thing.created} />],
    ]} />
  );
}
