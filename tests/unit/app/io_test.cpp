#include "app/commands/io.hpp"

#include <gmock/gmock.h>
#include <sstream>

namespace mcp::app {
namespace {

class NoClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time{}; }
};

class Delivery : public testing::Test {
protected:
    std::ostringstream out_;
    std::ostringstream err_;
    NoClock clock_;
    Io io_{.out = out_, .err = err_, .clock = clock_};
};

TEST_F(Delivery, GoesToStandardOutput) {
    EXPECT_EQ(deliver(io_, "data"), ExitStatus::kDone);
    EXPECT_EQ(out_.str(), "data");
    EXPECT_EQ(err_.str(), "");
}

TEST_F(Delivery, IsRefusedAsAWrongCallWhereWhatItNamesDoesNotGoTogether) {
    const Message what{"error.internal", {{"fault", std::string("x")}}};
    EXPECT_EQ(refuse_or_fail(io_, {.kind = ErrorKind::conflict, .what = what}), ExitStatus::kCallWrong);
    EXPECT_EQ(refuse_or_fail(io_, {.kind = ErrorKind::invalid_input, .what = what}), ExitStatus::kWorldFailed);
}

TEST_F(Delivery, AsksOnlyWhereSomebodyCanAnswerAndTakesOnlyYesForYes) {
    const Message question{"live.offer", {}};
    EXPECT_FALSE(agrees(io_, question));
    EXPECT_EQ(err_.str(), "") << "nobody is there";
    for (const char* yes : {"y\n", "Yes\n", "o\n", "oui\n"}) {
        std::istringstream answers(yes);
        io_.answers = &answers;
        EXPECT_TRUE(agrees(io_, question)) << yes;
    }
    for (const char* no : {"\n", "n\n", "", " y\n", "non\n"}) {
        std::istringstream answers(no);
        io_.answers = &answers;
        EXPECT_FALSE(agrees(io_, question)) << no;
    }
    EXPECT_THAT(err_.str(), testing::HasSubstr("Ask them for this report? [y/N] "));
}

TEST_F(Delivery, TellsAStreamThatCannotBeWritten) {
    out_.setstate(std::ios::badbit);
    EXPECT_EQ(deliver(io_, "data"), ExitStatus::kWorldFailed);
    EXPECT_THAT(err_.str(), testing::HasSubstr("cannot write to standard output"));
}

} // namespace
} // namespace mcp::app
