// Arrays with the bounds checks of MQL5: an index out of range ends the program.
// New elements hold rubbish, as in MQL5, where nobody clears them.
#pragma once
#include "base.h"

namespace shim {

template <class T> class Array {
protected:
  T *items_ = nullptr;
  int size_ = 0;
  int capacity_ = 0;
  bool fixed_ = false;

  static T *allocate(int capacity) {
    return static_cast<T *>(::operator new(sizeof(T) * static_cast<size_t>(std::max(capacity, 1)), std::align_val_t(alignof(T))));
  }
  static void release(T *items) { ::operator delete(static_cast<void *>(items), std::align_val_t(alignof(T))); }
  void construct(int from, int to) {
    if (to <= from) return;
    std::memset(static_cast<void *>(items_ + from), 0xA5, sizeof(T) * static_cast<size_t>(to - from));
    if constexpr (std::is_same_v<T, bool>) std::fill(items_ + from, items_ + to, true);
    else if constexpr (!std::is_trivially_default_constructible_v<T>)
      for (int i = from; i < to; i++) new (items_ + i) T;
  }
  void destroy(int from, int to) {
    if constexpr (!std::is_trivially_destructible_v<T>)
      for (int i = from; i < to; i++) items_[i].~T();
  }

public:
  Array() {}
  Array(std::initializer_list<T> list) : fixed_(true) {
    grow(static_cast<int>(list.size()), 0);
    std::copy(list.begin(), list.end(), items_);
  }
  Array(const Array &other) : fixed_(other.fixed_) { assign(other); }
  Array &operator=(const Array &other) {
    if (this != &other) assign(other);
    return *this;
  }
  ~Array() {
    destroy(0, size_);
    release(items_);
  }

  T &operator[](long index) {
    if (index < 0 || index >= size_)
      critical("array out of range: index " + std::to_string(index) + " of " + std::to_string(size_));
    return items_[index];
  }
  const T &operator[](long index) const { return const_cast<Array &>(*this)[index]; }

  int size() const { return size_; }
  bool fixed() const { return fixed_; }
  T *data() { return items_; }
  const T *data() const { return items_; }

  void grow(int size, int reserve) {
    if (size > capacity_) {
      const int capacity = size + std::max(reserve, 0);
      T *items = allocate(capacity);
      for (int i = 0; i < size_; i++) new (items + i) T(std::move(items_[i]));
      destroy(0, size_);
      release(items_);
      items_ = items;
      capacity_ = capacity;
    }
    if (size > size_) construct(size_, size);
    else destroy(size, size_);
    size_ = size;
  }
  void clear() {
    destroy(0, size_);
    release(items_);
    items_ = nullptr;
    size_ = capacity_ = 0;
  }
  void assign(const Array &other) {
    grow(other.size_, 0);
    std::copy(other.items_, other.items_ + other.size_, items_);
  }
};

/** An array of a size that is known when it is compiled. */
template <class T, int N> class FixedArray : public Array<T> {
public:
  FixedArray() {
    this->grow(N, 0);
    this->fixed_ = true;
  }
  FixedArray(std::initializer_list<T> list) : FixedArray() {
    static_assert(N > 0);
    for (int i = 0; i < N; i++) this->items_[i] = T();
    std::copy(list.begin(), list.end(), this->items_);
  }
};

/** A range that must lie inside of an array of the given size; −1 stands for all that is left. */
inline int rangeOf(int size, int start, int count, const char *who) {
  if (start < 0 || start > size) critical(std::string(who) + ": start " + std::to_string(start) + " of " + std::to_string(size));
  return count < 0 || count > size - start ? size - start : count;
}

} // namespace shim

template <class T> int ArraySize(const shim::Array<T> &array) { return array.size(); }
template <class T> int ArrayRange(const shim::Array<T> &array, int rank) { return rank == 0 ? array.size() : 0; }
template <class T> bool ArrayIsDynamic(const shim::Array<T> &array) { return !array.fixed(); }

/** New size, or −1. A static array can't be resized. */
template <class T> int ArrayResize(shim::Array<T> &array, int size, int reserve = 0) {
  if (array.fixed() || size < 0) {
    shim::fail(4007); // ERR_ARRAY_RESIZE_ERROR
    return -1;
  }
  array.grow(size, reserve);
  return size;
}
template <class T, int N> int ArrayResize(shim::FixedArray<T, N> &, int, int = 0) = delete;

template <class T> void ArrayFree(shim::Array<T> &array) {
  if (!array.fixed()) array.clear();
}

/**
 * Number of copied elements. A dynamic target grows; beyond the end of a static one the program ends. So it does where an array is
 * copied to itself, whose result is undefined, and for 0 elements, which the reference takes for all that are left.
 */
template <class T, class S>
int ArrayCopy(shim::Array<T> &target, const shim::Array<S> &source, int targetStart = 0, int sourceStart = 0, int count = WHOLE_ARRAY) {
  if (count == 0) shim::critical("ArrayCopy of 0 elements copies all that are left");
  if (static_cast<const void *>(&target) == static_cast<const void *>(&source)) shim::critical("ArrayCopy of an array to itself: its result is undefined");
  const int copied = shim::rangeOf(source.size(), sourceStart, count, "ArrayCopy");
  if (targetStart < 0) shim::critical("ArrayCopy: a negative target");
  if (targetStart + copied > target.size()) {
    if (target.fixed()) shim::critical("ArrayCopy beyond the end of a static array");
    target.grow(targetStart + copied, 0);
  }
  if constexpr (std::is_same_v<T, S> && std::is_trivially_copyable_v<T>) {
    if (copied > 0) std::memcpy(&target[targetStart], &source[sourceStart], sizeof(T) * static_cast<size_t>(copied));
  } else
    for (int i = 0; i < copied; i++) target[targetStart + i] = static_cast<T>(source[sourceStart + i]);
  return copied;
}

template <class T> bool ArrayRemove(shim::Array<T> &array, int start, int count = WHOLE_ARRAY) {
  if (array.fixed()) return shim::fail(4007);
  if (start < 0 || start >= array.size()) return shim::fail(4003); // ERR_INVALID_PARAMETER
  const int removed = shim::rangeOf(array.size(), start, count, "ArrayRemove");
  for (int i = start; i + removed < array.size(); i++) array[i] = array[i + removed];
  array.grow(array.size() - removed, 0);
  return true;
}

template <class T>
bool ArrayInsert(shim::Array<T> &target, const shim::Array<T> &source, uint targetStart, uint sourceStart = 0, uint count = (uint)WHOLE_ARRAY) {
  if (target.fixed() || &target == &source) return shim::fail(4007);
  const int inserted = shim::rangeOf(source.size(), static_cast<int>(sourceStart), static_cast<int>(count), "ArrayInsert");
  const int at = static_cast<int>(targetStart), before = target.size();
  if (at > before) return shim::fail(4003);
  target.grow(before + inserted, 0);
  for (int i = before - 1; i >= at; i--) target[i + inserted] = target[i];
  for (int i = 0; i < inserted; i++) target[at + i] = source[static_cast<int>(sourceStart) + i];
  return true;
}

template <class T, class V> void ArrayFill(shim::Array<T> &array, int start, int count, V value) {
  for (int i = 0; i < count; i++) array[start + i] = static_cast<T>(value);
}
template <class T, class V> int ArrayInitialize(shim::Array<T> &array, V value) {
  ArrayFill(array, 0, array.size(), value);
  return array.size();
}
template <class T> bool ArraySort(shim::Array<T> &array) {
  static_assert(std::is_arithmetic_v<T>, "ArraySort takes numbers");
  std::sort(array.data(), array.data() + array.size());
  return true;
}
template <class T> bool ArrayReverse(shim::Array<T> &array, uint start = 0, uint count = (uint)WHOLE_ARRAY) {
  const int reversed = shim::rangeOf(array.size(), static_cast<int>(start), static_cast<int>(count), "ArrayReverse");
  std::reverse(array.data() + start, array.data() + start + reversed);
  return true;
}
template <class T> bool ArraySwap(shim::Array<T> &one, shim::Array<T> &other) {
  if (one.fixed() || other.fixed()) return shim::fail(4007);
  std::swap(one, other);
  return true;
}
/** −1, 0 or 1; −2 for wrong bounds. */
template <class T>
int ArrayCompare(const shim::Array<T> &one, const shim::Array<T> &other, int oneStart = 0, int otherStart = 0, int count = WHOLE_ARRAY) {
  if (oneStart < 0 || oneStart > one.size() || otherStart < 0 || otherStart > other.size()) return -2;
  const int left = shim::rangeOf(one.size(), oneStart, count, "ArrayCompare"), right = shim::rangeOf(other.size(), otherStart, count, "ArrayCompare");
  for (int i = 0; i < std::min(left, right); i++)
    if (one[oneStart + i] != other[otherStart + i]) return one[oneStart + i] < other[otherStart + i] ? -1 : 1;
  return left == right ? 0 : left < right ? -1 : 1;
}

template <class T> void ZeroMemory(T &value) { value = T(); }
template <class T> void ZeroMemory(shim::Array<T> &array) {
  for (int i = 0; i < array.size(); i++) array[i] = T();
}
