// Inputs: IN_<name> in the environment, or "input NAME value" in the control file before "event parameters".
// INPUT_CR=1 adds a carriage return to texts, as a set file with Windows line ends does (rule E8).
#pragma once
#include "numbers.h"

namespace shim {

inline std::map<std::string, std::string> &inputsSet() {
  static auto &map = *new std::map<std::string, std::string>;
  return map;
}
inline std::vector<std::function<void()>> &inputReaders() {
  static auto &all = *new std::vector<std::function<void()>>;
  return all;
}

template <class T> T inputValue(const char *name, const T &fallback) {
  const auto set = inputsSet().find(name);
  const char *given = set != inputsSet().end() ? set->second.c_str() : std::getenv((std::string("IN_") + name).c_str());
  if constexpr (std::is_same_v<T, string>) {
    string value = given ? string(given) : fallback;
    if (numberSwitch("INPUT_CR")) value += string("\r");
    return value;
  } else {
    if (!given) return fallback;
    if constexpr (std::is_same_v<T, bool>) return std::string(given) == "true";
    else if constexpr (std::is_floating_point_v<T>) return static_cast<T>(std::strtod(given, nullptr));
    else if constexpr (std::is_unsigned_v<T>) return static_cast<T>(std::strtoull(given, nullptr, 10));
    else return static_cast<T>(std::strtoll(given, nullptr, 10));
  }
}

template <class T> const T &input(const char *name, const T &fallback) {
  T *value = new T(inputValue<T>(name, fallback));
  inputReaders().push_back([value, name, fallback] { *value = inputValue<T>(name, fallback); });
  return *value;
}

} // namespace shim

#define INPUT(type, name, value) static const type &name = shim::input<type>(#name, value)
