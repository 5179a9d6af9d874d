#pragma once
#include <boost/asio/awaitable.hpp>

namespace mcp {

/// What a coroutine of the house returns: a T, once it is done. All run on one thread, so that flows need no mutex.
/// g++ 12.2 destroys braces and capturing lambdas inside a `co_await` expression twice: name them first.
template <typename T>
using Task = boost::asio::awaitable<T>;

} // namespace mcp
