// What the terminal knows of the account, later than the server, and the trade events it hands to the program. Switches:
//   LATE_LISTS_MS, LATE_HISTORY_MS, LATE_EVENTS_MS  positions and orders, history and deals, events come so much later
//   EVENTS_ORDER=reverse|shuffle   order of the events of one operation, at random by EVENTS_SEED=n · EVENTS_LOSE=n|all   every n-th event is lost, or all
//   LOSE_RESULT=1   the event with an asynchronous order's result never comes
//   CONNECTED=0     the terminal has no connection: nothing new is seen, and the events of that time never come
//   CONNECT_AFTER_MS=n   the terminal connects so long after the start; until then its lists are empty
//   LISTS_AFTER_MS=n     its lists are empty for so long after each login, though it is connected
#pragma once
#include "book.h"
#include "events.h"

__attribute__((weak)) void OnTradeTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result);

namespace shim {

struct View {
  std::map<ulong, Position> positions;
  std::map<ulong, Order> orders;
  std::map<ulong, Order> history;
  std::map<ulong, Deal> deals;
  std::multimap<ulong, std::function<void(View &)>> changes; // by the time when they are seen, in nanoseconds
};

struct TradeEvent {
  MqlTradeTransaction transaction = {};
  MqlTradeRequest request = {};
  MqlTradeResult result = {};
};

inline View &viewNow() {
  static auto &view = *new View;
  return view;
}
inline std::multimap<ulong, TradeEvent> &comingEvents() {
  static auto &all = *new std::multimap<ulong, TradeEvent>;
  return all;
}
inline std::deque<TradeEvent> &queuedEvents() {
  static auto &all = *new std::deque<TradeEvent>;
  return all;
}
/** Events of the operation that is going on. */
inline std::vector<TradeEvent> &batch() {
  static auto &all = *new std::vector<TradeEvent>;
  return all;
}

inline bool isConnected() {
  static const ulong startedAt = nanoseconds();
  static auto &connected = *new CachedSwitch("CONNECTED", 1);
  static auto &after = *new CachedSwitch("CONNECT_AFTER_MS");
  return connected.value() != 0 && nanoseconds() - startedAt >= static_cast<ulong>(after.value()) * 1000000;
}

inline ulong dueIn(long ms) { return nanoseconds() + static_cast<ulong>(std::max(ms, 0L)) * 1000000; }

inline void seeLater(const char *delay, std::function<void(View &)> change) { viewNow().changes.emplace(dueIn(numberSwitch(delay)), std::move(change)); }
inline void seePosition(const Position &p) { seeLater("LATE_LISTS_MS", [p](View &v) { v.positions[p.id] = p; }); }
inline void seeNoPosition(ulong id) { seeLater("LATE_LISTS_MS", [id](View &v) { v.positions.erase(id); }); }
inline void seeOrder(const Order &o) { seeLater("LATE_LISTS_MS", [o](View &v) { v.orders[o.ticket] = o; }); }
inline void seeHistory(const Order &o) {
  seeLater("LATE_LISTS_MS", [o](View &v) { v.orders.erase(o.ticket); });
  seeLater("LATE_HISTORY_MS", [o](View &v) { v.history[o.ticket] = o; });
}
inline void seeDeal(const Deal &d) { seeLater("LATE_HISTORY_MS", [d](View &v) { v.deals[d.ticket] = d; }); }

/** The terminal's lists as they are at this moment. */
inline View &view() {
  View &view = viewNow();
  while (isConnected() && !view.changes.empty() && view.changes.begin()->first <= nanoseconds()) {
    const auto change = view.changes.begin()->second;
    view.changes.erase(view.changes.begin());
    change(view);
  }
  return view;
}

inline void tell(const MqlTradeTransaction &transaction) {
  TradeEvent event;
  event.transaction = transaction;
  batch().push_back(event);
}

inline MqlTradeTransaction orderEvent(ENUM_TRADE_TRANSACTION_TYPE type, const Order &order) {
  MqlTradeTransaction t = {};
  t.type = type;
  t.order = order.ticket;
  t.symbol = string(order.symbol);
  t.order_type = static_cast<ENUM_ORDER_TYPE>(order.type);
  t.order_state = static_cast<ENUM_ORDER_STATE>(order.state);
  t.time_type = static_cast<ENUM_ORDER_TYPE_TIME>(order.timeType);
  t.time_expiration = order.expiration;
  t.price = order.price;
  t.price_sl = order.sl;
  t.price_tp = order.tp;
  t.volume = order.current;
  t.position = order.position;
  t.position_by = order.positionBy;
  return t;
}
inline MqlTradeTransaction dealEvent(const Deal &deal) {
  MqlTradeTransaction t = {};
  t.type = TRADE_TRANSACTION_DEAL_ADD;
  t.deal = deal.ticket;
  t.order = deal.order;
  t.symbol = string(deal.symbol);
  t.deal_type = static_cast<ENUM_DEAL_TYPE>(deal.type);
  t.price = deal.price;
  t.price_sl = deal.sl;
  t.price_tp = deal.tp;
  t.volume = deal.volume;
  t.position = deal.position;
  return t;
}
inline MqlTradeTransaction positionEvent(const Position &position) {
  MqlTradeTransaction t = {};
  t.type = TRADE_TRANSACTION_POSITION;
  t.symbol = string(position.symbol);
  t.price = position.price;
  t.price_sl = position.sl;
  t.price_tp = position.tp;
  t.volume = position.volume;
  t.position = position.id;
  return t;
}

/** Hands the events of an operation on: in their order or another, some lost, all later. */
inline void sendBatch() {
  static ulong count = 0;
  std::vector<TradeEvent> events;
  events.swap(batch());
  const std::string order = textSwitch("EVENTS_ORDER"), lose = textSwitch("EVENTS_LOSE");
  if (order == "reverse") std::reverse(events.begin(), events.end());
  static const bool isSeeded = (std::srand(static_cast<uint>(numberSwitch("EVENTS_SEED", 1))), true);
  if (order == "shuffle" && isSeeded)
    for (size_t i = events.size(); i > 1; i--) std::swap(events[i - 1], events[static_cast<size_t>(std::rand()) % i]);
  const ulong every = lose == "all" ? 1 : lose.empty() ? 0 : std::strtoul(lose.c_str(), nullptr, 10);
  for (const TradeEvent &each : events) {
    const bool isLostResult = each.transaction.type == TRADE_TRANSACTION_REQUEST && numberSwitch("LOSE_RESULT");
    if ((every > 0 && ++count % every == 0) || isLostResult || !isConnected()) continue;
    comingEvents().emplace(dueIn(numberSwitch("LATE_EVENTS_MS")), each);
  }
}

/** Puts the events that are due into the program's queue; beyond 1,024 the oldest are lost (rule E18). */
inline void queueTradeEvents() {
  auto &coming = comingEvents();
  while (!coming.empty() && coming.begin()->first <= nanoseconds()) {
    if (!isConnected()) {
      coming.erase(coming.begin());
      continue;
    }
    queuedEvents().push_back(coming.begin()->second);
    coming.erase(coming.begin());
    events().push_back({Event::Trade});
    if (queuedEvents().size() > 1024) queuedEvents().pop_front();
  }
}

inline void handTradeEvent() {
  if (queuedEvents().empty()) return;
  const TradeEvent event = queuedEvents().front();
  queuedEvents().pop_front();
  if (OnTradeTransaction) OnTradeTransaction(event.transaction, event.request, event.result);
}

} // namespace shim
