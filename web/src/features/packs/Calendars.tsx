import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import type { CaseType, DeclaredShift, WorkCalendar } from '../../api/types';
import { useNow } from '../../context/now';
import { useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { moment } from '../../format/times';
import { Facts, Section } from '../../ui/side';
import { kindOf, weekdays, weeksOf, type DayKind } from './days';

const kinds: DayKind[] = ['work', 'rest', 'holiday', 'instead'];
const months = Array.from({ length: 12 }, (_, index) => index + 1);
const clock = (time: string) => time.slice(0, 5);

function Month({ calendar, year, month, today }: { calendar: WorkCalendar; year: number; month: number; today: string }) {
  const { t, language } = useWords();
  const name = language === 'zh' ? String(month) : new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(Date.UTC(year, month - 1, 1));
  return (
    <table className="month">
      <caption>{t('calendars.month', { month: name })}</caption>
      <thead><tr>{weekdays.map((day) => <th key={day} scope="col">{t(`calendars.day.${day}`)}</th>)}</tr></thead>
      <tbody>{weeksOf(year, month).map((week, row) => <tr key={row}>{week.map((day, column) => (day === null ? <td key={column} /> : <td key={column} className={`${kindOf(calendar, day)}${day === today ? ' today' : ''}`} title={`${day} ${t(`calendars.kind.${kindOf(calendar, day)}`)}`} data-kind={kindOf(calendar, day)}>{Number(day.slice(8))}</td>))}</tr>)}</tbody>
    </table>
  );
}

/** Where deadlines are counted in a calendar: the states of cases. */
function useUses(): (calendar: WorkCalendar) => string {
  const { t, label } = useWords();
  const cases = useAll<CaseType>('/api/case-types');
  return (calendar) => (cases.data ?? [])
    .flatMap((type) => [...type.states, ...(type.plan ?? [])].filter((one) => label(one.calendar) === label(calendar.name)).map((one) => `${label(type.name)}: ${label(one.name)}`))
    .join(t('list.and')) || '–';
}

function Calendar({ calendar }: { calendar: WorkCalendar }) {
  const { t, label } = useWords();
  const today = moment(useNow(), useZone()).slice(0, 10);
  const uses = useUses();
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const hours = calendar.hours.map((one) => `${clock(one.from)}–${clock(one.to)}${one.to <= one.from ? ` (${t('calendars.nextday')})` : ''}`).join(t('list.and'));
  const turn = <span className="row"><Button size="small" icon={<LeftOutlined />} aria-label={t('calendars.before')} onClick={() => { setYear(year - 1); }} /><b aria-label={t('calendars.year')}>{year}</b><Button size="small" icon={<RightOutlined />} aria-label={t('calendars.after')} onClick={() => { setYear(year + 1); }} /></span>;
  return (
    <Section title={label(calendar.name)} tools={turn}>
      <Facts rows={[
        [t('calendars.days'), weekdays.filter((day) => calendar.days.includes(day)).map((day) => t(`calendars.day.${day}`)).join(t('list.and'))],
        [t('calendars.hours'), hours],
        [t('calendars.zone'), calendar.zone ?? t('calendars.zone.party')],
        [t('calendars.uses'), uses(calendar)],
      ]} />
      <div className="row wrap small">{kinds.map((kind) => <span key={kind} className="month-key"><i className={kind} />{t(`calendars.kind.${kind}`)}</span>)}</div>
      <div className="months" data-testid="calendar">{months.map((month) => <Month key={month} calendar={calendar} year={year} month={month} today={today} />)}</div>
    </Section>
  );
}

/** The shifts that figures are counted by, and the calendars that deadlines are counted in. */
export function Calendars({ shifts, calendars }: { shifts: DeclaredShift[]; calendars: WorkCalendar[] }) {
  const { t, label } = useWords();
  return (
    <div className="stack" data-testid="calendars">
      {shifts.length > 0 && (
        <Section title={t('calendars.shifts')}>
          <p className="quiet small">{t('calendars.shifts.help')}</p>
          <table className="plain-table"><tbody>{shifts.map((shift) => <tr key={shift.id}><td>{label(shift.name)}</td><td className="quiet">{clock(shift.from)}–{clock(shift.to)}{shift.to <= shift.from && ` (${t('calendars.nextday')})`}</td></tr>)}</tbody></table>
        </Section>
      )}
      <p className="quiet small">{t(calendars.length === 0 ? 'calendars.none' : 'calendars.help')}</p>
      {calendars.map((calendar) => <Calendar key={calendar.id} calendar={calendar} />)}
    </div>
  );
}
