#include "adapters/log/line_log.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/temporary_folder.hpp"

#include <cmath>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sstream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>

namespace mcp::adapters {
namespace {

using test::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::chrono::sys_time<std::chrono::milliseconds> kMoment =
    std::chrono::sys_days{std::chrono::year{2025} / 10 / 25} + std::chrono::hours{6} + std::chrono::milliseconds{7};
const std::string kStamp = "2025-10-25T06:00:00.007Z ";

/// A log in a folder of its own, and what it wrote to the file and, in place of standard error, to another one.
class LogUnderTest {
public:
    explicit LogUnderTest(LineLogOptions options = {}) {
        error_ = ::open(folder.path("stderr").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        options.error_descriptor = error_;
        if (options.file.empty()) {
            options.file = folder.path("app.log");
        }
        Result<std::unique_ptr<LineLog>> opened = LineLog::open(options, [] { return kMoment; });
        if (opened) {
            log = std::move(*opened);
        } else {
            refusal = test::error_text(opened.error());
        }
    }
    ~LogUnderTest() { ::close(error_); }
    LogUnderTest(const LogUnderTest&) = delete;
    LogUnderTest& operator=(const LogUnderTest&) = delete;

    void info(const std::string& text) { log->write(LogLevel::info, "test", text, {}); }
    [[nodiscard]] std::vector<std::string> lines(const std::string& file = "app.log") const {
        std::istringstream content(folder.content(file));
        std::vector<std::string> found;
        for (std::string line; std::getline(content, line);) {
            found.push_back(line);
        }
        return found;
    }

    TemporaryFolder folder;
    std::unique_ptr<LineLog> log;
    std::string refusal;

private:
    int error_;
};

TEST(LineLog, WritesOneLineAnEventToTheFileAndToStandardError) {
    LogUnderTest under;
    under.log->write(LogLevel::info, "daily_report", "Report 7 generated successfully", {});
    under.log->write(LogLevel::warning, "graph", "old", {{.name = "age", .value = std::int64_t{5}}});
    under.log->write(LogLevel::error, "store", "gone", {});
    under.log->write(LogLevel::debug, "store", "unheard", {});
    const auto expected = ElementsAre(kStamp + "INFO daily_report Report 7 generated successfully",
                                      kStamp + "WARNING graph old", kStamp + "ERROR store gone");
    EXPECT_THAT(under.lines(), expected);
    EXPECT_THAT(under.lines("stderr"), expected);
}

TEST(LineLog, LeavesOutWhatIsBelowItsLevel) {
    LogUnderTest under({.minimum = LogLevel::error});
    under.info("unheard");
    under.log->write(LogLevel::error, "test", "heard", {});
    EXPECT_THAT(under.lines(), ElementsAre(kStamp + "ERROR test heard"));
    LogUnderTest talkative({.minimum = LogLevel::debug});
    talkative.log->write(LogLevel::debug, "test", "heard", {});
    EXPECT_THAT(talkative.lines(), ElementsAre(kStamp + "DEBUG test heard"));
}

TEST(LineLog, WritesTheSameEventsAsJson) {
    LogUnderTest under({.format = LogFormat::json});
    under.log->write(LogLevel::error, "job", "said \"no\" \\ twice\nand again",
                     {{.name = "user", .value = std::string("\u00E9ric\t@")},
                      {.name = "count", .value = std::int64_t{-3}},
                      {.name = "seconds", .value = 0.25},
                      {.name = "unknown", .value = std::nan("")},
                      {.name = "last", .value = true}});
    EXPECT_THAT(under.lines(), ElementsAre(R"({"time":"2025-10-25T06:00:00.007Z","level":"ERROR","component":"job",)"
                                           R"("message":"said \"no\" \\ twice and again","user":")"
                                           "\u00E9ric @"
                                           R"(","count":-3,"seconds":0.25,"unknown":null,"last":true})"));
}

TEST(LineLog, KeepsAnEventOnItsLineWhateverItHolds) {
    LogUnderTest under;
    under.info("a\nb\r\nc\td\x1B[31m\x7F");
    under.info(std::string("nul\0byte", 8));
    under.info("broken \xC3( and \xFF utf-8, line\u2028separator, turned \u202Eback");
    EXPECT_THAT(under.lines(),
                ElementsAre(kStamp + "INFO test a b  c d [31m ", kStamp + "INFO test nul byte",
                            kStamp + "INFO test broken \uFFFD( and \uFFFD utf-8, lineseparator, turned back"));
}

TEST(LineLog, BoundsALineAndCutsNoCharacterInTwo) {
    LogUnderTest under;
    std::string many;
    for (int i = 0; i < 5000; ++i) {
        many += "\u20BF";
    }
    under.info("x" + many);
    under.info(many);
    for (const std::string& line : under.lines()) {
        EXPECT_LT(line.size(), 4200U);
        EXPECT_THAT(line, testing::EndsWith("\u20BF\u2026"));
    }
    LogUnderTest json({.format = LogFormat::json});
    std::vector<LogField> fields(1000, {.name = "quotes", .value = std::string(100'000, '"')});
    json.log->write(LogLevel::info, "test", std::string(100'000, '"'), fields);
    EXPECT_LT(json.lines().at(0).size(), 24U * 1024);
}

TEST(LineLog, MasksAddressesOfPeople) {
    LogUnderTest under;
    under.info("mail to alice.smith+ln@b.example failed");
    EXPECT_THAT(under.lines(), ElementsAre(kStamp + "INFO test mail to a\u2026@b.example failed"));
}

TEST(LineLog, LetsNobodyPlantTheWordsThatScriptsLookFor) {
    const std::string planted = "node at generation_duration:8080 said: daily_report ERROR scheduler "
                                "generation_\u202Eduration 999";
    for (const LogFormat format : {LogFormat::text, LogFormat::json}) {
        LogUnderTest under({.format = format});
        under.log->write(LogLevel::warning, "node", planted, {{.name = "host", .value = planted}});
        under.log->write(LogLevel::warning, "node", "generation_duration 999", {});
        under.log->write(LogLevel::warning, "daily_report", "Try 1 failed: generation_duration 999", {});
        for (const std::string& line : under.lines()) {
            EXPECT_THAT(line, testing::Not(HasSubstr("generation_duration")));
            EXPECT_THAT(line, testing::Not(HasSubstr("ERROR")));
            EXPECT_THAT(line, testing::Not(HasSubstr("scheduler")));
        }
        EXPECT_THAT(under.lines().at(0), testing::Not(HasSubstr("daily_report")));
        EXPECT_THAT(under.lines().at(0),
                    HasSubstr("node at generation-duration:8080 said: daily-report Error Scheduler "
                              "generation-duration 999"));
    }
}

TEST(LineLog, LeavesTheWordsOfTheirOwners) {
    LogUnderTest under;
    under.log->write(LogLevel::info, "daily_report", "generation_duration of report 7 in seconds: 0.250", {});
    under.log->write(LogLevel::info, "scheduler", "Daily report scheduler started: daily_reports_20251025_060000", {});
    under.log->write(LogLevel::info, "daily_report",
                     "generation_duration of report generation_duration in seconds: 0.250", {});
    EXPECT_THAT(under.lines(),
                ElementsAre(kStamp + "INFO daily_report generation_duration of report 7 in seconds: 0.250",
                            kStamp + "INFO scheduler Daily report scheduler started: daily_reports_20251025_060000",
                            kStamp + "INFO daily_report generation_duration of report generation-duration in seconds: "
                                     "0.250"));
}

TEST(LineLog, AppendsToWhatIsThere) {
    LogUnderTest first;
    first.info("one");
    LogUnderTest second({.file = first.folder.path("app.log")});
    second.info("two");
    first.info("three");
    EXPECT_THAT(first.lines(), ElementsAre(HasSubstr("one"), HasSubstr("two"), HasSubstr("three")));
    struct stat facts {};
    ASSERT_EQ(::stat(first.folder.path("app.log").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777 & ~0640U, 0U) << "ids of users stand in it";
}

TEST(LineLog, GoesOnInANewFileWhenLogrotateHasMovedTheOldOne) {
    LogUnderTest under;
    under.info("before");
    std::filesystem::rename(under.folder.path("app.log"), under.folder.path("app.log.1"));
    under.info("into the moved one");
    under.log->reopen();
    under.info("after");
    EXPECT_THAT(under.lines("app.log.1"), ElementsAre(HasSubstr("before"), HasSubstr("into the moved one")));
    EXPECT_THAT(under.lines(), ElementsAre(HasSubstr("after")));
}

TEST(LineLog, KeepsTheOldFileWhenItCannotBeOpenedAnew) {
    LogUnderTest under;
    std::filesystem::rename(under.folder.path("app.log"), under.folder.path("app.log.1"));
    std::filesystem::create_directory(under.folder.path("app.log"));
    under.log->reopen();
    under.info("still here");
    EXPECT_THAT(under.lines("app.log.1"),
                ElementsAre(testing::AllOf(HasSubstr("ERROR log log file "), HasSubstr("is a folder")),
                            HasSubstr("still here")));
}

TEST(LineLog, DoesNotBeginWithoutAFileThatWasAskedFor) {
    const LogUnderTest missing({.file = "/no/such/folder/app.log"});
    EXPECT_EQ(missing.refusal, "log file /no/such/folder/app.log (MCP_LOG_FILE): cannot be opened: no such file; check "
                               "the path");
    const LogUnderTest folder({.file = "/tmp"});
    EXPECT_THAT(folder.refusal, HasSubstr("is a folder"));
    const TemporaryFolder place;
    ASSERT_EQ(::mkfifo(place.path("pipe").c_str(), 0600), 0);
    const LogUnderTest pipe({.file = place.path("pipe")});
    EXPECT_THAT(pipe.refusal, HasSubstr("MCP_LOG_FILE"));
}

TEST(LineLog, BeginsOnStandardErrorAloneWhenItsDefaultFileCannotBeOpened) {
    LogUnderTest under({.file = "/no/such/folder/app.log", .file_is_wanted = false});
    ASSERT_NE(under.log, nullptr);
    under.info("heard");
    EXPECT_THAT(under.lines("stderr"),
                ElementsAre(testing::AllOf(HasSubstr(" WARNING log log file /no/such/folder/app.log"),
                                           HasSubstr("logging to standard error only")),
                            kStamp + "INFO test heard"));
}

TEST(LineLog, FindsItsDefaultFileLaterWhenItIsReopened) {
    const TemporaryFolder place;
    LogUnderTest under({.file = place.path("log/app.log"), .file_is_wanted = false});
    under.info("early");
    std::filesystem::create_directory(place.path("log"));
    under.log->reopen();
    under.info("late");
    EXPECT_EQ(place.content("log/app.log"), kStamp + "INFO test late\n");
}

TEST(LineLog, GoesOnWhenTheDiskIsFullSaysSoOnceAndCountsWhatIsLost) {
    const TemporaryFolder place;
    const std::string link = place.path("app.log");
    std::filesystem::create_symlink("/dev/full", link);
    LogUnderTest under({.file = link});
    for (const char* text : {"one", "two", "three"}) {
        under.info(text);
    }
    EXPECT_EQ(under.log->lost_lines(), 3);
    EXPECT_THAT(under.lines("stderr"),
                ElementsAre(HasSubstr("one"), testing::AllOf(HasSubstr(" ERROR log "), HasSubstr("no space left")),
                            HasSubstr("two"), HasSubstr("three")));
    std::filesystem::remove(link);
    under.log->reopen();
    under.info("four");
    EXPECT_EQ(under.log->lost_lines(), 3);
    EXPECT_THAT(place.content("app.log"), HasSubstr("INFO test four\n"));
    EXPECT_THAT(place.content("app.log"), HasSubstr("WARNING log " + link + ": written again; 3 lines were lost"));
}

/// While alive, no file of this process may grow beyond that.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) : before_action_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit now = before_;
        now.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &now);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, before_action_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
    void (*before_action_)(int);
};

TEST(LineLog, EndsALineThatTheDiskCutShortBeforeTheNext) {
    LogUnderTest under;
    const std::string line = kStamp + "INFO test one\n";
    {
        const FileSizeLimit limit(line.size() + 10);
        under.info("one");
        under.info("two");
    }
    under.info("three");
    EXPECT_EQ(under.folder.content("app.log"), line + kStamp.substr(0, 10) + "\n" + kStamp + "INFO test three\n" +
                                                   kStamp + "WARNING log " + under.folder.path("app.log") +
                                                   ": written again; 1 lines were lost\n");
}

TEST(LineLog, MixesNoLinesOfManyThreadsAndLogs) {
    LogUnderTest under;
    LogUnderTest other({.file = under.folder.path("app.log")}); // as another process has it
    constexpr int kThreads = 4;
    constexpr int kEach = 250;
    const std::string text(300, 'x');
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                (t % 2 == 0 ? under : other).info(text);
                if (i % 100 == 0) {
                    under.log->reopen();
                }
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::vector<std::string> lines = under.lines();
    EXPECT_EQ(lines.size(), std::size_t{kThreads} * kEach);
    EXPECT_THAT(lines, testing::Each(kStamp + "INFO test " + text));
}

} // namespace
} // namespace mcp::adapters
