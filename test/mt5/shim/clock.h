// Clocks. Switches: CLOCK_OFFSET_MS moves the PC's clock, LOCAL_OFFSET_S and SERVER_OFFSET_S are the zones of the PC and the broker.
// TimeCurrent is the time of the last quote, so it stops with the quotes. UPTIME_AHEAD_MS lets GetTickCount64 jump ahead, as if
// so long had passed.
#pragma once
#include "numbers.h"
#include <ctime>

namespace shim {

inline ulong nanoseconds() {
  return static_cast<ulong>(std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count());
}

inline const ulong programStart = nanoseconds();

/** The PC's clock in UTC milliseconds. */
inline long wallMs() {
  static auto &offset = *new CachedSwitch("CLOCK_OFFSET_MS");
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count() + offset.value();
}

inline long serverOffset() {
  static auto &offset = *new CachedSwitch("SERVER_OFFSET_S", 10800);
  return offset.value();
}

/** The server's time of the last quote of any symbol in the Market Watch, in milliseconds. */
inline long &lastQuoteMs() {
  static long time = 0;
  return time;
}

/** Waits a little; a program that sleeps has ended its step. */
inline void pauseMs(long ms) {
  if (ms > 0) ::usleep(static_cast<useconds_t>(ms) * 1000);
}

} // namespace shim

/** Milliseconds since a start of its own, at a resolution of 10 to 16 ms where TICK_COUNT_STEP_MS says so. */
inline ulong GetTickCount64() {
  static auto &coarse = *new shim::CachedSwitch("TICK_COUNT_STEP_MS", 1);
  static auto &ahead = *new shim::CachedSwitch("UPTIME_AHEAD_MS");
  const ulong ms = shim::nanoseconds() / 1000000 + static_cast<ulong>(ahead.value());
  return ms - ms % static_cast<ulong>(coarse.value());
}
inline uint GetTickCount() { return static_cast<uint>(GetTickCount64()); }
inline ulong GetMicrosecondCount() { return (shim::nanoseconds() - shim::programStart) / 1000; }

inline datetime TimeGMT() { return shim::wallMs() / 1000; }
inline datetime TimeLocal() {
  static auto &offset = *new shim::CachedSwitch("LOCAL_OFFSET_S", -18000);
  return TimeGMT() + offset.value();
}
inline int TimeGMTOffset() { return static_cast<int>(TimeGMT() - TimeLocal()); }
inline int TimeDaylightSavings() { return 0; }
inline datetime TimeTradeServer() { return TimeGMT() + shim::serverOffset(); }
inline datetime TimeCurrent() { return shim::lastQuoteMs() / 1000; }

struct MqlDateTime {
  int year, mon, day, hour, min, sec, day_of_week, day_of_year;
};

enum { TIME_DATE = 1, TIME_MINUTES = 2, TIME_SECONDS = 4 };

inline bool TimeToStruct(datetime time, MqlDateTime &parts) {
  std::tm t{};
  ::gmtime_r(&time, &t);
  parts = {t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec, t.tm_wday, t.tm_yday};
  return true;
}
#define MQL_TIME(Name)                         \
  inline datetime Name(MqlDateTime &parts) {   \
    const datetime time = Name();              \
    TimeToStruct(time, parts);                 \
    return time;                               \
  }
MQL_TIME(TimeCurrent)
MQL_TIME(TimeTradeServer)
MQL_TIME(TimeLocal)
MQL_TIME(TimeGMT)
inline datetime StructToTime(MqlDateTime &parts) {
  std::tm t{};
  t.tm_year = parts.year - 1900;
  t.tm_mon = parts.mon - 1;
  t.tm_mday = parts.day;
  t.tm_hour = parts.hour;
  t.tm_min = parts.min;
  t.tm_sec = parts.sec;
  return ::timegm(&t);
}

inline string TimeToString(datetime time, int flags = TIME_DATE | TIME_MINUTES) {
  MqlDateTime p;
  TimeToStruct(time, p);
  char date[64] = "", clock[64] = "";
  if (flags & TIME_DATE) std::snprintf(date, sizeof date, "%04d.%02d.%02d", p.year, p.mon, p.day);
  if (flags & TIME_SECONDS) std::snprintf(clock, sizeof clock, "%02d:%02d:%02d", p.hour, p.min, p.sec);
  else if (flags & TIME_MINUTES) std::snprintf(clock, sizeof clock, "%02d:%02d", p.hour, p.min);
  return string(std::string(date) + (*date && *clock ? " " : "") + clock);
}

/** "yyyy.mm.dd [hh:mi[:ss]]" to seconds; other forms end the program. */
inline datetime StringToTime(const string &text) {
  MqlDateTime p{};
  if (std::sscanf(text.utf8().c_str(), "%d.%d.%d %d:%d:%d", &p.year, &p.mon, &p.day, &p.hour, &p.min, &p.sec) < 3)
    shim::critical("StringToTime: only yyyy.mm.dd [hh:mi[:ss]]");
  return StructToTime(p);
}

inline void Sleep(int ms) {
  shim::pauseMs(ms);
  shim::step()++;
}
