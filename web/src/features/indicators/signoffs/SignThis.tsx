import { Button } from 'antd';
import { useState } from 'react';
import type { Lineage } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { useThings } from '../../directory/names';
import { NewSignOff } from './NewSignOff';

/** Signs off the period of the figure that stands open. */
export function SignThis({ item }: { item: Lineage }) {
  const { t } = useWords();
  const { can } = useSession();
  const zone = useZone();
  const things = useThings();
  const [isOpen, setOpen] = useState(false);
  if (!can('administer') || !item.window.complete || item.signedOff || item.subject === 'region') return null;
  const party = item.subject === 'party' ? item.thing.slice('party@'.length) : things.data?.find((one) => one.id === item.thing)?.party;
  // A shift belongs to the day that it begins on.
  const first = moment(item.window.from, zone).slice(0, 10);
  const last = ['day', 'week', 'month'].includes(item.window.kind) ? moment(Date.parse(item.window.to) - 1, zone).slice(0, 10) : first;
  return (
    <>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => { setOpen(true); }} data-testid="sign-this">{t('signoffs.this')}</Button>
      {isOpen && <NewSignOff proposed={{ party, indicator: item.indicator, first, last }} onClose={() => { setOpen(false); }} />}
    </>
  );
}
