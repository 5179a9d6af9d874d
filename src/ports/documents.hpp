#pragma once
#include "domain/report.hpp"
#include "domain/user.hpp"

#include <string>
#include <string_view>

namespace mcp::ports {

/// What a report document says of its own making.
struct Bookkeeping {
    int retry_count = 0;
    Time created_at; ///< of the first report of that user and day
    Time updated_at;
};

/// A report that could not be made: it has no figures, only the reason.
struct FailedReport {
    std::string report_id;
    domain::User user;
    Day report_date;
    Error error;
    Bookkeeping bookkeeping;
};

/// Writes report documents (CONTRACT section 3). Pure.
class Documents {
public:
    virtual ~Documents() = default;
    [[nodiscard]] virtual std::string report_id(std::string_view user_id, Day day) const = 0;
    [[nodiscard]] virtual std::string completed(const domain::Report& report, domain::Language language,
                                                const Bookkeeping& bookkeeping) const = 0;
    [[nodiscard]] virtual std::string failed(const FailedReport& report) const = 0;
};

} // namespace mcp::ports
