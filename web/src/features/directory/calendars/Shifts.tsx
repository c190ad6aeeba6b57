import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { remove } from '../../../api/client';
import type { DeclaredShift, PlaceShifts } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { Section } from '../../../ui/side';
import { useChange } from '../../access/useChange';
import { OwnShiftsForm } from './OwnShiftsForm';
import { Whose } from './Whose';

const clock = (time: string) => time.slice(0, 5);

function Times({ shift }: { shift: DeclaredShift }) {
  const { t } = useWords();
  return <>{clock(shift.from)}–{clock(shift.to)}{shift.to <= shift.from && ` (${t('calendars.nextday')})`}</>;
}

/** What the place itself has had, and will have, from which day on. */
function Changes({ of, path }: { of: PlaceShifts; path: string }) {
  const { t, label } = useWords();
  const { change } = useChange('/api/shifts');
  if (of.changes.length === 0) return null;
  return (
    <table className="plain-table" data-testid="shift-changes">
      <tbody>{[...of.changes].reverse().map((one) => (
        <tr key={one.from}>
          <td style={{ whiteSpace: 'nowrap' }}>{t('calendars.shifts.since', { day: one.from })}</td>
          <td>{one.shifts === null ? <span className="quiet">{t('calendars.shifts.back')}</span> : one.shifts.map((shift) => <span key={shift.id} style={{ marginInlineEnd: 12 }}>{label(shift.name)} <span className="quiet"><Times shift={shift} /></span></span>)}</td>
          <td className="quiet small">{one.byName} · {one.why}</td>
          <td>{of.mayChange && one.from > of.today && <Popconfirm title={t('calendars.shifts.withdraw.ask')} okText={t('calendars.shifts.withdraw')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(`${path}/${one.from}`).then(() => true))}><Button size="small">{t('calendars.shifts.withdraw')}</Button></Popconfirm>}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

/** The shifts that figures of a place are counted by. */
export function Shifts({ of, path, place }: { of: PlaceShifts; path: string; place: string }) {
  const { t, label } = useWords();
  const [editing, setEditing] = useState(false);
  return (
    <Section title={t('calendars.shifts')} tools={of.mayChange && <Button size="small" onClick={() => { setEditing(true); }} data-testid="shifts-edit">{t('calendars.change')}</Button>}>
      <p className="quiet small">{t('calendars.shifts.help')}</p>
      <Whose of={of} />
      <table className="plain-table" data-testid="shifts"><tbody>{of.shifts.map((shift) => <tr key={shift.id}><td>{label(shift.name)}</td><td className="quiet"><Times shift={shift} /></td></tr>)}</tbody></table>
      <Changes of={of} path={path} />
      {editing && <OwnShiftsForm shifts={of} path={path} place={place} onClose={() => { setEditing(false); }} />}
    </Section>
  );
}
