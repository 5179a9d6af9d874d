#pragma once
#include "ports/store.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/support/task_runner.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

/// What every store must do, whatever it is made of. An adapter joins by INSTANTIATE_TEST_SUITE_P of StoreContract.
namespace mcp::test {

/// One store that a test works on.
class StoreWorld {
public:
    virtual ~StoreWorld() = default;
    virtual ports::Store& store() = 0;
    virtual void reopen() = 0; ///< ends the store and starts it again on what it kept
    /// Whether these bytes are anywhere in what it keeps, removed or not.
    virtual bool holds(std::string_view bytes) = 0;
};

struct StoreAdapter {
    std::string name;
    std::function<std::unique_ptr<StoreWorld>()> make;
};

inline std::ostream& operator<<(std::ostream& out, const StoreAdapter& adapter) {
    return out << adapter.name;
}

class StoreContract : public testing::TestWithParam<StoreAdapter> {
protected:
    ports::Store& store() { return world_->store(); }

    template <typename T>
    T get(Task<Result<T>> task) { ///< what must succeed
        return runner_.get(std::move(task));
    }
    void must(Task<Result<void>> task) { runner_.must(std::move(task)); }
    template <typename T>
    std::optional<Error> error_of(Task<Result<T>> task) {
        return runner_.error_of(std::move(task));
    }

    /// Puts users into the store.
    template <typename... Users>
    void with(const Users&... users) {
        (must(store().put_user(users)), ...);
    }
    void finish_in(const std::string& run_id, ports::FinishedReport report) {
        report.run_id = run_id;
        must(store().finish(std::move(report)));
    }
    std::vector<std::string> owed_ids(const std::string& run_id, const std::string& after = "",
                                      std::size_t limit = 100) {
        std::vector<std::string> ids;
        for (const domain::User& user : get(store().owed_users(run_id, after, limit))) {
            ids.push_back(user.id);
        }
        return ids;
    }

    TaskRunner runner_;
    std::unique_ptr<StoreWorld> world_ = GetParam().make(); // goes before what its answers come back to
};

} // namespace mcp::test
