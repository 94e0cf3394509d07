package import Core

/// How the pretend vendor, its network and the people with the phones behave. Rates are shares from 0 to 1.
package struct Behaviour: Hashable, Sendable {
    /// From a request to its answer.
    package var answerDelayMS = 0
    /// From acceptance to `submitted`; the next three count from the step before them.
    package var callbackDelayMS = 50
    package var deliverDelayMS = 300
    package var readDelayMS = 1500
    package var replyDelayMS = 2500

    /// Of the messages that fail: none. They end with a failed status after `deliverDelayMS`.
    package var undeliverableRate = 0.0
    /// Of the others, how many reach the phone; the rest stay `submitted`.
    package var deliverRate = 1.0
    /// Of the delivered ones, how many are read.
    package var readRate = 0.7
    /// Of the read ones, how many are answered.
    package var replyRate = 0.05
    /// Of the answers, how many quote the message.
    package var quoteRate = 0.5
    package var replyTexts = ["Thank you!", "Yes, please", "Not now", "Who is this?"]
    package var failure = DeliveryFailure()

    /// Sends an account may make in one second of the clock; 0 is no limit. Above it the answer is 429.
    package var rateLimitPerSecond = 0
    /// Requests answered with `errorStatus` instead of being accepted.
    package var errorRate = 0.0
    /// 400 to 599.
    package var errorStatus = 500
    /// Accepted messages whose answer is never sent: the connection closes, the phone gets the message.
    package var loseAnswerRate = 0.0

    /// Callbacks that are posted twice.
    package var duplicateRate = 0.0
    /// Posts the callbacks of a message in random order, once all have happened; each keeps its true time stamp.
    package var shufflesCallbacks = false
    /// Posts the first callback of a message before its request is answered.
    package var hasEarlyCallbacks = false
    /// Shortens the vendor's waits before it tries a callback again (5 s, doubled up to 15 min, for 24 h).
    package var callbackRetryScale = 1.0

    package init() {}
}

/// What a failed status says. `title` carries the code, as the vendor has it; it comes as a text or as a number.
package struct DeliveryFailure: Hashable, Sendable {
    /// The status word of a failure.
    package enum Word: String, Sendable { case undeliverable, rejected }

    package var word = Word.undeliverable
    package var title: JSONValue = "1300"
    /// The number that the error's `type` address ends with; the title when absent.
    package var code: String?
    package var detail = "Not part of the provider network"

    package init() {}
}
