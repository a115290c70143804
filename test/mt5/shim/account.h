// AccountInfo…, TerminalInfo…, MQLInfo…. Switches: ACCOUNT_* (LOGIN, SERVER, NAME, COMPANY, CURRENCY, LEVERAGE, TRADE_MODE demo|contest|real,
// MARGIN_MODE, TRADE_ALLOWED, TRADE_EXPERT, CREDIT, LIMIT_ORDERS), TERMINAL_BUILD, TERMINAL_TRADE_ALLOWED, MQL_TRADE_ALLOWED, PERIOD.
#pragma once
#include "history.h"

enum ENUM_ACCOUNT_TRADE_MODE { ACCOUNT_TRADE_MODE_DEMO, ACCOUNT_TRADE_MODE_CONTEST, ACCOUNT_TRADE_MODE_REAL };
enum ENUM_ACCOUNT_STOPOUT_MODE { ACCOUNT_STOPOUT_MODE_PERCENT, ACCOUNT_STOPOUT_MODE_MONEY };
enum ENUM_ACCOUNT_INFO_INTEGER {
  ACCOUNT_LOGIN, ACCOUNT_TRADE_MODE, ACCOUNT_LEVERAGE, ACCOUNT_LIMIT_ORDERS, ACCOUNT_MARGIN_SO_MODE, ACCOUNT_TRADE_ALLOWED, ACCOUNT_TRADE_EXPERT,
  ACCOUNT_MARGIN_MODE, ACCOUNT_CURRENCY_DIGITS, ACCOUNT_FIFO_CLOSE, ACCOUNT_HEDGE_ALLOWED
};
enum ENUM_ACCOUNT_INFO_DOUBLE {
  ACCOUNT_BALANCE, ACCOUNT_CREDIT, ACCOUNT_PROFIT, ACCOUNT_EQUITY, ACCOUNT_MARGIN, ACCOUNT_MARGIN_FREE, ACCOUNT_MARGIN_LEVEL, ACCOUNT_MARGIN_SO_CALL, ACCOUNT_MARGIN_SO_SO
};
enum ENUM_ACCOUNT_INFO_STRING { ACCOUNT_NAME, ACCOUNT_SERVER, ACCOUNT_CURRENCY, ACCOUNT_COMPANY };
enum ENUM_TERMINAL_INFO_INTEGER {
  TERMINAL_BUILD, TERMINAL_CONNECTED, TERMINAL_TRADE_ALLOWED, TERMINAL_DLLS_ALLOWED, TERMINAL_CODEPAGE, TERMINAL_DISK_SPACE, TERMINAL_MEMORY_USED, TERMINAL_PING_LAST, TERMINAL_X64
};
enum ENUM_TERMINAL_INFO_STRING { TERMINAL_LANGUAGE, TERMINAL_COMPANY, TERMINAL_NAME, TERMINAL_PATH, TERMINAL_DATA_PATH, TERMINAL_COMMONDATA_PATH };
enum ENUM_MQL_INFO_INTEGER { MQL_PROGRAM_TYPE, MQL_TRADE_ALLOWED, MQL_DLLS_ALLOWED, MQL_TESTER, MQL_OPTIMIZATION, MQL_DEBUG, MQL_MEMORY_USED, MQL_MEMORY_LIMIT };
enum ENUM_MQL_INFO_STRING { MQL_PROGRAM_NAME, MQL_PROGRAM_PATH };
enum ENUM_PROGRAM_TYPE { PROGRAM_SCRIPT = 1, PROGRAM_EXPERT = 2, PROGRAM_INDICATOR = 3, PROGRAM_SERVICE = 4 };
enum ENUM_TIMEFRAMES { PERIOD_CURRENT = 0, PERIOD_M1 = 1, PERIOD_M5 = 5, PERIOD_M15 = 15, PERIOD_M30 = 30, PERIOD_H1 = 16385, PERIOD_H4 = 16388, PERIOD_D1 = 16408 };

namespace shim {
inline Money accountMoney() { return moneyOf(book().balance() + static_cast<double>(numberSwitch("ACCOUNT_CREDIT")), view().positions); }
/** Megabytes that this process holds. */
inline long memoryUsed() {
  std::FILE *file = std::fopen("/proc/self/statm", "r");
  long size = 0, resident = 0;
  if (file && std::fscanf(file, "%ld %ld", &size, &resident) != 2) resident = 0;
  if (file) std::fclose(file);
  return resident * 4096 / 1048576;
}
} // namespace shim

inline long AccountInfoInteger(ENUM_ACCOUNT_INFO_INTEGER property) {
  switch (property) {
  case ACCOUNT_LOGIN: return shim::numberSwitch("ACCOUNT_LOGIN", 555111);
  case ACCOUNT_TRADE_MODE: return shim::wordIn({"demo", "contest", "real"}, shim::textSwitch("ACCOUNT_TRADE_MODE", "demo"));
  case ACCOUNT_LEVERAGE: return shim::numberSwitch("ACCOUNT_LEVERAGE", 100);
  case ACCOUNT_LIMIT_ORDERS: return shim::numberSwitch("ACCOUNT_LIMIT_ORDERS", 200);
  case ACCOUNT_MARGIN_SO_MODE: return ACCOUNT_STOPOUT_MODE_PERCENT;
  case ACCOUNT_TRADE_ALLOWED: return shim::numberSwitch("ACCOUNT_TRADE_ALLOWED", 1);
  case ACCOUNT_TRADE_EXPERT: return shim::numberSwitch("ACCOUNT_TRADE_EXPERT", 1);
  case ACCOUNT_MARGIN_MODE: return shim::marginMode();
  case ACCOUNT_CURRENCY_DIGITS: return 2;
  case ACCOUNT_FIFO_CLOSE: return 0;
  case ACCOUNT_HEDGE_ALLOWED: return shim::isHedging();
  }
  return 0;
}
inline double AccountInfoDouble(ENUM_ACCOUNT_INFO_DOUBLE property) {
  const shim::Money money = shim::accountMoney();
  const double credit = static_cast<double>(shim::numberSwitch("ACCOUNT_CREDIT"));
  switch (property) {
  case ACCOUNT_BALANCE: return shim::cents(money.balance - credit);
  case ACCOUNT_CREDIT: return credit;
  case ACCOUNT_PROFIT: return shim::cents(money.profit);
  case ACCOUNT_EQUITY: return money.equity();
  case ACCOUNT_MARGIN: return shim::cents(money.margin);
  case ACCOUNT_MARGIN_FREE: return money.free();
  case ACCOUNT_MARGIN_LEVEL: return money.level();
  case ACCOUNT_MARGIN_SO_CALL: return 100;
  case ACCOUNT_MARGIN_SO_SO: return static_cast<double>(shim::numberSwitch("STOP_OUT", 50));
  }
  return 0;
}
inline string AccountInfoString(ENUM_ACCOUNT_INFO_STRING property) {
  switch (property) {
  case ACCOUNT_NAME: return string(shim::textSwitch("ACCOUNT_NAME", "Test Trader"));
  case ACCOUNT_SERVER: return string(shim::textSwitch("ACCOUNT_SERVER", "Simulated-Demo"));
  case ACCOUNT_CURRENCY: return string(shim::accountCurrency());
  case ACCOUNT_COMPANY: return string(shim::textSwitch("ACCOUNT_COMPANY", "Simulated Broker Ltd"));
  }
  return string("");
}
inline int TerminalInfoInteger(ENUM_TERMINAL_INFO_INTEGER property) {
  switch (property) {
  case TERMINAL_BUILD: return static_cast<int>(shim::numberSwitch("TERMINAL_BUILD", 5000));
  case TERMINAL_CONNECTED: return shim::isConnected();
  case TERMINAL_TRADE_ALLOWED: return shim::numberSwitch("TERMINAL_TRADE_ALLOWED", 1) != 0;
  case TERMINAL_DLLS_ALLOWED: return 0;
  case TERMINAL_CODEPAGE: return 1252;
  case TERMINAL_DISK_SPACE: return 100000;
  case TERMINAL_MEMORY_USED: return static_cast<int>(shim::memoryUsed());
  case TERMINAL_PING_LAST: return 35000;
  case TERMINAL_X64: return 1;
  }
  return 0;
}
inline string TerminalInfoString(ENUM_TERMINAL_INFO_STRING property) {
  switch (property) {
  case TERMINAL_LANGUAGE: return string("English");
  case TERMINAL_COMPANY: return string("MetaQuotes Ltd.");
  case TERMINAL_NAME: return string("MetaTrader 5");
  case TERMINAL_PATH: return string("C:\\Program Files\\MetaTrader 5");
  case TERMINAL_DATA_PATH: return string(shim::textSwitch("DATA_PATH", "C:\\Users\\t\\AppData\\Roaming\\MetaQuotes\\Terminal\\0123456789ABCDEF0123456789ABCDEF"));
  case TERMINAL_COMMONDATA_PATH: return string("C:\\Users\\t\\AppData\\Roaming\\MetaQuotes\\Terminal\\Common");
  }
  return string("");
}
inline int MQLInfoInteger(ENUM_MQL_INFO_INTEGER property) {
  switch (property) {
  case MQL_PROGRAM_TYPE: return OnStart ? PROGRAM_SCRIPT : PROGRAM_EXPERT;
  case MQL_TRADE_ALLOWED: return shim::numberSwitch("MQL_TRADE_ALLOWED", 1) != 0;
  case MQL_MEMORY_USED: return static_cast<int>(shim::memoryUsed());
  case MQL_MEMORY_LIMIT: return 16000;
  default: return 0;
  }
}
inline string MQLInfoString(ENUM_MQL_INFO_STRING property) { return string(property == MQL_PROGRAM_NAME ? "BittenDesk" : "C:\\MQL5\\Experts\\BittenDesk.ex5"); }

inline string Symbol() { return string(shim::chartSymbol().name); }
inline ENUM_TIMEFRAMES Period() { return static_cast<ENUM_TIMEFRAMES>(shim::numberSwitch("PERIOD", PERIOD_H1)); }
inline long ChartID() { return shim::numberSwitch("CHART_ID", 131476217000001); }
#define _Symbol Symbol()
#define _Period Period()
#define _Digits (shim::chartSymbol().digits)
#define _Point (shim::chartSymbol().point())
