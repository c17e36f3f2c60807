// What a connection leaves to the threads of the answer queue.
#include "server/answer_queue.hpp"
#include "server/connection.hpp"
#include "server/worker.hpp"

namespace kordon::server {

/// Until it comes back, the request lives, even where the connection is closed; it ends on its worker's thread.
void Connection::work_elsewhere() {
  working_ = true;
  auto lent = std::make_shared<std::shared_ptr<Connection>>(shared_from_this());
  worker_.shared().answers->run(caller_.address, [&context = worker_.context(), lent] {
    (*lent)->incoming_->work();
    asio::post(context, [self = std::exchange(*lent, nullptr)] {
      self->working_ = false;
      self->then([&](std::size_t) {
        const auto outcome = self->incoming_->resume(self->out_.text()).outcome;
        // What is left of the piece waits for a turn, in which the client has room for it.
        if (outcome != Outcome::elsewhere) self->note(outcome);
        self->turn();
      })();
    });
  });
}

/// By the queue's threads: it takes longer than a turn may.
void Connection::answer_elsewhere(BegunRequest begun, std::string body) {
  auto& queue = *worker_.shared().answers;
  awaited_ = std::make_shared<Question>(worker_.shared().budget, std::move(begun), std::move(body));
  if (const auto made = queue.find(*awaited_)) return take_answer(*made);
  const auto take = [&context = worker_.context(), weak = weak_from_this()](std::shared_ptr<const MadeAnswer> made) {
    asio::post(context, [weak, made = std::move(made)] {
      const auto self = weak.lock();
      if (!self || !self->awaited_) return;
      self->then([&](std::size_t) {
        self->take_answer(*made);
        self->turn();
      })();
    });
  };
  if (queue.ask(awaited_, take)) return;
  const auto problem = overloaded("as many large answers are being made as may be");
  finish_request(worker_.service().finish(awaited_->begun.exchange, problem, out_.text()));
  awaited_.reset();
}

void Connection::take_answer(const MadeAnswer& made) {
  finish_request(worker_.service().finish(awaited_->begun.exchange, made, out_));
  awaited_.reset();
}

}  // namespace kordon::server
