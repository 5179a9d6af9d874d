#include "api/router.hpp"

#include "api/target.hpp"

#include <gtest/gtest.h>
#include <set>

namespace mcp::api {
namespace {

class TheTable : public testing::Test {
protected:
    [[nodiscard]] Router::Match find(Method method, std::string_view path) const {
        return router_.find(method, parse_target(path)->segments);
    }

    Router router_{routes()};
};

TEST_F(TheTable, FindsEachOfItsRows) {
    for (const Route& route : routes()) {
        std::string path(route.path);
        if (const std::size_t brace = path.find('{'); brace != path.npos) {
            path.replace(brace, path.find('}') - brace + 1, "some-id");
        }
        const Router::Match match = find(route.method, path);
        EXPECT_EQ(match.route, &route) << path;
        EXPECT_EQ(match.path, route.path);
        EXPECT_EQ(match.values.size(), route.path.find('{') == route.path.npos ? 0U : 1U);
    }
}

TEST_F(TheTable, AnswersHeadWhereItAnswersGet) {
    EXPECT_EQ(find(Method::head, "/health").route, find(Method::get, "/health").route);
    EXPECT_EQ(find(Method::head, "/api/v1/admin/reports/daily/trigger").route, nullptr);
}

TEST_F(TheTable, PrefersWordsToValues) {
    EXPECT_EQ(find(Method::get, "/api/v1/reports/daily/latest").route->id, "getLatestReport");
    EXPECT_EQ(find(Method::get, "/api/v1/reports/daily/history").route->id, "getReportHistory");
    EXPECT_EQ(find(Method::get, "/api/v1/reports/daily/latests").route->id, "getReport");
}

TEST_F(TheTable, SaysWhichMethodsAPathKnows) {
    const auto allowed = [&](std::string_view path) { return find(Method::other, path).allowed; };
    EXPECT_EQ(allowed("/api/v1/user/profile"), "GET, HEAD, PUT, DELETE, OPTIONS");
    EXPECT_EQ(allowed("/api/v1/admin/reports/daily/trigger"), "POST, OPTIONS");
    EXPECT_EQ(allowed("/api/v1/reports/daily/latest"), "GET, HEAD, OPTIONS");
    EXPECT_EQ(allowed("/nothing"), "");
}

TEST_F(TheTable, KnowsNoOtherPaths) {
    for (const char* path :
         {"/", "/api", "/health/", "//health", "/Health", "/api/v1/reports/daily/", "/api/v1/reports/daily//feedback",
          "/api/v1/reports/daily/x/feedback/", "/docs/", "/api/v1/reports/daily%2Flatest", "/../health"}) {
        EXPECT_TRUE(find(Method::get, path).path.empty()) << path;
    }
}

TEST_F(TheTable, TakesEncodedWordsForTheWords) {
    EXPECT_EQ(find(Method::get, "/%68ealth").path, "/health");
}

TEST_F(TheTable, GivesValuesAsTheyWereMeant) {
    EXPECT_EQ(find(Method::get, "/api/v1/reports/daily/a%2Fb%20c").values, (std::vector<std::string>{"a/b c"}));
}

TEST(Routes, HaveEachTheirOwnIdAndSayWhatTheyNeed) {
    std::set<std::string_view> ids;
    for (const Route& route : routes()) {
        EXPECT_TRUE(ids.insert(route.id).second) << route.id;
        EXPECT_NE(route.handler, nullptr);
        EXPECT_FALSE(route.successes.empty());
        EXPECT_EQ(route.body_use == BodyUse::none, route.request_schema.empty()) << route.id;
        EXPECT_EQ(route.path.starts_with("/api/v1/admin/"), route.access == Access::admin) << route.id;
        const bool has_key_of_its_own = route.guard != nullptr; // an agent signs, and has no token
        EXPECT_EQ(route.path.starts_with("/api/"), route.access != Access::open || has_key_of_its_own) << route.id;
        for (const Parameter& parameter : route.parameters) {
            const bool in_path = route.path.find('{' + std::string(parameter.name) + '}') != route.path.npos;
            EXPECT_EQ(in_path, parameter.place == Parameter::Place::path) << route.id;
        }
    }
}

} // namespace
} // namespace mcp::api
