// Sockets, with the traps of MetaTrader's (rules E1 to E5). Switches:
//   SOCKET_REFUSED=all or ports "5555,5556"   the address is not in the list of allowed URLs: 4014
//   SOCKET_PHANTOM=1     SocketIsReadable says 1 of an empty socket, every second time
//   SOCKET_FRAGMENT=n    at most n bytes are readable at a time
//   SOCKET_PARTIAL=n     at most n bytes are sent at a time
//   SOCKET_LATE_CLOSE=1  SocketIsConnected stays true until reading or sending has failed
//   SOCKET_SEND_AT_ONCE=1  sending in the step of connecting works; without it: 5273
//   SOCKET_CONNECT_MS=n  connecting takes so long at least
//   SOCKET_BUFFER=n      so many bytes wait in the system to be sent, about; without it megabytes
#pragma once
#include "clock.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

enum {
  ERR_FUNCTION_NOT_ALLOWED = 4014,
  ERR_NETSOCKET_INVALIDHANDLE = 5270,
  ERR_NETSOCKET_TOO_MANY_OPENED = 5271,
  ERR_NETSOCKET_CANNOT_CONNECT = 5272,
  ERR_NETSOCKET_IO_ERROR = 5273,
  ERR_NETSOCKET_HANDSHAKE_FAILED = 5274
};

namespace shim {

struct Socket {
  int fd = -1;
  bool saidPhantom = false;
  uint readable = 0;       // what SocketIsReadable said last
  ulong connectedStep = 0; // the step in which it was connected
};

inline std::map<int, Socket> &sockets() {
  static auto &all = *new std::map<int, Socket>;
  return all;
}

inline Socket *socketOf(int handle) {
  const auto found = sockets().find(handle);
  if (found != sockets().end()) return &found->second;
  fail(ERR_NETSOCKET_INVALIDHANDLE);
  return nullptr;
}

/** The socket of a handle where it is connected. */
inline Socket *connected(int handle) {
  Socket *socket = socketOf(handle);
  if (socket && socket->fd < 0) {
    fail(ERR_NETSOCKET_IO_ERROR);
    return nullptr;
  }
  return socket;
}

inline void broken(Socket *socket) {
  ::close(socket->fd);
  socket->fd = -1;
  fail(ERR_NETSOCKET_IO_ERROR);
}

inline bool isRefused(uint port) {
  const std::string refused = "," + textSwitch("SOCKET_REFUSED") + ",";
  return refused == ",all," || refused.find("," + std::to_string(port) + ",") != std::string::npos;
}

/** 0, or the error of connecting. */
inline int connectFd(int fd, const std::string &host, uint port, uint timeoutMs) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (::inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host.c_str(), &address.sin_addr) != 1) return EHOSTUNREACH;
  ::fcntl(fd, F_SETFL, O_NONBLOCK);
  if (::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  pollfd waiting{fd, POLLOUT, 0};
  int error = ETIMEDOUT;
  socklen_t size = sizeof error;
  if (::poll(&waiting, 1, static_cast<int>(timeoutMs)) == 1) ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

} // namespace shim

inline int SocketCreate(uint flags = 0) {
  MQL_CALL(SocketCreate);
  if (flags != 0) shim::critical("SocketCreate: the only flag is SOCKET_DEFAULT");
  static int next = 1;
  if (shim::sockets().size() >= 128) {
    shim::fail(ERR_NETSOCKET_TOO_MANY_OPENED);
    return INVALID_HANDLE;
  }
  shim::sockets()[next] = shim::Socket();
  return next++;
}
enum { SOCKET_DEFAULT = 0 };

inline bool SocketClose(const int handle) {
  MQL_CALL(SocketClose);
  shim::Socket *socket = shim::socketOf(handle);
  if (!socket) return false;
  if (socket->fd >= 0) ::close(socket->fd);
  shim::sockets().erase(handle);
  return true;
}

inline bool SocketConnect(int handle, const string host, uint port, uint timeoutMs) {
  MQL_CALL(SocketConnect);
  shim::Socket *socket = shim::socketOf(handle);
  if (!socket) return false;
  if (socket->fd >= 0) shim::critical("SocketConnect of a connected socket");
  if (shim::isRefused(port)) return shim::fail(ERR_FUNCTION_NOT_ALLOWED);
  if (port > 65535) return shim::fail(4003);
  if (timeoutMs == 0) shim::critical("SocketConnect with time-out 0 may wait for two minutes");
  shim::pauseMs(shim::numberSwitch("SOCKET_CONNECT_MS"));
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (shim::connectFd(fd, host.utf8(), port, timeoutMs) != 0) {
    ::close(fd);
    return shim::fail(ERR_NETSOCKET_CANNOT_CONNECT);
  }
  const int one = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  const int buffer = static_cast<int>(shim::numberSwitch("SOCKET_BUFFER"));
  if (buffer > 0) ::setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  socket->fd = fd;
  socket->connectedStep = shim::step();
  return true;
}

inline bool SocketTimeouts(int handle, uint, uint) { return shim::connected(handle) != nullptr; }

inline bool SocketIsConnected(const int handle) {
  shim::Socket *socket = shim::socketOf(handle);
  if (!socket || socket->fd < 0) return false;
  static auto &late = *new shim::CachedSwitch("SOCKET_LATE_CLOSE");
  if (late.value()) return true;
  char byte;
  const ssize_t read = ::recv(socket->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return !(read == 0 || (read < 0 && errno != EAGAIN));
}

inline uint SocketIsReadable(const int handle) {
  shim::Socket *socket = shim::connected(handle);
  if (!socket) return 0;
  static auto &phantom = *new shim::CachedSwitch("SOCKET_PHANTOM");
  static auto &fragment = *new shim::CachedSwitch("SOCKET_FRAGMENT");
  int count = 0;
  ::ioctl(socket->fd, FIONREAD, &count);
  if (count == 0 && phantom.value() && !socket->saidPhantom) {
    socket->saidPhantom = true;
    return socket->readable = 1;
  }
  socket->saidPhantom = false;
  if (fragment.value() > 0) count = std::min(count, static_cast<int>(fragment.value()));
  return socket->readable = static_cast<uint>(count);
}

inline bool SocketIsWritable(const int handle) {
  shim::Socket *socket = shim::connected(handle);
  if (!socket) return false;
  pollfd asked{socket->fd, POLLOUT, 0};
  return ::poll(&asked, 1, 0) == 1 && (asked.revents & POLLOUT);
}

/** The whole of `size` is waited for; what came until the time-out is not given. */
inline int SocketRead(int handle, shim::Array<uchar> &buffer, uint size, uint timeoutMs) {
  MQL_CALL(SocketRead);
  shim::Socket *socket = shim::connected(handle);
  if (!socket) return -1;
  if (size == 0) shim::critical("SocketRead of 0 bytes");
  if (size > socket->readable) shim::critical("SocketRead asks for more than SocketIsReadable said: it blocks for seconds");
  if (timeoutMs == 0) shim::critical("SocketRead with time-out 0 waits for two minutes");
  const ulong until = shim::nanoseconds() + ulong(timeoutMs) * 1000000;
  int count = 0;
  for (::ioctl(socket->fd, FIONREAD, &count); count < static_cast<int>(size) && shim::nanoseconds() < until; ::ioctl(socket->fd, FIONREAD, &count))
    ::usleep(200);
  socket->readable = 0;
  if (count < static_cast<int>(size)) {
    shim::fail(ERR_NETSOCKET_IO_ERROR);
    return -1;
  }
  if (buffer.fixed() && buffer.size() < static_cast<int>(size)) shim::critical("SocketRead into a static array that is too small");
  if (buffer.size() < static_cast<int>(size)) buffer.grow(static_cast<int>(size), 0); // a larger one keeps its size
  const ssize_t read = ::recv(socket->fd, buffer.data(), size, 0);
  if (read > 0) return static_cast<int>(read);
  shim::broken(socket);
  return -1;
}

inline int SocketSend(int handle, const shim::Array<uchar> &buffer, uint size) {
  MQL_CALL(SocketSend);
  shim::Socket *socket = shim::connected(handle);
  if (!socket) return -1;
  static auto &atOnce = *new shim::CachedSwitch("SOCKET_SEND_AT_ONCE");
  static auto &partial = *new shim::CachedSwitch("SOCKET_PARTIAL");
  if (size > static_cast<uint>(buffer.size())) shim::critical("SocketSend beyond the array");
  if (size == 0) shim::critical("SocketSend of 0 bytes");
  if (socket->connectedStep == shim::step() && !atOnce.value()) {
    shim::fail(ERR_NETSOCKET_IO_ERROR);
    return -1;
  }
  if (partial.value() > 0) size = std::min(size, static_cast<uint>(partial.value()));
  const ssize_t sent = ::send(socket->fd, buffer.data(), size, MSG_NOSIGNAL);
  if (sent >= 0) return static_cast<int>(sent);
  if (errno == EAGAIN) return 0;
  shim::broken(socket);
  return -1;
}
