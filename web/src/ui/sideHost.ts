import { createContext, useContext } from 'react';

/** Where details stand: beside the page, inside the shell. */
export const SideHost = createContext<HTMLElement | null>(null);
export const useSideHost = () => useContext(SideHost);
