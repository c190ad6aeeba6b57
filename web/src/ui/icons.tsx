import type { ReactNode } from 'react';
import type { Severity } from '../api/types';

function Shape({ children }: { children: ReactNode }) {
  return <svg viewBox="0 0 16 16" width="16" height="16" fill="currentColor" aria-hidden="true">{children}</svg>;
}

const cut = 'var(--panel)';

/** Each band has a shape of its own, so that it is read without colour vision. */
export const bandIcon: Record<Severity, ReactNode> = {
  red: <Shape><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /><path d="M5.5 5.5l5 5m0-5l-5 5" stroke={cut} strokeWidth="1.8" fill="none" /></Shape>,
  orange: <Shape><path d="M8 1l7.5 13.5H.5z" /><path d="M8 6v4m0 1.4v1.4" stroke={cut} strokeWidth="1.7" fill="none" /></Shape>,
  yellow: <Shape><path d="M8 .8L15.2 8 8 15.2.8 8z" /><path d="M8 4.5v4.2m0 1.2v1.5" stroke={cut} strokeWidth="1.6" fill="none" /></Shape>,
  blue: <Shape><circle cx="8" cy="8" r="7" /><path d="M8 7v5M8 4v1.6" stroke={cut} strokeWidth="1.7" fill="none" /></Shape>,
  green: <Shape><circle cx="8" cy="8" r="7" /><path d="M4.6 8.2l2.4 2.4 4.4-4.8" stroke={cut} strokeWidth="1.7" fill="none" /></Shape>,
};

export const noBandIcon = <Shape><circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2.3" /></Shape>;

/** What a thing does just now, as shapes known from recorders: play, pause, stop, wrench, cross. */
export const stateIcon = {
  run: <Shape><path d="M4 2l10 6-10 6z" /></Shape>,
  pause: <Shape><path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z" /></Shape>,
  stop: <Shape><rect x="3" y="3" width="10" height="10" rx="1" /></Shape>,
  tune: <Shape><path d="M10.8 1a4.2 4.2 0 0 0-4 5.5L1.4 12 4 14.6l5.5-5.4A4.2 4.2 0 0 0 15 4.6l-2.5 2.2-2.2-.9-.6-2.3L12 1.2A4 4 0 0 0 10.8 1z" /></Shape>,
  halt: <Shape><path d="M8 1l7.5 13.5H.5z" /><path d="M8 6v4m0 1.4v1.4" stroke={cut} strokeWidth="1.7" fill="none" /></Shape>,
  fault: <Shape><path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" /><path d="M5.5 5.5l5 5m0-5l-5 5" stroke={cut} strokeWidth="1.8" fill="none" /></Shape>,
  other: <Shape><circle cx="8" cy="8" r="4" /></Shape>,
  none: <Shape><circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" /></Shape>,
};

export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" fill="none" strokeWidth="2.6" strokeLinecap="round">
      <path stroke="var(--accent)" d="M10 5v9M10 18v9M16 5v3M16 12v8M16 24v3M22 5v9M22 18v9" />
      <path stroke="var(--quiet)" d="M5 10h3M12 10h8M24 10h3M5 16h9M18 16h9M5 22h3M12 22h8M24 22h3" />
    </svg>
  );
}
