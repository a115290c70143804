// How the server judges a request and carries it out. Retcodes are those of the reference.
#pragma once
#include "server.h"

namespace shim {

struct Outcome {
  uint retcode = TRADE_RETCODE_DONE;
  ulong deal = 0, order = 0;
  double volume = 0, price = 0;
};
inline Outcome refused(uint retcode) {
  Outcome outcome;
  outcome.retcode = retcode;
  return outcome;
}

inline bool isMultiple(double volume, double step) { return std::fabs(volume / step - std::round(volume / step)) < 1e-6; }
inline bool isVolume(const Symbol &s, double volume) { return volume >= s.min - 1e-9 && volume <= s.max + 1e-9 && isMultiple(volume, s.step); }

/** Rule E15: by execution mode and flags; pending orders RETURN. */
inline bool isFilling(const Symbol &s, ENUM_ORDER_TYPE_FILLING filling, bool isPending) {
  if (isPending && s.execution != SYMBOL_TRADE_EXECUTION_EXCHANGE) return filling == ORDER_FILLING_RETURN;
  const bool byFlag = (filling == ORDER_FILLING_FOK && (s.filling & SYMBOL_FILLING_FOK)) || (filling == ORDER_FILLING_IOC && (s.filling & SYMBOL_FILLING_IOC)) ||
                      (filling == ORDER_FILLING_BOC && isPending && (s.filling & SYMBOL_FILLING_BOC));
  switch (s.execution) {
  case SYMBOL_TRADE_EXECUTION_MARKET: return byFlag;
  case SYMBOL_TRADE_EXECUTION_EXCHANGE: return byFlag || filling == ORDER_FILLING_RETURN;
  default: return filling != ORDER_FILLING_BOC;
  }
}

/** Stops lie on the right side of `from` and at least the stops level away. */
inline bool areStops(const Symbol &s, int type, double from, double sl, double tp) {
  const double sign = type % 2 == 0 ? 1 : -1;
  const auto isFar = [&s](double distance) { return s.points(distance) >= std::max(s.stops, 1); };
  return (sl <= 0 || isFar(sign * (from - sl))) && (tp <= 0 || isFar(sign * (tp - from)));
}
inline bool isFrozen(const Symbol &s, double price, double level) { return s.freeze > 0 && level > 0 && std::labs(s.points(price - level)) <= s.freeze; }
inline bool isFrozen(const Symbol &s, const Position &p) {
  const double price = closingPrice(s, p.type);
  return isFrozen(s, price, p.sl) || isFrozen(s, price, p.tp);
}

inline uint judgeAccount() {
  if (!numberSwitch("ACCOUNT_TRADE_ALLOWED", 1)) return TRADE_RETCODE_TRADE_DISABLED;
  if (!numberSwitch("ACCOUNT_TRADE_EXPERT", 1)) return TRADE_RETCODE_SERVER_DISABLES_AT;
  return 0;
}
inline uint judgeSymbol(const Symbol &s) {
  if (s.mode == SYMBOL_TRADE_MODE_DISABLED) return TRADE_RETCODE_TRADE_DISABLED;
  if (!isOpen(s)) return TRADE_RETCODE_MARKET_CLOSED;
  if (s.bid <= 0 || s.ask <= 0) return TRADE_RETCODE_PRICE_OFF;
  return 0;
}

/** Volume in one direction, pending orders included, for the symbol's limit. */
inline double volumeIn(const std::string &symbol, int side) {
  double sum = 0;
  for (const auto &[id, p] : book().positions)
    if (p.symbol == symbol && p.type == side) sum += p.volume;
  for (const auto &[ticket, o] : book().orders)
    if (o.symbol == symbol && o.type % 2 == side) sum += o.current;
  return sum;
}

/** The rules for what opens or enlarges a position. */
inline uint judgeOpening(const Symbol &s, const MqlTradeRequest &r, double opened) {
  const int side = r.type % 2;
  if (s.mode == SYMBOL_TRADE_MODE_CLOSEONLY) return TRADE_RETCODE_CLOSE_ONLY;
  if (s.mode == SYMBOL_TRADE_MODE_LONGONLY && side == 1) return TRADE_RETCODE_LONG_ONLY;
  if (s.mode == SYMBOL_TRADE_MODE_SHORTONLY && side == 0) return TRADE_RETCODE_SHORT_ONLY;
  if (s.limit > 0 && volumeIn(s.name, side) + opened > s.limit + 1e-9) return TRADE_RETCODE_LIMIT_VOLUME;
  const long most = numberSwitch("LIMIT_POSITIONS");
  if (most > 0 && static_cast<long>(book().positions.size()) >= most) return TRADE_RETCODE_LIMIT_POSITIONS;
  return 0;
}

inline uint judgeMoney(const Symbol &s, double volume, double price) {
  return marginOf(s, volume, price) > moneyOf(book().balance(), book().positions).free() ? static_cast<uint>(TRADE_RETCODE_NO_MONEY) : 0;
}

inline uint judgePrice(const Symbol &s, const MqlTradeRequest &r) {
  if (s.execution != SYMBOL_TRADE_EXECUTION_INSTANT && s.execution != SYMBOL_TRADE_EXECUTION_REQUEST) return 0;
  if (r.price <= 0) return TRADE_RETCODE_INVALID_PRICE;
  const double price = executionPrice(s, r.type);
  return static_cast<ulong>(std::labs(s.points(price - r.price))) > r.deviation ? static_cast<uint>(TRADE_RETCODE_REQUOTE) : 0;
}

/** A position that the request closes, or null; the retcode where it names one that can't be closed so. */
inline uint judgeClosing(const Symbol &s, const MqlTradeRequest &r, const Position *&closed) {
  closed = nullptr;
  if (r.position == 0) return 0;
  const Position *p = nullptr;
  for (const auto &[id, each] : book().positions)
    if (each.ticket == r.position) p = &each;
  if (!p) return TRADE_RETCODE_POSITION_CLOSED;
  if (p->symbol != s.name) return TRADE_RETCODE_INVALID;
  if (!isHedging()) return 0;
  if (p->type == r.type % 2) return TRADE_RETCODE_INVALID;
  if (r.volume > p->volume + 1e-9) return TRADE_RETCODE_INVALID_CLOSE_VOLUME;
  if (isFrozen(s, *p)) return TRADE_RETCODE_FROZEN;
  closed = p;
  return 0;
}

inline uint judgeDeal(const Symbol &s, const MqlTradeRequest &r) {
  if (r.type != ORDER_TYPE_BUY && r.type != ORDER_TYPE_SELL) return TRADE_RETCODE_INVALID;
  if (!(s.orders & SYMBOL_ORDER_MARKET)) return TRADE_RETCODE_INVALID;
  const Position *closed = nullptr;
  if (const uint code = judgeClosing(s, r, closed)) return code;
  const bool isWhole = closed && std::fabs(closed->volume - r.volume) < 1e-9;
  if (!isVolume(s, r.volume) && !isWhole) return TRADE_RETCODE_INVALID_VOLUME;
  if (!isFilling(s, r.type_filling, false)) return TRADE_RETCODE_INVALID_FILL;
  if (const uint code = judgePrice(s, r)) return code;
  if (closed) return 0;
  if (!areStops(s, r.type, closingPrice(s, r.type), r.sl, r.tp)) return TRADE_RETCODE_INVALID_STOPS;
  const Position *netted = isHedging() ? nullptr : positionOf(s.name);
  const double opened = netted && netted->type != r.type % 2 ? std::max(0.0, r.volume - 2 * netted->volume) : r.volume;
  const bool reduces = netted && netted->type != r.type % 2 && r.volume <= netted->volume + 1e-9;
  if (reduces) return 0;
  if (const uint code = judgeOpening(s, r, r.volume)) return code;
  return judgeMoney(s, opened, executionPrice(s, r.type));
}

inline bool isPendingPrice(const Symbol &s, int type, double price, double stopLimit) {
  const auto isFar = [&s](double distance) { return s.points(distance) >= std::max(s.stops, 1); };
  switch (type) {
  case ORDER_TYPE_BUY_LIMIT: return price > 0 && isFar(s.ask - price);
  case ORDER_TYPE_SELL_LIMIT: return isFar(price - s.bid);
  case ORDER_TYPE_BUY_STOP: return isFar(price - s.ask);
  case ORDER_TYPE_SELL_STOP: return price > 0 && isFar(s.bid - price);
  case ORDER_TYPE_BUY_STOP_LIMIT: return isFar(price - s.ask) && stopLimit > 0 && isFar(price - stopLimit);
  case ORDER_TYPE_SELL_STOP_LIMIT: return price > 0 && isFar(s.bid - price) && isFar(stopLimit - price);
  default: return false;
  }
}

inline uint judgeExpiration(const Symbol &s, ENUM_ORDER_TYPE_TIME type, datetime expiration) {
  static const int flags[] = {SYMBOL_EXPIRATION_GTC, SYMBOL_EXPIRATION_DAY, SYMBOL_EXPIRATION_SPECIFIED, SYMBOL_EXPIRATION_SPECIFIED_DAY};
  if (type < 0 || type > 3 || !(s.expirations & flags[type])) return TRADE_RETCODE_INVALID_EXPIRATION;
  return type >= ORDER_TIME_SPECIFIED && expiration <= serverMs() / 1000 ? static_cast<uint>(TRADE_RETCODE_INVALID_EXPIRATION) : 0;
}

inline uint judgePending(const Symbol &s, const MqlTradeRequest &r) {
  static const int flags[] = {0, 0, SYMBOL_ORDER_LIMIT, SYMBOL_ORDER_LIMIT, SYMBOL_ORDER_STOP, SYMBOL_ORDER_STOP, SYMBOL_ORDER_STOP_LIMIT, SYMBOL_ORDER_STOP_LIMIT, 0};
  if (r.type < ORDER_TYPE_BUY_LIMIT || r.type > ORDER_TYPE_SELL_STOP_LIMIT || !(s.orders & flags[r.type])) return TRADE_RETCODE_INVALID;
  if (!isVolume(s, r.volume)) return TRADE_RETCODE_INVALID_VOLUME;
  if (!isFilling(s, r.type_filling, true)) return TRADE_RETCODE_INVALID_FILL;
  if (!isPendingPrice(s, r.type, r.price, r.stoplimit)) return TRADE_RETCODE_INVALID_PRICE;
  if (const uint code = judgeExpiration(s, r.type_time, r.expiration)) return code;
  if (!areStops(s, r.type, r.stoplimit > 0 ? r.stoplimit : r.price, r.sl, r.tp)) return TRADE_RETCODE_INVALID_STOPS;
  const long most = numberSwitch("ACCOUNT_LIMIT_ORDERS", 200);
  if (most > 0 && static_cast<long>(book().orders.size()) >= most) return TRADE_RETCODE_LIMIT_ORDERS;
  return judgeOpening(s, r, r.volume);
}

/** The position of a request that changes stops: by ticket, on netting also by symbol. */
inline Position *requested(const MqlTradeRequest &r) {
  if (r.position == 0) return isHedging() ? nullptr : positionOf(r.symbol.utf8());
  for (auto &[id, each] : book().positions)
    if (each.ticket == r.position) return &each;
  return nullptr;
}

inline uint judgeStops(const Symbol &s, const MqlTradeRequest &r) {
  const Position *p = requested(r);
  if (!p) return TRADE_RETCODE_POSITION_CLOSED;
  if (s.points(p->sl - r.sl) == 0 && s.points(p->tp - r.tp) == 0) return TRADE_RETCODE_NO_CHANGES;
  if (isFrozen(s, *p)) return TRADE_RETCODE_FROZEN;
  return areStops(s, p->type, closingPrice(s, p->type), r.sl, r.tp) ? 0 : static_cast<uint>(TRADE_RETCODE_INVALID_STOPS);
}

inline uint judgeModify(const Symbol &s, const Order &o, const MqlTradeRequest &r) {
  const double stopLimit = r.stoplimit > 0 ? r.stoplimit : o.stopLimit;
  if (isFrozen(s, o.type % 2 == 0 ? s.ask : s.bid, o.price)) return TRADE_RETCODE_FROZEN;
  const bool isSame = s.points(o.price - r.price) == 0 && s.points(o.sl - r.sl) == 0 && s.points(o.tp - r.tp) == 0 && s.points(o.stopLimit - stopLimit) == 0 &&
                      o.timeType == r.type_time && o.expiration == r.expiration;
  if (isSame) return TRADE_RETCODE_NO_CHANGES;
  if (!isPendingPrice(s, o.type, r.price, stopLimit)) return TRADE_RETCODE_INVALID_PRICE;
  if (const uint code = judgeExpiration(s, r.type_time, r.expiration)) return code;
  return areStops(s, o.type, r.price, r.sl, r.tp) ? 0 : static_cast<uint>(TRADE_RETCODE_INVALID_STOPS);
}

} // namespace shim
