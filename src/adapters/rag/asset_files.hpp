#pragma once
#include "ports/assets.hpp"

#include <string>

namespace mcp::adapters {

/// RAG assets as files: `{folder}/reports/daily/{user}/{YYYYMMDD}.json`, files 0640, folders 0750, made when needed.
/// Several threads and processes may write at once, also the same file: one of the writers is the last.
/// Whatever else lies in these folders is left alone.
class AssetFiles final : public ports::Assets {
public:
    explicit AssetFiles(const std::string& folder) : daily_(folder + "/reports/daily") {}

    [[nodiscard]] Result<void> write(std::string_view user_id, Day day, std::string_view document) override;
    [[nodiscard]] Result<std::int64_t> remove(std::string_view user_id) override;
    [[nodiscard]] Result<std::int64_t> sweep(Time before) override;

private:
    std::string daily_;
};

} // namespace mcp::adapters
