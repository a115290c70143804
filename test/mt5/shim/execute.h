// Carries requests out, and lets prices trigger orders and stops. Switches:
//   ORDER_MS=n          a request takes so long to the server and back
//   EXECUTION_MS=n      a market order is placed at once (10008, no deal) and filled n ms later
//   PARTIAL_FILL=0.4    so much of a market order is filled: IOC cancels the rest, RETURN leaves it, FOK is rejected
//   RETCODE=n           the server answers n; RETCODE_TRADES=1: it has traded all the same (an answer that was lost or a time-out)
//   REQUOTES=n          the next n market orders get 10004
// Control lines: close POSITION [volume] · open SYMBOL buy|sell volume · place SYMBOL buy|sell volume price (a limit order) · cancel ORDER · fill ORDER volume · deposit MONEY ·
//   reticket POSITION (as after a swap with re-opening: the ticket changes, the identifier stays). A POSITION is an identifier or a symbol.
#pragma once
#include "requests.h"

namespace shim {

/** When placed market orders are filled, by ticket, in nanoseconds. */
inline std::map<ulong, ulong> &fillTimes() {
  static auto &all = *new std::map<ulong, ulong>;
  return all;
}

inline Order orderFrom(const MqlTradeRequest &r) {
  Order o;
  o.ticket = book().nextTicket();
  o.magic = r.magic;
  o.symbol = r.symbol.utf8();
  o.comment = cutComment(r.comment.utf8());
  o.type = r.type;
  o.filling = r.type_filling;
  o.timeType = r.type_time;
  o.expiration = r.expiration;
  o.reason = ORDER_REASON_EXPERT;
  o.initial = o.current = lots(r.volume);
  o.price = r.price;
  o.stopLimit = r.stoplimit;
  o.sl = r.sl;
  o.tp = r.tp;
  o.setupMs = serverMs();
  o.state = ORDER_STATE_PLACED;
  return o;
}

/** The volume of an order that the market gives at once. */
inline double available(const Symbol &s, double volume) {
  const std::string part = textSwitch("PARTIAL_FILL");
  if (part.empty()) return volume;
  return lots(std::floor(volume * std::strtod(part.c_str(), nullptr) / s.step + 1e-9) * s.step);
}

/** Fills a market order that has been added, as far as its filling mode and the market allow. */
inline Outcome fillNow(Order order) {
  const Symbol &s = symbolNamed(order.symbol);
  Outcome outcome;
  outcome.order = order.ticket;
  outcome.price = executionPrice(s, order.type);
  outcome.volume = available(s, order.current);
  if (outcome.volume <= 0 || (outcome.volume < order.current && order.filling == ORDER_FILLING_FOK)) {
    endOrder(order, ORDER_STATE_REJECTED);
    outcome.volume = outcome.price = 0;
    outcome.retcode = TRADE_RETCODE_REJECT;
    return outcome;
  }
  outcome.deal = fill(order, outcome.volume, outcome.price).ticket;
  if (order.current <= 0) endOrder(order, ORDER_STATE_FILLED);
  else {
    outcome.retcode = TRADE_RETCODE_DONE_PARTIAL;
    order.state = ORDER_STATE_PARTIAL;
    if (order.filling == ORDER_FILLING_RETURN) putOrder(order, TRADE_TRANSACTION_ORDER_UPDATE);
    else endOrder(order, ORDER_STATE_PARTIAL);
  }
  return outcome;
}

inline Outcome doDeal(const Symbol &s, const MqlTradeRequest &r) {
  if (const uint code = judgeDeal(s, r)) return refused(code);
  const long requotes = numberSwitch("REQUOTES");
  if (requotes > 0) {
    setSwitch("REQUOTES", std::to_string(requotes - 1));
    return refused(TRADE_RETCODE_REQUOTE);
  }
  Order order = orderFrom(r);
  for (const auto &[id, p] : book().positions)
    if (p.ticket == r.position) order.position = id;
  putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
  const long later = numberSwitch("EXECUTION_MS");
  if (later <= 0) return fillNow(order);
  fillTimes()[order.ticket] = dueIn(later);
  Outcome placed = refused(TRADE_RETCODE_PLACED);
  placed.order = order.ticket;
  placed.volume = r.volume;
  return placed;
}

inline Outcome doPending(const Symbol &s, const MqlTradeRequest &r) {
  if (const uint code = judgePending(s, r)) return refused(code);
  const Order order = orderFrom(r);
  putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
  Outcome outcome;
  outcome.order = order.ticket;
  outcome.volume = order.initial;
  outcome.price = order.price;
  return outcome;
}

inline Outcome doStops(const Symbol &s, const MqlTradeRequest &r) {
  if (const uint code = judgeStops(s, r)) return refused(code);
  Position p = *requested(r);
  p.sl = s.round(r.sl);
  p.tp = s.round(r.tp);
  p.changedMs = serverMs();
  putPosition(p);
  tell(positionEvent(p));
  return Outcome();
}

inline Outcome doModify(const MqlTradeRequest &r) {
  const auto found = book().orders.find(r.order);
  if (found == book().orders.end() || found->second.type < ORDER_TYPE_BUY_LIMIT) return refused(TRADE_RETCODE_INVALID_ORDER);
  Order o = found->second;
  const Symbol &s = symbolNamed(o.symbol);
  if (const uint code = judgeSymbol(s)) return refused(code);
  if (const uint code = judgeModify(s, o, r)) return refused(code);
  o.price = s.round(r.price);
  o.sl = s.round(r.sl);
  o.tp = s.round(r.tp);
  if (r.stoplimit > 0) o.stopLimit = s.round(r.stoplimit);
  o.timeType = r.type_time;
  o.expiration = r.expiration;
  putOrder(o, TRADE_TRANSACTION_ORDER_UPDATE);
  Outcome outcome;
  outcome.order = o.ticket;
  outcome.price = o.price;
  outcome.volume = o.current;
  return outcome;
}

inline Outcome doRemove(const MqlTradeRequest &r) {
  const auto found = book().orders.find(r.order);
  if (found == book().orders.end()) return refused(TRADE_RETCODE_INVALID_ORDER);
  const Order o = found->second;
  const Symbol &s = symbolNamed(o.symbol);
  if (const uint code = judgeSymbol(s)) return refused(code);
  if (isFrozen(s, o.type % 2 == 0 ? s.ask : s.bid, o.price)) return refused(TRADE_RETCODE_FROZEN);
  endOrder(o, ORDER_STATE_CANCELED);
  Outcome outcome;
  outcome.order = o.ticket;
  return outcome;
}

inline Outcome doCloseBy(const MqlTradeRequest &r) {
  const Position *one = nullptr, *other = nullptr;
  for (const auto &[id, each] : book().positions) {
    if (each.ticket == r.position) one = &each;
    if (each.ticket == r.position_by) other = &each;
  }
  if (!isHedging()) return refused(TRADE_RETCODE_INVALID);
  if (!one || !other) return refused(TRADE_RETCODE_POSITION_CLOSED);
  const Symbol &s = symbolNamed(one->symbol);
  if (one->symbol != other->symbol || one->type == other->type || !(s.orders & SYMBOL_ORDER_CLOSEBY)) return refused(TRADE_RETCODE_INVALID);
  if (const uint code = judgeSymbol(s)) return refused(code);
  const Position first = *one, second = *other;
  const double volume = std::min(first.volume, second.volume);
  Order order = orderFrom(r);
  order.symbol = first.symbol;
  order.type = ORDER_TYPE_CLOSE_BY;
  order.position = first.id;
  order.positionBy = second.id;
  order.initial = order.current = volume;
  putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
  Outcome outcome;
  outcome.order = order.ticket;
  outcome.volume = volume;
  outcome.price = second.price;
  // The first position closes at the price of the second, so all of the profit is in its deal.
  for (const Position &p : {first, second}) {
    Deal deal = dealFor(order, volume, p.id == first.id ? second.price : first.price);
    deal.type = p.type == 0 ? 1 : 0;
    deal.entry = DEAL_ENTRY_OUT_BY;
    deal.position = p.id;
    if (p.id == first.id) deal.profit = profitOf(s, p.type, volume, p.price, second.price);
    addDeal(deal);
    if (p.id == first.id) outcome.deal = deal.ticket;
    Position left = p;
    left.volume = lots(p.volume - volume);
    if (left.volume <= 0) dropPosition(p.id);
    else putPosition(left);
  }
  order.current = 0;
  endOrder(order, ORDER_STATE_FILLED);
  return outcome;
}

inline Outcome carryOut(const MqlTradeRequest &r) {
  if (const uint code = judgeAccount()) return refused(code);
  if (r.action == TRADE_ACTION_MODIFY) return doModify(r);
  if (r.action == TRADE_ACTION_REMOVE) return doRemove(r);
  if (r.action == TRADE_ACTION_CLOSE_BY) return doCloseBy(r);
  const Position *p = r.action == TRADE_ACTION_SLTP ? requested(r) : nullptr;
  const Symbol *s = findSymbol(p ? p->symbol : r.symbol.utf8());
  if (!s) return refused(TRADE_RETCODE_INVALID);
  if (const uint code = judgeSymbol(*s)) return refused(code);
  if (r.action == TRADE_ACTION_DEAL) return doDeal(*s, r);
  if (r.action == TRADE_ACTION_PENDING) return doPending(*s, r);
  if (r.action == TRADE_ACTION_SLTP) return doStops(*s, r);
  return refused(TRADE_RETCODE_INVALID);
}

/** What the server answers; the switches may make that differ from what it has done. */
inline Outcome serve(const MqlTradeRequest &request) {
  const long forced = numberSwitch("RETCODE");
  if (forced == 0) return carryOut(request);
  if (numberSwitch("RETCODE_TRADES")) carryOut(request);
  return refused(static_cast<uint>(forced));
}

/** Ends an operation: its events go, the book is written. */
inline void commit() {
  sendBatch();
  book().commit();
}

// ---- prices

inline void triggerStops(const Symbol &s) {
  const auto positions = book().positions;
  for (const auto &[id, p] : positions) {
    if (p.symbol != s.name) continue;
    const double price = closingPrice(s, p.type), sign = p.type == 0 ? 1 : -1;
    const bool isSl = p.sl > 0 && sign * (price - p.sl) <= 1e-9, isTp = p.tp > 0 && sign * (price - p.tp) >= -1e-9;
    if (!isSl && !isTp) continue;
    const std::string level = DoubleToString(isSl ? p.sl : p.tp, s.digits).utf8();
    closeFor(p, isSl ? ORDER_REASON_SL : ORDER_REASON_TP, p.volume, price, (isSl ? "[sl " : "[tp ") + level + "]");
  }
}

inline void triggerOrders(const Symbol &s) {
  const auto orders = book().orders;
  for (const auto &[ticket, each] : orders) {
    Order o = each;
    if (o.symbol != s.name || o.type < ORDER_TYPE_BUY_LIMIT || o.type > ORDER_TYPE_SELL_STOP_LIMIT) continue;
    const bool isBuy = o.type % 2 == 0, isLimit = o.type == ORDER_TYPE_BUY_LIMIT || o.type == ORDER_TYPE_SELL_LIMIT;
    const double price = isBuy ? s.ask : s.bid, above = (isBuy ? 1 : -1) * (price - o.price);
    if (isLimit ? above > 1e-9 : above < -1e-9) continue;
    if (o.type >= ORDER_TYPE_BUY_STOP_LIMIT) {
      o.type = isBuy ? ORDER_TYPE_BUY_LIMIT : ORDER_TYPE_SELL_LIMIT;
      o.price = o.stopLimit;
      putOrder(o, TRADE_TRANSACTION_ORDER_UPDATE);
      continue;
    }
    if (judgeMoney(s, o.current, price)) {
      endOrder(o, ORDER_STATE_REJECTED);
      continue;
    }
    fill(o, o.current, isLimit ? o.price : price);
    endOrder(o, ORDER_STATE_FILLED);
  }
}

inline void stopOut() {
  static auto &level = *new CachedSwitch("STOP_OUT", 50);
  for (;;) {
    const Money money = moneyOf(book().balance(), book().positions);
    if (money.margin <= 0 || money.level() >= static_cast<double>(level.value())) return;
    const Position *worst = nullptr;
    double lowest = 0;
    for (const auto &[id, p] : book().positions) {
      const Symbol &s = symbolNamed(p.symbol);
      const double profit = profitOf(s, p.type, p.volume, p.price, closingPrice(s, p.type));
      if (!worst || profit < lowest) worst = &p, lowest = profit;
    }
    if (!worst) return;
    const Position p = *worst;
    closeFor(p, ORDER_REASON_SO, p.volume, closingPrice(symbolNamed(p.symbol), p.type), "[so " + DoubleToString(money.level(), 1).utf8() + "%]");
  }
}

inline void priced(Symbol &s) {
  if (&s == &chartSymbol()) queueOnce(Event::Tick);
  if (!isOpen(s)) return;
  triggerOrders(s);
  triggerStops(s);
  stopOut();
  commit();
}

/** The server time in seconds at which an order ends; 0 for never. Orders of a day end with it. */
inline long expiryOf(const Order &o) {
  const auto endOfDay = [](long seconds) { return (seconds / 86400 + 1) * 86400; };
  switch (o.timeType) {
  case ORDER_TIME_DAY: return endOfDay(o.setupMs / 1000);
  case ORDER_TIME_SPECIFIED: return o.expiration;
  case ORDER_TIME_SPECIFIED_DAY: return endOfDay(o.expiration);
  default: return 0;
  }
}

inline void expireOrders() {
  const auto orders = book().orders;
  for (const auto &[ticket, o] : orders)
    if (expiryOf(o) > 0 && expiryOf(o) <= serverMs() / 1000) endOrder(o, ORDER_STATE_EXPIRED), commit();
}

inline void fillPlaced() {
  const auto orders = book().orders;
  for (const auto &[ticket, o] : orders) {
    if (o.type > ORDER_TYPE_SELL || o.state != ORDER_STATE_PLACED) continue;
    // One that a program before this placed has no time: it was filled while nobody looked.
    const auto due = fillTimes().find(ticket);
    if (due != fillTimes().end() && due->second > nanoseconds()) continue;
    fillNow(o);
    commit();
  }
}

// ---- a person at another terminal

inline Position byName(const std::string &name) {
  for (const auto &[id, p] : book().positions)
    if (p.symbol == name || std::to_string(id) == name) return p;
  critical("the control file names a position that is not there: " + name);
}

inline void addServerWords() {
  auto &words = controlWords();
  words["close"] = [](const Words &w) {
    const Position p = byName(w.at(1));
    closeFor(p, ORDER_REASON_CLIENT, w.size() > 2 ? std::strtod(w[2].c_str(), nullptr) : p.volume, closingPrice(symbolNamed(p.symbol), p.type), "");
    commit();
  };
  words["open"] = [](const Words &w) {
    MqlTradeRequest r = {};
    r.action = TRADE_ACTION_DEAL;
    r.symbol = string(w.at(1));
    r.type = w.at(2) == "buy" ? ORDER_TYPE_BUY : ORDER_TYPE_SELL;
    r.volume = std::strtod(w.at(3).c_str(), nullptr);
    Order order = orderFrom(r);
    order.reason = ORDER_REASON_CLIENT;
    putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
    fill(order, order.current, executionPrice(symbolNamed(order.symbol), order.type));
    endOrder(order, ORDER_STATE_FILLED);
    commit();
  };
  words["place"] = [](const Words &w) {
    MqlTradeRequest r = {};
    r.action = TRADE_ACTION_PENDING;
    r.symbol = string(w.at(1));
    r.type = w.at(2) == "buy" ? ORDER_TYPE_BUY_LIMIT : ORDER_TYPE_SELL_LIMIT;
    r.volume = std::strtod(w.at(3).c_str(), nullptr);
    r.price = std::strtod(w.at(4).c_str(), nullptr);
    Order order = orderFrom(r);
    order.reason = ORDER_REASON_CLIENT;
    order.state = ORDER_STATE_PLACED;
    putOrder(order, TRADE_TRANSACTION_ORDER_ADD);
    commit();
  };
  words["cancel"] = [](const Words &w) { endOrder(book().orders.at(std::strtoul(w.at(1).c_str(), nullptr, 10)), ORDER_STATE_CANCELED), commit(); };
  words["fill"] = [](const Words &w) {
    Order o = book().orders.at(std::strtoul(w.at(1).c_str(), nullptr, 10));
    fill(o, std::min(o.current, std::strtod(w.at(2).c_str(), nullptr)), executionPrice(symbolNamed(o.symbol), o.type));
    if (o.current <= 0) endOrder(o, ORDER_STATE_FILLED);
    else putOrder(o, TRADE_TRANSACTION_ORDER_UPDATE);
    commit();
  };
  words["deposit"] = [](const Words &w) { deposit(std::strtod(w.at(1).c_str(), nullptr)), commit(); };
  words["reticket"] = [](const Words &w) {
    Position p = byName(w.at(1));
    p.ticket = book().nextTicket();
    putPosition(p);
    commit();
  };
}

} // namespace shim
