import type { ReactNode } from 'react';

/** Fades once when the value behind it changes: a new key restarts the animation, the first showing has none. */
export function Live({ of, children, className = '' }: { of: string | number | boolean | null | undefined; children: ReactNode; className?: string }) {
  return <span key={String(of)} className={`changed ${className}`}>{children}</span>;
}
