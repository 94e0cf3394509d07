/// What can go wrong with the answer to a send request, other than its content.
enum AnswerFault: String, CaseIterable, Hashable, Sendable {
    case none
    /// A gateway's page in the place of the answer, with the status of success.
    case html
    /// The status of success and no body.
    case empty
    /// A body of 8 MiB that begins like the right one.
    case huge
    /// The right body, a byte a second.
    case slowDrip = "slow_drip"
    /// The first half of the right body, its length declared rightly.
    case truncated
    /// The vendor's error with the status of success.
    case errorIn200 = "error_in_200"
    /// 307 to `redirect_to`.
    case redirect
    /// The connection is reset.
    case reset
    /// The connection is closed.
    case hangUp = "hang_up"
    /// A small body that unpacks to 16 MiB.
    case gzipBomb = "gzip_bomb"
    /// The right body, declared longer than it is; then the connection closes.
    case wrongLength = "wrong_length"

    /// Whether a message counts as taken when its answer goes wrong so, unless the behaviour says otherwise.
    var takesMessage: Bool { self != .errorIn200 && self != .redirect }
    /// Whether nothing at all is answered.
    var isSilent: Bool { self == .reset || self == .hangUp }
}
