#pragma once
#include "ports/queue.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <ostream>
#include <string>

/// What every queue must do. An adapter joins by INSTANTIATE_TEST_SUITE_P of QueueContract.
namespace mcp::test {

struct QueueAdapter {
    std::string name;
    std::function<std::unique_ptr<ports::Queue>(boost::asio::any_io_executor, std::size_t capacity)> make;
};

inline std::ostream& operator<<(std::ostream& out, const QueueAdapter& adapter) {
    return out << adapter.name;
}

class QueueContract : public testing::TestWithParam<QueueAdapter> {
protected:
    static constexpr std::size_t kCapacity = 3;

    QueueContract() : context_(1), queue_(GetParam().make(context_.get_executor(), kCapacity)) {}

    boost::asio::io_context context_;
    std::unique_ptr<ports::Queue> queue_;
};

} // namespace mcp::test
