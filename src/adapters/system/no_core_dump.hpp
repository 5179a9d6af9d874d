#pragma once

namespace mcp::adapters {

/// From here on this process leaves no core dump, and no other process of its user may look into its memory: it holds
/// credentials. Throws std::system_error where the system does not let it: then nothing secret may be read.
void forbid_core_dumps();

} // namespace mcp::adapters
