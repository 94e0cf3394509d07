package import Core

/// How the pretend vendors, their networks and the people with the phones behave. Rates are shares from 0 to 1; the keys
/// of `POST /sandbox/behaviour` are the names in snake case, or stand first in the description.
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
    /// `fail_error`: what Vonage says of a message that fails by `undeliverableRate`.
    package var failure = DeliveryFailure()
    /// The code that any vendor gives for a message that fails by `undeliverableRate`, in the place of its usual one; null
    /// for the usual one.
    package var failCode: String?

    /// Sends an account may make in one second of the clock; 0 is no limit. Above it the answer is 429.
    package var rateLimitPerSecond = 0
    /// Seconds that a 429 asks to wait in `Retry-After`; 0 leaves the header out.
    package var retryAfterS = 0
    /// Requests answered with `errorStatus` instead of being accepted.
    package var errorRate = 0.0
    /// 400 to 599.
    package var errorStatus = 500
    /// Requests answered with the vendor's error `refuseCode`, when there is one.
    package var refuseRate = 0.0
    /// A code of the vendor's own, as text or number; null for none.
    package var refuseCode: String?
    /// `token_expired`: the accounts' credentials are past their time.
    package var isTokenExpired = false
    /// Accepted messages whose answer is never sent: the connection closes, the phone gets the message.
    package var loseAnswerRate = 0.0
    /// What is wrong with the answers to `answerFaultRate` of the requests that would be accepted, as `AnswerFault` says.
    var answerFault = AnswerFault.none
    package var answerFaultRate = 1.0
    /// Whether a message is taken whose answer is wrong; null leaves that to the fault.
    package var answerFaultTakes: Bool?
    /// Where the fault `redirect` leads.
    package var redirectTo = "https://elsewhere.example/"

    /// Seconds from one message to the next to the same person, after a burst of ten; 0 is no limit.
    package var pairLimitSeconds = 0
    /// Different persons that an account may write to within 24 hours of the clock; 0 is no limit.
    package var tierLimit = 0
    /// Messages whose person is not on WhatsApp.
    package var unreachableRate = 0.0
    /// Messages whose person opted out.
    package var optOutRate = 0.0
    /// Templates held back because the person gets too much marketing.
    package var marketingCapRate = 0.0

    /// Callbacks that are posted twice.
    package var duplicateRate = 0.0
    /// `shuffle`: posts the callbacks of a message in random order, once all have happened; each keeps its true time stamp.
    package var shufflesCallbacks = false
    /// `early_callbacks`: posts the first callback of a message before its request is answered.
    package var hasEarlyCallbacks = false
    /// Added to the time when callbacks are posted, not to their time stamps.
    package var lateCallbacksMS = 0
    /// `second_id_rate`: statuses that name another message id than the answer did; the reference stays right. Of no
    /// effect with the generic vendor, which has no ids.
    package var secondIDRate = 0.0
    /// `inbound_ids`: messages to enterprise accounts of Gupshup carry ids.
    package var hasInboundIDs = false
    /// Shortens the vendors' waits before they try a callback again.
    package var callbackRetryScale = 1.0

    package init() {}
}

/// What a failed status of Vonage says. `title` carries the code, as the vendor has it; it comes as a text or as a number.
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
