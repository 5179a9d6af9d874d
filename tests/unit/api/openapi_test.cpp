#include "api/openapi.hpp"

#include "api/schemas.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <set>

namespace mcp::api {
namespace {

namespace json = boost::json;
using domain::Language;

const json::object& document() {
    static const json::object parsed = json::parse(openapi_text(Language::en)).as_object();
    return parsed;
}

/// Every "$ref" below `node`.
void collect(const json::value& node, std::set<std::string>& references) {
    if (const json::object* object = node.if_object()) {
        for (const auto& [key, value] : *object) {
            if (key == "$ref") {
                references.insert(std::string(value.as_string()));
            }
            collect(value, references);
        }
    } else if (const json::array* array = node.if_array()) {
        for (const json::value& item : *array) {
            collect(item, references);
        }
    }
}

TEST(OpenApi, HoldsEveryRouteOfTheTable) {
    const json::object& paths = document().at("paths").as_object();
    std::size_t operations = 0;
    for (const auto& [path, item] : paths) {
        operations += item.as_object().size();
    }
    EXPECT_EQ(operations, routes().size());
    EXPECT_EQ(paths.at("/api/v1/user/profile").at("put").at("operationId"), "putProfile");
}

TEST(OpenApi, ReferencesOnlyWhatIsThereAndHasNothingUnused) {
    std::set<std::string> references;
    collect(document(), references);
    const json::value root(document());
    for (const std::string& reference : references) {
        EXPECT_NE(root.find_pointer(reference.substr(1), *std::make_unique<json::error_code>()), nullptr) << reference;
    }
    for (const Schema& schema : schemas()) {
        EXPECT_TRUE(references.contains("#/components/schemas/" + std::string(schema.name))) << schema.name;
    }
}

TEST(OpenApi, DeclaresTheRefusalsThatFollowFromARow) {
    const auto statuses = [](std::string_view path, std::string_view method) {
        std::set<std::string> found;
        for (const auto& [status, response] : document().at("paths").at(path).at(method).at("responses").as_object()) {
            found.insert(std::string(status));
        }
        return found;
    };
    EXPECT_EQ(statuses("/health/live", "get"),
              (std::set<std::string>{"200", "400", "405", "408", "413", "414", "431", "500", "503"}));
    const std::set<std::string> trigger = statuses("/api/v1/admin/reports/daily/trigger", "post");
    for (const char* status : {"202", "401", "403", "415", "429"}) {
        EXPECT_TRUE(trigger.contains(status)) << status;
    }
    EXPECT_FALSE(statuses("/api/v1/reports/daily/latest", "get").contains("403"));
    for (const auto& [path, item] : document().at("paths").as_object()) {
        for (const auto& [method, operation] : item.as_object()) {
            EXPECT_FALSE(operation.at("responses").as_object().contains("422")) << path;
        }
    }
}

TEST(OpenApi, SaysWhoMayAsk) {
    EXPECT_EQ(document().at("paths").at("/health").at("get").at("security"), json::array());
    EXPECT_EQ(document().at("paths").at("/api/v1/user/profile").at("get").at("security"),
              (json::array{json::object{{"bearer", json::array()}}}));
}

TEST(OpenApi, GivesRangesAndExamplesOfParameters) {
    const json::array& parameters =
        document().at("paths").at("/api/v1/reports/daily/history").at("get").at("parameters").as_array();
    EXPECT_EQ(parameters.at(0).at("schema"),
              (json::object{{"type", "integer"}, {"minimum", 1}, {"maximum", 90}, {"default", 30}}));
    EXPECT_EQ(parameters.at(3).at("schema").at("enum"), (json::array{"completed", "all"}));
    EXPECT_EQ(parameters.at(0).at("example"), 7);
}

TEST(OpenApi, TellsAgentsWhatToSignWith) {
    const json::value& snapshot = document().at("paths").at("/api/v1/agent/snapshot").at("post");
    EXPECT_EQ(snapshot.at("security"), json::array());
    for (const json::value& parameter : snapshot.at("parameters").as_array()) {
        EXPECT_EQ(parameter.at("in"), "header");
        EXPECT_EQ(parameter.at("required"), true);
    }
    EXPECT_EQ(snapshot.at("parameters").at(0).at("name"), "MCP-Agent-Key");
    EXPECT_EQ(snapshot.at("parameters").at(1).at("name"), "MCP-Signature");
    EXPECT_EQ(snapshot.at("x-own-refusals"), (json::array{400, 401, 403, 409, 415, 429}));
}

TEST(OpenApi, SpeaksBothLanguages) {
    const json::object french = json::parse(openapi_text(Language::fr)).as_object();
    EXPECT_EQ(french.at("paths").at("/api/v1/reports/daily/latest").at("get").at("summary"),
              "Votre rapport le plus récent");
    EXPECT_EQ(document().at("paths").at("/api/v1/reports/daily/latest").at("get").at("summary"), "Your newest report");
    EXPECT_EQ(french.at("paths").as_object().size(), document().at("paths").as_object().size());
}

} // namespace
} // namespace mcp::api
