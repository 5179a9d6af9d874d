#pragma once
#include <string_view>

/// Tells systemd how the service is (the unit's `Type=notify`). Without NOTIFY_SOCKET in the environment, that is when
/// somebody else started us, nothing happens.
namespace mcp::adapters {

/// The service serves. @param status one line for `systemctl status`
void notify_ready(std::string_view status);
/// It stops: systemd waits, and counts it as no crash.
void notify_stopping(std::string_view status);
/// What it does just now.
void notify_status(std::string_view status);

} // namespace mcp::adapters
