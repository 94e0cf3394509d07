/// The codes of failed messages: up to four digits are Gupshup's own, six are Meta's.
enum GupshupCodes {
    static func code(of mishap: Mishap) -> Int {
        switch mishap {
        case .asTold, .unreachable: 1002
        case .optedOut: 1012
        case .templateUnknown: 4003
        case .templatePaused: 4005
        case .marketingCap, .pairLimited, .tierReached, .templateDisabled, .templateParameters: MetaCodes.code(of: mishap)
        }
    }

    static func code(of failure: Failure) -> Int { failure.code.flatMap { Int($0) } ?? code(of: failure.mishap) }

    /// Whether Gupshup refused by itself, so that there is no id of WhatsApp's.
    static func isOwn(_ code: Int) -> Bool { code < 100_000 }

    static func reason(of failure: Failure) -> String {
        failure.code == nil ? MetaCodes.detail(of: failure.mishap) : "Failed as the sandbox was told."
    }
}
