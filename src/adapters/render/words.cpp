#include "adapters/render/words.hpp"

#include "domain/own_node.hpp"

namespace mcp::adapters {

std::string_view word(domain::HealthStatus status) {
    switch (status) {
    case domain::HealthStatus::healthy:
        return "healthy";
    case domain::HealthStatus::warning:
        return "warning";
    case domain::HealthStatus::critical:
        return "critical";
    }
    return {};
}

std::string_view word(domain::Severity severity) {
    switch (severity) {
    case domain::Severity::critical:
        return "critical";
    case domain::Severity::warning:
        return "warning";
    case domain::Severity::info:
        return "info";
    }
    return {};
}

std::string_view word(domain::Priority priority) {
    switch (priority) {
    case domain::Priority::high:
        return "high";
    case domain::Priority::medium:
        return "medium";
    case domain::Priority::low:
        return "low";
    }
    return {};
}

std::string_view word(domain::Category category) {
    switch (category) {
    case domain::Category::liquidity:
        return "liquidity";
    case domain::Category::fees:
        return "fees";
    case domain::Category::channels:
        return "channels";
    case domain::Category::performance:
        return "performance";
    }
    return {};
}

std::string_view word(domain::ChangeKind kind) {
    switch (kind) {
    case domain::ChangeKind::opened:
        return "opened";
    case domain::ChangeKind::closed:
        return "closed";
    case domain::ChangeKind::repriced:
        return "repriced";
    case domain::ChangeKind::disabled:
        return "disabled";
    case domain::ChangeKind::enabled:
        return "enabled";
    case domain::ChangeKind::silent:
        return "silent";
    }
    return {};
}

std::string_view word(domain::AlertState state) {
    switch (state) {
    case domain::AlertState::unknown:
        return "unknown";
    case domain::AlertState::fresh:
        return "new";
    case domain::AlertState::ongoing:
        return "ongoing";
    }
    return {};
}

std::string_view word(domain::SourceStatus status) {
    switch (status) {
    case domain::SourceStatus::ok:
        return "ok";
    case domain::SourceStatus::stale:
        return "stale";
    case domain::SourceStatus::unavailable:
        return "unavailable";
    case domain::SourceStatus::not_configured:
        return "not_configured";
    }
    return {};
}

std::string_view word(domain::DisabledBy by) {
    switch (by) {
    case domain::DisabledBy::nobody:
        return "nobody";
    case domain::DisabledBy::own:
        return "own";
    case domain::DisabledBy::peer:
        return "peer";
    case domain::DisabledBy::both:
        return "both";
    }
    return {};
}

std::string_view word(domain::FeeLevel level) {
    switch (level) {
    case domain::FeeLevel::cheap:
        return "cheap";
    case domain::FeeLevel::normal:
        return "normal";
    case domain::FeeLevel::dear:
        return "dear";
    }
    return {};
}

std::string_view word(domain::ClosingReason reason) {
    switch (reason) {
    case domain::ClosingReason::unknown:
        return "unknown";
    case domain::ClosingReason::mutual:
        return "mutual";
    case domain::ClosingReason::force:
        return "force";
    case domain::ClosingReason::penalty:
        return "penalty";
    }
    return {};
}

std::string_view word(domain::ClosedBy by) {
    switch (by) {
    case domain::ClosedBy::own:
        return "own";
    case domain::ClosedBy::peer:
        return "peer";
    }
    return {};
}

std::string_view word(domain::NodeKind kind) {
    switch (kind) {
    case domain::NodeKind::lnd:
        return "lnd";
    case domain::NodeKind::cln:
        return "cln";
    }
    return {};
}

std::string_view word(domain::NodeDoubt doubt) {
    switch (doubt) {
    case domain::NodeDoubt::not_synced_to_chain:
        return "not_synced_to_chain";
    case domain::NodeDoubt::not_synced_to_graph:
        return "not_synced_to_graph";
    case domain::NodeDoubt::no_channel_active:
        return "no_channel_active";
    }
    return {};
}

std::string_view word(domain::NodePart part) {
    switch (part) {
    case domain::NodePart::channels:
        return "channels";
    case domain::NodePart::balances:
        return "balances";
    case domain::NodePart::pending:
        return "pending";
    case domain::NodePart::closings:
        return "closings";
    case domain::NodePart::forwards:
        return "forwards";
    case domain::NodePart::wallet:
        return "wallet";
    case domain::NodePart::chain_costs:
        return "chain_costs";
    case domain::NodePart::peers:
        return "peers";
    }
    return {};
}

std::string_view word(domain::PendingKind kind) {
    switch (kind) {
    case domain::PendingKind::opening:
        return "opening";
    case domain::PendingKind::closing:
        return "closing";
    case domain::PendingKind::force_closing:
        return "force_closing";
    }
    return {};
}

} // namespace mcp::adapters
