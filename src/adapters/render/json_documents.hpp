#pragma once
#include "adapters/identity/report_id.hpp"
#include "adapters/render/report_json.hpp"
#include "ports/documents.hpp"

namespace mcp::adapters {

/// Report documents as JSON text.
class JsonDocuments final : public ports::Documents {
public:
    [[nodiscard]] std::string report_id(std::string_view user_id, Day day) const override {
        return adapters::report_id(user_id, day);
    }
    [[nodiscard]] std::string completed(const domain::Report& report, domain::Language language,
                                        const ports::Bookkeeping& bookkeeping) const override {
        return report_json(report, language, bookkeeping);
    }
    [[nodiscard]] std::string failed(const ports::FailedReport& report) const override {
        return failed_report_json(report);
    }
};

} // namespace mcp::adapters
