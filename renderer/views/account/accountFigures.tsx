import type { ReactElement, ReactNode } from 'react';
import type { BridgeState } from '../../../src/api/state/state.ts';
import type { AccountState } from '../../../src/api/state/accountState.ts';
import { accountCurrency } from '../../accountCurrency.ts';
import { formatAge, formatChange, formatMoney, formatNumber } from '../../format.ts';
import { dayResult, limitRooms, type LimitRoom } from './dayFigures.ts';
import { useApp, useNow } from '../../store/hooks.ts';

const staleMs = 15_000;

/** The account in large numerals. Old figures are dimmed and show their age. */
export function AccountFigures({ bridge }: { bridge: BridgeState }): ReactElement {
  const now = useNow();
  const connected = useApp(({ connection }) => connection === 'open');
  const { account } = bridge;
  const currency = accountCurrency(bridge);
  const age = account.at === null ? null : now - account.at;
  const stale = age !== null && age > staleMs;
  const marginAge = account.marginAt === null ? null : now - account.marginAt;
  const marginStale = marginAge !== null && marginAge > staleMs;
  const day = dayResult(bridge);
  // Figures of an EA that is gone are of then, however young they are.
  const isGone = bridge.channels.telemetry.state === 'down';
  const dim = stale || isGone || !connected ? 'text-muted' : '';
  return (
    <section aria-label="Account" className="flex flex-wrap items-end gap-x-3 gap-y-1 px-1 xl:gap-x-6">
      <Figure name="Balance" dim={dim} unit={currency}>
        {money(account.balance)}
      </Figure>
      <Figure name="Equity" dim={dim} unit={currency}>
        {money(account.equity)}
      </Figure>
      <Figure name="Floating P/L" dim={dim} unit={currency} tone={profitTone(account.profit)}>
        {account.profit === null ? '–' : formatChange(account.profit)}
      </Figure>
      <Figure
        name="Today"
        dim={dim}
        unit={day === null ? null : `${formatChange(day.percent)} %`}
        tone={profitTone(day?.money ?? null)}
        title={
          day === null
            ? undefined
            : 'Change of equity since the trading day began, deposits and withdrawals included. The tab Limits says since when.'
        }
      >
        {day === null ? '–' : formatChange(day.money)}
      </Figure>
      <Figure
        name="Margin level"
        dim={marginStale ? 'text-muted' : dim}
        unit={account.marginLevel === null ? null : '%'}
        tone={levelTone(account)}
      >
        {account.marginLevel === null ? '–' : formatNumber(account.marginLevel, 0)}
      </Figure>
      <div className="figures flex basis-full flex-wrap gap-x-6 text-xs leading-[1.125rem]">
        {bridge.stream === 'current' && <LimitRooms rooms={limitRooms(bridge)} />}
        <dl className="flex flex-wrap gap-x-4">
          <Small name="Margin" dim={dim}>
            {money(account.margin)}
          </Small>
          <Small name="Positions" dim={dim}>
            {account.positions ?? '–'}
          </Small>
          <Small name="Free margin" dim={dim}>
            {money(account.freeMargin)}
          </Small>
          <Small name="Reported" dim={stale || isGone ? 'text-quiet' : ''}>
            {age === null ? 'not yet' : stale || isGone ? `${formatAge(age)} ago` : 'now'}
          </Small>
        </dl>
      </div>
    </section>
  );
}

function Figure({
  name,
  unit,
  dim,
  tone = '',
  title,
  children,
}: {
  name: string;
  unit: string | null;
  dim: string;
  tone?: string;
  title?: string | undefined;
  children: ReactNode;
}): ReactElement {
  return (
    <div title={title}>
      <div className="text-xs text-muted">{name}</div>
      <div className={`figures text-xl font-semibold tracking-tight xl:text-2xl ${dim === '' ? tone : dim}`}>
        {children}
        {unit !== null && <span className="ml-1 text-sm font-normal tracking-normal text-muted">{unit}</span>}
      </div>
    </div>
  );
}

const roomTones = { ok: 'text-text', near: 'text-quiet', blocked: 'text-down' } as const;

/** How far it is to each limit. */
function LimitRooms({ rooms }: { rooms: LimitRoom[] }): ReactElement {
  return (
    <ul aria-label="Room to the limits" className="flex min-h-[1.125rem] flex-wrap gap-x-4">
      {rooms.map(({ name, words, state }) => (
        <li key={name} className="whitespace-nowrap">
          <span className="text-muted">{name} </span>
          <span className={`font-medium ${roomTones[state]}`}>{words}</span>
        </li>
      ))}
    </ul>
  );
}

function Small({ name, dim, children }: { name: string; dim: string; children: ReactNode }): ReactElement {
  return (
    <div className="flex gap-x-1.5 whitespace-nowrap">
      <dt className="text-muted">{name}</dt>
      <dd className={`font-medium ${dim}`}>{children}</dd>
    </div>
  );
}

function money(amount: number | null): string {
  return amount === null ? '–' : formatMoney(amount);
}

function profitTone(profit: number | null): string {
  if (profit === null || Math.abs(profit) < 0.005) return '';
  return profit > 0 ? 'text-live' : 'text-down';
}

/** Colour of a margin level by R1's bands. */
function levelTone({ marginLevel }: AccountState): string {
  if (marginLevel === null || marginLevel >= 200) return '';
  return marginLevel >= 150 ? 'text-quiet' : 'text-down';
}
