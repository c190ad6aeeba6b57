import { MenuOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useState } from 'react';
import { useSecond } from '../context/now';
import { usePreferences, useWords } from '../context/preferences';
import { moment, offset } from '../format/times';
import { useLiveStatus } from '../live/provider';
import { useZone } from '../context/zone';
import { FindBox, FindField } from './Find';
import { Bell } from '../features/notifications/Bell';
import { ProgressBar } from './ProgressBar';
import { ScopePicker } from './ScopePicker';
import { useFindKeys } from './findKeys';
import { Simulated } from './Simulated';
import { UserMenu } from './UserMenu';

function Clock() {
  const now = useSecond();
  const zone = useZone();
  return <div className="clock" data-testid="clock" title={`${moment(now, zone)} ${zone} ${offset(zone, now)}`}><b>{moment(now, zone, 'clock')}</b><span><span className="date">{moment(now, zone, 'day')} </span>{offset(zone, now)}</span></div>;
}

function Pulse() {
  const { t } = useWords();
  const { connected } = useLiveStatus();
  const word = t(connected ? 'live.on' : 'live.connecting');
  return <span className={connected ? 'pulse on' : 'pulse'} role="status" aria-label={word} title={word} data-testid="live-status" data-connected={connected} />;
}

export function TopBar({ onMenu }: { onMenu: () => void }) {
  const { t, language } = useWords();
  const { mode, change } = usePreferences();
  const [finding, setFinding] = useState(false);
  useFindKeys(() => { setFinding(true); });
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <header className="topbar">
      <button type="button" className="icon menu" onClick={onMenu} aria-label={t('nav.menu')} data-testid="open-menu"><MenuOutlined /></button>
      <ScopePicker />
      <FindField onOpen={() => { setFinding(true); }} />
      {finding && <FindBox onClose={() => { setFinding(false); }} />}
      <span className="grow" />
      <Simulated />
      <ProgressBar />
      <Pulse />
      <Bell />
      <Clock />
      <button type="button" className="icon wordy" onClick={() => { change({ language: language === 'zh' ? 'en' : 'zh' }); }} data-testid="language">{t('language.other')}</button>
      <button type="button" className="icon" onClick={() => { change({ mode: other }); }} title={t(`theme.${other}`)} aria-label={t(`theme.${other}`)} data-testid="theme">{mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}</button>
      <UserMenu />
    </header>
  );
}
