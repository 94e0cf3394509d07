package import Accounts
import Core
package import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// An error on its way to whoever asked: everything in it may be shown. Handlers may throw it; other errors become one.
package struct Problem: Error, Sendable {
    package var status: HTTPResponse.Status
    /// Stable, for programs.
    package var code: String
    /// For people.
    package var message: String
    package var field: String?
    package var headers: HTTPFields
    /// Stands in the log beside the cause of an error that is ours.
    package var reference: String?

    package init(
        _ status: HTTPResponse.Status, code: String, field: String? = nil, headers: HTTPFields = [:], _ message: String
    ) {
        (self.status, self.code, self.field, self.headers, self.message) = (status, code, field, headers, message)
    }

    /// Nobody is signed in.
    package static let notSignedIn = Problem(.unauthorized, code: Code.notSignedIn, "Sign in first.")

    /// There is no such page or call, or not for this account.
    package static let notFound = Problem(.notFound, code: "not_found", "There is nothing here.")

    /// The account id or the passcode is missing or wrong.
    package static func invalidKey(_ check: KeyCheck) -> Problem {
        Problem(
            .unauthorized, code: check == .wrongPasscode ? Code.invalidPasscode : Code.invalidAccount,
            "The account id or the passcode is not valid. Send them as X-CleverTap-Account-Id and X-CleverTap-Passcode.")
    }

    /// Too many wrong keys came from this address; this one is not told right or wrong.
    package static func tooManyGuesses(_ wait: Duration) -> Problem {
        Problem(
            .tooManyRequests, code: "too_many_guesses", headers: retry(after: wait),
            "Too many wrong account ids or passcodes came from this address. Try again later.")
    }

    /// `Retry-After` in whole seconds, rounded up.
    private static func retry(after wait: Duration) -> HTTPFields { [.retryAfter: String(max(1, Int(wait.inSeconds.rounded(.up))))] }

    /// Codes that a surface words in its own way.
    package enum Code {
        package static let notSignedIn = "not_signed_in"
        package static let invalidAccount = "invalid_account"
        package static let invalidPasscode = "invalid_passcode"
        package static let malformedJSON = "malformed_json"
    }
}

extension Problem {
    /// What an error means to the outside. Nil when it is a fault of ours, of which nothing may be shown.
    package init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as InputError: self.init(input: error)
        case let error as HashingBusy:
            self.init(
                .serviceUnavailable, code: "busy", headers: Self.retry(after: HashingBusy.retryAfter), error.description)
        case let error as StorageError:
            guard let problem = Self.storage(error.kind) else { return nil }
            self = problem
        case is NIOTooManyBytesError: self = .tooLarge
        case let error as HTTPError: self.init(http: error)
        case let error as any HTTPResponseError:
            guard error.status.code < 500 else { return nil }
            self.init(error.status, code: Self.code(error.status), error.status.reasonPhrase)
        default: return nil
        }
    }

    /// The body is larger than the call takes.
    package static let tooLarge = Problem(.contentTooLarge, code: "too_large", "The request is too large.")

    /// A fault of ours. The operator finds the cause in the log by the reference.
    static func fault(reference: String) -> Problem {
        var problem = Problem(
            .internalServerError, code: "internal", "Something went wrong on our side. Reference: \(reference).")
        problem.reference = reference
        return problem
    }

    private init(input: InputError) {
        let status: HTTPResponse.Status =
            switch input.kind {
            case .invalid: .badRequest
            case .notFound: .notFound
            case .conflict: .conflict
            }
        self.init(status, code: input.code, field: input.field, input.message)
    }

    private init?(http error: HTTPError) {
        guard error.status.code < 500 else { return nil }
        if error.status == .notFound, error.body == nil {
            self = .notFound
        } else {
            self.init(error.status, code: Self.code(error.status), headers: error.headers, error.body ?? error.status.reasonPhrase)
        }
    }

    private static func storage(_ kind: StorageError.Kind) -> Problem? {
        let later: HTTPFields = [.retryAfter: "5"]
        return switch kind {
        case .unavailable:
            Problem(
                .serviceUnavailable, code: "unavailable", headers: later,
                "The database cannot be written to or reached at the moment. Try again soon.")
        case .outcomeUnknown:
            Problem(
                .serviceUnavailable, code: "outcome_unknown", headers: later,
                "The connection to the database broke, and it is not known whether this was stored. Look before you try again.")
        case .constraint, .mismatch, .failed: nil
        }
    }

    /// `Bad Request` as `bad_request`.
    private static func code(_ status: HTTPResponse.Status) -> String {
        String(status.reasonPhrase.lowercased().map { $0.isLetter ? $0 : "_" })
    }
}
