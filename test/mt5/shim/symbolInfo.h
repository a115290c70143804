// SymbolInfo…, the Market Watch. A price of a symbol comes with its first quote after SymbolSelect, not at once.
#pragma once
#include "account.h"

enum ENUM_SYMBOL_INFO_INTEGER {
  SYMBOL_SELECT, SYMBOL_VISIBLE, SYMBOL_EXIST, SYMBOL_CUSTOM, SYMBOL_TIME, SYMBOL_TIME_MSC, SYMBOL_DIGITS, SYMBOL_SPREAD, SYMBOL_SPREAD_FLOAT,
  SYMBOL_TRADE_CALC_MODE, SYMBOL_TRADE_MODE, SYMBOL_TRADE_STOPS_LEVEL, SYMBOL_TRADE_FREEZE_LEVEL, SYMBOL_TRADE_EXEMODE, SYMBOL_EXPIRATION_MODE,
  SYMBOL_FILLING_MODE, SYMBOL_ORDER_MODE, SYMBOL_ORDER_GTC_MODE, SYMBOL_START_TIME, SYMBOL_EXPIRATION_TIME
};
enum ENUM_SYMBOL_INFO_DOUBLE {
  SYMBOL_BID, SYMBOL_ASK, SYMBOL_LAST, SYMBOL_POINT, SYMBOL_TRADE_TICK_VALUE, SYMBOL_TRADE_TICK_VALUE_PROFIT, SYMBOL_TRADE_TICK_VALUE_LOSS,
  SYMBOL_TRADE_TICK_SIZE, SYMBOL_TRADE_CONTRACT_SIZE, SYMBOL_VOLUME_MIN, SYMBOL_VOLUME_MAX, SYMBOL_VOLUME_STEP, SYMBOL_VOLUME_LIMIT,
  SYMBOL_SWAP_LONG, SYMBOL_SWAP_SHORT, SYMBOL_MARGIN_INITIAL, SYMBOL_MARGIN_MAINTENANCE
};
enum ENUM_SYMBOL_INFO_STRING { SYMBOL_CURRENCY_BASE, SYMBOL_CURRENCY_PROFIT, SYMBOL_CURRENCY_MARGIN, SYMBOL_DESCRIPTION, SYMBOL_PATH };

namespace shim {

/** A symbol of the Market Watch, else null with the error. */
inline Symbol *watchedSymbol(const string &name) {
  Symbol *s = findSymbol(name.utf8());
  if (s && s->watched) return s;
  if (s) fail(ERR_MARKET_NOT_SELECTED);
  return nullptr;
}
inline bool hasQuote(const Symbol &s) { return s.watched && s.selectedStep != step() && s.quotedMs > 0 && isConnected(); }

inline bool symbolInteger(const Symbol &s, ENUM_SYMBOL_INFO_INTEGER property, long &value) {
  switch (property) {
  case SYMBOL_SELECT: case SYMBOL_VISIBLE: return value = s.watched, true;
  case SYMBOL_EXIST: return value = 1, true;
  case SYMBOL_CUSTOM: case SYMBOL_ORDER_GTC_MODE: case SYMBOL_START_TIME: case SYMBOL_EXPIRATION_TIME: return value = 0, true;
  case SYMBOL_TIME: return value = hasQuote(s) ? s.quotedMs / 1000 : 0, true;
  case SYMBOL_TIME_MSC: return value = hasQuote(s) ? s.quotedMs : 0, true;
  case SYMBOL_DIGITS: return value = s.digits, true;
  case SYMBOL_SPREAD: return value = hasQuote(s) ? s.points(s.ask - s.bid) : 0, true;
  case SYMBOL_SPREAD_FLOAT: return value = 1, true;
  case SYMBOL_TRADE_CALC_MODE: return value = s.calculation, true;
  case SYMBOL_TRADE_MODE: return value = s.mode, true;
  case SYMBOL_TRADE_STOPS_LEVEL: return value = s.stops, true;
  case SYMBOL_TRADE_FREEZE_LEVEL: return value = s.freeze, true;
  case SYMBOL_TRADE_EXEMODE: return value = s.execution, true;
  case SYMBOL_EXPIRATION_MODE: return value = s.expirations, true;
  case SYMBOL_FILLING_MODE: return value = s.filling, true;
  case SYMBOL_ORDER_MODE: return value = s.orders, true;
  }
  return fail(ERR_MARKET_WRONG_PROPERTY);
}

inline bool symbolDouble(const Symbol &s, ENUM_SYMBOL_INFO_DOUBLE property, double &value) {
  // The value of a tick is that of one lot, in the account's currency.
  const double tick = s.point() * s.contract * rate(s.profit, accountCurrency());
  switch (property) {
  case SYMBOL_BID: return value = hasQuote(s) ? s.bid : 0, true;
  case SYMBOL_ASK: return value = hasQuote(s) ? s.ask : 0, true;
  case SYMBOL_LAST: case SYMBOL_SWAP_LONG: case SYMBOL_SWAP_SHORT: case SYMBOL_MARGIN_INITIAL: case SYMBOL_MARGIN_MAINTENANCE: return value = 0, true;
  case SYMBOL_POINT: case SYMBOL_TRADE_TICK_SIZE: return value = s.point(), true;
  case SYMBOL_TRADE_TICK_VALUE: case SYMBOL_TRADE_TICK_VALUE_PROFIT: case SYMBOL_TRADE_TICK_VALUE_LOSS: return value = tick, true;
  case SYMBOL_TRADE_CONTRACT_SIZE: return value = s.contract, true;
  case SYMBOL_VOLUME_MIN: return value = s.min, true;
  case SYMBOL_VOLUME_MAX: return value = s.max, true;
  case SYMBOL_VOLUME_STEP: return value = s.step, true;
  case SYMBOL_VOLUME_LIMIT: return value = s.limit, true;
  }
  return fail(ERR_MARKET_WRONG_PROPERTY);
}

} // namespace shim

inline bool SymbolInfoInteger(const string name, ENUM_SYMBOL_INFO_INTEGER property, long &value) {
  const shim::Symbol *s = shim::findSymbol(name.utf8());
  return s && shim::symbolInteger(*s, property, value);
}
inline bool SymbolInfoDouble(const string name, ENUM_SYMBOL_INFO_DOUBLE property, double &value) {
  const shim::Symbol *s = shim::findSymbol(name.utf8());
  return s && shim::symbolDouble(*s, property, value);
}
inline bool SymbolInfoString(const string name, ENUM_SYMBOL_INFO_STRING property, string &value) {
  const shim::Symbol *s = shim::findSymbol(name.utf8());
  if (!s) return false;
  switch (property) {
  case SYMBOL_CURRENCY_BASE: case SYMBOL_CURRENCY_MARGIN: return value = string(s->base), true;
  case SYMBOL_CURRENCY_PROFIT: return value = string(s->profit), true;
  case SYMBOL_DESCRIPTION: return value = string(s->description), true;
  case SYMBOL_PATH: return value = string("Simulated\\" + s->name), true;
  }
  return false;
}
inline long SymbolInfoInteger(const string name, ENUM_SYMBOL_INFO_INTEGER property) {
  long value = 0;
  SymbolInfoInteger(name, property, value);
  return value;
}
inline double SymbolInfoDouble(const string name, ENUM_SYMBOL_INFO_DOUBLE property) {
  double value = 0;
  SymbolInfoDouble(name, property, value);
  return value;
}
inline string SymbolInfoString(const string name, ENUM_SYMBOL_INFO_STRING property) {
  string value = "";
  SymbolInfoString(name, property, value);
  return value;
}

inline bool SymbolInfoTick(const string name, MqlTick &tick) {
  const shim::Symbol *s = shim::watchedSymbol(name);
  if (!s || !shim::hasQuote(*s)) return false;
  tick = MqlTick{};
  tick.time = s->quotedMs / 1000;
  tick.time_msc = s->quotedMs;
  tick.bid = s->bid;
  tick.ask = s->ask;
  tick.flags = 6;
  return true;
}
inline int SymbolsTotal(bool selected) {
  return static_cast<int>(std::count_if(shim::symbols().begin(), shim::symbols().end(), [selected](const shim::Symbol &s) { return !selected || s.watched; }));
}
inline string SymbolName(int index, bool selected) {
  for (const shim::Symbol &each : shim::symbols())
    if ((!selected || each.watched) && index-- == 0) return string(each.name);
  return string("");
}
/** A symbol of the chart or with a position or order stays in the Market Watch. */
inline bool SymbolSelect(const string name, bool selected) {
  shim::Symbol *s = shim::findSymbol(name.utf8());
  if (!s) return false;
  if (!selected) {
    if (s == &shim::chartSymbol() || shim::positionOf(s->name)) return shim::fail(4305);
    s->watched = false;
    return true;
  }
  if (!s->watched) s->selectedStep = shim::step();
  s->watched = true;
  return true;
}
inline bool SymbolIsSynchronized(const string name) {
  const shim::Symbol *s = shim::findSymbol(name.utf8());
  return s && s->watched && shim::isConnected();
}
inline bool SymbolExist(const string name, bool &isCustom) {
  isCustom = false;
  return shim::findSymbol(name.utf8()) != nullptr;
}
/** Seconds from the day's begin, server time. False where the day has no such session. */
inline bool SymbolInfoSessionTrade(const string name, ENUM_DAY_OF_WEEK day, uint index, datetime &from, datetime &to) {
  const shim::Symbol *s = shim::findSymbol(name.utf8());
  if (!s || index > 0 || (s->weekdays && (day == SUNDAY || day == SATURDAY))) return false;
  from = 0;
  to = 86400;
  return true;
}

namespace shim {
/** The account is there before the program's first event. */
inline const bool accountIsWanted = [] {
  accountOpener() = openAccount;
  return true;
}();
} // namespace shim
