// The terminal's global variables, shared by all its programs. The file GLOBALS stands for the terminal's memory,
// GLOBALS + ".flushed" for its disk: after a crash of the terminal only that is left (rule E21).
#pragma once
#include "clock.h"
#include <fcntl.h>
#include <sys/file.h>

namespace shim {

struct Global {
  double value;
  long time;
};

/** Holds the file's lock and its content; what was changed is written when it ends. */
class Globals {
  int fd_ = -1;
  bool changed_ = false;

public:
  std::map<std::string, Global> all;

  Globals() {
    const std::string path = textSwitch("GLOBALS");
    if (path.empty()) critical("a global variable, but MQL_GLOBALS names no file");
    fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd_ < 0 || ::flock(fd_, LOCK_EX) != 0) critical("the file of the global variables can't be opened");
    std::string text;
    char part[4096];
    for (ssize_t n = ::read(fd_, part, sizeof part); n > 0; n = ::read(fd_, part, sizeof part)) text.append(part, static_cast<size_t>(n));
    char name[64];
    Global global{};
    int used = 0;
    for (const char *at = text.c_str(); std::sscanf(at, "%63[^\t]\t%la\t%ld\n%n", name, &global.value, &global.time, &used) == 3; at += used) all[name] = global;
  }
  ~Globals() {
    if (changed_) {
      const std::string text = content();
      if (::ftruncate(fd_, 0) != 0 || ::pwrite(fd_, text.data(), text.size(), 0) < 0) critical("the global variables can't be written");
    }
    ::close(fd_);
  }
  std::string content() const {
    std::string text;
    char line[160];
    for (const auto &[name, global] : all) {
      std::snprintf(line, sizeof line, "%s\t%a\t%ld\n", name.c_str(), global.value, global.time);
      text += line;
    }
    return text;
  }
  Global *find(const string &name) {
    const auto found = all.find(name.utf8());
    if (found == all.end()) {
      fail(4501); // ERR_GLOBALVARIABLE_NOT_FOUND
      return nullptr;
    }
    found->second.time = TimeLocal();
    changed_ = true;
    return &found->second;
  }
  datetime set(const string &name, double value) {
    if (StringLen(name) > 63) critical("the name of a global variable has at most 63 characters");
    all[name.utf8()] = {value, TimeLocal()};
    changed_ = true;
    return TimeLocal();
  }
  void erase(const std::string &name) {
    all.erase(name);
    changed_ = true;
  }
};

} // namespace shim

inline bool GlobalVariableCheck(const string name) { return shim::Globals().find(name) != nullptr; }
inline double GlobalVariableGet(const string name) {
  shim::Globals globals;
  const shim::Global *found = globals.find(name);
  return found ? found->value : 0;
}
inline bool GlobalVariableGet(const string name, double &value) {
  shim::Globals globals;
  const shim::Global *found = globals.find(name);
  if (found) value = found->value;
  return found != nullptr;
}
inline datetime GlobalVariableTime(const string name) {
  shim::Globals globals;
  const auto found = globals.all.find(name.utf8());
  return found == globals.all.end() ? 0 : found->second.time;
}
inline datetime GlobalVariableSet(const string name, double value) {
  MQL_CALL(GlobalVariableSet);
  return shim::Globals().set(name, value);
}
inline bool GlobalVariableSetOnCondition(const string name, double value, double expected) {
  MQL_CALL(GlobalVariableSetOnCondition);
  shim::Globals globals;
  shim::Global *found = globals.find(name);
  if (!found || found->value < expected || found->value > expected) return false;
  found->value = value;
  return true;
}
inline bool GlobalVariableDel(const string name) {
  MQL_CALL(GlobalVariableDel);
  shim::Globals globals;
  if (!globals.find(name)) return false;
  globals.erase(name.utf8());
  return true;
}
inline void GlobalVariablesFlush() {
  MQL_CALL(GlobalVariablesFlush);
  const std::string path = shim::textSwitch("GLOBALS") + ".flushed", text = shim::Globals().content();
  std::FILE *file = std::fopen(path.c_str(), "w");
  if (!file) shim::critical("the global variables can't be flushed");
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}
