import type { ButtonHTMLAttributes, ReactElement } from 'react';

const kinds = {
  plain: 'border border-line bg-raised text-text hover:border-strong-line',
  buy: 'border border-transparent bg-buy text-on-trade hover:bg-buy-hover',
  sell: 'border border-transparent bg-sell text-on-trade hover:bg-sell-hover',
} as const;

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: keyof typeof kinds;
}

export function Button({ kind = 'plain', className = '', type = 'button', ...rest }: ButtonProps): ReactElement {
  return (
    <button
      type={type}
      className={`inline-flex h-8 items-center justify-center gap-2 rounded-[6px] px-3 text-sm font-medium disabled:opacity-50 ${kinds[kind]} ${className}`}
      {...rest}
    />
  );
}
