#include "adapters/system/notify.hpp"

#include "tests/support/temporary_folder.hpp"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

/// Listens in place of systemd.
class FakeSystemd {
public:
    FakeSystemd() : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
        const std::string path = folder_.path("notify");
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(static_cast<char*>(address.sun_path), sizeof(address.sun_path) - 1);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error(std::strerror(errno));
        }
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~FakeSystemd() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(socket_);
    }
    FakeSystemd(const FakeSystemd&) = delete;
    FakeSystemd& operator=(const FakeSystemd&) = delete;

    /// What was sent, nothing when nothing was.
    [[nodiscard]] std::string heard() const {
        std::array<char, 1024> buffer{};
        const ssize_t got = ::recv(socket_, buffer.data(), buffer.size(), 0);
        return got < 0 ? "" : std::string(buffer.data(), static_cast<std::size_t>(got));
    }

private:
    test::TemporaryFolder folder_;
    int socket_;
};

TEST(Notify, TellsSystemdEachStep) {
    const FakeSystemd systemd;
    notify_ready("serving on 127.0.0.1:8000");
    EXPECT_EQ(systemd.heard(), "READY=1\nSTATUS=serving on 127.0.0.1:8000");
    notify_status("12 of 300 reports");
    EXPECT_EQ(systemd.heard(), "STATUS=12 of 300 reports");
    notify_stopping("finishing 3 reports");
    EXPECT_EQ(systemd.heard(), "STOPPING=1\nSTATUS=finishing 3 reports");
    EXPECT_EQ(systemd.heard(), "");
}

TEST(Notify, LetsNoStatusBringAnotherField) {
    const FakeSystemd systemd;
    notify_status("fine\nERRNO=2");
    EXPECT_EQ(systemd.heard(), "STATUS=fineERRNO=2");
}

TEST(Notify, DoesNothingWhereSystemdDidNotStartUs) {
    const FakeSystemd systemd;
    ::unsetenv("NOTIFY_SOCKET");
    notify_ready("not for systemd");
    notify_stopping("not for systemd");
    EXPECT_EQ(systemd.heard(), "");
}

} // namespace
} // namespace mcp::adapters
