import type { Order } from '../../domain/orders/order.ts';
import type { PositionReconciler } from './positionReconciler.ts';
import type { PositionStep } from './transition.ts';

/** Tells the reconciler what a transition of an order means for positions. */
export function applyPositionSteps(positions: PositionReconciler, order: Order, steps: readonly PositionStep[]): void {
  for (const step of steps) applyStep(positions, order, step);
}

function applyStep(positions: PositionReconciler, order: Order, step: PositionStep): void {
  switch (step.type) {
    case 'doubted':
      positions.doubted(order);
      break;
    case 'filled':
      positions.filled(order, step.proved);
      break;
    case 'follow':
      positions.follow(order, step.interest);
      break;
    case 'unclear':
      positions.unclear(order);
      break;
    case 'close_reported':
      positions.closeReported(order, step.words);
      break;
    case 'change_ended':
      positions.changeEnded(order.number, step.done);
      break;
    case 'close_ended':
      positions.closeEnded(order.number);
      break;
  }
}
