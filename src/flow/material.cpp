#include "flow/material.hpp"

#include "graph/csr_graph.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <cstdint>

namespace mcp::flow {
Task<const graph::WhatIf*> Material::what_if(Env& env) {
    while (!what_if_) {
        if (const std::shared_ptr<Event> others = preparing_) {
            co_await others->wait();
            continue;
        }
        preparing_ = std::make_shared<Event>(co_await boost::asio::this_coro::executor);
        const Release release(preparing_);
        auto prepare = [this] {
            const graph::CsrGraph fees = graph::fee_graph(today().network, analysis::kTypicalPayment);
            graph::WhatIf table = graph::WhatIf::prepare(fees, threads_);
            table.answer_on(1); // many users ask at once
            return table;
        };
        what_if_.emplace(co_await run_on(env.compute, prepare));
    }
    co_return &*what_if_;
}

domain::SourceState Material::aged(domain::SourceState source, Time now) const {
    if (source.age_seconds) {
        *source.age_seconds += std::max<std::int64_t>(0, (now - loaded_at_).count());
    }
    return source;
}

Task<Result<std::shared_ptr<Material>>> Materials::of(Day day) {
    const Deadline deadline(env_.timer, time_max_);
    co_await source_.refresh(time_max_ / 2);
    if (halt_.is_asked) {
        co_return fail(ErrorKind::cancelled, {"job.stopping", {}});
    }
    if (last_ && source_.is_unchanged(last_->days(), day)) {
        co_return last_;
    }
    last_.reset(); // two days' graphs at once would double the memory
    const Time now = env_.clock.now();
    const Stop stop = [this, deadline] { return deadline.passed() || halt_.is_urgent; };
    auto load = [this, day, now, &stop] { return source_.load(day, now, stop); };
    Result<ports::GraphDays> days = co_await run_on(env_.compute, load);
    if (!days) {
        last_load_ = fail(days.error());
        co_return fail(std::move(days.error()));
    }
    last_load_ = Result<void>();
    last_ = std::make_shared<Material>(std::move(*days), threads_, now);
    co_return last_;
}

} // namespace mcp::flow
