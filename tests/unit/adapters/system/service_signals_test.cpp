#include "adapters/system/service_signals.hpp"

#include <array>
#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <csignal>
#include <gtest/gtest.h>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

/// Gives back what signals did to this process before.
class KeptActions {
public:
    KeptActions() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) {
            ::sigaction(kSignals[i], nullptr, &before_[i]);
        }
    }
    ~KeptActions() {
        for (std::size_t i = 0; i < kSignals.size(); ++i) {
            ::sigaction(kSignals[i], &before_[i], nullptr);
        }
    }
    KeptActions(const KeptActions&) = delete;
    KeptActions& operator=(const KeptActions&) = delete;

private:
    static constexpr std::array kSignals{SIGTERM, SIGINT, SIGHUP, SIGPIPE, SIGXFSZ};
    std::array<struct sigaction, kSignals.size()> before_{};
};

TEST(ServiceSignals, CallWhomTheyConcernEachTimeTheyCome) {
    const KeptActions kept;
    boost::asio::io_context context;
    std::string heard;
    ServiceSignals signals(
        context.get_executor(), [&](int signal) { heard += signal == SIGTERM ? 'T' : 'I'; }, [&] { heard += 'H'; });
    for (const int signal : {SIGHUP, SIGTERM, SIGHUP, SIGINT, SIGTERM}) {
        ::raise(signal);
        const std::size_t before = heard.size();
        while (heard.size() == before && context.run_one_for(std::chrono::seconds{10}) > 0) {}
    }
    EXPECT_EQ(heard, "HTHIT");
    signals.close();
    context.restart();
    context.run_for(std::chrono::seconds{10});
    EXPECT_TRUE(context.stopped()) << "closed signals must not keep the context running";
}

TEST(ServiceSignals, AClosedConnectionEndsNothing) {
    const KeptActions kept;
    boost::asio::io_context context;
    const ServiceSignals signals(
        context.get_executor(), [](int) {}, [] {});
    int ends[2];
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    ::close(ends[0]);
    EXPECT_EQ(::write(ends[1], "x", 1), -1); // would have been our death
    EXPECT_EQ(errno, EPIPE);
    ::close(ends[1]);
}

} // namespace
} // namespace mcp::adapters
