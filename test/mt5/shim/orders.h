// OrderSend, OrderSendAsync, OrderCheck, OrderCalcMargin, OrderCalcProfit. Switches:
//   TERMINAL_TRADE_ALLOWED, MQL_TRADE_ALLOWED   0: Algo Trading is off in the terminal, or for this program
//   CONNECTION_LOST=before|after   10031: the request never reached the server, or its answer never came back
#pragma once
#include "execute.h"

namespace shim {

/** Asynchronous requests of this program on their way: their ids in the book, and the request's id as the program knows it. */
inline std::map<ulong, uint> &ownJobs() {
  static auto &all = *new std::map<ulong, uint>;
  return all;
}

/** What the terminal itself refuses, before anything is sent; 0 where nothing. */
inline uint judgeInTerminal(const MqlTradeRequest &r) {
  static const int actions[] = {TRADE_ACTION_DEAL, TRADE_ACTION_PENDING, TRADE_ACTION_SLTP, TRADE_ACTION_MODIFY, TRADE_ACTION_REMOVE, TRADE_ACTION_CLOSE_BY};
  if (!numberSwitch("TERMINAL_TRADE_ALLOWED", 1) || !numberSwitch("MQL_TRADE_ALLOWED", 1)) return TRADE_RETCODE_CLIENT_DISABLES_AT;
  if (!isConnected() || textSwitch("CONNECTION_LOST") == "before") return TRADE_RETCODE_CONNECTION;
  if (std::find(std::begin(actions), std::end(actions), static_cast<int>(r.action)) == std::end(actions)) return TRADE_RETCODE_INVALID;
  const bool isOrder = r.action == TRADE_ACTION_DEAL || r.action == TRADE_ACTION_PENDING;
  if (!isOrder) return 0;
  if (static_cast<int>(r.type) < 0 || r.type > ORDER_TYPE_SELL_STOP_LIMIT || !findSymbol(r.symbol.utf8())) return TRADE_RETCODE_INVALID;
  if (!std::isfinite(r.volume) || r.volume <= 0) return TRADE_RETCODE_INVALID_VOLUME;
  if (static_cast<int>(r.type_filling) < 0 || r.type_filling > ORDER_FILLING_BOC) return TRADE_RETCODE_INVALID_FILL;
  if (!std::isfinite(r.price) || r.price < 0) return TRADE_RETCODE_INVALID_PRICE;
  if (!std::isfinite(r.sl) || !std::isfinite(r.tp) || r.sl < 0 || r.tp < 0) return TRADE_RETCODE_INVALID_STOPS;
  return 0;
}

inline bool isDone(uint retcode) { return retcode == TRADE_RETCODE_DONE || retcode == TRADE_RETCODE_DONE_PARTIAL || retcode == TRADE_RETCODE_PLACED; }

inline void setResult(MqlTradeResult &result, const Outcome &outcome, const MqlTradeRequest &request) {
  result = MqlTradeResult{};
  result.retcode = outcome.retcode;
  result.deal = outcome.deal;
  result.order = outcome.order;
  result.volume = outcome.volume;
  result.price = outcome.price;
  result.comment = string(isDone(outcome.retcode) ? "Request executed" : "Request refused");
  const Symbol *s = findSymbol(request.symbol.utf8());
  if (s) result.bid = s->bid, result.ask = s->ask;
}

/** The event that tells a request's result. */
inline void tellResult(const MqlTradeRequest &request, const MqlTradeResult &result) {
  TradeEvent event;
  event.transaction.type = TRADE_TRANSACTION_REQUEST;
  event.request = request;
  event.result = result;
  batch().push_back(event);
}

inline uint nextRequestId() {
  static uint id = 0;
  return ++id;
}

inline long realMs() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

/** Carries out the requests that have reached the server. */
inline void serveJobs() {
  if (book().jobs.empty()) return;
  const auto jobs = book().jobs;
  for (const auto &[id, job] : jobs) {
    if (job.dueMs > realMs()) continue;
    const Outcome outcome = serve(job.request);
    book().removeJob(id);
    const auto own = ownJobs().find(id);
    if (own != ownJobs().end() && textSwitch("CONNECTION_LOST") != "after") {
      MqlTradeResult result = {};
      setResult(result, outcome, job.request);
      result.request_id = own->second;
      tellResult(job.request, result);
    }
    commit();
  }
}

/** All that the terminal sees of an account when it logs in; the account's first deposit where it is new. */
inline void logIn() {
  if (book().deals.empty()) {
    deposit(static_cast<double>(numberSwitch("ACCOUNT_DEPOSIT", 10000)));
    batch().clear();
    book().commit();
  }
  View known;
  known.positions = book().positions;
  known.orders = book().orders;
  known.history = book().history;
  known.deals = book().deals;
  viewNow() = View();
  const long after = numberSwitch("LISTS_AFTER_MS");
  viewNow().changes.emplace(after > 0 ? dueIn(after) : 0, [known](View &v) { v.positions = known.positions, v.orders = known.orders, v.history = known.history, v.deals = known.deals; });
  view();
  comingEvents().clear();
}

inline void brokerTurn() {
  static auto &login = *new std::string(textSwitch("ACCOUNT_LOGIN"));
  if (login != textSwitch("ACCOUNT_LOGIN")) {
    login = textSwitch("ACCOUNT_LOGIN");
    logIn();
  }
  view();
  quoteAnew();
  serveJobs();
  fillPlaced();
  expireOrders();
  queueTradeEvents();
}

inline void openAccount() {
  openMarket();
  addServerWords();
  quoteListeners().push_back(priced);
  turns().push_back(brokerTurn);
  tradeHandler() = handTradeEvent;
  const std::string setup = textSwitch("SETUP");
  for (size_t from = 0; from < setup.size();) {
    const size_t end = std::min(setup.find('\n', from), setup.size());
    carryOut(setup.substr(from, end - from));
    from = end + 1;
  }
  logIn();
}

inline Outcome failedInTerminal(uint code, const MqlTradeRequest &request, MqlTradeResult &result) {
  setResult(result, refused(code), request);
  fail(code == TRADE_RETCODE_CLIENT_DISABLES_AT ? ERR_TRADE_DISABLED : ERR_TRADE_SEND_FAILED);
  return refused(code);
}

} // namespace shim

/** Waits for the server. True where the request was done or placed. */
inline bool OrderSend(MqlTradeRequest &request, MqlTradeResult &result) {
  MQL_CALL(OrderSend);
  if (const uint code = shim::judgeInTerminal(request)) return shim::isDone(shim::failedInTerminal(code, request, result).retcode);
  shim::pauseMs(shim::numberSwitch("ORDER_MS"));
  shim::Outcome outcome = shim::serve(request);
  if (shim::textSwitch("CONNECTION_LOST") == "after") outcome = shim::refused(TRADE_RETCODE_CONNECTION);
  shim::setResult(result, outcome, request);
  result.request_id = shim::nextRequestId();
  if (outcome.retcode != TRADE_RETCODE_CONNECTION) shim::tellResult(request, result);
  shim::commit();
  return shim::isDone(outcome.retcode) || shim::fail(ERR_TRADE_SEND_FAILED);
}

/** True where the request was sent; its result comes as an event, or never. */
inline bool OrderSendAsync(MqlTradeRequest &request, MqlTradeResult &result) {
  MQL_CALL(OrderSendAsync);
  if (const uint code = shim::judgeInTerminal(request)) return shim::isDone(shim::failedInTerminal(code, request, result).retcode);
  shim::Job job;
  job.id = shim::book().nextTicket();
  job.dueMs = shim::realMs() + shim::numberSwitch("ORDER_MS");
  job.request = request;
  shim::book().put(job);
  shim::book().commit();
  shim::ownJobs()[job.id] = shim::nextRequestId();
  shim::setResult(result, shim::refused(TRADE_RETCODE_PLACED), request);
  result.request_id = shim::ownJobs()[job.id];
  return true;
}

inline bool OrderCheck(MqlTradeRequest &request, MqlTradeCheckResult &result) {
  result = MqlTradeCheckResult{};
  result.retcode = shim::judgeInTerminal(request);
  const shim::Symbol *s = shim::findSymbol(request.symbol.utf8());
  if (result.retcode == 0 && s && request.action == TRADE_ACTION_DEAL) result.retcode = shim::judgeSymbol(*s) ? shim::judgeSymbol(*s) : shim::judgeDeal(*s, request);
  if (result.retcode == 0 && s && request.action == TRADE_ACTION_PENDING) result.retcode = shim::judgeSymbol(*s) ? shim::judgeSymbol(*s) : shim::judgePending(*s, request);
  const shim::Money money = shim::moneyOf(shim::book().balance(), shim::view().positions);
  result.balance = money.balance;
  result.profit = money.profit;
  result.equity = money.equity();
  result.margin = money.margin + (s ? shim::marginOf(*s, request.volume, shim::executionPrice(*s, request.type)) : 0);
  result.margin_free = result.equity - result.margin;
  result.margin_level = result.margin > 0 ? result.equity / result.margin * 100 : 0;
  result.comment = string(result.retcode == 0 ? "Done" : "Request refused");
  return result.retcode == 0 || shim::fail(ERR_TRADE_SEND_FAILED);
}

inline bool OrderCalcMargin(ENUM_ORDER_TYPE type, const string symbol, double volume, double price, double &margin) {
  const shim::Symbol *s = shim::findSymbol(symbol.utf8());
  if (!s || volume <= 0 || price <= 0 || type < 0 || type > ORDER_TYPE_SELL) return shim::fail(ERR_TRADE_CALC_FAILED);
  margin = shim::marginOf(*s, volume, price);
  return margin > 0 || shim::fail(ERR_TRADE_CALC_FAILED);
}
inline bool OrderCalcProfit(ENUM_ORDER_TYPE type, const string symbol, double volume, double open, double close, double &profit) {
  const shim::Symbol *s = shim::findSymbol(symbol.utf8());
  if (!s || volume <= 0 || open <= 0 || close <= 0 || type < 0 || type > ORDER_TYPE_SELL) return shim::fail(ERR_TRADE_CALC_FAILED);
  profit = shim::profitOf(*s, type, volume, open, close);
  return true;
}
