#include "adapters/system/notify.hpp"

#include "base/text.hpp"

#include <string>
#include <systemd/sd-daemon.h>

namespace mcp::adapters {
namespace {

/// systemd tells fields apart by newlines: a status must not bring another field along.
void notify(const std::string& field, std::string_view status) {
    ::sd_notify(0, (field + "STATUS=" + clean_text(status).text).c_str());
}

} // namespace

void notify_ready(std::string_view status) {
    notify("READY=1\n", status);
}

void notify_stopping(std::string_view status) {
    notify("STOPPING=1\n", status);
}

void notify_status(std::string_view status) {
    notify("", status);
}

} // namespace mcp::adapters
