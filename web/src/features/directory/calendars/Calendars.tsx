import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import { useAll } from '../../../api/all';
import { request, segment } from '../../../api/client';
import type { CaseType, PlaceCalendar, PlaceShifts } from '../../../api/types';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { ProblemView } from '../../../ui/problem';
import { Facts, Section } from '../../../ui/side';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { useThings } from '../names';
import { kindOf, weekdays, weeksOf, type DayKind } from './days';
import { OwnCalendarForm } from './OwnCalendarForm';
import { Shifts } from './Shifts';
import { Whose } from './Whose';

const kinds: DayKind[] = ['work', 'rest', 'holiday', 'instead'];
const months = Array.from({ length: 12 }, (_, index) => index + 1);
const clock = (time: string) => time.slice(0, 5);

function Month({ calendar, year, month, today }: { calendar: PlaceCalendar; year: number; month: number; today: string }) {
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
function useUses(): (calendar: PlaceCalendar) => string {
  const { t, label } = useWords();
  const cases = useAll<CaseType>('/api/case-types');
  return (calendar) => (cases.data ?? [])
    .flatMap((type) => [...type.states, ...(type.plan ?? [])].filter((one) => label(one.calendar) === label(calendar.name)).map((one) => `${label(type.name)}: ${label(one.name)}`))
    .join(t('list.and')) || '–';
}

function Calendar({ calendar, path, place }: { calendar: PlaceCalendar; path: string; place: string }) {
  const { t, label } = useWords();
  const today = moment(useNow(), useZone()).slice(0, 10);
  const uses = useUses();
  const { change, busy } = useChange('/api/calendars');
  const [editing, setEditing] = useState(false);
  const [year, setYear] = useState(Number(today.slice(0, 4)));
  const hours = calendar.hours.map((one) => `${clock(one.from)}–${clock(one.to)}${one.to <= one.from ? ` (${t('calendars.nextday')})` : ''}`).join(t('list.and'));
  const back = () => change(() => request('DELETE', path, { headers: { 'If-Match': `"${calendar.version}"` } }).then(() => true), t('calendars.back.done'));
  const tools = (
    <span className="row">
      {calendar.mayChange && calendar.own && <Popconfirm title={t('calendars.back.ask')} okText={t('calendars.back')} cancelText={t('cancel')} onConfirm={() => void back()}><Button size="small" loading={busy} data-testid="calendar-back">{t('calendars.back')}</Button></Popconfirm>}
      {calendar.mayChange && <Button size="small" onClick={() => { setEditing(true); }} data-testid="calendar-edit">{t('calendars.change')}</Button>}
      <Button size="small" icon={<LeftOutlined />} aria-label={t('calendars.before')} onClick={() => { setYear(year - 1); }} /><b aria-label={t('calendars.year')}>{year}</b><Button size="small" icon={<RightOutlined />} aria-label={t('calendars.after')} onClick={() => { setYear(year + 1); }} />
    </span>
  );
  return (
    <Section title={label(calendar.name)} tools={tools}>
      <Whose of={calendar} />
      <Facts rows={[
        [t('calendars.days'), weekdays.filter((day) => calendar.days.includes(day)).map((day) => t(`calendars.day.${day}`)).join(t('list.and'))],
        [t('calendars.hours'), hours],
        [t('calendars.zone'), calendar.zone ?? t('calendars.zone.party')],
        [t('calendars.uses'), uses(calendar)],
      ]} />
      <div className="row wrap small">{kinds.map((kind) => <span key={kind} className="month-key"><i className={kind} />{t(`calendars.kind.${kind}`)}</span>)}</div>
      <div className="months" data-testid="calendar">{months.map((month) => <Month key={month} calendar={calendar} year={year} month={month} today={today} />)}</div>
      {editing && <OwnCalendarForm calendar={calendar} path={path} place={place} onClose={() => { setEditing(false); }} />}
    </Section>
  );
}

/** The shifts that figures are counted by, and the calendars that deadlines are counted in, as they hold for a party or thing, which may have its own. */
export function Calendars({ pack, types }: { pack: string; types: string[] }) {
  const { t } = useWords();
  const scope = useScope();
  const [party, setParty] = useState(scope.party ?? 'root');
  const [thing, setThing] = useState<string | undefined>();
  const parties = useNodeOptions('/api/parties');
  const things = (useThings().data ?? []).filter((one) => types.includes(one.type));
  const query = thing === undefined ? { party } : { thing };
  const calendars = useAll<PlaceCalendar>('/api/calendars', query);
  const shifts = useAll<PlaceShifts>('/api/shifts', query);
  const place = thing === undefined ? parties.find((one) => one.value === party)?.title ?? party : things.find((one) => one.id === thing)?.name ?? thing;
  const of = thing === undefined ? `parties/${segment(party)}` : `things/${segment(thing)}`;
  const error = calendars.error ?? shifts.error;
  const own = (calendars.data ?? []).filter((one) => one.pack === pack);
  const ownShifts = (shifts.data ?? []).filter((one) => one.pack === pack);
  return (
    <div className="stack" data-testid="calendars">
      <div className="row wrap">
        <label className="row"><span className="quiet">{t('calendars.for')}</span><Select value={party} disabled={thing !== undefined} onChange={setParty} options={parties} showSearch={{ optionFilterProp: 'title' }} style={{ minWidth: 200 }} aria-label={t('party')} data-testid="calendars-party" /></label>
        <Select allowClear value={thing} onChange={(value: string | undefined) => { setThing(value); }} placeholder={t('calendars.for.thing')} options={things.map((one) => ({ value: one.id, label: one.name }))} showSearch={{ optionFilterProp: 'label' }} style={{ minWidth: 200 }} aria-label={t('calendars.for.thing')} data-testid="calendars-thing" />
      </div>
      {error !== null && <ProblemView error={error} />}
      {ownShifts.map((one) => <Shifts key={`${of}/${one.pack}`} of={one} path={`/api/shifts/${segment(pack)}/${of}`} place={place} />)}
      {calendars.data !== undefined && <p className="quiet small">{t(own.length === 0 ? 'calendars.none' : 'calendars.help')}</p>}
      {own.map((calendar) => <Calendar key={`${of}/${calendar.calendar}`} calendar={calendar} path={`/api/calendars/${segment(pack)}/${segment(calendar.calendar)}/${of}`} place={place} />)}
    </div>
  );
}
