import WhatsApp

extension SendOutcome {
    /// With the wait that the answer's head asked for, where the body names none.
    func waiting(_ wait: Duration?) -> SendOutcome {
        guard let wait, case .refused(var failure) = self, failure.retryAfter == nil else { return self }
        failure.retryAfter = wait
        return .refused(failure)
    }

    /// Without secrets: a provider may repeat what it was sent.
    func hiding(_ credentials: Credentials) -> SendOutcome {
        switch self {
        case .accepted: return self
        case .refused(var failure):
            failure.summary = credentials.redacted(failure.summary)
            return .refused(failure)
        case .unknown(let code, let summary): return .unknown(code: code, summary: credentials.redacted(summary))
        }
    }
}
