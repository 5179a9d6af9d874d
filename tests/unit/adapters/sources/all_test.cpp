#include "adapters/sources/all.hpp"
#include "domain/figure.hpp"
#include "tests/support/fake_http.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <set>

namespace mcp::adapters {
namespace {

namespace source = domain::source;

TEST(SourceTable, HasEachSourceOnceGraphsFirst) {
    std::vector<std::string_view> names;
    for (const SourceRow& row : source_rows()) {
        names.push_back(row.name);
    }
    EXPECT_THAT(names, testing::ElementsAre(source::kLndGraph, source::kClnGraph, source::kGraph, source::kRgs,
                                            source::kMempool, source::kAmboss, source::kNode));
}

TEST(SourceTable, MakesEachProviderAsItTellsIt) {
    test::FakeHttp http;
    int made = 0;
    for (const SourceRow& row : source_rows()) {
        EXPECT_EQ(row.make == nullptr, row.questions.empty()) << row.name;
        if (row.make == nullptr) {
            continue;
        }
        const std::unique_ptr<ports::Source> provider = row.make(http, {std::string(row.public_url), ""});
        ++made;
        EXPECT_EQ(provider->name(), row.name);
        EXPECT_EQ(provider->questions().data(), row.questions.data());
        EXPECT_EQ(provider->questions().size(), row.questions.size());
        EXPECT_EQ(row.spacing, std::chrono::seconds{1}) << "what providers ask of us";
        EXPECT_FALSE(row.needs.empty());
    }
    EXPECT_EQ(made, 2);
}

TEST(SourceTable, HasQuestionsThatARunOfADayAsksOnce) {
    for (const SourceRow& row : source_rows()) {
        std::set<std::string_view> names;
        for (const ports::Question& question : row.questions) {
            EXPECT_TRUE(names.insert(question.name).second) << question.name;
            EXPECT_GT(question.fresh.count(), 0);
            EXPECT_LE(question.fresh, std::chrono::hours{20}) << "else a day's run would find yesterday's fresh";
            EXPECT_TRUE(question.nodes_max == 1 || question.of_node);
            EXPECT_FALSE(question.keeps_days && question.of_node);
        }
    }
}

TEST(SourceTable, IsPrintedWhole) {
    const std::string page = sources_page();
    for (const SourceRow& row : source_rows()) {
        EXPECT_THAT(page, testing::HasSubstr("## " + std::string(row.title) + " (`" + std::string(row.name) + "`)"));
        for (const auto& keys : {row.needs, row.takes}) {
            for (const std::string_view key : keys) {
                EXPECT_THAT(page, testing::HasSubstr("`" + std::string(key) + "`"));
            }
        }
        for (const ports::Question& question : row.questions) {
            EXPECT_THAT(page, testing::HasSubstr("| `" + std::string(question.name) + "` |"));
        }
    }
}

} // namespace
} // namespace mcp::adapters
