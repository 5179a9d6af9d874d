#include "adapters/queue/memory_queue.hpp"
#include "tests/contract/queue_contract.hpp"

namespace mcp::test {
namespace {

QueueAdapter memory() {
    return {.name = "Memory", .make = [](boost::asio::any_io_executor executor, std::size_t capacity) {
                return std::make_unique<adapters::MemoryQueue>(std::move(executor), capacity);
            }};
}

INSTANTIATE_TEST_SUITE_P(Memory, QueueContract, testing::Values(memory()),
                         [](const auto& adapter) { return adapter.param.name; });

TEST(MemoryQueue, NeedsRoomForOneJob) {
    boost::asio::io_context context(1);
    EXPECT_THROW(adapters::MemoryQueue(context.get_executor(), 0), std::invalid_argument);
}

} // namespace
} // namespace mcp::test
