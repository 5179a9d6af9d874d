#include "tests/contract/timer_contract.hpp"

#include "adapters/system/asio_timer.hpp"
#include "adapters/system/system_clock.hpp"
#include "tests/support/virtual_time.hpp"

namespace mcp::test {
namespace {

class RealWorld {
public:
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] Timer& timer() { return timer_; }
    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    void run() {
        context_.restart();
        context_.run();
    }

private:
    adapters::SystemClock clock_;
    adapters::AsioTimer timer_;
    boost::asio::io_context context_{1};
};

class VirtualWorld {
public:
    [[nodiscard]] const Clock& clock() const { return time_.clock(); }
    [[nodiscard]] Timer& timer() { return time_.timer(); }
    [[nodiscard]] boost::asio::io_context& context() { return time_.context(); }
    void run() {
        time_.run_until_true([&] { return time_.waiting() == 0; });
    }

private:
    VirtualTime time_{std::chrono::sys_days{std::chrono::year{2025} / 10 / 25}};
};

using Worlds = testing::Types<RealWorld, VirtualWorld>;
INSTANTIATE_TYPED_TEST_SUITE_P(Worlds, TimerContract, Worlds);

} // namespace
} // namespace mcp::test
